"""What pages compute once for all sessions, as long as what it depends on stays."""

import inspect
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st

P = ParamSpec("P")
T = TypeVar("T")
_VERSION = inspect.Parameter("version", inspect.Parameter.POSITIONAL_ONLY)


def cached(
    entries: int, spinner: str | bool = False, shared: bool = False
) -> Callable[[Callable[P, T]], Callable[Concatenate[Hashable, P], T]]:
    """Keep what a function returns, under its arguments and a version of all else that it reads.

    The version is the first argument of the function that comes out, such as `get_facts_version(assessment)`; the
    function itself does not get it. An argument whose name begins with an underscore follows from the others and is no
    part of the key, so that it need not be hashed. A function of a page may read what the page has at hand: a page is
    run anew each time, but its function is known again by its file, name and source.

    `entries`: the most that are kept, the oldest go first. `spinner`: what the page says meanwhile. `shared`: all
    sessions get the same object, which none may change; else each call gets a copy.
    """
    keep = st.cache_resource if shared else st.cache_data

    def decorate(function: Callable[P, T]) -> Callable[Concatenate[Hashable, P], T]:
        @wraps(function)
        def versioned(_: Hashable, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return function(*args, **kwargs)

        # Streamlit reads here which arguments it hashes.
        signature = inspect.signature(function)
        versioned.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=[_VERSION, *signature.parameters.values()]
        )
        kept: Callable[Concatenate[Hashable, P], T] = keep(show_spinner=spinner, max_entries=entries)(versioned)
        return kept

    return decorate
