"""Processes that answer requests, a process a request."""

import atexit
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from data.processes.process import LostError, Process
from data.processes.worker import UnansweredError, read_outcome

_MOST_TRIES = 3


class UnavailableError(Exception):
    """No process could be brought to take a request; nothing is known of the request, it can be asked again."""


class ClosedError(RuntimeError):
    """The pool was closed before it had answered."""


class Answerer(Protocol):
    """What answers requests: a `Pool`, or what stands in for it."""

    def ask(self, request: bytes) -> Any:
        """What the worker's function gives; raises RefusedError, UnansweredError and UnavailableError."""


class Pool:
    """Processes of a command whose module calls `serve`, one for each request.

    A process that dies or falls silent before it took its request, or that others ended, counts for nothing: a fresh
    one is asked, up to three in all. One that dies or idles at its work gets one more try; only when that ends so too
    is the request held to be the cause. On Windows nobody can tell a process that idles from one that is busy.

    Parameters
    ----------
    command : sequence of str
        Starts a process, in the project's folder.
    seconds : float
        The longest that a request may take, from when a process has taken it.
    at_once : int, optional
        Processes at work at the same time, as many as there are processors if not given; other requests wait.
    once : bool
        Whether a request whose time is up is not asked again: one that idled is unavailable, for whoever can wait no
        longer.
    ahead : bool
        Whether a process is started ahead and waits for the next request.
    environment : callable, optional
        Gives variables on top of this process's, asked at each start.
    start_seconds, handover_seconds : float
        The longest that a new process may take to be ready, and that a waiting one may take to show itself.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        seconds: float,
        at_once: int | None = None,
        once: bool = False,
        ahead: bool = True,
        environment: Callable[[], Mapping[str, str]] = dict,
        start_seconds: float = 30,
        handover_seconds: float = 10,
    ):
        self._command = list(command)
        self.seconds = seconds
        self._at_once = at_once or os.cpu_count() or 1
        self._once = once
        self._ahead = ahead
        self._environment = environment
        self._start_seconds = start_seconds
        self._handover_seconds = handover_seconds
        self._changed = threading.Condition()  # guards what follows; nothing is started without it
        self._working = 0
        self._processes: set[Process] = set()
        self._spare: Process | None = None
        self._closed = False
        atexit.register(self.close)

    def ask(self, request: bytes) -> Any:
        """What the worker's function gives for a request; waits for a turn first, which counts for nothing.

        Raises
        ------
        RefusedError
            What the worker raised.
        UnansweredError
            The request is too much for the limits, or breaks the worker.
        UnavailableError
            No process took the request.
        ClosedError
            The pool is closed, or was meanwhile.
        """
        with self._turn():
            outcome = self._try(request)
        return read_outcome(outcome)

    def close(self) -> None:
        """End all processes and wait until they are gone; what is being asked ends in ClosedError."""
        with self._changed:
            self._closed = True
            spare, self._spare = self._spare, None
            for process in self._processes:
                process.end()
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._working == 0)
        if spare is not None:
            self._release(spare)
        atexit.unregister(self.close)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._working < self._at_once)
            if self._closed:
                raise ClosedError
            self._working += 1
        try:
            yield
        finally:
            with self._changed:
                self._working -= 1
                self._changed.notify_all()
                self._start_spare()

    def _try(self, request: bytes) -> bytes:
        is_suspect = False
        for number in range(_MOST_TRIES):
            spare = self._take_spare() if number == 0 else None
            patience = self._handover_seconds if spare else self._start_seconds
            try:
                process = spare or self._start()
            except OSError:
                continue
            try:
                return process.exchange(request, patience, self.seconds)
            except LostError as lost:
                if self._closed:
                    raise ClosedError from lost
                if self._once and lost.cause == "time":
                    unheard = UnavailableError() if lost.was_idle else UnansweredError(lost.cause)
                    raise unheard from lost
                if lost.is_proof or (lost.is_suspect and is_suspect):
                    raise UnansweredError(lost.cause) from lost
                is_suspect = is_suspect or lost.is_suspect
            finally:
                self._release(process)
        raise UnavailableError

    def _take_spare(self) -> Process | None:
        with self._changed:
            spare, self._spare = self._spare, None
            return spare

    def _start(self) -> Process:
        with self._changed:
            if self._closed:
                raise ClosedError
            process = Process(self._command, self._environment())
            self._processes.add(process)
            return process

    def _start_spare(self) -> None:
        if self._ahead and self._spare is None:
            with suppress(OSError, ClosedError):
                self._spare = self._start()

    def _release(self, process: Process) -> None:
        process.end()
        with self._changed:
            self._processes.discard(process)
