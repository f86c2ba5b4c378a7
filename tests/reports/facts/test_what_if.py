"""A scenario beside the law: who changes, the difference map, the files; never read as the law."""

import json
from datetime import date
from io import BytesIO

import pandas as pd
import pytest
from pptx import Presentation

from data.store import plan_round
from data.units.lists import load_units
from reports.charts.picture import render_picture
from reports.facts.assessment import load_assessment, preview_submission
from reports.facts.what_if import (
    KIND_WORDS,
    assess_scenario,
    build_scenario_slides,
    caption_scenario,
    classify_changes,
    compare_with_law,
    count_scenario,
    describe_counts,
    draw_scenario_map,
    list_scenario_changes,
    list_status_changes,
    status_change_table,
)
from scoring.engine import score
from scoring.scenario_model import LAW, BandChange, Scenario, ScenarioError
from scoring.words import SCENARIO_LABEL
from shapes.layers.layers import load_layer
from tests.scoring.oracle import score_unit

STRICTER = LAW.with_band("5", 0, BandChange(threshold=50)).with_band("5", 1, BandChange(threshold=55))
BOTH = STRICTER.with_(weights={"tc3": 0})


@pytest.fixture(scope="module")
def assessment(demo_store):
    return load_assessment(demo_store, 2022)


def compared(assessment, scenario: Scenario) -> pd.DataFrame:
    return compare_with_law(assessment, assess_scenario(assessment, scenario))


@pytest.mark.parametrize("scenario", [STRICTER, BOTH, Scenario(weights={"tc13": 2}, minimum_rule="proportional")])
def test_statuses_are_the_oracles(assessment, scenario):
    changed = assess_scenario(assessment, scenario)
    frame = changed.frame
    assert set(frame["status"]) > {"met"}
    for code, row in frame.iterrows():
        values = {id_: int(one) for id_, one in changed.observations.loc[code].items() if pd.notna(one)}
        expected = score_unit(values, changed.standard, row["unit_class"], row["mountainous"])
        assert (row["total"], row["status"]) == (expected["total"], expected["status"]), code


def test_assessment_of_the_law_is_untouched(assessment):
    before = assessment.frame.copy()
    assert assess_scenario(assessment, LAW) is assessment
    changed = assess_scenario(assessment, BOTH.with_(classes={"05971": "central_city_ward"}))
    pd.testing.assert_frame_equal(assessment.frame, before)
    pd.testing.assert_frame_equal(
        score(assessment.observations, assessment.standard, assessment.units).frame(), assessment.scores.frame()
    )
    assert changed.frame.at["05971", "minimum"] == 900
    assert SCENARIO_LABEL in changed.standard.title
    assert changed.demo_units == assessment.demo_units


def test_kinds_agree_with_the_statuses(assessment):
    rows = compared(assessment, BOTH)
    counts = count_scenario(rows)
    law, new = rows["status_law"] == "met", rows["status"] == "met"
    assert counts.met_by_law == law.sum() == (assessment.frame["status"] == "met").sum()
    assert counts.met == new.sum()
    assert set(rows.index[rows["kind"] == "gained"]) == set(rows.index[new & ~law])
    assert set(rows.index[rows["kind"] == "lost"]) == set(rows.index[law & ~new])
    assert min(counts.gained, counts.lost) > 0
    assert counts.met - counts.met_by_law == counts.gained - counts.lost
    assert set(rows["label"]) == {SCENARIO_LABEL}
    assert len(list_status_changes(rows)) == counts.gained + counts.lost + counts.completed
    assert f"Đạt thêm {counts.gained}, mất {counts.lost}" in describe_counts(counts)


@pytest.mark.parametrize(
    ("law", "new", "kind"),
    [
        (("not_met", 700), ("met", 700), "gained"),
        (("incomplete", 700), ("met", 900), "gained"),
        (("met", 900), ("not_met", 950), "lost"),
        (("met", 900), ("met", 910), "risen"),
        (("not_met", 900), ("not_met", 890), "fallen"),
        (("met", 900), ("met", 900), "same"),
        (("incomplete", 700), ("not_met", 700), "completed"),
        (("incomplete", 700), ("incomplete", 800), "unknown"),
    ],
)
def test_kind_of_a_unit(law, new, kind):
    columns = {"name": "Xã A", "district_code": "178", "district": "H", "minimum": 800}
    frames = [
        type("Year", (), {"frame": pd.DataFrame({**columns, "status": status, "total": total}, index=["00001"])})()
        for status, total in (law, new)
    ]
    assert compare_with_law(*frames)["kind"].tolist() == [kind]
    assert kind in KIND_WORDS


def test_dropping_the_criterion_that_lacks_figures_completes_a_unit(assessment):
    frame = assessment.frame
    code = frame.index[frame["status"] == "incomplete"][0]
    lacking = [one for one in assessment.scores.criterion_ids if pd.isna(frame.at[code, one])]
    row = compared(assessment, Scenario(weights=dict.fromkeys(lacking, 0), minimum_rule="proportional")).loc[code]
    assert row["status_law"] == "incomplete"
    assert row["kind"] in ("gained", "completed")


