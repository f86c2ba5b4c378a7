"""What the URL and the session hold is named in `pages.parts.keys`, once; no page writes such a name out."""

import ast
from collections import Counter
from collections.abc import Iterator

import pytest

from pages.parts import keys
from tests.sources import ROOT, files_of, parse

NAMES = {name: value for name, value in vars(keys).items() if name.isupper()}
SOURCES = [path for path in (ROOT / "app.py", *files_of("pages")) if path != ROOT / "pages/parts/keys.py"]
READERS = {"get", "pop", "setdefault"}
STATES = {"st.session_state", "st.query_params"}


def list_state_keys(tree: ast.AST) -> Iterator[ast.expr]:
    """What names an entry of the session or the URL where it is read, written or handed to a link."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) in STATES:
            yield node.slice
        elif isinstance(node, ast.Compare) and ast.unparse(node.comparators[-1]) in STATES:
            yield node.left
        elif isinstance(node, ast.Call):
            method = node.func
            if isinstance(method, ast.Attribute) and method.attr in READERS and ast.unparse(method.value) in STATES:
                yield node.args[0]
            for word in node.keywords:
                if word.arg == "query_params" and isinstance(word.value, ast.Dict):
                    yield from (key for key in word.value.keys if key is not None)


def list_widget_keys(tree: ast.AST) -> Iterator[tuple[ast.expr, bool]]:
    """The key of each widget that has one, and whether the URL keeps its value."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            words = {word.arg: word.value for word in node.keywords}
            if "key" in words:
                yield words["key"], "bind" in words


def find_faults(tree: ast.AST) -> list[str]:
    """The places of a source that write out what has, or needs, a name in `pages.parts.keys`."""
    faults = [
        f"line {node.lineno}: {node.value!r} has a name in pages.parts.keys"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in NAMES.values()
    ]
    written = [key for key in list_state_keys(tree) if isinstance(key, ast.Constant | ast.JoinedStr)]
    written += [key for key, bound in list_widget_keys(tree) if bound and isinstance(key, ast.Constant | ast.JoinedStr)]
    return faults + [f"line {key.lineno}: {ast.unparse(key)} needs a name in pages.parts.keys" for key in written]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_page_writes_a_key_out(path):
    assert not find_faults(parse(path))


def test_each_name_stands_for_one_key():
    assert not [value for value, count in Counter(NAMES.values()).items() if count > 1]


def test_each_name_is_used():
    used = {node.attr for path in SOURCES for node in ast.walk(parse(path)) if isinstance(node, ast.Attribute)}
    assert set(NAMES) <= used


def test_a_key_that_two_widgets_have_has_a_name():
    written = Counter(
        key.value for path in SOURCES for key, _ in list_widget_keys(parse(path)) if isinstance(key, ast.Constant)
    )
    assert not [key for key, count in written.items() if count > 1]


@pytest.mark.parametrize(
    "source",
    [
        "st.button('x', key='don_vi')",
        "st.session_state['any'] = 1",
        "st.session_state.get(f'any_{number}')",
        "chosen = 'any' in st.query_params",
        "st.switch_page('x', query_params={'any': '1'})",
        "st.selectbox('x', [], key='any', bind='query-params')",
    ],
)
def test_a_key_that_is_written_out_is_seen(source):
    assert len(find_faults(ast.parse(source))) == 1
