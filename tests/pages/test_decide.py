"""Còn thiếu gì and Trình chiếu: what they say is what the engine and the store say."""

from datetime import date

import pytest

from data.store import Action, open_store
from pages.present.order import list_slides, start_slide
from reports.facts.assessment import load_assessment
from reports.facts.improvements import list_smallest_plans
from reports.facts.sentences import describe_step
from reports.facts.tables import step_table
from scoring.gaps import find_plans
from tests.pages.opening import open_page, words_of

CODE = "05983"


@pytest.fixture
def assessment(demo_store):
    return load_assessment(demo_store, demo_store.rounds.choose(2022))


def test_unit_shows_the_plans_of_the_engine(demo, assessment):
    app = open_page("gaps")
    app.selectbox(key="don_vi").select(CODE).run()
    assert not app.exception
    said = words_of(app)
    plans = find_plans(CODE, assessment.scores, assessment.observations, assessment.units)
    assert plans
    for number, plan in enumerate(plans, start=1):
        assert f"Phương án {number}" in said
        for step in plan.steps:
            assert describe_step(step, assessment.standard) in said


def test_met_and_incomplete_units_say_so(demo, assessment):
    frame = assessment.frame
    app = open_page("gaps")
    app.selectbox(key="don_vi").select(frame.index[frame["status"] == "met"][0]).run()
    assert "không cần thêm gì" in words_of(app)
    app.selectbox(key="don_vi").select(frame.index[frame["status"] == "incomplete"][0]).run()
    assert "Nộp đủ số liệu trước" in words_of(app)


def test_area_says_what_the_first_units_bring(demo, assessment):
    app = open_page("gaps")
    assert "Làm xong 51 đơn vị đầu bảng thì tỷ lệ đạt là **95 %**" in words_of(app)


def test_plan_becomes_actions_that_stay(demo_home, assessment):
    app = open_page("gaps")
    app.selectbox(key="don_vi").select(CODE).run()
    app.button(key=f"viec_{CODE}_1").click().run()
    assert not app.exception
    plan = find_plans(CODE, assessment.scores, assessment.observations, assessment.units)[0]
    store = open_store()
    listed = store.actions.list(store.rounds.choose(2022))
    assert list(listed["indicator_id"]) == [step.indicator_id for step in plan.steps]
    kept = Action(CODE, plan.steps[0].indicator_id, listed["step"].iloc[0], "Nguyễn Văn A", date(2023, 5, 1))
    store.actions.apply(store.rounds.choose(2022), save=[kept], actor="A")
    store.close()
    app.button(key=f"viec_{CODE}_1").click().run()
    store = open_store()
    again = store.actions.list(store.rounds.choose(2022))
    store.close()
    assert len(again) == len(listed)
    assert again.set_index("indicator_id").loc[kept.indicator_id, ["owner", "due_date"]].tolist() == [
        "Nguyễn Văn A",
        date(2023, 5, 1),
    ]


def test_actions_of_the_area_are_those_of_the_first_units(demo_home, assessment):
    app = open_page("gaps")
    app.number_input[0].set_value(4).run()
    app.button(key="viec_dia_ban").click().run()
    assert not app.exception
    plans = dict(list(list_smallest_plans(assessment, assessment.frame.index).items())[:4])
    store = open_store()
    assert len(store.actions.list(store.rounds.choose(2022))) == len(step_table(assessment, plans))
    store.close()


def test_presentation_has_a_view_for_every_district(assessment):
    slides = list_slides(assessment, True)
    assert [one.id for one in slides[:6]] == ["overview", "map", "districts", "knocked_out", "changes", "closest"]
    assert [one.title for one in slides[6:]] == list(dict.fromkeys(assessment.frame["district"]))
    assert "changes" not in [one.id for one in list_slides(assessment, False)]


def test_presentation_starts_where_the_reader_was():
    ids = ["overview", "map", "changes", "district-178"]
    assert start_slide(ids, "", "") == "overview"
    assert start_slide(ids, "", "ban-do") == "map"
    assert start_slide(ids, "changes", "ban-do") == "changes"
    assert start_slide(ids, "", "178") == "district-178"
    assert start_slide(ids, "bậy", "bậy") == "overview"


def test_every_view_of_the_presentation_opens(demo):
    app = open_page("present")
    titles = []
    for _ in range(17):
        titles.append(app.title[0].value)
        app.button[1].click().run()
        assert not app.exception
    assert len(set(titles)) == 17
    assert app.title[0].value == titles[-1]
