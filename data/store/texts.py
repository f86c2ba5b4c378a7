"""Texts as both databases keep them: PostgreSQL refuses what is too long or no text, SQLite takes it."""

from data.store.errors import StoreError


def fit_text(text: str, longest: int) -> str:
    """A text of a file or a user, cut to what its column holds, without what no database keeps."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")[:longest]


def check_text(text: str, what: str, longest: int) -> str:
    """A text that a user typed, stripped.

    Raises
    ------
    StoreError
        When it is empty or too long; `what` says in Vietnamese which text it is.
    """
    text = fit_text(text, len(text)).strip()
    if not text:
        raise StoreError(f"{what} còn để trống.")
    if len(text) > longest:
        raise StoreError(f"{what} dài quá {longest} ký tự.")
    return text
