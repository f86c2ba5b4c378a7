"""Sessions that come and go, with uploads that are dropped again: what the server keeps of them must stay flat.

`SOAK_SESSIONS`, `SOAK_CLICKS` (pages that each of them opens) and `SOAK_TOGETHER` (sessions that are open at a time)
set the length.
"""

import asyncio
import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from bench.servers import Server, read_memory, start_app
from bench.tab import Tab
from bench.timing import say
from data.units.lists import load_units
from reports.exports.excel.collection import build_collection
from scoring.standard import get_standard
from server import COLLECTS_EVERY

SUBMIT_PATH = "nop-so-lieu"
DROP = "Đúng, bỏ tệp này"
_WARMED_UP = 0.2  # share of the sessions after which every cache is full
_MOST_GROWTH = 1.1  # memory at the end by memory when warm
_MOST_MORE = 5  # handles, files or processes at the end above those when warm


@dataclass(frozen=True)
class Soak:
    """How many sessions come, how many pages each opens, and how many are there at a time.

    `rest`: seconds without sessions before what is kept when warm and at the end is read.
    """

    sessions: int = 100
    clicks: int = 30
    together: int = 5
    rest: float = COLLECTS_EVERY + 10


@dataclass(frozen=True)
class Reading:
    """What the server holds after so many sessions and script runs.

    Attributes
    ----------
    memory : float or None
        MB; None where it can't be read.
    handles, files, processes : int
        Open files and sockets, temporary files, processes that the server has started.
    """

    sessions: int
    runs: int
    memory: float | None
    handles: int
    files: int
    processes: int


def run() -> int:
    """Print the curve and what grew; 1 when a page failed or the server kept something, else 0."""
    soak = Soak(
        int(os.environ.get("SOAK_SESSIONS", Soak.sessions)),
        int(os.environ.get("SOAK_CLICKS", Soak.clicks)),
        int(os.environ.get("SOAK_TOGETHER", Soak.together)),
    )
    readings, faults = measure(soak)
    return report(readings, faults)


def measure(soak: Soak) -> tuple[list[Reading], list[str]]:
    """The curve of a server of its own under a soak, a reading after each tenth of the sessions, and what failed.

    The second reading and the last one are taken after a rest.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        _temporary_files_in(Path(folder) / "tmp") as files,
        start_app(Path(folder) / "home") as server,
    ):
        return asyncio.run(_soak(server, soak, files))


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[Path]:
    """Give the processes that are started inside a folder of their own for temporary files."""
    folder.mkdir()
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)
    try:
        yield folder
    finally:
        os.environ.pop("TMPDIR")
        if before is not None:
            os.environ["TMPDIR"] = before


async def _soak(server: Server, soak: Soak, files: Path) -> tuple[list[Reading], list[str]]:
    readings, faults, runs = [], [], 0
    step = max(1, soak.sessions // 10)
    numbers = list(range(soak.sessions))
    for first in range(0, soak.sessions, soak.together):
        wave = numbers[first : first + soak.together]
        for wave_faults, wave_runs in await asyncio.gather(*(_come_and_go(server.url, n, soak.clicks) for n in wave)):
            faults += wave_faults
            runs += wave_runs
        done = wave[-1] + 1
        if done >= step * (len(readings) + 1) or done == soak.sessions:
            if len(readings) + 1 == round(_WARMED_UP * 10) or done == soak.sessions:
                await asyncio.sleep(soak.rest)
            readings.append(_read(server.pid, files, done, runs))
    return readings, faults


async def _come_and_go(url: str, number: int, clicks: int) -> tuple[list[str], int]:
    """Open a session, visit pages of the menu in an order of its own, upload and drop a file, and leave."""
    chance = random.Random(number)
    tab = await Tab.open(url)
    runs = [await tab.visit("")]
    paths: list[str] = []
    for _ in range(clicks - 1):
        paths = paths or chance.sample(list(tab.pages), len(tab.pages))
        path = paths.pop()
        runs.append(await tab.visit(path))
        if path == SUBMIT_PATH and tab.uploaders:
            runs.append(await tab.upload(path, f"soak-{number}.xlsx", fill_form(number)))
            if DROP in tab.buttons:
                runs.append(await tab.press(path, DROP))
    await tab.close()
    return [f"/{run.path}: {fault}" for run in runs for fault in run.faults], len(runs)


def fill_form(number: int) -> bytes:
    """The collection workbook of some units without figures, another file for each number."""
    buffer = BytesIO()
    build_collection(buffer, get_standard(), load_units("2020", "20").sample(12, random_state=number), 2022)
    return buffer.getvalue()


def _read(pid: int, files: Path, sessions: int, runs: int) -> Reading:
    process = Path(f"/proc/{pid}")
    handles = len(list((process / "fd").iterdir())) if process.exists() else 0
    children = [path.read_text().split() for path in process.glob("task/*/children")]
    return Reading(
        sessions,
        runs,
        read_memory(pid),
        handles,
        sum(path.is_file() for path in files.rglob("*")),
        sum(map(len, children)),
    )


def report(readings: list[Reading], faults: list[str]) -> int:
    """Print the curve and the growth since the caches were warm; 1 when a page failed or something stayed, else 0."""
    for reading in readings:
        memory = "?" if reading.memory is None else f"{reading.memory:.0f}"
        print(
            f"{reading.sessions} phiên, {reading.runs} lượt chạy: {memory} MB, {reading.handles} tệp và ổ nối mở, "
            f"{reading.files} tệp tạm, {reading.processes} tiến trình con"
        )
    last = readings[-1]
    warm = next(reading for reading in readings if reading.sessions >= last.sessions * _WARMED_UP)
    kept = False
    if last.memory is not None and warm.memory is not None:
        growth = last.memory / warm.memory
        say(f"Bộ nhớ sau {last.sessions} phiên / sau {warm.sessions} phiên", growth, _MOST_GROWTH)
        kept = growth > _MOST_GROWTH
    for name, words in (("handles", "tệp và ổ nối mở"), ("files", "tệp tạm"), ("processes", "tiến trình con")):
        more = getattr(last, name) - getattr(warm, name)
        say(f"Thêm so với lúc đã nóng máy: {words}", more, _MOST_MORE, "")
        kept = kept or more > _MOST_MORE
    print(f"Lỗi trên trang: {len(faults)}", *faults[:10], sep="\n  ")
    return 1 if faults or kept else 0
