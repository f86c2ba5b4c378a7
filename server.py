"""The server: what all sessions share is loaded and kept out of garbage collection, then Streamlit answers."""

import ast
import contextlib
import gc
import importlib
import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pandas as pd

from data.paths import PROJECT_ROOT
from pages.parts.layers import get_layer
from pages.parts.rounds import get_assessment_of, get_store, get_year_before
from scoring.refusal import Refusal
from shapes.layers.layers import View

COLLECTS_EVERY = 60.0  # seconds
_NO_SESSION = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")


def serve(port: int, address: str, headless: bool) -> None:
    """Answer at a port until it is stopped; `headless`: without opening a browser."""
    from streamlit.runtime.pages_manager import PagesManager

    from serving.app import ProductApp

    # Until the first run of app.py Streamlit takes pages/ for the menu of its old kind, and answers the first deep
    # link of a new server with “Page not found”.
    PagesManager.uses_pages_directory = False
    os.chdir(PROJECT_ROOT)  # where .streamlit/config.toml is looked for
    with contextlib.suppress(Refusal):  # the page that needs what is refused says so
        warm_up()
    threading.Thread(target=collect_sessions, daemon=True).start()
    app = ProductApp(PROJECT_ROOT / "app.py", opened_at=None if headless else f"http://localhost:{port}")
    app.run(config={"server.port": port, "server.address": address, "server.headless": headless})


def collect_sessions(stop: threading.Event | None = None, seconds: float = COLLECTS_EVERY) -> None:
    """Free what sessions that have left hold, every so many seconds until `stop` is set.

    Each left behind an event loop with three open files, and its tables, in a circle that only a full collection finds;
    Python itself makes one after some fifty sessions. With the warm heap frozen it takes some tens of milliseconds.
    """
    stop = stop or threading.Event()
    while not stop.wait(seconds):
        gc.collect()


def warm_up() -> None:
    """Load modules, standard, units and the newest round into the caches of `pages`, then freeze the heap.

    A full collection walks every object that it may free: 270,000 of modules and caches took 70-100 ms each time, with
    the interpreter's lock held. None of them is ever garbage; frozen, they are passed over. What sessions make later is
    collected as always, the young generations as often as before.

    Raises
    ------
    StoreError, StandardError, ShapesError
        Where the newest round can't be assessed; nothing is frozen then.
    """
    _import_what_pages_import()
    with _without_session():
        _fill_caches()
    gc.collect()  # what is garbage now would never be freed once frozen
    gc.freeze()


def _import_what_pages_import() -> None:
    """The modules that the scripts name at their top: else the first visitor of each page waits for them."""
    scripts = [PROJECT_ROOT / "app.py", *sorted((PROJECT_ROOT / "pages").rglob("*.py"))]
    for name in sorted({name for script in scripts for name in _list_imports(script)}):
        importlib.import_module(name)


def _list_imports(script: Path) -> Iterator[str]:
    for node in ast.parse(script.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _fill_caches() -> None:
    rounds = get_store().rounds.list()
    if not rounds:
        return
    newest = get_assessment_of(rounds[0].key)
    get_year_before(newest)
    for view in get_args(View):
        layer = get_layer(newest.round.vintage, newest.round.province_code, view)
        layer.geojson(pd.DataFrame(index=newest.frame.index[:1]))
        layer.district_geojson(())


@contextlib.contextmanager
def _without_session() -> Iterator[None]:
    """Cached functions that show a spinner would warn that there is no session to show it to."""
    before = _NO_SESSION.disabled
    _NO_SESSION.disabled = True
    try:
        yield
    finally:
        _NO_SESSION.disabled = before
