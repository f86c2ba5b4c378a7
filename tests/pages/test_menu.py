"""The registry of pages is whole: its files exist and are drawn, its paths differ, its links lead somewhere."""

import ast
from pathlib import Path

import pytest

from pages.menu import HOME, SCREENS, find_screen, get_screen
from pages.present.order import list_slides
from reports.facts.assessment import load_assessment

PAGES = Path(__file__).resolve().parents[2] / "pages"


def test_files_and_paths_differ_and_exist():
    assert all((PAGES / f"{screen.file}.py").is_file() for screen in SCREENS)
    assert len({screen.file for screen in SCREENS}) == len(SCREENS)
    assert len({screen.path for screen in SCREENS}) == len(SCREENS)


def test_a_section_stands_in_one_piece():
    sections = [screen.section for screen in SCREENS]
    assert sections == sorted(sections, key=sections.index)


def test_every_file_that_draws_a_title_is_a_screen():
    drawn = set()
    for path in PAGES.rglob("*.py"):
        calls = [node.value for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.Expr)]
        names = {ast.unparse(call.func) for call in calls if isinstance(call, ast.Call)}
        if names & {"st.title", "show_heading"}:
            drawn.add(path.relative_to(PAGES).with_suffix("").as_posix())
    assert drawn == {screen.file for screen in SCREENS}


def test_a_path_opens_its_screen():
    assert find_screen("") is HOME
    assert all(find_screen(screen.path) is screen for screen in SCREENS)
    assert find_screen("khong-co") is None


def test_a_file_gives_its_screen():
    assert all(get_screen(screen.file) is screen for screen in SCREENS)
    with pytest.raises(KeyError):
        get_screen("khong-co")


def test_the_projector_knows_the_views_that_pages_start(demo_store):
    slides = list_slides(
        load_assessment(demo_store, demo_store.rounds.choose(2022)), has_year_before=True, scenarios=[(1, "Thử")]
    )
    kinds = {slide.id.split("-")[0] for slide in slides}
    assert {screen.projector_view for screen in SCREENS if screen.projector_view} <= kinds


def test_every_link_names_a_screen():
    scripts = {screen.script for screen in SCREENS}
    for path in PAGES.rglob("*.py"):
        if path.name == "menu.py":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, ast.Module)}
        texts = [
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        links = {text for text in texts if text.startswith("pages/") and text not in docs}
        assert links <= scripts, f"{path.name}: {sorted(links - scripts)}"
