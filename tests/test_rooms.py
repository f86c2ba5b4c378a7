"""Imports go one way between the rooms, and nothing forbidden is used anywhere."""

import ast
from collections.abc import Iterable
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.sources import ROOT, files_of, imported, imported_names

ALLOWED = {
    "scoring": set(),
    "data": {"scoring"},
    "shapes": {"data", "scoring"},
    "reports": {"shapes", "data", "scoring"},
    "pages": {"reports", "shapes", "data", "scoring"},
    "serving": {"pages", "data"},
    "cli": {"reports", "shapes", "data", "scoring"},
}
# Rooms within rooms, and what each imports besides itself and what lies open in data/ and shapes/ (DESIGN.md, “Rooms”).
_DATA = {"scoring", "data.text", "data.units"}
_BELOW_REPORTS = {*_DATA, "data.store", "shapes"}
WITHIN: dict[str, set[str]] = {
    "data.installation": {"scoring.refusal"},  # pure, so that run.py can read it before anything is installed
    "data.processes": set(),
    "data.text": {"scoring"},
    "data.units": {"scoring", "data.text"},
    "data.store": _DATA,
    "data.intake": {*_DATA, "data.store", "data.processes"},
    "data.demo": {*_DATA, "data.store", "data.intake"},
    "shapes.layers": {*_DATA, "shapes.boundaries", "shapes.derive"},
    "shapes.boundaries": {*_DATA, "data.processes", "shapes.layers"},
    "shapes.derive": {*_DATA, "shapes.boundaries", "shapes.layers"},
    "reports.facts": _BELOW_REPORTS,
    "reports.charts": {*_BELOW_REPORTS, "reports.facts"},
    # Of the intake the exports know the form that officers fill in, which one of them writes.
    "reports.exports": {*_BELOW_REPORTS, "reports.facts", "reports.charts", "data.intake.form"},
}
FILE_FORMATS = {"docx", "docxtpl", "lxml", "openpyxl", "PIL", "pptx", "xlsxwriter", "zipfile"}
PURE = {"streamlit", "sqlalchemy", "alembic", "xlsxwriter", "python_calamine", "altair"}


@pytest.mark.parametrize("room", ALLOWED)
def test_imports_go_one_way(room):
    assert files_of(room)
    for path in files_of(room):
        others = imported(path) & set(ALLOWED) - {room}
        assert others <= ALLOWED[room], f"{path.relative_to(ROOT)} imports {sorted(others - ALLOWED[room])}"


