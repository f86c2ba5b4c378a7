"""A small load on the whole app: every page is visited, none fails, none is unknown."""

import shutil

import pytest

from bench import soak
from bench.load import Load, Outcome, measure, report
from bench.load_figures import Click, list_faults
from bench.servers import start_app
from pages.menu import SCREENS

pytestmark = pytest.mark.process


@pytest.fixture
def demo_folder(tmp_path, demo_file):
    shutil.copy(demo_file, tmp_path / "app.sqlite")
    return tmp_path


def test_no_page_fails_under_a_small_load(demo_folder, capsys):
    load = Load(sessions=3, pause=0.2, seconds=20)
    outcome = measure(start_app(demo_folder), load)
    assert list_faults(outcome.clicks) == []
    assert {screen.path for screen in SCREENS} <= {click.path for click in outcome.clicks}
    assert report(load, outcome, Outcome([Click("", 1.0, 0.1)], 0.1, 100.0, 90.0)) == 0
    assert "Lỗi trên trang: 0" in capsys.readouterr().out


def test_sessions_that_come_upload_and_go_leave_no_fault():
    readings, faults = soak.measure(soak.Soak(sessions=3, clicks=len(SCREENS) + 1, together=3, rest=0.0))
    assert faults == []
    assert readings[-1].runs >= 3 * (len(SCREENS) + 3)  # each uploaded a file and dropped it
    assert readings[-1].files == 0
