"""The launcher: what it takes, what it refuses in a sentence, and that it needs nothing but Python."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import run
from data.installation import environment
from data.installation.causes import InstallationError
from data.installation.targets import PYTHONS

ROOT = Path(__file__).resolve().parent.parent
LAUNCHER = ("run.py", "data/__init__.py", "data/paths.py", "scoring/__init__.py", "scoring/refusal.py")
COMMANDS = "import sys, greeting\nprint(greeting.WORDS, *sys.argv[1:])\n"


@pytest.fixture
def started(monkeypatch) -> dict[str, object]:
    """What the launcher would set up and start."""
    given: dict[str, object] = {}

    def set_up(requirements, wheels=None):
        given.update(requirements=requirements.name, wheels=wheels)
        return "python"

    def call(command, env):
        given.update(command=command[1:], environment=env)
        return 7

    monkeypatch.setenv("PIP_NO_INDEX", "")  # set by --offline: put back after the test
    for name in ("BROWSER_PATH", "OFFICE_PATH", "POSTGRES_BIN"):
        monkeypatch.setenv(name, "here")
    monkeypatch.setattr(environment, "set_up", set_up)
    monkeypatch.setattr(run.subprocess, "call", call)
    return given


def test_commands_get_the_arguments_and_give_the_exit_code(started):
    assert run.main(["start", "--port", "8600"]) == 7
    assert started["requirements"] == "requirements.txt"
    assert started["command"] == [str(ROOT / "commands.py"), "start", "--port", "8600"]


@pytest.mark.parametrize("command", ["test", "check"])
def test_tests_need_more_packages(started, command):
    assert run.main([command, "-k", "x"]) == 7
    assert started["requirements"] == "requirements-dev.txt"
    assert started["command"] == [str(ROOT / "tests" / "run_checks.py"), command, "-k", "x"]


def test_a_check_installs_no_programs(started, monkeypatch):
    for name in ("find_browser", "find_office", "find_postgres"):
        monkeypatch.setattr(run, name, lambda: pytest.fail("a check takes what is at hand"))
    assert run.main(["check", "--changed"]) == 7


@pytest.mark.parametrize(
    "arguments", [["--offline", "gói", "start", "--headless"], ["start", "--headless", "--offline", "gói"]]
)
def test_offline_names_the_folder_of_wheels(started, monkeypatch, tmp_path, arguments):
    monkeypatch.chdir(tmp_path)
    assert run.main(arguments) == 7
    assert started["wheels"] == tmp_path.resolve() / "gói"
    assert started["command"][1:] == ["start", "--headless"]
    assert started["environment"]["PIP_NO_INDEX"] == "1"
    assert not run._can_install(), "Debian's packages come from the internet too"


@pytest.mark.parametrize("arguments", [["--offline"], ["--offline", "gói", "wheels", "x"]])
def test_offline_without_a_folder_or_a_use_is_refused(started, capsys, arguments):
    assert run.main(arguments) == 2
    assert "--offline THƯ_MỤC" in capsys.readouterr().err
    assert not started


def test_wheels_are_collected_before_anything_is_installed(started, monkeypatch):
    monkeypatch.setattr(environment, "collect_wheels", lambda arguments: started.update(wheels=arguments) or 0)
    assert run.main(["wheels", "gói", "--python", "3.12"]) == 0
    assert started == {"wheels": ["gói", "--python", "3.12"]}


def test_failed_installation_is_one_sentence(started, monkeypatch, capsys):
    def fail(*_):
        raise InstallationError("Ổ đĩa đã đầy.")

    monkeypatch.setattr(environment, "set_up", fail)
    assert run.main([]) == 2
    assert capsys.readouterr().err == "Ổ đĩa đã đầy.\n"


def test_interrupted_installation_leaves_no_traceback(started, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "set_up", interrupt)
    assert run.main([]) == 130


def test_old_python_is_told_which_it_needs(started, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    assert run.main([]) == 2
    assert "Cần Python 3.11 trở lên" in capsys.readouterr().out
    assert not started


def test_old_pythons_can_read_the_launcher_that_refuses_them():
    """`list[str]` as an annotation and `:=` end Python 3.7 with an error before it can say anything."""
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    for node in tree.body:
        if isinstance(node, ast.ImportFrom | ast.Import):
            names = [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            assert set(names) <= sys.stdlib_module_names, "the project is imported behind the check of the version"
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.NamedExpr | ast.Match)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for annotation in (node.returns, *(argument.annotation for argument in node.args.args)):
                assert not isinstance(annotation, ast.Subscript | ast.BinOp), f"quote {ast.unparse(annotation)}"


def test_pythons_of_the_product_are_those_of_the_launcher():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">={}.{}".format(*run.MINIMUM_PYTHON)
    assert PYTHONS[0] == run.MINIMUM_PYTHON


def test_postgres_is_named_where_it_is(monkeypatch, tmp_path):
    for version in ("9.6", "15", "16"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        for program in ("initdb", "pg_ctl"):
            (folder / program).touch()
    (tmp_path / "17" / "bin").mkdir(parents=True)
    monkeypatch.delenv("POSTGRES_BIN", raising=False)
    monkeypatch.setattr(run, "DEBIAN_POSTGRES", tmp_path)
    assert run.find_postgres() == {"POSTGRES_BIN": str(tmp_path / "16" / "bin")}
    monkeypatch.setenv("POSTGRES_BIN", "elsewhere")
    assert run.find_postgres() == {}


@pytest.mark.parametrize("may", [True, False])
def test_postgres_is_installed_where_that_may_be_or_left_out(monkeypatch, tmp_path, capsys, may):
    installed = []
    monkeypatch.delenv("POSTGRES_BIN", raising=False)
    monkeypatch.setattr(run, "DEBIAN_POSTGRES", tmp_path)
    monkeypatch.setattr(run.shutil, "which", lambda _: None)
    monkeypatch.setattr(run, "_can_install", lambda: may)
    monkeypatch.setattr(run, "_install_debian", lambda *packages: installed.extend(packages))
    assert run.find_postgres() == {}
    assert installed == (["postgresql"] if may else [])
    assert "bỏ qua các phép thử trên PostgreSQL" in capsys.readouterr().out


@pytest.mark.process
def test_fresh_copy_without_internet_and_home(tmp_path):
    """With a Python alone: a folder with a space and Vietnamese letters, no home, no network, a wheel of our making."""
    project, folder = tmp_path / "phần mềm", tmp_path / "các gói"
    for name in LAUNCHER:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, project / name)
    shutil.copytree(ROOT / "data" / "installation", project / "data" / "installation")
    (project / "commands.py").write_text(COMMANDS, encoding="utf-8")
    (project / "requirements.txt").write_text("-c constraints.txt\ngreeting==1.0\n", encoding="utf-8")
    (project / "constraints.txt").write_text("greeting==1.0\n", encoding="utf-8")
    folder.mkdir()
    keep = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    environment = keep | {"HOME": "", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PYTHONUTF8": "1"}

    def launch() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(project / "run.py"), "--offline", str(folder), "start", "xã"]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=110
        )

    incomplete = launch()
    assert incomplete.returncode == 2
    assert "thiếu 1 gói (greeting 1.0)" in incomplete.stderr
    with zipfile.ZipFile(folder / "greeting-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("greeting.py", "WORDS = 'chào'\n")
        wheel.writestr("greeting-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n")
        wheel.writestr("greeting-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("greeting-1.0.dist-info/RECORD", "")
    first = launch()
    assert first.returncode == 0, first.stderr
    assert "[3/3] Cài đặt xong." in first.stderr
    assert first.stdout == "chào start xã\n"
    shutil.rmtree(folder)
    assert launch().stdout == "chào start xã\n"
