"""Every command and page that the documentation names exists, and the other way round."""

import re
from pathlib import Path

import pytest

import commands
from cli.measuring import BENCHMARKS
from data.installation.targets import PYTHONS, SYSTEMS
from data.version import VERSION
from scoring.standard.model import Band, Criterion, Indicator, Input

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_names_the_two_commands():
    assert "python run.py\n" in README
    assert "python run.py test" in README


@pytest.mark.parametrize("words", ["wheels", "--offline", "--python", "--platform", "--dev"])
def test_set_up_without_internet_is_documented(words):
    assert words in README


def test_pythons_and_systems_are_documented():
    first, last = (".".join(map(str, python)) for python in (PYTHONS[0], PYTHONS[-1]))
    for system in SYSTEMS:
        row = next(line for line in README.splitlines() if line.startswith("| `") and f"`{system}`" in line)
        assert f"{first} – {last}" in row
    assert "## Máy không có mạng" in README, "run.py names this section"


@pytest.mark.parametrize(
    "name", ["start", "template", "import", "scores", "explain", "shapes install", "shapes undo", "bench"]
)
def test_command_is_documented_and_there(name, capsys):
    assert name in README
    with pytest.raises(SystemExit) as stop:
        commands.main([*name.split(), "--help"])
    assert stop.value.code == 0
    assert capsys.readouterr().out


def test_files_and_pictures_that_the_readme_names_are_there():
    named = re.findall(r"\((docs/[^)]+)\)", README) + re.findall(r"`([\w/-]+\.(?:md|yaml))`", README)
    assert named
    for path in named:
        assert (ROOT / path).exists(), path


def test_benchmarks_are_there():
    for name in BENCHMARKS:
        assert (ROOT / "bench" / f"{name}.py").exists()


@pytest.mark.parametrize("model", [Input, Criterion, Indicator, Band])
def test_fields_that_the_architecture_names_exist(model):
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    [described] = re.findall(rf"^#   {model.__name__}: (.*)$", text, re.MULTILINE)
    fields = re.sub(r"\([^)]*\)", "", described).split(";")[0]
    names = [name.strip() for part in fields.split(",") for name in part.split("|")]
    assert names
    assert [name for name in names if name and not hasattr(model, name) and name not in model.model_fields] == []


def test_recipes_name_files_that_are_there():
    recipes = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = [path for path in re.findall(r"`([\w./<>{},-]+/[\w./<>{},-]*)`", recipes) if not set(path) & set("<{")]
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_changelog_begins_with_the_version():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changes, re.MULTILINE)[0] == VERSION
