"""Every date that is shown is the day in Việt Nam, whatever the zone of the machine."""

import ast
import time
from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scoring.moments
from scoring.moments import VIETNAM, as_in_vietnam, today
from scoring.words import format_date, format_moment
from tests.sources import ROOMS, ROOT, files_of, parse

ZONES = ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"]


@pytest.fixture(params=ZONES)
def zone(request, monkeypatch):
    """The machine's time zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a Windows machine can't be set for a process")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_early_morning_in_vietnam_is_its_own_day(zone):
    early = datetime(2022, 11, 14, 23, 30, tzinfo=UTC)
    assert format_date(early) == format_date(pd.Timestamp(early)) == "15/11/2022"
    assert format_moment(early) == "06:30 ngày 15/11/2022"
    assert format_date(datetime(2022, 11, 15, 0, 10)) == "15/11/2022"  # what a cell of a workbook says
    assert format_date(date(2022, 11, 15)) == "15/11/2022"


def test_today_is_the_day_in_vietnam(zone, monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2022, 12, 31, 17, 0, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(scoring.moments, "datetime", Clock)
    assert today() == date(2023, 1, 1)


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)), st.integers(-12, 14))
def test_a_moment_is_the_same_from_any_zone(moment, hours):
    there = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert as_in_vietnam(there) == there
    assert format_moment(there) == format_moment(there.astimezone(UTC)) == format_moment(there.astimezone(VIETNAM))


def list_clocks(tree: ast.Module) -> list[str]:
    """Readings of the machine's clock in its own zone: `date.today()`, `datetime.now()`, and their brothers."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    zoneless = ("today", "utcnow", "localtime", "fromtimestamp", "now")
    return [
        f"{node.lineno}: {node.func.attr}"
        for node in calls
        if node.func.attr in zoneless and not (node.args[:2] or node.keywords)
    ]


def test_no_code_reads_the_clock_of_the_machines_zone():
    paths = [*ROOT.glob("*.py"), *(path for room in ROOMS for path in files_of(room))]
    clocks = {str(path.relative_to(ROOT)): list_clocks(parse(path)) for path in paths}
    assert {name: lines for name, lines in clocks.items() if lines} == {}
    assert list_clocks(ast.parse("datetime.date.today(); datetime.now()")) == ["1: today", "1: now"]
