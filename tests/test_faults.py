"""A command that fails says one Vietnamese sentence with a number, exits with 1 and keeps the trace for the log."""

import os
import subprocess
import sys

import pytest

import commands
from data.paths import PROJECT_ROOT
from data.units.lists import load_units
from tests.broken import OPENING, WRITING, broken
from tests.data.samples import workbook
from tests.data.store.samples import ROUND


def check(capsys, arguments: list[str], says: str) -> None:
    assert commands.main(arguments) == 1
    error = capsys.readouterr().err
    assert says in error
    assert "Mã sự cố" in error
    assert "Traceback" not in error
    assert len(error.strip().splitlines()) == 1


@pytest.mark.parametrize("fault", OPENING)
@pytest.mark.parametrize("command", ["scores --year 2022", "start --headless", "template --year 2022 -o {path}"])
def test_command_says_why_there_is_no_database(home, tmp_path, monkeypatch, capsys, fault, command):
    with broken(OPENING[fault], home, monkeypatch):
        check(capsys, command.format(path=tmp_path / "a.xlsx").split(), OPENING[fault].says)


@pytest.mark.parametrize("fault", WRITING)
def test_import_says_why_nothing_was_stored(home, tmp_path, monkeypatch, capsys, fault):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(load_units("2020", "20")))
    with broken(WRITING[fault], home, monkeypatch):
        check(capsys, ["import", str(path), "--year", str(ROUND.year)], WRITING[fault].says)


@pytest.mark.parametrize("target", ["khong/co/a.xlsx", ".", "a.xlsx/b.xlsx", "x" * 300])
def test_path_that_can_not_be_written_is_named(home, tmp_path, monkeypatch, capsys, target):
    (tmp_path / "a.xlsx").write_bytes(b"")
    check(capsys, ["template", "--year", "2022", "-o", str(tmp_path / target)], str(tmp_path / target))


@pytest.mark.process
def test_no_trace_reaches_the_screen(tmp_path):
    environment = os.environ | {"APP_HOME": str(tmp_path), "DATABASE_URL": "nothing://a", "PYTHONUTF8": "1"}
    command = [sys.executable, "commands.py", "scores", "--year", "2022"]
    ended = subprocess.run(command, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert len(ended.stderr.splitlines()) == 1
    assert "Traceback" in (tmp_path / "log" / "app.log").read_text(encoding="utf-8")
