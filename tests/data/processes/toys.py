"""Pools of processes that do what a test wants of them, and leave a note of each."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from data.processes.pool import Pool

# `number`: the how many-th process of the folder this is; `note(text)` leaves a file
PRELUDE = """
import os, signal, sys, time
from itertools import count
from pathlib import Path
from data.processes import worker
folder = Path(sys.argv[1])
for number in count(1):
    try:
        descriptor = os.open(folder / f"process-{number}", os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        continue
    os.write(descriptor, b"%d " % os.getpid())
    os.close(descriptor)
    break
def note(text):
    (folder / f"{text}-{number}").touch()
def echo(request):
    note("asked")
    return request
MEMORY = 500 * 2**20
"""
ECHO = "worker.serve(echo, MEMORY)"


def make_pool(folder: Path, code: str = ECHO, **options) -> Pool:
    """Processes that run `code` after PRELUDE."""
    return Pool([sys.executable, "-c", PRELUDE + code, str(folder)], **{"seconds": 30} | options)


def count_processes(folder: Path) -> int:
    """How many were started and came to run."""
    return len(list(folder.glob("process-*")))


def get_pid(folder: Path, number: int) -> int:
    """The process id of the n-th process; waits for its note."""
    path = folder / f"process-{number}"
    wait_until(lambda: path.exists() and path.read_text().endswith(" "))
    return int(path.read_text())


def is_alive(pid: int) -> bool:
    """Whether a process is there (a dead one that was not waited for is)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds; fails when it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)
