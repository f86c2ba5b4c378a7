"""The boundary of refusals: what a room refuses is said on the page in its one sentence, and nothing else stops."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.parts.user_text import quote
from scoring.refusal import Refusal


@contextmanager
def saying_refusals() -> Iterator[None]:
    """Say a refusal as an error where the page stands, and go on after the block.

    A page wraps what it writes in it, so that the rest of the page is drawn; around the whole page `app.py` does.
    """
    try:
        yield
    except Refusal as refusal:
        st.error(quote(str(refusal)), icon=":material/error:")
