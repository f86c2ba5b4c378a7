"""The entry of the app: page settings, the year of the round, the menu, one boundary for refusals and faults."""

import itertools

import streamlit as st

from data.version import VERSION
from pages.menu import HOME, SCREENS, Screen
from pages.parts.old_widgets import forget_old_widgets
from pages.parts.place import get_choices, start_presentation
from pages.parts.refusals import say_what_was_refused, saying_faults
from pages.parts.rounds import choose_year

st.set_page_config(
    page_title="Xã, phường, thị trấn phù hợp với trẻ em",
    page_icon="pages/icon.png",
    layout="wide",
)


def as_page(screen: Screen, home: bool = False) -> st.Page:
    """The screen as Streamlit navigates to it; `home`: at the empty path."""
    path = "" if home else screen.path
    return st.Page(screen.script, title=screen.title, icon=f":material/{screen.icon}:", url_path=path, default=home)


# Streamlit opens its default page at the empty path only, so the first screen stands there and at its own path.
pages = {screen: as_page(screen) for screen in SCREENS}
home = as_page(HOME, home=True)
# The built-in menu is off (client.showSidebarNavigation): it would list the files of pages/ for a moment.
page = st.navigation([home, *pages.values()], position="hidden")
current = HOME if page is home else next(screen for screen, listed in pages.items() if listed is page)
with saying_faults():
    if not current.whole_screen:
        with st.sidebar:
            choose_year()
            choices = get_choices()
            for section, screens in itertools.groupby(SCREENS, key=lambda screen: screen.section):
                st.caption(section)
                for screen in screens:
                    parameters = start_presentation(current) if screen.whole_screen else choices
                    st.page_link(home if screen is HOME else pages[screen], query_params=parameters)
    # The foot is written first: nothing can be written below a page that stops early.
    body = st.container()
    if not current.whole_screen:
        st.caption(f"Phiên bản {VERSION}")
    with body, forget_old_widgets():
        say_what_was_refused()
        page.run()
