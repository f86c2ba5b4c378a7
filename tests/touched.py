"""Which test files a change touches: those that reach a changed file by imports, by its name in a text, or by fixtures.

What is left out would be found only by `run.py test`, so each rule errs towards more: a file that is not Python counts
as every module of its room, and one of no room as everything.
"""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tests.sources import ROOMS, ROOT, imported_names, parse

SOURCE_READERS = ("rglob", "tests.sources")  # tests that walk the project's own files are always run
PROSE = {".md", ".txt"}


def list_changed() -> set[Path]:
    """Files that differ from where this branch left main, the uncommitted and the untracked too.

    Raises
    ------
    RuntimeError
        Where git knows of no commit: nothing says what changed.
    """
    if not _git("rev-parse", "HEAD"):
        raise RuntimeError("Thư mục này không có lịch sử git nên không biết gì đã thay đổi: chạy python run.py check.")
    base = _git("merge-base", "HEAD", "main") or _git("merge-base", "HEAD", "origin/main") or ["HEAD"]
    names = _git("diff", "--name-only", "--no-renames", "-z", base[0].strip())
    names += _git("ls-files", "--others", "--exclude-standard", "-z")
    return {ROOT / name for name in names}


def _git(*arguments: str) -> list[str]:
    """What git answers, parted at zero bytes; nothing where it refuses or is not installed."""
    try:
        answer = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    except FileNotFoundError:
        return []
    return [text for text in answer.stdout.split("\0") if text.strip()] if answer.returncode == 0 else []


def list_touched(changed: set[Path]) -> list[Path]:
    """Test files that reach one of the changed files, sorted; those that walk the source whatever changed."""
    if not changed:
        return []
    files = _list_python()
    tests = {path for path in files if path.name.startswith("test_") and path.is_relative_to(ROOT / "tests")}
    if not all(_is_known(path) for path in changed):
        return sorted(tests)
    seeds = {seed for path in changed for seed in _stand_ins(path, files)}
    reach = Reach(files | {path for path in changed if path.suffix == ".py"})
    return sorted(path for path in tests if _walks_source(path) or reach.list_reached(path) & seeds)


def _list_python() -> frozenset[Path]:
    folders = (*ROOMS, "bench", "tests")
    return frozenset([*ROOT.glob("*.py"), *(path for folder in folders for path in (ROOT / folder).rglob("*.py"))])


def _is_known(path: Path) -> bool:
    """Whether the rules say which modules a changed file stands for."""
    return path.suffix == ".py" or path.suffix == ".md" or path.relative_to(ROOT).parts[0] in (*ROOMS, "bench", "tests")


def _stand_ins(path: Path, files: Iterable[Path]) -> Iterator[Path]:
    """The modules that a changed file counts as: itself, or those that may read it."""
    yield path
    folder = path.relative_to(ROOT).parts[0]
    if path.suffix == ".py" or path.suffix == ".md":
        return
    room = [module for module in files if module.relative_to(ROOT).parts[0] == folder]
    by_name = [module for module in room if folder == "tests" and _texts(module) & {path.name, path.stem}]
    yield from by_name or room


@cache
def _texts(path: Path) -> frozenset[str]:
    """The texts that stand in a file, and the names that end the paths among them."""
    texts = {
        node.value for node in ast.walk(parse(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return frozenset(texts | {text.rsplit("/", 1)[-1] for text in texts if len(text) < 100})


def _walks_source(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return any(word in text for word in SOURCE_READERS)


class Names:
    """The project's Python files by the names that lead to them: a module's dotted one, a script's path."""

    def __init__(self, files: Iterable[Path]):
        self._modules: dict[str, Path] = {}
        self._scripts: dict[str, Path] = {}
        for path in files:
            inside = path.relative_to(ROOT).with_suffix("").parts
            self._modules[".".join(inside[:-1] if path.name == "__init__.py" else inside)] = path
            name = path.relative_to(ROOT).as_posix()
            self._scripts |= {name: path, name.removeprefix("pages/").removesuffix(".py"): path}

    def resolve(self, dotted_names: Iterable[str]) -> set[Path]:
        """The files of dotted names, with the packages that importing them runs."""
        paths = set()
        for name in dotted_names:
            parts = name.split(".")
            heads = (".".join(parts[:end]) for end in range(1, len(parts) + 1))
            paths |= {self._modules[head] for head in heads if head in self._modules}
        return paths

    def edges(self, path: Path) -> set[Path]:
        """What a file imports or names in a text: scripts of pages, what is started as a process."""
        texts = _texts(path)
        scripts = {self._scripts[text] for text in texts if text in self._scripts}
        itself = ".".join(path.relative_to(ROOT).with_suffix("").parts)  # its packages run before it does
        return self.resolve({itself} | imported_names(path) | (texts & self._modules.keys())) | scripts


class Reach:
    """What each file may run, by what it imports and names."""

    def __init__(self, files: Iterable[Path]):
        self._names = Names(files)
        self._edges = {path: self._names.edges(path) for path in files if path.exists()}

    def list_reached(self, test: Path) -> set[Path]:
        """Every file that a test file may run: what it and the fixtures that it asks for import, and so on."""
        conftests = [folder / "conftest.py" for folder in test.parents if folder / "conftest.py" in self._edges]
        reached: set[Path] = set()
        waiting = {test, *conftests} | self._names.resolve(_imported_by_fixtures(test, conftests))
        while waiting:
            path = waiting.pop()
            reached.add(path)
            if path not in conftests:  # of these only the fixtures that are asked for
                waiting |= self._edges.get(path, set()) - reached
        return reached


def _imported_by_fixtures(test: Path, conftests: list[Path]) -> set[str]:
    """Dotted names that conftest files import for the fixtures that a test file asks for."""
    asked = _asked(parse(test)) | _texts(test)
    dotted: set[str] = set()
    for conftest in conftests:  # the nearest first: its fixtures ask for those of the farther
        tree = parse(conftest)
        fixtures = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef) and _is_fixture(node)}
        used: list[ast.AST] = [node for node in tree.body if node not in fixtures.values()]
        waiting = [name for name, node in fixtures.items() if name in asked or "autouse" in _decorators(node)]
        while waiting:
            node = fixtures.pop(waiting.pop())
            used.append(node)
            asked |= _asked(node)
            waiting = [name for name in fixtures if name in asked or name in waiting]
        dotted |= _imported_for(tree, used)
    return dotted


def _is_fixture(node: ast.FunctionDef) -> bool:
    return "fixture" in _decorators(node)


def _decorators(node: ast.FunctionDef) -> str:
    return " ".join(ast.unparse(decorator) for decorator in node.decorator_list)


def _asked(tree: ast.AST) -> set[str]:
    return {argument.arg for node in ast.walk(tree) if isinstance(node, ast.arguments) for argument in node.args}


def _imported_for(tree: ast.Module, used: list[ast.AST]) -> set[str]:
    """Dotted names that the imports of a file bind for these parts of it."""
    names = {node.id for part in used for node in ast.walk(part) if isinstance(node, ast.Name)}
    dotted: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            dotted |= {alias.name for alias in node.names if (alias.asname or alias.name).split(".")[0] in names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            bound = [alias for alias in node.names if (alias.asname or alias.name) in names]
            dotted |= {node.module for _ in bound} | {f"{node.module}.{alias.name}" for alias in bound}
    return dotted
