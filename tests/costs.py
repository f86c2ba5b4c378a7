"""What a test costs, as markers: set by where it stands and what it asks for, so that none is forgotten."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources import imported_names

TESTS = Path(__file__).resolve().parent
COSTLY = ("browser", "office", "fuzz", "process", "page", "network", "postgres", "whole")
CHEAP = f"not ({' or '.join(COSTLY)})"
AT_HAND = "not (browser or office or fuzz or network or postgres)"  # what needs neither a program nor minutes
_WHOLE = ("reports.exports", "reports.charts.picture", "commands", "server")
_BY_FIXTURE = {"browser_path": "browser", "office_path": "office"}
_SECONDS = {"browser": 300, "office": 300, "fuzz": 300}  # before a test counts as hanging, beside busy cores too
# The files that take longest are started first: no core is idle at the end.
_ORDER = ("browser", "fuzz", "office", "page", "process")


def mark_costs(items: list[pytest.Item]) -> None:
    """Give each test the markers of what it costs and time enough; put files that hold costly tests first."""
    for item in items:
        for cost in _costs_of(item):
            item.add_marker(cost)
        seconds = max((_SECONDS.get(mark.name, 0) for mark in item.iter_markers()), default=0)
        if seconds and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(seconds))
    ranks: dict[Path, int] = {}
    for item in items:
        rank = min(
            (_ORDER.index(mark.name) for mark in item.iter_markers() if mark.name in _ORDER), default=len(_ORDER)
        )
        ranks[item.path] = min(rank, ranks.get(item.path, rank))
    items.sort(key=lambda item: ranks[item.path])


def _costs_of(item: pytest.Item) -> Iterator[str]:
    for fixture in getattr(item, "fixturenames", ()):
        if fixture in _BY_FIXTURE:
            yield _BY_FIXTURE[fixture]
    folders = item.path.relative_to(TESTS).parts[:-1] if item.path.is_relative_to(TESTS) else ()
    module = getattr(item, "module", None)
    if hasattr(module, "open_page") or hasattr(module, "AppTest"):
        yield "page"
    if {"hostile", "fuzz"} & set(folders) and getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        yield "fuzz"
    if "workbooks" in folders or any(name.startswith(_WHOLE) for name in imported_names(item.path)):
        yield "whole"
