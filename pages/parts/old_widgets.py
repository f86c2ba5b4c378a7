"""Widgets that are no longer on the page: Streamlit keeps each of them, with all that its page had loaded."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import StopException, get_script_run_ctx

_LAST = "_widgets_of_the_last_run"


@contextmanager
def forget_old_widgets() -> Iterator[None]:
    """After the run inside, forget the widgets that neither this run nor the one before has shown.

    Streamlit drops the value of a widget that has left the page, but not its callback and its formatting function, and
    these hold every table of the run that defined them: after a walk through all pages a session kept 33 tables, and
    one more with each draft that it opened. The run before counts, since Streamlit carries the values of widgets over
    to the next page only at the very end of a run. A run that is cut short by another one forgets nothing.
    """
    try:
        yield
    except StopException:  # st.stop: the page is complete
        _forget()
        raise
    _forget()


def _forget() -> None:
    context = get_script_run_ctx()
    assert context is not None
    current = context.shared.widget_ids_this_run.snapshot()
    # No public name leads to what a session knows of its widgets, and st.session_state would raise once more where the
    # page was stopped. tests/pages/test_old_widgets.py fails where an update of Streamlit moves it.
    with context.session_state._lock:
        state = context.session_state._state
        known = state._new_widget_state.widget_metadata
        if _LAST not in state:
            state[_LAST] = frozenset()
        kept = current | state[_LAST]
        for widget_id in [widget_id for widget_id in known if widget_id not in kept]:
            del known[widget_id]
        state[_LAST] = current
