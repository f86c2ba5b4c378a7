"""A refusal is said in its sentence wherever it comes from, and the page goes on."""

import pytest
from streamlit.testing.v1 import AppTest

from data.intake.choices import MappingError
from data.store import StoreError
from reports.errors import ReportError
from scoring.engine import ObservationError
from scoring.refusal import Refusal
from scoring.scenario_model import ScenarioError
from scoring.standard import StandardError
from shapes.errors import ShapesError
from tests.pages.opening import open_page


def test_every_refusal_has_one_base():
    for kind in (MappingError, StoreError, ReportError, ObservationError, ScenarioError, StandardError, ShapesError):
        assert issubclass(kind, Refusal)


def refuse_in_a_block() -> None:
    import streamlit as st

    from pages.parts.refusals import saying_refusals
    from scoring.refusal import Refusal

    with saying_refusals():
        raise Refusal("Tệp **này** chưa nhận được. Nộp lại.")
    st.write("Phần sau vẫn hiện")


def test_the_page_goes_on_after_a_refusal():
    app = AppTest.from_function(refuse_in_a_block).run()
    assert not app.exception
    assert app.error[0].value.replace("\\", "") == "Tệp **này** chưa nhận được. Nộp lại."
    assert app.markdown[0].value == "Phần sau vẫn hiện"


def test_other_errors_are_not_hidden():
    def fail() -> None:
        from pages.parts.refusals import saying_refusals

        with saying_refusals():
            raise ValueError("lỗi của phần mềm")

    assert AppTest.from_function(fail).run().exception


@pytest.mark.parametrize("page", ["explore/map", "figures/submit", "profiles/unit", "decide/gaps"])
def test_a_refusal_of_any_room_is_a_sentence_on_its_page(demo_home, monkeypatch, page):
    app = open_page(page)

    def refuse(*_arguments, **_options):
        raise StoreError("Kỳ này đã khóa. Mở lại kỳ rồi thử lại.")

    monkeypatch.setattr("data.store.rounds.Rounds.list", refuse)
    app.run()
    assert not app.exception
    assert "Kỳ này đã khóa" in app.error[0].value
