"""Bars count what the figures count."""

import pandas as pd

from reports.charts.bars import BAR_SELECTION, draw_criterion_changes, draw_district_bars, draw_knocked_out
from reports.facts.comparison import compare, compare_criteria
from reports.facts.counts import count_knocked_out, order_districts, summarise_districts
from scoring.words import STATUS_WORDS
from tests.reports.charts.render import values_of


def test_district_bars(assessment):
    districts = order_districts(summarise_districts(assessment.frame, 95))
    spec = draw_district_bars(districts, 95, "Huyện").to_dict()
    counted = pd.DataFrame(values_of(spec, 0)).pivot_table(index="district", columns="status", values="count")
    for status, word in STATUS_WORDS.items():
        assert counted[word].to_dict() == districts.set_index("district")[status].to_dict()
    assert spec["layer"][0]["encoding"]["y"]["sort"] == districts["district"].tolist()
    numbers = pd.DataFrame(values_of(spec, 1))
    assert numbers["count"].sum() == 200
    assert (numbers["count"] > 0).all()
    assert numbers["middle"].between(0, 1).all()
    assert values_of(spec, 2) == [{"target": 0.95}]
    assert BAR_SELECTION in [parameter["name"] for parameter in spec["params"]]


def test_districts_of_one_unit_and_none(assessment):
    for units in (assessment.frame.head(1), assessment.frame.head(0)):
        assert draw_district_bars(summarise_districts(units, 95), 95, "Huyện", large=True).to_dict()["layer"]


def test_knocked_out_bars(assessment, edges):
    knocked_out = count_knocked_out(assessment)
    rows = values_of(draw_knocked_out(knocked_out).to_dict(), 0)
    assert [row["units"] for row in rows] == knocked_out["units"].tolist()
    assert rows[0]["text"].startswith(f"{knocked_out['units'].iloc[0]} đơn vị")
    assert "chỉ vướng tiêu chí này" in rows[0]["text"]
    assert draw_knocked_out(count_knocked_out(edges["all missing"])).to_dict()["layer"]


def test_criteria_rise_to_the_right_and_fall_to_the_left(assessment, before):
    changes = compare_criteria(compare(before, assessment))
    rows = pd.DataFrame(values_of(draw_criterion_changes(changes), 0))
    risen, fallen = rows[rows["signed"] > 0], rows[rows["signed"] < 0]
    assert risen["signed"].sum() == changes["risen"].sum()
    assert -fallen["signed"].sum() == changes["fallen"].sum()
    assert len(rows) == 2 * 13
    assert draw_criterion_changes(changes, width=500, large=True)["width"] == 500