def name_module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported_modules(path: Path, modules: set[str]) -> set[str]:
    """The modules of ours that a file imports, also those for the type checker only and those inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names & modules


def test_no_circle_of_modules():
    scripts = [*ROOT.glob("*.py"), *files_of("bench")]
    paths = {name_module(path): path for path in [*scripts, *(path for room in ALLOWED for path in files_of(room))]}
    graph = {name: imported_modules(path, set(paths)) for name, path in paths.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_scoring_is_pure():
    for path in files_of("scoring"):
        assert not imported(path) & PURE, path


def is_within(module: str, rooms: Iterable[str]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


@pytest.mark.parametrize("room", WITHIN)
def test_imports_within_a_room_go_one_way(room):
    files = files_of(room.replace(".", "/"))
    assert files
    for path in files:
        others = {name for name in imported_names(path) if is_within(name, [*ALLOWED, *WITHIN])}
        open_ground = {name for name in others if not is_within(name, [*WITHIN, "scoring", "pages"])}
        forbidden = {name for name in others - open_ground if not is_within(name, {room, *WITHIN[room]})}
        assert not forbidden, f"{path.relative_to(ROOT)} imports {sorted(forbidden)}"


def test_every_room_within_a_room_has_its_arrows():
    for outer in ("data", "reports", "shapes"):
        folders = {f"{outer}.{path.name}" for path in (ROOT / outer).iterdir() if any(path.glob("*.py"))}
        assert folders == {room for room in WITHIN if room.startswith(f"{outer}.")}


def test_what_lies_open_in_a_room_imports_no_room_within():
    for outer in ("data", "reports", "shapes"):
        for path in (ROOT / outer).glob("*.py"):
            assert not {name for name in imported_names(path) if is_within(name, WITHIN)}, path


def test_facts_know_neither_charts_nor_files_and_charts_no_files():
    for path in files_of("reports/facts"):
        assert not imported(path) & (FILE_FORMATS | {"altair", "vl_convert"}), path
    for path in files_of("reports/charts"):
        assert not imported(path) & FILE_FORMATS, path


def test_one_module_renders_pictures():
    renderers = [path for room in ALLOWED for path in files_of(room) if "vl_convert" in imported(path)]
    assert renderers == [ROOT / "reports/charts/picture.py"]


def test_what_keeps_the_layout_of_uploads_runs_in_a_process_of_its_own():
    """A small workbook can make openpyxl build billions of objects: only what a worker imports may use it."""
    worker, beside = ROOT / "data/intake/returned/worker.py", ROOT / "data/intake/returned/summary.py"
    files = [*ROOT.glob("*.py"), *(path for room in ALLOWED for path in files_of(room))]
    assert {path for path in files if "openpyxl" in imported(path)} == {worker, beside}
    modules = {"data.intake.returned.worker", "data.intake.returned.summary"}
    assert {path for path in files if imported_names(path) & modules} == {worker}


@pytest.mark.parametrize("room", ["reports/facts", "reports/charts"])
def test_each_module_has_its_tests(room):
    for path in files_of(room):
        if path.name != "__init__.py":
            beside = ROOT / "tests" / path.relative_to(ROOT).with_name(f"test_{path.name}")
            assert beside.is_file(), f"{path.relative_to(ROOT)}: {beside.relative_to(ROOT)} is missing"


def test_only_the_store_knows_sql():
    doors = {ROOT / "data" / "models.py", ROOT / "data" / "database.py", *files_of("data/store")}
    for room in ALLOWED:
        for path in files_of(room):
            if "sqlalchemy" in imported(path):
                assert path in doors or "migrations" in path.parts, path


def test_only_pages_and_their_server_know_streamlit():
    for room in set(ALLOWED) - {"pages", "serving"}:
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


FACTS = {"frame", "scores", "observations"}  # of an `Assessment`
JOINS_YEARS = ROOT / "reports/facts/comparison.py"
JOINS_A_YEAR_WITH_ITSELF = ROOT / "reports/facts/what_if.py"  # the same year by the law and by a scenario


def list_joins(source: str) -> list[str]:
    """The functions that read the facts of more than one assessment, with the names of these."""
    joins = []
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        loops = [node for node in ast.walk(function) if isinstance(node, ast.comprehension | ast.For)]
        members = {
            ast.unparse(loop.target): {ast.unparse(member) for member in loop.iter.elts}
            for loop in loops
            if isinstance(loop.iter, ast.Tuple | ast.List)
        }
        called = {node.func for node in ast.walk(function) if isinstance(node, ast.Call)}  # `scores.frame()` is another
        owners: set[str] = set()
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute) and node.attr in FACTS and node not in called:
                owner = ast.unparse(node.value)
                owners |= members.get(owner, {owner}) - {"store", "get_store()"}  # their `observations` are no facts
        if len(owners) > 1:
            joins.append(f"{function.name}: {', '.join(sorted(owners))}")
    return joins


def test_one_module_joins_two_years():
    for path in [*files_of("cli"), *files_of("reports"), *files_of("pages")]:
        if path not in (JOINS_YEARS, JOINS_A_YEAR_WITH_ITSELF):
            source = path.read_text(encoding="utf-8")
            assert "_compare_years" not in source, path
            assert not list_joins(source), f"{path}: compare() of reports.facts.comparison joins two years"


@pytest.mark.parametrize(
    "body",
    [
        "return compare_years(assessment.frame, before.frame)",
        "return assessment.frame.join(before.frame, rsuffix='_before')",
        "now, then = count(assessment.frame), count(before.frame); return now.met - then.met",
        "now, then = (count(year.frame) for year in (assessment, before)); return now.met - then.met",
        "return assessment.scores.total - before.scores.total",
    ],
)
def test_a_join_of_two_years_is_seen(body):
    assert list_joins(f"def describe(assessment, before):\n    {body}") == ["describe: assessment, before"]
