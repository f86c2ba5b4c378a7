"""What a soak reports: flat is well, what grows or fails is not."""

from dataclasses import replace

import pytest

from bench.soak import Reading, fill_form, report

FLAT = [Reading(sessions, sessions * 30, 300.0, 40, 3, 1) for sessions in range(10, 101, 10)]


def test_flat_curve_is_well(capsys):
    assert report(FLAT, []) == 0
    assert "100 phiên, 3000 lượt chạy: 300 MB" in capsys.readouterr().out


def test_what_was_kept_before_the_caches_were_full_does_not_count():
    assert report([replace(FLAT[0], memory=100.0, handles=10), *FLAT[1:]], []) == 0


@pytest.mark.parametrize("grown", [{"memory": 400.0}, {"handles": 60}, {"files": 20}, {"processes": 9}])
def test_what_grows_is_reported(grown):
    assert report([*FLAT[:-1], replace(FLAT[-1], **grown)], []) == 1


def test_failed_page_is_reported(capsys):
    assert report(FLAT, ["/ban-do: KeyError"]) == 1
    assert "/ban-do: KeyError" in capsys.readouterr().out


def test_machine_without_proc_is_no_failure():
    assert report([replace(reading, memory=None, handles=0, processes=0) for reading in FLAT], []) == 0


def test_each_session_brings_a_file_of_its_own():
    assert len({fill_form(number) for number in range(12)}) == 12
