"""Fixtures of the page tests: provinces that are only read, one that may be written, and caches that fit."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st

import data.faults
from data.intake.parameters import Reading
from data.intake.read import read_submission
from data.store import open_store, plan_round
from data.units.lists import load_units
from tests.conftest import count_events
from tests.data.samples import STANDARD, random_values, workbook

_cached: list[Path] = []  # the state folder that Streamlit's caches are of


def use_caches_of(home: Path) -> None:
    """Empty Streamlit's caches unless they are of this state folder: they know it by no key."""
    if _cached != [home]:
        st.cache_resource.clear()
        st.cache_data.clear()
        _cached[:] = [home]


@pytest.fixture(autouse=True)
def faults(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Exception]]:
    """Errors that the boundary of the app put into words: none, unless the test has cleared the list."""
    seen: list[Exception] = []
    log_fault = data.faults.log_fault

    def note(error: Exception, sentence: str) -> str:
        seen.append(error)
        return log_fault(error, sentence)

    monkeypatch.setattr(data.faults, "log_fault", note)
    yield seen
    if seen:
        raise seen[0]


def save_year(year: int, vintage: str, units: int | None = None, province: str = "20") -> None:
    """A year of random figures, for all units of a province or the first ones."""
    listed = load_units(vintage, province).head(units)
    store = open_store()
    ingest = read_submission(
        workbook(listed, random_values(listed, year), year), "a.xlsx", Reading(STANDARD, listed, year)
    )
    assert ingest.accepted
    store.submissions.save(plan_round(year, province), ingest.observations, "a.xlsx", str(year).encode(), "A")
    store.close()


@pytest.fixture
def home(home: Path) -> Path:
    """An empty state folder, and empty caches."""
    use_caches_of(home)
    return home


@pytest.fixture
def demo_home(home: Path, demo_file: Path) -> Path:
    """A state folder with the demo province, to be written into."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(demo_file, home / "app.sqlite")
    return home


@pytest.fixture(scope="session")
def home_of(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """State folders by what is in them; each is filled once a session."""

    @cache
    def fill(kind: str) -> Path:
        home = tmp_path_factory.mktemp(kind)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("APP_HOME", str(home))
            if kind == "demo":
                shutil.copy(demo_file, home / "app.sqlite")
            elif kind == "two_provinces":
                shutil.copy(demo_file, home / "app.sqlite")
                save_year(2022, "2020", 30, "01")
            elif kind == "one_unit":
                save_year(2022, "2020", units=1)
            elif kind == "one_year":
                save_year(2022, "2020")
            elif kind == "no_districts":
                save_year(2026, "2025-07")
            elif kind == "two_vintages":
                save_year(2022, "2020")
                save_year(2026, "2025-07")
            else:
                assert kind == "nothing"
                open_store().close()
        return home

    return fill


@pytest.fixture
def read_only(home_of, monkeypatch) -> Iterator[Callable[[str], Path]]:
    """Makes a state folder the app's by what is in it, with caches that may be warm; nothing may be written there."""
    used: dict[Path, int] = {}

    def use(kind: str) -> Path:
        home = home_of(kind)
        monkeypatch.setenv("APP_HOME", str(home))
        use_caches_of(home)
        used[home] = count_events(home / "app.sqlite")
        return home

    yield use
    for home, events in used.items():
        assert count_events(home / "app.sqlite") == events, "the page was written from: take demo_home"


@pytest.fixture
def demo(read_only) -> Path:
    """The demo province, only to be read."""
    return read_only("demo")
