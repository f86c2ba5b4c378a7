"""Widgets that have left the page are forgotten, with what they held; what was chosen in them is not."""

import gc
import weakref
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

from pages.menu import SCREENS
from tests.pages.opening import open_page

SCRIPT = """
import pandas as pd
import streamlit as st

from pages.parts.old_widgets import forget_old_widgets

def show(page):
    with forget_old_widgets():
        table = pd.DataFrame({"page": [page]})
        table.attrs["mark"] = page
        st.session_state.setdefault("tables", []).append(table)
        st.button("press", key=f"press_{page}", on_click=lambda: st.session_state.update(pressed=len(table)))
        st.selectbox("choose", ["a", "b"], key="kept", bind="query-params")
        if page == "stopped":
            st.stop()

show(st.session_state.get("page", "first"))
"""

PATHS = {Path(screen.script).stem: screen.script for screen in SCREENS}


def list_known(app: AppTest) -> set[str]:
    return set(app._session_state._state._new_widget_state.widget_metadata)


def open_script(app: AppTest, page: str) -> AppTest:
    app.session_state["page"] = page
    app.run()
    assert not app.exception
    return app


def take_tables(app: AppTest) -> list[weakref.ref[pd.DataFrame]]:
    tables = app.session_state["tables"]
    app.session_state["tables"] = []
    return [weakref.ref(table) for table in tables]


def test_table_of_a_page_that_was_left_is_freed():
    app = AppTest.from_string(SCRIPT).run()
    open_script(app, "second")
    first, second = take_tables(app)
    open_script(app, "third")
    app.session_state["tables"] = []
    gc.collect()
    assert first() is None
    assert second() is not None  # its widgets were on the page before
    assert sum("press_" in widget_id for widget_id in list_known(app)) == 2


def test_page_that_stops_early_forgets_too():
    app = AppTest.from_string(SCRIPT).run()
    for page in ("second", "stopped"):
        open_script(app, page)
    assert {widget_id.rsplit("press_", 1)[1] for widget_id in list_known(app) if "press_" in widget_id} == {
        "second",
        "stopped",
    }


def test_callbacks_and_choices_stay():
    app = AppTest.from_string(SCRIPT).run()
    app.selectbox(key="kept").select("b").run()
    for page in ("second", "third", "first"):
        open_script(app, page)
        assert app.selectbox(key="kept").value == "b"
    app.button(key="press_first").click().run()
    assert app.session_state["pressed"] == 1


def test_session_does_not_grow_with_the_pages_it_walks(demo_home):
    app = open_page("map")
    app.selectbox(key="huyen").select("Huyện Chi Lăng").run()
    known = []
    for page in ("heat", "units", "distribution", "standard", "findings", "submit") * 2:
        app.switch_page(PATHS[page]).run()
        known.append(len(list_known(app)))
    assert known[6:] == known[:6] or max(known[6:]) <= max(known[:6])
    app.switch_page("pages/explore/map.py").run()
    assert app.selectbox(key="huyen").value == "Huyện Chi Lăng"
