"""What `bench load` prints and answers, on outcomes that are known."""

import importlib

import pytest

import commands
from bench.load import Load, Outcome, read_load, report
from bench.load_figures import Click

LOAD = Load(sessions=2, pause=1.0, seconds=20.0)
SIMPLE = Outcome([Click("", float(second), 0.1) for second in range(20)], 1.0, 110.0, 100.0)


def test_report_says_medians_ratio_processor_and_memory(capsys):
    ours = Outcome([Click("ban-do", float(second), 0.2) for second in range(0, 20, 2)], 1.0, 206.0, 200.0)
    assert report(LOAD, ours, SIMPLE) == 0
    printed = capsys.readouterr().out
    assert "Trung vị sau 10 s đầu: 0.20 s (ngưỡng ≤ 0.3 s: đạt)" in printed
    assert "Trang mỗi giây / ứng dụng một trang: 0.50 × (ngưỡng ≥ 0.6 ×: CHƯA ĐẠT)" in printed
    assert "Bộ xử lý mỗi trang: 100 ms; ứng dụng một trang: 50 ms" in printed
    assert "Bộ nhớ mỗi phiên, kể cả phần dùng chung: 3.00 MB" in printed
    assert "Lỗi trên trang: 0" in printed


def test_page_that_failed_fails_the_benchmark(capsys):
    ours = Outcome([Click("ho-so", 1.0, 0.2, ["KeyError: x"]), Click("", 12.0, 0.2)], None, None, None)
    assert report(LOAD, ours, SIMPLE) == 1
    printed = capsys.readouterr().out
    assert "Lỗi trên trang: 1\n  /ho-so: KeyError: x" in printed
    assert "Không đo được bộ nhớ" in printed


def test_environment_sets_the_load(monkeypatch):
    for name, value in {"LOAD_SESSIONS": "3", "LOAD_PAUSE": "0.5", "LOAD_SECONDS": "8"}.items():
        monkeypatch.setenv(name, value)
    assert read_load() == Load(sessions=3, pause=0.5, seconds=8.0)


@pytest.mark.parametrize(("answer", "code"), [(None, 0), (0, 0), (1, 1)])
def test_command_ends_with_the_code_of_the_benchmark(monkeypatch, answer, code):
    monkeypatch.setattr(importlib.import_module("bench.load"), "run", lambda: answer)
    assert commands.main(["bench", "load"]) == code
