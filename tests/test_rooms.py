"""Imports go one way between the rooms, and nothing forbidden is used anywhere."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {
    "scoring": set(),
    "data": {"scoring"},
    "shapes": {"data"},
    "reports": {"shapes", "data", "scoring"},
    "pages": {"reports", "shapes", "data", "scoring"},
}
PURE = {"streamlit", "sqlalchemy", "alembic", "xlsxwriter", "python_calamine", "altair"}


def imported(path: Path) -> set[str]:
    """Top-level names of the modules that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def files_of(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", ALLOWED)
def test_imports_go_one_way(room):
    assert files_of(room)
    for path in files_of(room):
        others = imported(path) & set(ALLOWED) - {room}
        assert others <= ALLOWED[room], f"{path.relative_to(ROOT)} imports {sorted(others - ALLOWED[room])}"


def test_scoring_is_pure():
    for path in files_of("scoring"):
        assert not imported(path) & PURE, path


def test_only_the_store_knows_sql():
    doors = set(files_of("data/store"))
    for room in ALLOWED:
        for path in files_of(room):
            if "sqlalchemy" in imported(path):
                assert path in doors or "migrations" in path.parts, path


def test_only_pages_know_streamlit():
    for room in set(ALLOWED) - {"pages"}:
        for path in files_of(room):
            assert "streamlit" not in imported(path), path


def test_launcher_uses_the_standard_library_only():
    import sys

    assert imported(ROOT / "run.py") <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    "forbidden", ["unsafe_allow_html", "components.v1", "st.map(", "pydeck", "use_container_width"]
)
def test_nothing_forbidden_on_pages(forbidden):
    for path in [ROOT / "app.py", *files_of("pages")]:
        assert forbidden not in path.read_text(encoding="utf-8"), path
