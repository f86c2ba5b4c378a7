"""Texts of users on a page: in Markdown and in tables they stay what they are."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!<>~|:$&])")
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.,]+$")


def quote(text: str) -> str:
    """A text of a user (a file's name, a value) to stand in Markdown: a hostile one must not draw or load anything."""
    return _MARKDOWN.sub(r"\\\1", text)


def as_text(text: str) -> str:
    """A text of a user to stand in a table: the table can be downloaded, and Excel must not take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text
