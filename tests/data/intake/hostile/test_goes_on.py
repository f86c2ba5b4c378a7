"""The app goes on after and beside hostile files, and after readers that hang, die or stop."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from data.intake.reading import cells
from tests.data.intake.hostile.cases import HOSTILE, NAME, assert_refused, is_sentence, read
from tests.data.intake.hostile.files import REAL
from tests.data.processes.toys import get_pid, make_pool

pytestmark = pytest.mark.process
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
READER = "from data.intake.reading.worker import main; main()"


@pytest.fixture
def use_readers(tmp_path, monkeypatch):
    """Lets files be read by processes that run other code."""
    pools = []

    def use(code: str, **options) -> None:
        pools.append(make_pool(tmp_path, code, **options))
        monkeypatch.setattr(cells, "readers", pools[-1])

    yield use
    for pool in pools:
        pool.close()


@pytest.mark.parametrize("name", ["bomb of one block", "value in the last cell, other quotes", "broken xls"])
def test_next_file_is_read_after_a_hostile_one(name):
    build, code = HOSTILE[name]
    content = build()
    for _ in range(2):
        assert_refused(read(content), code)
        assert read(REAL).accepted


def test_good_files_are_read_beside_hostile_ones():
    names = ["bomb that lies", "entities in a sheet", "value in the last cell, other quotes", "broken zip"]
    hostile = [(build(), code) for build, code in map(HOSTILE.get, names)]
    with ThreadPoolExecutor(4) as executor:
        ingests = list(executor.map(read, [content for one, _ in hostile for content in (one, REAL)]))
    for ingest, (_, code) in zip(ingests[::2], hostile, strict=True):
        assert_refused(ingest, code)
    assert all(ingest.accepted for ingest in ingests[1::2])


def test_file_that_keeps_readers_busy_or_idle_is_refused(use_readers):
    use_readers("worker.serve(lambda content: time.sleep(60), MEMORY)", seconds=0.5)
    start = time.monotonic()
    ingest = read(REAL)
    assert time.monotonic() - start < 30
    assert_refused(ingest, "too_large")
    assert "30 giây" in ingest.errors[0].message


@pytest.mark.parametrize("end", ["os.abort()", "os._exit(1)", "os._exit(0)"])
def test_file_that_ends_readers_is_refused(use_readers, end):
    use_readers(f"worker.serve(lambda content: {end}, MEMORY)")
    assert_refused(read(REAL), "too_large")


@posix
def test_file_that_takes_too_much_memory_is_refused(use_readers):
    use_readers("worker.serve(lambda content: bytes(10**9), MEMORY)")
    ingest = read(REAL)
    assert_refused(ingest, "too_large")
    assert "450 MB" in ingest.errors[0].message


def test_file_that_breaks_the_reader_is_refused(use_readers):
    use_readers("worker.serve(lambda content: 1 / 0, MEMORY)")
    assert_refused(read(REAL), "not_a_workbook")


@pytest.mark.parametrize("code", ["raise SystemExit(1)", "os.abort()"])
def test_readers_that_do_not_start_are_not_the_fault_of_the_file(use_readers, code):
    use_readers(code)
    with pytest.raises(cells.UnreadError) as refusal:
        read(REAL)
    assert NAME in str(refusal.value)
    assert is_sentence(str(refusal.value).partition(". ")[0] + ".")


@posix
@pytest.mark.parametrize("kind", ["SIGKILL", "SIGSTOP"])
def test_file_is_read_when_the_waiting_reader_is_gone_or_stopped(use_readers, tmp_path, kind):
    use_readers(READER, handover_seconds=1)
    assert read(REAL).accepted
    os.kill(get_pid(tmp_path, 2), getattr(signal, kind))
    assert read(REAL).accepted
