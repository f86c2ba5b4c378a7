"""Stand-ins for pools of processes: the same outcomes, without a process each."""

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from data.intake.reading.cells import SECONDS
from data.paths import PROJECT_ROOT
from data.processes.worker import UnansweredError, perform, read_outcome, receive, send

# Reads file after file within the memory of a reader
_READ_ON = """
import sys
from data.intake.reading.limits import MEMORY
from data.intake.reading.worker import answer
from data.processes import worker
worker.limit_memory(MEMORY)
while (content := worker.receive(sys.stdin.buffer, sys.maxsize)) is not None:
    worker.send(sys.stdout.buffer, worker.perform(answer, content))
"""


class InProcess:
    """Answers in this process: for files that need none of the limits."""

    def __init__(self, answer: Callable[[bytes], object]):
        self._answer = answer

    def ask(self, request: bytes) -> Any:
        return read_outcome(perform(self._answer, request))


class LastingReader:
    """Reads sheets in one process for many files, a new one after a file that ended it: for files made by chance."""

    def __init__(self) -> None:
        self._process = self._start()

    def ask(self, request: bytes) -> Any:
        clock = threading.Timer(SECONDS, self._process.kill)
        clock.start()
        try:
            send(self._process.stdin, request)
            outcome = receive(self._process.stdout, sys.maxsize)
        except BrokenPipeError:
            outcome = None
        finally:
            clock.cancel()
        if outcome is None:
            self.close()
            self._process = self._start()
            raise UnansweredError("death")
        return read_outcome(outcome)

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    @staticmethod
    def _start() -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-c", _READ_ON],
            cwd=PROJECT_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
