"""Choices that a page offers, kept in the URL."""

from collections.abc import Mapping

import streamlit as st

_ANY = "any"


def choose_or_any(label: str, words: Mapping[str, str], key: str, any_word: str = "Tất cả") -> str | None:
    """A selection of an option by its word, or of any of them, which is None."""
    options = {_ANY: any_word, **words}
    chosen = st.selectbox(label, options, format_func=options.__getitem__, key=key, bind="query-params")
    return None if chosen == _ANY else chosen
