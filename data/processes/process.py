"""A process that a worker serves in, as the app sees it."""

import os
import queue
import signal
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress

from data.paths import PROJECT_ROOT
from data.processes.worker import ANSWER, READY, TAKEN, Cause, receive, send

_LARGEST_ANSWER = 2**30
_BUSY = 1 / 4  # of the time with a processor for itself: less, and a process was stopped or starved
_LONGEST_FAREWELL = 5  # seconds for the threads of a process that was ended
_SENT_BY_OTHERS = {-getattr(signal, name) for name in ("SIGKILL", "SIGTERM", "SIGHUP") if hasattr(signal, name)}
_starting = threading.Lock()  # on Windows a process inherits the pipes of one that starts at the same moment


class LostError(Exception):
    """A process gave no answer: how it ended, whether its request may be the cause, whether it certainly is.

    `was_idle`: whether its time was up though it had hardly worked, as far as the system tells.
    """

    def __init__(self, cause: Cause, *, is_suspect: bool = False, is_proof: bool = False, was_idle: bool = False):
        super().__init__(cause)
        self.cause: Cause = cause
        self.is_suspect = is_suspect
        self.is_proof = is_proof
        self.was_idle = was_idle


class Process:
    """A process and the pipes to it. Threads read and write them: not every system can wait for a pipe by the clock."""

    def __init__(self, command: list[str], environment: Mapping[str, str]):
        with _starting:
            self._popen = subprocess.Popen(
                command,
                cwd=PROJECT_ROOT,
                env=os.environ | environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        self._said: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()  # marks, an outcome, None at the end
        self._ending = threading.Lock()
        self._worked: float | None = None  # seconds of a processor, known at the end where the system tells
        self._sender: threading.Thread | None = None
        self._listener = threading.Thread(target=self._listen, daemon=True)
        try:
            self._listener.start()
        except RuntimeError as error:  # no more threads
            self._popen.kill()
            self._popen.wait()
            raise OSError from error

    def exchange(self, request: bytes, patience: float, seconds: float) -> bytes:
        """The outcome of a request, taken within `patience` and answered within `seconds`; else LostError."""
        try:
            said = self._hear(patience)
            if said == READY:
                sender = threading.Thread(target=self._send, args=(request,), daemon=True)
                sender.start()
                self._sender = sender
                said = self._hear(patience)
        except (EOFError, queue.Empty, RuntimeError) as error:  # the last: no more threads
            raise LostError("death") from error
        if said != TAKEN:
            return said
        try:
            return self._hear(seconds)
        except EOFError as error:
            self.end()
            raise LostError("death", is_suspect=self._popen.returncode not in _SENT_BY_OTHERS) from error
        except queue.Empty as error:
            self.end()
            was_busy = self._worked is not None and self._worked >= seconds * _BUSY
            was_idle = self._worked is not None and not was_busy
            raise LostError("time", is_suspect=True, is_proof=was_busy, was_idle=was_idle) from error

    def end(self) -> None:
        """End the process, if it has not ended, and wait until nothing of it is left."""
        with self._ending:
            if self._popen.returncode is None:
                self._popen.kill()
            if self._popen.returncode is None and hasattr(os, "wait4"):
                _, status, usage = os.wait4(self._popen.pid, 0)
                self._popen.returncode = os.waitstatus_to_exitcode(status)
                self._worked = usage.ru_utime + usage.ru_stime
            self._popen.wait()
        for thread in (self._listener, self._sender):
            if thread is not None:
                thread.join(_LONGEST_FAREWELL)
        if self._sender is None and self._popen.stdin is not None:
            with suppress(OSError):
                self._popen.stdin.close()

    def _hear(self, seconds: float) -> bytes:
        said = self._said.get(timeout=seconds)
        if said is None:
            raise EOFError
        return said

    def _listen(self) -> None:
        assert self._popen.stdout is not None
        try:
            with self._popen.stdout as pipe:
                while mark := pipe.read(1):
                    if mark == ANSWER:
                        outcome = receive(pipe, _LARGEST_ANSWER)
                        if outcome is None:
                            break
                        self._said.put(outcome)
                    else:
                        self._said.put(mark)
        finally:
            self._said.put(None)

    def _send(self, request: bytes) -> None:
        assert self._popen.stdin is not None
        with suppress(OSError, ValueError), self._popen.stdin as pipe:
            send(pipe, request)
