"""Imports go one way between the rooms, and nothing forbidden is used anywhere."""

import pytest

from tests.sources import ROOT, files_of, imported

ALLOWED = {
    "scoring": set(),
    "data": {"scoring"},
    "shapes": {"data", "scoring"},
    "reports": {"shapes", "data", "scoring"},
    "pages": {"reports", "shapes", "data", "scoring"},
}
PURE = {"streamlit", "sqlalchemy", "alembic", "xlsxwriter", "python_calamine", "altair"}


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
    doors = {ROOT / "data" / "models.py", ROOT / "data" / "database.py", *files_of("data/store")}
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

    rooms = {"data", "scoring"}
    for path in [
        ROOT / "run.py",
        ROOT / "data" / "paths.py",
        ROOT / "scoring" / "refusal.py",
        *files_of("data/installation"),
    ]:
        assert imported(path) <= set(sys.stdlib_module_names) | rooms, path


@pytest.mark.parametrize(
    "forbidden", ["unsafe_allow_html", "components.v1", "st.map(", "pydeck", "use_container_width"]
)
def test_nothing_forbidden_on_pages(forbidden):
    for path in [ROOT / "app.py", *files_of("pages")]:
        assert forbidden not in path.read_text(encoding="utf-8"), path
