"""Readers are killed at any moment, on a busy machine, with many at once: every good file is read, none is refused."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from data.intake.reading import cells
from data.processes.pool import Pool
from tests.data.samples import UNITS, random_values, workbook

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that watches its parent"),
]
FILES = [workbook(UNITS.head(size), random_values(UNITS.head(size), size)) for size in (3, 20, 100)]
# A reader that a child of its own kills, at a moment between its start and some time after it would be done
DOOMED = """
import os, random, signal, sys, time
from pathlib import Path
reader = os.getpid()
if "MAY_DIE" in os.environ and random.random() < 0.9 and os.fork() == 0:
    os.closerange(0, 100)
    time.sleep(random.random() * 0.3)
    if os.getppid() == reader:
        (Path(sys.argv[1]) / f"{reader}").touch()
        os.kill(reader, signal.SIGKILL)
    os._exit(0)
from data.intake.reading.worker import main
main()
"""


@pytest.fixture
def two_busy_cores() -> Iterator[None]:
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    yield
    for process in busy:
        process.kill()
        process.wait()


@pytest.fixture
def started() -> threading.local:
    """How many readers this thread has started for the file at hand."""
    return threading.local()


@pytest.fixture
def readers(tmp_path, monkeypatch, started) -> Iterator[Pool]:
    """Readers of which a file loses two at most: one that waited, and one that was started for it."""

    def start() -> dict[str, str]:
        started.count = getattr(started, "count", 0) + 1
        return {"MAY_DIE": "1"} if started.count == 1 else {}

    pool = Pool([sys.executable, "-c", DOOMED, str(tmp_path)], seconds=cells.SECONDS, environment=start)
    monkeypatch.setattr(cells, "readers", pool)
    yield pool
    pool.close()


def test_every_good_file_is_read_while_readers_are_killed(readers, started, tmp_path, two_busy_cores):
    def read(number: int) -> list[str]:
        started.count = 0
        sheets, findings = cells.read_sheets(FILES[number % len(FILES)], f"{number}.xlsx")
        return [sheet.name for sheet in sheets] + [finding.code for finding in findings]

    with ThreadPoolExecutor(4) as executor:
        read_files = list(executor.map(read, range(30)))
    names = [sheet.name for sheet in cells.read_sheets(FILES[0], "a.xlsx")[0]]
    assert read_files == [names] * 30
    assert len(list(tmp_path.iterdir())) >= 5, "too few were killed to show anything"
