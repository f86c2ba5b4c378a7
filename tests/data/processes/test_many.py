"""Many ask at once, and a pool is closed meanwhile."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from data.processes.pool import ClosedError, Pool
from tests.data.processes.toys import ECHO, get_pid, is_alive, make_pool, wait_until

pytestmark = pytest.mark.process
posix = pytest.mark.skipif(os.name == "nt", reason="os.kill ends a process there")
SLOW = "worker.serve(lambda request: (note('asked'), time.sleep(0.6), note('answered'), request)[-1], MEMORY)"
HANGING = "worker.serve(lambda request: (note('asked'), time.sleep(60)), MEMORY)"


def ask_at_once(pool: Pool, threads: int, requests: int) -> list[bytes]:
    with ThreadPoolExecutor(threads) as executor:
        return list(executor.map(pool.ask, [b"%d" % number for number in range(requests)]))


def test_each_gets_the_answer_to_its_request(tmp_path):
    pool = make_pool(tmp_path)
    assert ask_at_once(pool, 8, 24) == [b"%d" % number for number in range(24)]
    pool.close()


def test_others_wait_their_turn_and_that_costs_them_nothing(tmp_path):
    """Six requests of 0.6 s each that may take 3 s, one after the other: the last waits longer than it may take."""
    pool = make_pool(tmp_path, SLOW, at_once=1, seconds=3)
    start = time.monotonic()
    assert len(ask_at_once(pool, 6, 6)) == 6
    assert time.monotonic() - start > 6 * 0.6
    pool.close()


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_only_so_many_are_at_work(tmp_path, at_once):
    pool = make_pool(tmp_path, SLOW, at_once=at_once)
    most = 0
    with ThreadPoolExecutor(6) as executor:
        waiting = [executor.submit(pool.ask, b"") for _ in range(6)]
        while not all(one.done() for one in waiting):
            answered = {path.name.rpartition("-")[2] for path in tmp_path.glob("answered-*")}
            asked = {path.name.rpartition("-")[2] for path in tmp_path.glob("asked-*")}
            most = max(most, len(asked - answered))
            time.sleep(0.01)
    assert most == at_once
    pool.close()


# The end


def ask_in_background(pool: Pool, count: int = 1) -> list[Future]:
    waiting = [Future() for _ in range(count)]

    def ask(answer: Future) -> None:
        try:
            answer.set_result(pool.ask(b""))
        except Exception as error:
            answer.set_exception(error)

    for answer in waiting:
        threading.Thread(target=ask, args=(answer,), daemon=True).start()
    return waiting


@posix
def test_waiting_process_is_gone_after_close(tmp_path):
    pool = make_pool(tmp_path)
    pool.ask(b"")
    pid = get_pid(tmp_path, 2)
    assert is_alive(pid)
    pool.close()
    assert not is_alive(pid)


def test_closed_pool_answers_nothing_and_closes_again(tmp_path):
    pool = make_pool(tmp_path)
    pool.close()
    with pytest.raises(ClosedError):
        pool.ask(b"")
    pool.close()
    assert not list(tmp_path.iterdir())


@posix
def test_close_ends_what_is_asked_and_what_waits_for_its_turn(tmp_path):
    pool = make_pool(tmp_path, HANGING, at_once=2)
    waiting = ask_in_background(pool, 5)
    wait_until(lambda: len(list(tmp_path.glob("asked-*"))) == 2)
    start = time.monotonic()
    pool.close()
    for answer in waiting:
        assert isinstance(answer.exception(timeout=10), ClosedError)
    assert time.monotonic() - start < 10
    assert not any(is_alive(get_pid(tmp_path, number)) for number in (1, 2))


@posix
@pytest.mark.parametrize("pause", [0, 0.05, 0.1, 0.2, 0.4])
def test_nothing_appears_after_close(tmp_path, pause):
    """Whatever the moment: between the end of one request and the start of the next process, too."""
    pool = make_pool(tmp_path, ECHO, at_once=3)
    waiting = ask_in_background(pool, 12)
    time.sleep(pause)
    pool.close()
    started = set(tmp_path.glob("process-*"))
    pids = [int(text) for path in started if (text := path.read_text())]
    assert not any(is_alive(pid) for pid in pids)
    for answer in waiting:
        error = answer.exception(timeout=10)
        assert error is None or isinstance(error, ClosedError)
    time.sleep(0.3)
    assert set(tmp_path.glob("process-*")) == started


def test_pool_ends_with_the_program(tmp_path):
    """A program that forgets to close its pool ends, and takes the waiting process along."""
    program = (
        "import sys; from pathlib import Path; from tests.data.processes.toys import make_pool, get_pid\n"
        "folder = Path(sys.argv[1]); pool = make_pool(folder); pool.ask(b''); get_pid(folder, 2)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], timeout=60).returncode == 0
    if os.name != "nt":
        assert not is_alive(get_pid(tmp_path, 2))
