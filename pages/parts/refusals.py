"""The boundary of refusals: what a room refuses is said on the page in its one sentence, and nothing else stops."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from pages.parts.user_text import quote
from scoring.refusal import Refusal

_REFUSED = "vua_bi_tu_choi"


@contextmanager
def saying_refusals() -> Iterator[None]:
    """Say a refusal as an error where the page stands, and go on after the block.

    A page wraps what it writes in it, so that the rest of the page is drawn; around the whole page `app.py` does.
    """
    try:
        yield
    except Refusal as refusal:
        st.error(quote(str(refusal)), icon=":material/error:")


def press(act: Callable[..., None], *arguments: Any) -> None:
    """Do what a button was pressed for: its `on_click`, with what it acts on as it was when the button was drawn.

    A refusal is kept, for `say_what_was_refused` on the page that is drawn next.
    """
    try:
        act(*arguments)
    except Refusal as refusal:
        st.session_state[_REFUSED] = str(refusal)


def say_what_was_refused() -> None:
    """Say once what `press` refused: at the top of the page, and beside whatever part of it is in sight."""
    sentence = st.session_state.pop(_REFUSED, None)
    if sentence is not None:
        st.error(quote(sentence), icon=":material/error:")
        st.toast(quote(sentence), icon=":material/error:", duration="long")
