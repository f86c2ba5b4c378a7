"""Wheels in a folder: for which machine they are asked for, and what is said when some are missing."""

import subprocess
import sys
from pathlib import Path

import pytest

from data.installation import wheels
from data.installation.causes import InstallationError
from data.installation.targets import SYSTEMS, Pin, Target, list_pins, this_target
from data.installation.wheels import check_folder, choose_target, count_wheels, download_arguments, make_folder
from tests.data.installation.index import skip_without_index

OFFICER = Target((3, 15), "win_amd64")
OF_WINDOWS = ("--platform", "win_amd64")


def name_of_wheel(pin: Pin) -> str:
    return f"{pin.name.replace('-', '_')}-{pin.version}-cp315-cp315-win_amd64.whl"


@pytest.fixture
def complete(tmp_path) -> Path:
    """A folder that holds a file for each pin of the officer's machine, tests included."""
    folder = tmp_path / "các gói"
    folder.mkdir()
    for pin in list_pins(OFFICER, testing=True):
        (folder / name_of_wheel(pin)).touch()
    return folder


def test_this_machine_is_the_default():
    assert choose_target(None, None) == this_target()
    assert choose_target("3.12", None) == Target((3, 12), this_target().system)
    assert choose_target("3.15.1", "win_amd64") == OFFICER
    assert choose_target(None, "macosx_arm64") == Target(this_target().python, "macosx_arm64")


@pytest.mark.parametrize("python", ["3.10", "2.7", "4.0", "3", "mới"])
def test_python_that_is_none_of_ours_is_refused(python):
    with pytest.raises(InstallationError, match=r"từ 3\.11 đến 3\.15"):
        choose_target(python, None)


def test_unknown_system_is_refused_with_those_there_are():
    with pytest.raises(InstallationError) as refusal:
        choose_target(None, "windows")
    for name in SYSTEMS:
        assert name in str(refusal.value)


def test_pip_is_asked_for_each_pin_of_the_target():
    arguments = download_arguments(Path("x"), OFFICER, testing=False)
    assert arguments[6:14] == ["--implementation", "cp", "--python-version", "3.15", "--abi", "cp315", *OF_WINDOWS]
    assert arguments[14:] == [str(pin) for pin in list_pins(OFFICER)]
    assert "numpy==2.5.5" in arguments
    assert "pytest==9.2.0" in download_arguments(Path("x"), OFFICER, testing=True)


def test_pip_chooses_the_wheels_of_its_own_machine_itself():
    arguments = download_arguments(Path("x"), this_target(), testing=False)
    assert "--platform" not in arguments
    assert "--python-version" not in arguments


@pytest.mark.network
def test_pip_gets_the_wheels_of_another_machine(tmp_path):
    """For Python 3.15 on Windows, whatever runs this: two small packages that have a wheel for each machine."""
    arguments = download_arguments(tmp_path, OFFICER, testing=False)
    pins = [str(pin) for pin in list_pins(OFFICER)]
    small = [argument for argument in arguments if argument not in pins or argument.startswith(("PyYAML", "lxml"))]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *small, "--retries", "1", "--timeout", "15"]
    answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    skip_without_index(answer.stdout + answer.stderr)
    assert answer.returncode == 0, answer.stderr
    names = sorted(path.name.lower() for path in tmp_path.iterdir())
    assert [name.split("-")[0] for name in names] == ["lxml", "pyyaml"]
    assert all(name.endswith("-cp315-cp315-win_amd64.whl") for name in names)


def test_complete_folder_passes(complete):
    check_folder(complete, OFFICER, testing=True)
    assert count_wheels(complete, OFFICER, testing=True).startswith(f"{len(list_pins(OFFICER, testing=True))} gói")


def test_what_is_missing_is_named(complete):
    for pin in list_pins(OFFICER)[:7]:
        (complete / name_of_wheel(pin)).unlink()
    with pytest.raises(InstallationError) as refusal:
        check_folder(complete, OFFICER, testing=False)
    sentence = str(refusal.value)
    assert str(complete) in sentence
    assert "thiếu 7 gói (alembic " in sentence
    assert "và 2 gói khác) cho Python 3.15 trên Windows 64 bit" in sentence
    assert '“python run.py wheels "các gói" --python 3.15 --platform win_amd64”' in sentence


def test_wheels_of_another_python_are_missing(complete):
    older = Target((3, 12), "win_amd64")
    with pytest.raises(InstallationError, match=r"cho Python 3\.12 trên Windows.*--python 3\.12.*--dev"):
        check_folder(complete, older, testing=True)


def test_machine_without_wheels_is_told_so(complete, monkeypatch):
    monkeypatch.setattr(wheels, "this_machines_obstacle", lambda: "Python đang dùng là bản 32 bit.")
    with pytest.raises(InstallationError, match="32 bit"):
        check_folder(complete, Target((3, 12), "win_x86_32"), testing=False)


def test_folder_that_is_not_there(tmp_path):
    with pytest.raises(InstallationError, match="Không thấy thư mục gói"):
        check_folder(tmp_path / "đâu", OFFICER, testing=False)


def test_folder_that_can_not_be_read(tmp_path, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(InstallationError, match="Không được phép"):
        check_folder(tmp_path, OFFICER, testing=False)


def test_folder_is_made(tmp_path):
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_folder_that_is_a_file(tmp_path):
    (tmp_path / "tệp").touch()
    with pytest.raises(InstallationError, match="là một tệp"):
        make_folder(tmp_path / "tệp")


def test_folder_that_can_not_be_written_to(tmp_path, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(wheels, "TemporaryFile", refuse)
    with pytest.raises(InstallationError, match="Không được phép"):
        make_folder(tmp_path)
