"""A pool answers, says what a request ran into, and never holds against a request what happened before it was taken."""

import datetime
import os
import time

import pytest

from data.processes.pool import Pool, UnavailableError
from data.processes.worker import RefusedError, UnansweredError
from tests.data.processes.toys import ECHO, count_processes, make_pool

pytestmark = pytest.mark.process
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
LARGE = bytes(2**22)  # more than a pipe holds


@pytest.fixture
def pool_of(tmp_path):
    """Makes pools of toy processes, and closes them."""
    pools: list[Pool] = []

    def make(code: str = ECHO, **options) -> Pool:
        pools.append(make_pool(tmp_path, code, **options))
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


def answering(expression: str) -> str:
    return f"worker.serve(lambda request: {expression}, MEMORY)"


def cause_of(pool: Pool, request: bytes = b"a") -> str:
    with pytest.raises(UnansweredError) as refusal:
        pool.ask(request)
    return refusal.value.cause


@pytest.mark.parametrize("request_", [b"", b"a", LARGE], ids=["empty", "short", "large"])
def test_answer(pool_of, request_):
    pool = pool_of()
    assert [pool.ask(request_) for _ in range(3)] == [request_] * 3


def test_values_and_dates_are_answers(pool_of):
    value = {"a": [1, 2.5, True, None, "chữ", (1, 2)], "b": datetime.datetime(2022, 11, 15, 8, 30)}
    assert pool_of(f"import datetime\n{answering(repr(value))}").ask(b"") == value


@pytest.mark.parametrize("expression", ["Path('a')", "worker.RefusedError('a')", "note", "os.system"])
def test_objects_are_no_answers(pool_of, expression):
    assert cause_of(pool_of(answering(expression))) == "fault"


def test_what_a_library_prints_is_no_answer(pool_of):
    pool = pool_of(answering("(print('A' * 1000, flush=True), os.write(1, b'TRA'), request)[2]"))
    assert pool.ask(b"a") == b"a"


def test_refusal_comes_with_its_words(pool_of):
    pool = pool_of(
        "def refuse(request): raise worker.RefusedError('code', reason='lý do', rows=3)\nworker.serve(refuse, MEMORY)"
    )
    with pytest.raises(RefusedError) as refusal:
        pool.ask(b"")
    assert (refusal.value.what, refusal.value.words) == ("code", {"reason": "lý do", "rows": 3})


def test_error_of_a_worker_is_a_fault_without_a_second_try(pool_of, tmp_path):
    assert cause_of(pool_of(answering("1 / 0"), ahead=False)) == "fault"
    assert count_processes(tmp_path) == 1


@posix
@pytest.mark.parametrize("expression", ["bytes(10**9)", "[bytes(10**6) for _ in range(10**3)]", "b'a' * 3 * 10**8"])
def test_memory_is_bounded(pool_of, tmp_path, expression):
    """At work, and while the answer is put together."""
    assert cause_of(pool_of(answering(expression), ahead=False)) == "memory"
    assert count_processes(tmp_path) == 1


@posix
def test_request_that_does_not_fit_is_too_much_memory(pool_of):
    assert cause_of(pool_of("worker.serve(echo, 60 * 2**20)"), bytes(10**8)) == "memory"


# Time


SPIN = """
def spin(request):
    with open(folder / f"worked-{number}", "a", buffering=1) as file:
        while True:
            file.write(f"{time.process_time()}\\n")
worker.serve(spin, MEMORY)
"""


@posix
def test_busy_process_gets_no_second_try_unless_it_starved(pool_of, tmp_path):
    """Busy is one that had a quarter of the time a processor for itself; beside a loaded machine it may not have."""
    assert cause_of(pool_of(SPIN, seconds=1, ahead=False)) == "time"
    worked = float((tmp_path / "worked-1").read_text().splitlines()[-2])
    if abs(worked - 0.25) > 0.05:
        assert count_processes(tmp_path) == (1 if worked > 0.25 else 2)


def test_idle_process_gets_one_more_try(pool_of, tmp_path):
    start = time.monotonic()
    assert cause_of(pool_of(answering("time.sleep(60)"), seconds=0.5, ahead=False)) == "time"
    assert count_processes(tmp_path) == 2
    assert time.monotonic() - start < 30


@posix
def test_who_asks_once_waits_once(pool_of, tmp_path):
    """Whether the process idled, so that nothing is known of the request, or worked all the time."""
    pool = pool_of(answering("time.sleep(60)"), seconds=0.5, ahead=False, once=True)
    with pytest.raises(UnavailableError):
        pool.ask(b"")
    assert count_processes(tmp_path) == 1
    pool = pool_of(SPIN, seconds=1, ahead=False, once=True)
    with pytest.raises((UnansweredError, UnavailableError)) as refusal:
        pool.ask(b"")
    worked = float((tmp_path / "worked-2").read_text().splitlines()[-2])
    if abs(worked - 0.25) > 0.05:
        assert isinstance(refusal.value, UnansweredError) == (worked > 0.25)
    assert count_processes(tmp_path) == 2


def test_idle_process_is_not_the_fault_of_its_request(pool_of):
    pool = pool_of(answering("time.sleep(60) if number == 1 else request"), seconds=1)
    assert pool.ask(b"a") == b"a"


# Death

ENDS = ["os.abort()", "os._exit(1)", "os._exit(0)"]


@pytest.mark.parametrize("end", ENDS)
def test_process_that_dies_at_work_gets_one_more_try(pool_of, tmp_path, end):
    assert cause_of(pool_of(answering(end), ahead=False)) == "death"
    assert count_processes(tmp_path) == 2


@pytest.mark.parametrize("end", ENDS)
def test_one_death_is_not_the_fault_of_its_request(pool_of, end):
    pool = pool_of(answering(f"{end} if number == 1 else request"))
    assert [pool.ask(b"a") for _ in range(2)] == [b"a"] * 2
