"""The boundary of refusals: what a room refuses is said on the page in its one sentence, and nothing else stops."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from data.faults import put_in_words
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
        st.error(quote(put_in_words(refusal)), icon=":material/error:")


@contextmanager
def saying_faults() -> Iterator[None]:
    """Say a refusal or any other error in a sentence, with the number under which its trace stands in the log.

    Only around the whole page: what a part of a page can't do is no reason to draw the rest of it.
    """
    try:
        with saying_refusals():
            yield
    except Exception as error:
        st.error(quote(put_in_words(error)), icon=":material/error:")


def press(act: Callable[..., None], *arguments: Any) -> None:
    """Do what a button was pressed for: its `on_click`, with what it acts on as it was when the button was drawn.

    A refusal is kept, for `say_what_was_refused` on the page that is drawn next.
    """
    try:
        act(*arguments)
    except Exception as error:
        st.session_state[_REFUSED] = put_in_words(error)


def say_what_was_refused() -> None:
    """Say once what `press` refused: at the top of the page, and beside whatever part of it is in sight."""
    sentence = st.session_state.pop(_REFUSED, None)
    if sentence is not None:
        st.error(quote(sentence), icon=":material/error:")
        st.toast(quote(sentence), icon=":material/error:", duration="long")
