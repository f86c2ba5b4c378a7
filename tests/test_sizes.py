"""A file holds one thing: none is long, and a package's `__init__` holds nothing of its own."""

import ast

import pytest

from tests.sources import ROOMS, ROOT, files_of, parse

MOST_LINES = 300
PRODUCT = [*ROOT.glob("*.py"), *(path for room in ROOMS for path in files_of(room))]
PACKAGES = [path for path in PRODUCT if path.name == "__init__.py"]


def test_files_are_short():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in PRODUCT
    }
    long = {name for name, lines in lengths.items() if lines > MOST_LINES}
    assert not long, f"more than {MOST_LINES} lines: {sorted(long)}; part what they hold"


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_package_holds_imports_only(path):
    for node in parse(path).body:
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        names = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        assert text or names or isinstance(node, ast.Import | ast.ImportFrom), (
            f"line {node.lineno}: {ast.unparse(node)}"
        )
