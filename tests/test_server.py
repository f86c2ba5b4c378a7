"""What the server has loaded before its first session, and what its garbage collector passes over."""

import gc
import subprocess
import sys
import threading
import tomllib
import weakref
from pathlib import Path

import pytest
import streamlit as st

import pages.parts.layers
import pages.parts.rounds
from server import collect_sessions, warm_up
from tests.data.processes.toys import wait_until
from tests.pages.opening import open_page

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def heap_as_before():
    st.cache_resource.clear()
    yield
    gc.unfreeze()
    st.cache_resource.clear()


@pytest.fixture
def demo_home(home, demo_file):
    home.mkdir(parents=True, exist_ok=True)
    (home / "app.sqlite").write_bytes(demo_file.read_bytes())
    return home


def test_first_session_uses_what_was_loaded(demo_home, monkeypatch):
    warm_up()

    def refuse(*arguments: object) -> None:
        raise AssertionError("loaded once more")

    monkeypatch.setattr(pages.parts.rounds, "open_store", refuse)
    monkeypatch.setattr(pages.parts.rounds, "load_assessment", refuse)
    monkeypatch.setattr(pages.parts.layers, "load_layer", refuse)
    assert not open_page("map").exception


def test_database_without_rounds_is_no_obstacle(home):
    warm_up()
    assert gc.get_freeze_count() > 0


def test_heap_is_frozen_and_what_comes_later_is_collected(demo_home):
    warm_up()
    frozen = gc.get_freeze_count()
    assert frozen > 100_000
    assert len(gc.get_objects()) < frozen / 10

    class Cycle:
        pass

    cycle = Cycle()
    cycle.itself = cycle
    gone = weakref.ref(cycle)
    del cycle
    assert gc.isenabled()
    gc.collect(0)  # the youngest generation only
    assert gone() is None


def test_streamlit_collects_nothing_after_a_run():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False
    asked = "import streamlit.config as config; print(config.get_option('runner.postScriptGC'))"
    answer = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_modules_of_every_page_are_loaded_without_a_warning(demo_home):
    asked = "import sys; sys.path.insert(0, '.'); import server; server.warm_up(); print('\\n'.join(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {"shapes.boundaries.install", "reports.exports.package", "data.intake.door", "altair", "docxtpl"} <= set(
        answer.stdout.split()
    )
    assert "ScriptRunContext" not in answer.stderr


class Circle:
    """What only a full collection finds."""

    def __init__(self):
        self.itself = self


def test_what_sessions_leave_is_freed_now_and_then():
    circle = Circle()
    gc.collect()  # into the oldest generation
    left = weakref.ref(circle)
    del circle
    assert left() is not None
    stop = threading.Event()
    collecting = threading.Thread(target=collect_sessions, args=(stop, 0.01))
    collecting.start()
    wait_until(lambda: left() is None)
    stop.set()
    collecting.join(10)
    assert not collecting.is_alive()
