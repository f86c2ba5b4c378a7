"""A function is computed once for a version and its arguments, also when the page that defines it is run anew."""

import pytest
import streamlit as st

from pages.parts.cached import cached
from tests.sources import ROOT, files_of

SOURCE = """
@cached(entries=4, shared={shared})
def describe(codes, _frame=None):
    calls.append(codes)
    return [figures[0], *codes]
"""


def define(tmp_path, calls, figures, shared=False):
    """`describe` as a run of a page defines it, over the `figures` that this run has at hand."""
    script = tmp_path / "page.py"
    script.write_text(SOURCE.format(shared=shared), encoding="utf-8")
    page = {"__name__": "page", "cached": cached, "calls": calls, "figures": figures}
    exec(compile(script.read_text(encoding="utf-8"), script, "exec"), page)
    return page["describe"]


@pytest.fixture(autouse=True)
def empty_caches():
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.mark.parametrize("shared", [False, True])
def test_the_next_run_of_a_page_finds_what_the_first_made(tmp_path, shared):
    calls = []
    first = define(tmp_path, calls, [1], shared)(("2022", 1), ("a", "b"))
    again = define(tmp_path, calls, [1], shared)(("2022", 1), ("a", "b"))
    assert first == again == [1, "a", "b"]
    assert (first is again) is shared
    assert len(calls) == 1


@pytest.mark.parametrize("version", [("2022", 2), ("2021", 1), "2022", None])
def test_another_version_is_computed_anew(tmp_path, version):
    calls = []
    assert define(tmp_path, calls, [1])(("2022", 1), ("a",)) == [1, "a"]
    assert define(tmp_path, calls, [7])(version, ("a",)) == [7, "a"]
    assert len(calls) == 2


def test_other_arguments_are_computed_anew_but_those_that_follow_are_not_looked_at(tmp_path):
    calls = []
    describe = define(tmp_path, calls, [1])
    assert describe(1, ("a",)) == describe(1, ("a",), object()) == [1, "a"]
    assert describe(1, ("b",)) == [1, "b"]
    assert len(calls) == 2


def test_what_one_session_does_with_a_copy_stays_with_it(tmp_path):
    describe = define(tmp_path, [], [1])
    describe(1, ("a",)).append("changed")
    assert describe(1, ("a",)) == [1, "a"]


def test_a_page_caches_in_one_way():
    for path in files_of("pages"):
        source = path.read_text(encoding="utf-8")
        assert "ARG001" not in source, path
        if path != ROOT / "pages/parts/cached.py":
            assert "st.cache_data" not in source, f"{path}: pages.parts.cached keeps what pages compute"
            assert source.count("st.cache_resource") == source.count("def get_store()"), path
