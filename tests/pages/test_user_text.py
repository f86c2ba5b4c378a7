"""Texts of users on screen and in tables: a hostile file name draws nothing, and is no formula to Excel."""

import pytest

from pages.parts.user_text import as_text, quote


@pytest.mark.parametrize("text", ["![x](http://a.vn/b.png)", ":red[x]", "<b>x</b>", "$x$", "**x**", "# x"])
def test_markdown_of_a_user_is_shown_as_it_stands(text):
    shown = quote(text)
    assert shown.replace("\\", "") == text
    assert all(f"\\{sign}" in shown for sign in set(text) & set("![]():<>$*#."))


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|'/c calc'!A1", "-2+3", "\t=1"])
def test_formula_of_a_user_is_text(text):
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-4", "+7", "1.234,5", "Xã A", "", "12"])
def test_other_texts_stay(text):
    assert as_text(text) == text
