"""`.venv` is made once, from an index or a folder, and again when it came along from another machine."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from data.installation import environment
from data.installation.causes import InstallationError
from data.installation.environment import collect_wheels, make_environment, run_pip, set_up
from data.paths import PROJECT_ROOT

REQUIREMENTS = PROJECT_ROOT / "requirements.txt"


@pytest.fixture
def venv(tmp_path, monkeypatch) -> Path:
    """Where the environment goes: a folder with a space and Vietnamese letters."""
    folder = tmp_path / "phần mềm" / ".venv"
    folder.parent.mkdir()
    monkeypatch.setattr(environment, "VENV", folder)
    return folder


@pytest.fixture
def made(venv) -> Path:
    """An environment as `make_environment` leaves it, without pip, which takes long."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    (venv / "made").touch()
    return venv


@pytest.fixture
def asked(monkeypatch) -> list[list[str]]:
    """What pip is asked for, in place of pip."""
    calls: list[list[str]] = []
    monkeypatch.setattr(environment, "run_pip", lambda arguments, *_, **__: calls.append(arguments))
    return calls


@pytest.fixture
def pip_here(made, monkeypatch) -> None:
    """The pip of the Python that runs the tests stands for that of `.venv`."""
    monkeypatch.setattr(environment, "_python", lambda: sys.executable)


def test_packages_are_installed_once(made, asked, capsys):
    python = set_up(REQUIREMENTS)
    assert Path(python).exists()
    assert Path(python).is_relative_to(made)
    assert asked == [["install", "-r", str(REQUIREMENTS)]]
    said = capsys.readouterr()
    assert "Cài đặt xong" in said.err
    assert said.out == "", "standard output belongs to the command that is set up for"
    assert set_up(REQUIREMENTS) == python
    assert len(asked) == 1


def test_tests_get_their_packages_on_top(made, asked):
    set_up(REQUIREMENTS)
    set_up(PROJECT_ROOT / "requirements-dev.txt")
    assert len(asked) == 2


def test_a_changed_pin_installs_again(made, asked, monkeypatch):
    set_up(REQUIREMENTS)
    monkeypatch.setattr(environment, "_fingerprint", lambda: "other")
    set_up(REQUIREMENTS)
    assert len(asked) == 2


def test_a_failed_installation_is_tried_again(made, monkeypatch):
    def fail(*_):
        raise InstallationError("Không được.")

    monkeypatch.setattr(environment, "run_pip", fail)
    for _ in range(2):
        with pytest.raises(InstallationError):
            set_up(REQUIREMENTS)


def test_folder_of_wheels_takes_the_place_of_the_index(made, asked, tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "check_folder", lambda *_, **__: None)
    set_up(REQUIREMENTS, tmp_path)
    assert asked == [["install", "--no-index", "--find-links", str(tmp_path), "-r", str(REQUIREMENTS)]]


def test_incomplete_folder_is_refused_before_anything_is_made(venv, asked, tmp_path):
    with pytest.raises(InstallationError, match="thiếu"):
        set_up(REQUIREMENTS, tmp_path)
    assert not venv.exists()
    assert asked == []


def test_environment_is_kept(made, monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("made again"))
    make_environment()


@pytest.mark.parametrize("harm", ["interrupted", "python gone", "from another machine"])
def test_environment_that_does_not_work_is_made_again(made, monkeypatch, harm):
    settings = made / "pyvenv.cfg"
    if harm == "interrupted":
        (made / "made").unlink()
    elif harm == "python gone":
        Path(environment._python()).unlink()
    else:
        lines = settings.read_text(encoding="utf-8").splitlines()
        lines = ["home = /không/còn" if line.startswith("home") else line for line in lines]
        settings.write_text("\n".join(lines), encoding="utf-8")
    commands = []

    def run(command, **_):
        commands.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    make_environment()
    assert commands == [[sys.executable, "-m", "venv", "--clear", str(made)]]


def test_environment_that_can_not_be_made_says_why(venv, monkeypatch):
    failed = subprocess.CompletedProcess([], 1, "The virtual environment was not created because ensurepip is not", "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(InstallationError, match="python3-venv"):
        make_environment()


def test_full_disk_is_named_though_venv_hides_it(venv, monkeypatch):
    hidden = "Error: Command '['python', '-m', 'ensurepip']' returned non-zero exit status 1."
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, hidden, ""))
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    with pytest.raises(InstallationError, match="đã đầy"):
        make_environment()


def test_environment_in_a_folder_that_can_not_be_written_to(venv, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(subprocess, "run", refuse)
    with pytest.raises(InstallationError, match="Không được phép"):
        make_environment()


def test_pip_without_a_network_is_explained(pip_here, venv, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "PIP_NO_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    nowhere = ["--index-url", "http://127.0.0.1:9/simple", "--retries", "1"]
    with pytest.raises(InstallationError, match="Máy không ra được mạng"):
        run_pip(["download", *nowhere, "--dest", str(venv), "khong-co-goi-nay==1"], venv)
    assert "127.0.0.1" in (venv / "pip.log").read_text(encoding="utf-8")


def test_pip_with_a_folder_that_lacks_a_package_is_explained(pip_here, venv, tmp_path, monkeypatch):
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    source = ["--no-index", "--find-links", str(tmp_path)]
    with pytest.raises(InstallationError, match=r"thiếu gói khong-co-goi-nay==1"):
        run_pip(["download", *source, "--dest", str(venv), "khong-co-goi-nay==1"], venv, wheels=tmp_path)


def test_pip_with_a_damaged_wheel_is_explained(pip_here, venv, tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    (tmp_path / "hong-1-py3-none-any.whl").write_text("không phải gói", encoding="utf-8")
    source = ["--no-index", "--find-links", str(tmp_path)]
    with pytest.raises(InstallationError, match=r"hong-1-py3-none-any\.whl bị hỏng"):
        run_pip(["download", *source, "--dest", str(venv), "hong==1"], venv, wheels=tmp_path)


def test_python_that_can_not_be_started_is_explained(venv):
    with pytest.raises(InstallationError):
        run_pip(["--version"], venv)


def test_wheels_are_collected_for_the_machine_that_is_named(made, asked, tmp_path, capsys):
    folder = tmp_path / "các gói"
    assert collect_wheels([str(folder), "--python", "3.15", "--platform", "win_amd64", "--dev"]) == 0
    assert folder.is_dir()
    assert asked[0][:6] == ["download", "--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
    assert {"numpy==2.5.5", "pytest==9.2.0", "win_amd64"} <= set(asked[0])
    said = capsys.readouterr()
    assert "Python 3.15 trên Windows 64 bit" in said.err
    assert 'python run.py --offline "các gói"' in said.out
