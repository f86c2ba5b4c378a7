"""Processes that end or stop before, during and after their request is handed over."""

import os
import signal
import sys

import pytest

from data.processes.pool import Pool, UnavailableError
from data.processes.worker import UnansweredError
from tests.data.processes.toys import PRELUDE, count_processes, get_pid, make_pool

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals"),
]
REQUEST = os.urandom(2**20)
BEFORE, AFTER = ["start", "waiting", "taking"], ["work", "answering"]
# Serves as `worker.serve` does, but sends itself a signal at a moment if it is the n-th process for an n of the list
DISTURBED = """
import io
kind, moment, numbers = sys.argv[2], sys.argv[3], sys.argv[4].split(",")
def disturb(now):
    if now == moment and str(number) in numbers:
        os.kill(os.getpid(), getattr(signal, kind))
output = sys.stdout.buffer
disturb("start")
worker.say(output, worker.READY)
disturb("waiting")
head = sys.stdin.buffer.read(100)
disturb("taking")
request = worker.receive(io.BytesIO(head + sys.stdin.buffer.read()), 2**30)
worker.say(output, worker.TAKEN)
disturb("work")
outcome = worker.perform(echo, request)
worker.say(output, worker.ANSWER + len(outcome).to_bytes(8) + outcome[:100])
disturb("answering")
worker.say(output, outcome[100:])
"""


@pytest.fixture
def disturbed(tmp_path):
    """Makes pools whose n-th processes get a signal at a moment, and closes them."""
    pools: list[Pool] = []

    def make(kind: str, moment: str, numbers: str, **options) -> Pool:
        command = [sys.executable, "-c", PRELUDE + DISTURBED, str(tmp_path), kind, moment, numbers]
        pools.append(Pool(command, **{"seconds": 30} | options))
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


@pytest.mark.parametrize("moment", BEFORE + AFTER)
def test_processes_that_others_kill_count_for_nothing(disturbed, tmp_path, moment):
    pool = disturbed("SIGKILL", moment, "1,2", ahead=False)
    assert [pool.ask(REQUEST) for _ in range(2)] == [REQUEST] * 2
    assert count_processes(tmp_path) == 4


@pytest.mark.parametrize("moment", BEFORE + AFTER)
def test_request_that_no_process_survived_to_answer_can_be_asked_again(disturbed, moment):
    pool = disturbed("SIGKILL", moment, "1,2,3", ahead=False)
    with pytest.raises(UnavailableError):
        pool.ask(REQUEST)
    assert pool.ask(REQUEST) == REQUEST


@pytest.mark.parametrize("moment", BEFORE)
def test_processes_that_die_before_they_have_the_request_count_for_nothing(disturbed, moment):
    assert disturbed("SIGABRT", moment, "1,2").ask(REQUEST) == REQUEST


@pytest.mark.parametrize("moment", AFTER)
def test_processes_that_die_after_they_have_the_request_count_twice(disturbed, tmp_path, moment):
    pool = disturbed("SIGABRT", moment, "1,3,4", ahead=False)
    assert pool.ask(REQUEST) == REQUEST
    with pytest.raises(UnansweredError):
        pool.ask(REQUEST)
    assert count_processes(tmp_path) == 4


@pytest.mark.parametrize("moment", BEFORE)
def test_waiting_process_that_stops_is_replaced(disturbed, tmp_path, moment):
    pool = disturbed("SIGSTOP", moment, "2", handover_seconds=0.5)
    assert [pool.ask(REQUEST) for _ in range(2)] == [REQUEST] * 2
    assert count_processes(tmp_path) >= 3


@pytest.mark.parametrize("moment", AFTER)
def test_process_that_stops_at_work_gets_one_more_try(disturbed, moment):
    pool = disturbed("SIGSTOP", moment, "1", seconds=2)
    assert pool.ask(REQUEST) == REQUEST


def test_processes_that_never_get_ready_leave_the_request_unanswered(disturbed, tmp_path):
    pool = disturbed("SIGSTOP", "start", "1,2,3", start_seconds=1, ahead=False)
    with pytest.raises(UnavailableError):
        pool.ask(REQUEST)
    assert count_processes(tmp_path) == 3


@pytest.mark.parametrize("kind", ["SIGKILL", "SIGTERM", "SIGSTOP", "SIGABRT"])
def test_waiting_process_that_gets_a_signal_is_replaced(tmp_path, kind):
    pool = make_pool(tmp_path, handover_seconds=0.5)
    for waiting in (2, 4, 6):
        assert pool.ask(REQUEST) == REQUEST
        os.kill(get_pid(tmp_path, waiting), getattr(signal, kind))
    assert pool.ask(REQUEST) == REQUEST
    pool.close()


@pytest.mark.parametrize("command", [["no-such-program"], [sys.executable, "-c", "raise SystemExit(1)"]])
def test_command_that_does_not_serve_leaves_the_request_unanswered(command):
    pool = Pool(command, seconds=30)
    with pytest.raises(UnavailableError):
        pool.ask(REQUEST)
    pool.close()
