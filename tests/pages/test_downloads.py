"""Buttons that hand out a file start no run: it would take away what the same press asks for."""

import ast

from tests.sources import files_of, parse


def test_no_download_starts_a_run():
    presses = [
        (path.name, node)
        for path in files_of("pages")
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".download_button")
    ]
    assert len(presses) > 1
    for name, press in presses:
        given = {keyword.arg: ast.unparse(keyword.value) for keyword in press.keywords}
        assert given.get("on_click") == "'ignore'", f"{name}, line {press.lineno}"