def test_law_against_itself_changes_nothing(assessment):
    rows = compared(assessment, LAW)
    assert set(rows["kind"]) == {"same", "unknown"}
    assert status_change_table(rows, "Huyện").empty
    assert list_scenario_changes(assessment, LAW) == ()


def test_broken_scenario_is_refused(assessment):
    with pytest.raises(ScenarioError):
        assess_scenario(assessment, LAW.with_band("5", 0, BandChange(threshold=70)))


def test_classes_count_every_unit_once(assessment):
    rows = compared(assessment, BOTH)
    classes = classify_changes(rows)
    assert list(classes.labels.index) == list(rows.index)
    for label, number in classes.labels.value_counts().items():
        assert label.endswith(f"({number})")
        assert label in classes.colours
    assert sum(int(label.rsplit("(", 1)[1][:-1]) for label in classes.colours) == len(rows)
    assert classes.labels[rows["kind"] == "gained"].str.startswith("+ ").all()
    assert classes.labels[rows["kind"] == "lost"].str.startswith("− ").all()


@pytest.mark.parametrize("view", ["boundaries", "hexagons"])
def test_map_marks_what_changes_without_colour_too(assessment, view, home):
    rows = compared(assessment, BOTH)
    spec = draw_scenario_map(load_layer("2020", "20", view), rows, "Tổng điểm", 500)
    units, _, signs, chosen = spec["layer"]
    assert {one["properties"]["code"] for one in units["data"]["values"]["features"]} == set(rows.index)
    drawn = pd.Series([one["sign"] for one in signs["data"]["values"]]).value_counts()
    counts = count_scenario(rows)
    assert drawn.to_dict() == {"+": counts.gained, "−": counts.lost}
    tooltips = [(one["field"], one["title"]) for one in units["encoding"]["tooltip"]]
    assert ("properties.label", "So với luật") in tooltips
    assert ("properties.status", "Kết quả theo phương án") in tooltips
    assert chosen["data"]["values"]["features"] == []  # highlight_unit writes into the last layer
    spec.pop("$schema")
    assert "http" not in json.dumps(spec)


def test_one_unit_and_none_are_drawn(assessment, home):
    rows = compared(assessment, BOTH)
    layer = load_layer("2020", "20", "hexagons")
    for some in (rows[rows["kind"] == "lost"].head(1), rows[rows["kind"] == "same"].head(1), rows.head(0)):
        spec = draw_scenario_map(layer, some, "Tổng điểm", 300)
        assert len(spec["layer"][0]["data"]["values"]["features"]) == len(some)
        assert classify_changes(some).colours


def test_picture_says_that_it_is_no_result(assessment, home):
    changed = assess_scenario(assessment, BOTH)
    caption = caption_scenario(changed, "Thử", date(2026, 1, 1), "Nguồn.")
    assert caption.doubts[0] == f"{SCENARIO_LABEL}."
    assert any("minh họa" in one for one in caption.doubts)
    assert SCENARIO_LABEL in caption.source
    rows = compare_with_law(assessment, changed)
    svg = render_picture(draw_scenario_map(load_layer("2020", "20"), rows, "Điểm", 400), caption, "svg").decode()
    assert SCENARIO_LABEL in svg
    assert "Đạt nhờ phương án" in svg


def test_slides_carry_label_counts_changes_and_units(assessment, home):
    changed = assess_scenario(assessment, BOTH)
    rows = compare_with_law(assessment, changed)
    lines = [one.text for one in list_scenario_changes(assessment, BOTH)]
    content = build_scenario_slides(changed, rows, "Nới tiêu chí 3", lines, load_layer("2020", "20"))
    slides = list(Presentation(BytesIO(content)).slides)
    for slide in slides:
        texts = " ".join(one.text_frame.text for one in slide.shapes if one.has_text_frame)
        assert SCENARIO_LABEL in texts
        assert "Số liệu minh họa" in texts
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    said = "\n".join(texts)
    assert "Nới tiêu chí 3" in said
    assert describe_counts(count_scenario(rows)) in said
    assert all(line in said for line in lines)
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    assert tables[0].cell(1, 0).text == rows[rows["kind"] == "gained"]["name"].iloc[0]


def test_province_without_figures_and_one_unit(store, home):
    units = load_units("2020", "20").head(1)
    none = pd.DataFrame(index=units.index[:0], columns=[], dtype="Int64")
    empty = preview_submission(store, plan_round(2022), none)
    one = empty.restrict(units.index)
    for assessment in (empty, one):
        rows = compared(assessment, BOTH)
        assert set(rows["kind"]) == {"unknown"}
        assert describe_counts(count_scenario(rows)).startswith("Đạt theo luật: 0/")
