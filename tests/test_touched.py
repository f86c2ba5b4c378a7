"""Which tests a change touches: by imports, by names in texts, by fixtures; what is known of nothing touches all."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import run_checks, touched
from tests.sources import ROOT
from tests.touched import list_changed, list_touched

PROJECT = {
    "app.py": "import pages.menu",
    "commands.py": "import data.store",
    "scoring/__init__.py": "",
    "scoring/engine.py": "",
    "scoring/standards/law.yaml": "",
    "data/__init__.py": "",
    "data/store/__init__.py": "from data.store.rounds import Round",
    "data/store/rounds.py": "from data.gone import away",
    "data/worker.py": "",
    "data/demo.py": "import scoring.engine",
    "pages/menu.py": "FILES = ['explore/map']",
    "pages/explore/map.py": "import data.text",
    "data/text.py": "",
    "tests/__init__.py": "",
    "tests/conftest.py": "import pytest\nfrom data.demo import fill\nfrom data import text\n"
    "@pytest.fixture\ndef demo(filled): ...\n@pytest.fixture\ndef filled(): fill()\n"
    "@pytest.fixture\ndef words(): text.say()\n",
    "tests/cases/limits.yaml": "",
    "tests/scoring/test_engine.py": "from scoring.engine import score",
    "tests/scoring/test_cases.py": "PATH = 'cases/limits.yaml'",
    "tests/data/test_store.py": "def test_a():\n    from data.store import Round",
    "tests/data/test_worker.py": "COMMAND = ['-m', 'data.worker']",
    "tests/data/test_demo.py": "def test_a(demo): ...",
    "tests/data/test_words.py": "import pytest\n@pytest.mark.usefixtures('words')\ndef test_a(): ...",
    "tests/pages/test_pages.py": "APP = 'app.py'",
    "tests/test_sizes.py": "LISTED = ROOT.rglob('*.py')",
    "pyproject.toml": "",
    "README.md": "",
}
TESTS = {name for name in PROJECT if Path(name).name.startswith("test_")}


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """A small project with one test for each way of reaching a file."""
    for name, source in PROJECT.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    monkeypatch.setattr(touched, "ROOT", tmp_path)
    return tmp_path


def touch(project: Path, *names: str) -> set[str]:
    return {path.relative_to(project / "tests").as_posix() for path in list_touched({project / name for name in names})}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("scoring/engine.py", {"scoring/test_engine.py", "data/test_demo.py"}),
        ("data/store/rounds.py", {"data/test_store.py"}),  # by what the package imports
        ("data/gone.py", {"data/test_store.py"}),  # deleted: who imports it still is touched
        ("data/worker.py", {"data/test_worker.py"}),  # started by its name
        ("pages/explore/map.py", {"pages/test_pages.py"}),  # by the registry of pages, named in a text
        ("data/text.py", {"pages/test_pages.py", "data/test_words.py"}),
        ("data/demo.py", {"data/test_demo.py"}),  # by a fixture that a fixture asks for
        ("scoring/standards/law.yaml", {"scoring/test_engine.py", "data/test_demo.py"}),  # counts as its room
        ("tests/cases/limits.yaml", {"scoring/test_cases.py"}),  # by who names it
        ("tests/data/test_worker.py", {"data/test_worker.py"}),
        ("README.md", set()),
    ],
)
def test_change_touches_the_tests_that_reach_it(project, changed, expected):
    assert touch(project, changed) == expected | {"test_sizes.py"}  # walks the source, whatever changed


@pytest.mark.parametrize("changed", ["pyproject.toml", "static/font.ttf", "tests/conftest.py", "tests/cases/new.yaml"])
def test_change_of_what_all_may_use_touches_all(project, changed):
    assert {f"tests/{name}" for name in touch(project, changed)} == TESTS


def test_several_changes_touch_what_each_touches(project):
    both = touch(project, "data/worker.py", "data/demo.py")
    assert both == touch(project, "data/worker.py") | touch(project, "data/demo.py")


def test_no_change_touches_no_test(project):
    assert touch(project) == set()


def test_uncommitted_untracked_and_committed_changes_are_listed(project):
    def git(*arguments: str) -> None:
        author = ("-c", "user.name=A", "-c", "user.email=a@b.vn", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *author, *arguments], cwd=project, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    assert list_changed() == set()
    git("checkout", "-q", "-b", "branch")
    (project / "data" / "text.py").write_text("COMMITTED = 1", encoding="utf-8")
    git("commit", "-q", "-a", "-m", "second")
    (project / "data" / "demo.py").write_text("UNCOMMITTED = 1", encoding="utf-8")
    (project / "data" / "chữ mới.py").write_text("UNTRACKED = 1", encoding="utf-8")
    git("rm", "-q", "-f", "data/worker.py")
    names = {path.relative_to(project).as_posix() for path in list_changed()}
    assert names == {"data/text.py", "data/demo.py", "data/chữ mới.py", "data/worker.py"}


def test_without_history_nothing_passes_as_unchanged(project, monkeypatch, capsys):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    assert run_checks.main(["check", "--changed"]) == 2
    assert "không có lịch sử git" in capsys.readouterr().err


@pytest.mark.process
@pytest.mark.parametrize("module", ["tests.pages.test_profiles", "tests.reports.exports.test_contract"])
def test_what_a_test_imports_is_reached(module):
    """Against the interpreter: each file of ours that importing the test loads is among those that it reaches."""
    files = "{getattr(module, '__file__', None) for module in sys.modules.values()}"
    command = [sys.executable, "-c", f"import sys, {module}; print(*{files}, sep='\\n')"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    paths = {Path(name) for name in answer.stdout.splitlines()}
    loaded = {path for path in paths if path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / ".venv")}
    reached = touched.Reach(touched._list_python()).list_reached(ROOT.joinpath(*module.split(".")).with_suffix(".py"))
    assert len(loaded) > 20
    assert sorted(loaded - reached) == []
