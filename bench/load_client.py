"""The client of `bench load`, a process of its own: sessions that click through all pages, each click timed.

Reads one JSON line (`url`, `sessions`, `pause`, `seconds`) from standard input, writes the line `loaded` when the time
is over while all sessions are still open, waits for a line, closes them and writes the clicks as one JSON line.
"""

import asyncio
import json
import random
import sys
import time
from dataclasses import asdict

from bench.load_figures import Click
from bench.tab import Tab

_PLACE = ("huyen", "don_vi")  # parameters of the address that a session with a unit carries from page to page


async def walk(url: str, number: int, sessions: int, pause: float, end: float, clicks: list[Click]) -> Tab | None:
    """Click through all pages in turn until `end`, with a pause after each answer; returns the open tab.

    The sessions begin spread over one pause and over the pages. In every second lap a session carries a unit and its
    district along, once a page has offered them.
    """
    chance = random.Random(number)
    await asyncio.sleep(pause * number / sessions)
    try:
        tab = await Tab.open(url)
    except (OSError, TimeoutError) as error:
        clicks.append(Click("", time.perf_counter(), 0.0, [f"not connected: {error}"]))
        return None
    place: dict[str, str] = {}
    step = 0
    while time.perf_counter() < end:
        paths = list(tab.pages) or [""]
        position = number * len(paths) // sessions + step
        with_place = (position // len(paths) + number) % 2
        started = time.perf_counter()
        run = await tab.visit(paths[position % len(paths)], place if with_place else {})
        clicks.append(Click(run.path, started, run.seconds, run.faults))
        if not place and all(key in tab.options for key in _PLACE):
            place = _choose_place(tab.options, number)
        step += 1
        await asyncio.sleep(min(pause * chance.uniform(0.8, 1.2), max(end - time.perf_counter(), 0)))
    return tab


def _choose_place(options: dict[str, list[str]], number: int) -> dict[str, str]:
    """A unit, another one for each session, and its district: “Xã A – Huyện B (05971)” names both."""
    unit = options["don_vi"][number * 7 % len(options["don_vi"])]
    district = next(option for option in options["huyen"] if f" – {option} (" in unit)
    return {"huyen": district, "don_vi": unit}


async def load(url: str, sessions: int, pause: float, seconds: float) -> list[Click]:
    """The clicks of all sessions; `started` counts from the beginning of the load."""
    clicks: list[Click] = []
    begin = time.perf_counter()
    walks = (walk(url, number, sessions, pause, begin + seconds, clicks) for number in range(sessions))
    tabs = await asyncio.gather(*walks)
    print("loaded", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await asyncio.gather(*(tab.close() for tab in tabs if tab is not None))
    return [Click(click.path, click.started - begin, click.seconds, click.faults) for click in clicks]


def main() -> None:
    """Do what the line on standard input asks for."""
    clicks = asyncio.run(load(**json.loads(sys.stdin.readline())))
    print(json.dumps([asdict(click) for click in clicks]), flush=True)


if __name__ == "__main__":
    main()
