"""No public name stands in two modules of a room, and no passage of code stands twice in the product."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.sources import ROOMS, ROOT, files_of, parse

# Names that more than one module of a room defines, with the number of modules. Only ever shortened: a name that is
# mended has to leave the list, so that it can't come back.
CLASHES: dict[str, dict[str, int]] = {
    "scoring": {},
    "data": {},
    "shapes": {},
    "reports": {},
    "serving": {},
    "pages": {},
    "cli": {},
}
# A loop variable is the singular of what is looped over; these words say nothing of it. How many loops still use one,
# by room: only ever lowered. A room that is not named here has none.
DIALECT = {"found", "one", "own", "place", "said", "shown", "some", "told"}
MOST_DIALECT_LOOPS = {"data": 95, "shapes": 37, "tests": 332}
MOST_LINES = 3  # alike in two places: the fourth makes it a passage


def modules_of(room: str) -> list[Path]:
    """Modules of a room; a migration stands for itself, as Alembic wants it."""
    return [path for path in files_of(room) if "migrations" not in path.parts]


def public_names(path: Path) -> set[str]:
    """Functions, classes, types and constants that a module defines; `main` is what each script calls its start."""
    names: set[str] = set()
    for node in parse(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            assigned = {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
            names |= {name for name in assigned if not name.islower()}  # of a page: its variables
    return {name for name in names if not name.startswith("_")} - {"main"}


@pytest.mark.parametrize("room", ROOMS)
def test_no_public_name_stands_in_two_modules_of_a_room(room):
    modules = Counter(name for path in modules_of(room) for name in public_names(path))
    clashes = {name: count for name, count in modules.items() if count > 1}
    grown = {name for name, count in clashes.items() if count > CLASHES[room].get(name, 1)}
    assert not grown, f"{room}: defined by several modules: {sorted(grown)}; rename, or merge what is the same"
    mended = {name for name, count in CLASHES[room].items() if clashes.get(name, 1) < count}
    assert not mended, f"{room}: mended, so take it out of CLASHES or lower its number: {sorted(mended)}"


def loop_variables(tree: ast.AST) -> Iterator[ast.Name]:
    """The names that loops and comprehensions give to what they loop over."""
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            yield from (part for part in ast.walk(node.target) if isinstance(part, ast.Name))


@pytest.mark.parametrize("room", [*ROOMS, "bench", "tests"])
def test_loop_variables_name_what_is_looped_over(room):
    spots = [
        f"{path.relative_to(ROOT)}:{variable.lineno} {variable.id}"
        for path in files_of(room)
        for variable in loop_variables(parse(path))
        if variable.id in DIALECT
    ]
    most = MOST_DIALECT_LOOPS.get(room, 0)
    assert len(spots) <= most, f"name what is looped over: {spots}"
    assert len(spots) == most, f"{room} has {len(spots)} left: lower its number, so that they can't come back"


def test_loop_variables_are_seen_wherever_they_stand():
    tree = ast.parse(
        "for one in a:\n    x = {place: told for place, told in b}\nasync def f():\n    async for shown in c: pass\n"
        "one = [y for y in one for found, (own, z) in y]"
    )
    names = [variable.id for variable in loop_variables(tree)]
    assert sorted(names) == ["found", "one", "own", "place", "shown", "told", "y", "z"]


class _Code(ast.NodeTransformer):
    """A module without its imports and docstrings, which may be alike."""

    def visit_Import(self, _: ast.Import) -> None:
        return None

    def visit_ImportFrom(self, _: ast.ImportFrom) -> None:
        return None

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return ast.Pass() if text else self.generic_visit(node)


def code_lines(source: str) -> list[str]:
    """A line a statement or a part of one, however the source is laid out."""
    code = ast.unparse(_Code().visit(ast.parse(source)))
    return [line.strip() for line in code.splitlines() if line.strip() not in ("", "pass")]


def repeated_passages(sources: dict[str, list[str]], length: int) -> dict[tuple[str, ...], list[str]]:
    """Passages of `length` lines that stand twice, each with where; of a longer one only its start."""
    where: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for name, lines in sources.items():
        for start in range(len(lines) - length + 1):
            where[tuple(lines[start : start + length])].append((name, start))
    repeated = {passage: spots for passage, spots in where.items() if len(spots) > 1}
    continued = {
        after
        for before, after in pairwise(repeated)
        if repeated[after] == [(name, start + 1) for name, start in repeated[before]]
    }
    return {
        passage: [f"{name}, statement {start + 1}" for name, start in spots]
        for passage, spots in repeated.items()
        if passage not in continued
    }


def test_no_passage_stands_twice():
    sources = {
        str(path.relative_to(ROOT)): code_lines(path.read_text(encoding="utf-8"))
        for room in (*ROOMS, "bench")
        for path in modules_of(room)
    }
    repeated = repeated_passages(sources, MOST_LINES + 1)
    twice = {passage[:2]: spots for passage, spots in repeated.items()}
    assert not twice, f"the same lines stand in two places; give them a function: {twice}"


def test_passages_are_found_whatever_their_layout():
    first = "import os\ndef a():\n    '''Words.'''\n    x = f(1,\n          2)\n    y = x\n    return y\n"
    second = "def b():\n    z = 0\n    x = f(1, 2)\n    y = x\n    return y\n"
    sources = {"first": code_lines(first), "second": code_lines(second)}
    assert repeated_passages(sources, 3) == {
        ("x = f(1, 2)", "y = x", "return y"): ["first, statement 2", "second, statement 3"]
    }
    assert list(repeated_passages(sources, 2)) == [("x = f(1, 2)", "y = x")]
    assert repeated_passages({"first": code_lines(first)}, 2) == {}


# Words that say nothing of what they stand for. Rooms join the list as they are mended.
ROOMS_WITHOUT_DIALECT = ("pages",)


def variables_of(tree: ast.AST) -> set[str]:
    """What a source calls its variables and parameters."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return names | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}


@pytest.mark.parametrize("room", ROOMS_WITHOUT_DIALECT)
def test_a_variable_says_what_it_stands_for(room):
    for path in files_of(room):
        assert not variables_of(parse(path)) & (DIALECT - {"place"}), path.relative_to(ROOT)


@pytest.mark.parametrize("source", ["[one for one in units]", "sorted(units, key=lambda one: one)", "shown = units"])
def test_a_variable_that_says_nothing_is_seen(source):
    assert variables_of(ast.parse(source)) & DIALECT
