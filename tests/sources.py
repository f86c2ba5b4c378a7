"""The project's own Python files and what they import: what the tests of the source and `run.py check` walk."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("scoring", "data", "shapes", "reports", "pages", "serving", "cli")


def files_of(room: str) -> list[Path]:
    """Python files of a room, sorted by path."""
    return sorted((ROOT / room).rglob("*.py"))


@cache
def parse(path: Path) -> ast.Module:
    """The syntax tree of a Python file; not to be changed, the next caller gets the same."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """Top-level names of the modules that a file imports."""
    return {name.split(".")[0] for name in imported_names(path)}


@cache
def imported_names(path: Path) -> frozenset[str]:
    """Dotted names that a file imports: of `from data.ingest import cells` also `data.intake.reading.cells`."""
    names: set[str] = set()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(names)
