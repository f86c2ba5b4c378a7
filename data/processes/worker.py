"""The worker's half: a process answers one request and can be ended at any moment.

A worker's module calls `serve` with a function of bytes. What its process says on standard output: READY once it can
work, TAKEN once it has the request whole, then ANSWER, a length and an outcome of `perform`. This module imports the
standard library only, so that a process starts in a blink.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import IO, Any, Literal

Cause = Literal["time", "memory", "death", "fault"]

READY, TAKEN, ANSWER = b"R", b"T", b"A"
_LENGTH = 8  # bytes of a length


class RefusedError(Exception):
    """A worker refuses what it was asked: `what` and `words` are what its asker makes a sentence of."""

    def __init__(self, what: str, /, **words: Any):
        super().__init__(what)
        self.what = what
        self.words = words


class UnansweredError(Exception):
    """A request that can't be answered within the limits.

    Its `cause`: `time` or `memory` is used up, the process came to its `death`, or a `fault` of the worker was raised.
    """

    def __init__(self, cause: Cause):
        super().__init__(cause)
        self.cause: Cause = cause


def serve(answer: Callable[[bytes], object], memory: int, *, of_data: bool = False) -> None:
    """Answer the one request of standard input within `memory` bytes of address space.

    `of_data`: the bytes that the process may fill are meant, whatever its libraries take of the address space.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is meant for the app, which ends its processes
    limit_memory(memory, of_data=of_data)
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as output:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
        say(output, READY)
        try:
            request = receive(sys.stdin.buffer, sys.maxsize)
        except MemoryError:
            outcome = pickle.dumps(("memory",), protocol=5)
        else:
            if request is None:
                return
            say(output, TAKEN)
            outcome = perform(answer, request)
        say(output, ANSWER)
        send(output, outcome)


def limit_memory(memory: int, *, of_data: bool = False) -> None:
    """Bound the address space of this process, or its data, where the system can (Windows can't, macOS may refuse)."""
    try:
        import resource
    except ImportError:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA if of_data else resource.RLIMIT_AS, (memory, memory))


def perform(answer: Callable[[bytes], object], request: bytes) -> bytes:
    """The outcome of a request, whatever happens: for `read_outcome`."""
    outcome: tuple[object, ...]
    try:
        return pickle.dumps(("answer", answer(request)), protocol=5)
    except RefusedError as refused:
        outcome = ("refused", refused.what, refused.words)
    except MemoryError:
        outcome = ("memory",)
    except Exception:
        outcome = ("fault",)
    except BaseException as error:  # a panic in a library of Rust derives from BaseException
        if type(error).__name__ != "PanicException":
            raise
        outcome = ("fault",)
    return pickle.dumps(outcome, protocol=5)


def read_outcome(outcome: bytes) -> Any:
    """The answer in an outcome of `perform`; raises RefusedError or UnansweredError where there is none."""
    try:
        kind, *parts = _Unpickler(BytesIO(outcome)).load()
    except Exception as error:  # nothing that `perform` made
        raise UnansweredError("fault") from error
    if kind == "answer":
        return parts[0]
    if kind == "refused":
        raise RefusedError(parts[0], **parts[1])
    raise UnansweredError(kind)


class _Unpickler(pickle.Unpickler):
    """Builds values and dates only: a file that gets the better of its worker gets no further."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in ("date", "datetime", "time", "timedelta"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} in an answer")


def say(stream: IO[bytes], mark: bytes) -> None:
    """Write a mark."""
    stream.write(mark)
    stream.flush()


def send(stream: IO[bytes], content: bytes) -> None:
    """Write a content after its length, for `receive`."""
    stream.write(len(content).to_bytes(_LENGTH))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> bytes | None:
    """Read what `send` wrote; None where it breaks off or is longer than `most`."""
    head = stream.read(_LENGTH)
    length = int.from_bytes(head)
    if len(head) < _LENGTH or length > most:
        return None
    content = stream.read(length)
    return content if len(content) == length else None
