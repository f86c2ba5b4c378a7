"""What is odd across values is told, with its reason; what is usual is not, and nothing blocks."""

import numpy as np
import pandas as pd
import pytest

from data.intake.findings.catalogue import CATALOGUE
from data.intake.parameters import Context, Reading
from data.intake.read import read_submission
from tests.data.samples import STANDARD, UNITS, YEAR, workbook

KINDS = (
    "relation_broken",
    "same_everywhere",
    "copied_from_unit",
    "copied_from_last_year",
    "jump_from_last_year",
    "unlike_others",
    "always_full",
    "survey_small",
)
SHARES = {"births_registered": 0.97, "infants_immunised": 0.95, "checkup_done": 0.9, "special_assisted": 0.93}


def usual(seed: int = 1, units: pd.DataFrame = UNITS) -> pd.DataFrame:
    """Figures as a province has them: no two alike, shares near each other, nothing odd."""
    rng = np.random.default_rng(seed)
    children = rng.choice(np.arange(900, 4000), len(units), replace=False)
    columns = {}
    for one in STANDARD.inputs.values():
        if one.kind == "answer":
            columns[one.id] = np.ones(len(units), dtype=int)
        elif one.part_of is None:
            columns[one.id] = children + rng.integers(0, 40, len(units)) if one.id == "children" else children // 9
        else:
            share = SHARES.get(one.id, 0.2) - rng.random(len(units)) * 0.04
            columns[one.id] = (columns[one.part_of] * share).astype(int)
    columns["severe_cases"] = np.zeros(len(units), dtype=int)
    columns["severe_cases_planned"] = np.zeros(len(units), dtype=int)
    columns["surveyed_children"] = 60 + rng.integers(0, 400, len(units))
    columns["surveyed_adults"] = 60 + rng.integers(0, 400, len(units))
    for one in ("satisfied_children", "satisfied_adults"):
        columns[one] = (columns[STANDARD.inputs[one].part_of] * (0.85 - rng.random(len(units)) * 0.1)).astype(int)
    return pd.DataFrame(columns, index=units.index)[list(STANDARD.inputs)].astype("Int64")


def warnings(values: pd.DataFrame, context: Context | None = None):
    ingest = read_submission(
        workbook(UNITS, values), "a.xlsx", Reading(STANDARD, UNITS, YEAR, context=context or Context())
    )
    assert ingest.accepted, ingest.errors[:3]
    return [one for one in ingest.warnings if one.code in KINDS]


def test_usual_figures_cause_no_warning():
    assert warnings(usual(1)) == []
    assert warnings(usual(1), Context(2021, usual(2))) == []


def test_ages_above_all_children():
    values = usual()
    code = UNITS.index[3]
    values.loc[code, ["age_nursery", "age_kindergarten", "age_7plus"]] = values.at[code, "children"] // 2
    found = [one for one in warnings(values) if one.code == "relation_broken"]
    assert {one.unit for one in found} == {code}
    assert "không trùng nhau" in found[0].message


def test_severe_cases_without_abused_children():
    values = usual()
    values.loc[UNITS.index[0], ["abused", "severe_cases"]] = [0, 2]
    assert ("relation_broken", UNITS.index[0], "severe_cases") in {
        (one.code, one.unit, one.input) for one in warnings(values)
    }


@pytest.mark.parametrize(("units", "told"), [(60, True), (3, False)])
def test_same_figure_in_many_units(units, told):
    values = usual()
    values.loc[UNITS.index[:units], ["villages", "villages_with_play"]] = [77, 11]
    found = [one for one in warnings(values) if one.code == "same_everywhere"]
    assert bool(found) is told
    if told:
        assert (found[0].input, found[0].unit) == ("villages", None)
        assert "60 trên 200" in found[0].message


def test_row_copied_from_another_unit():
    values = usual()
    values.loc[UNITS.index[7]] = values.loc[UNITS.index[6]]
    (found,) = [one for one in warnings(values) if one.code == "copied_from_unit"]
    assert found.unit == UNITS.index[7]
    assert UNITS.index[6] in found.message


def test_row_copied_from_last_year():
    values, last = usual(1), usual(2)
    values.loc[UNITS.index[9]] = last.loc[UNITS.index[9]]
    found = [one for one in warnings(values, Context(2021, last)) if one.code == "copied_from_last_year"]
    assert [one.unit for one in found] == [UNITS.index[9]]
    assert "2021" in found[0].message


def test_jump_against_last_year_is_judged_by_the_others():
    last = usual(1)
    values = (last * 3).clip(upper=100_000).astype("Int64").where(last > 1, last)
    assert [one for one in warnings(values, Context(2021, last)) if one.code == "jump_from_last_year"] == []
    values = usual(1)
    values.loc[UNITS.index[4], "villages"] *= 9
    (found,) = [one for one in warnings(values, Context(2021, last)) if one.code == "jump_from_last_year"]
    assert (found.unit, found.input) == (UNITS.index[4], "villages")


def test_share_unlike_that_of_like_units():
    values = usual()
    code = UNITS.index[30]
    values.loc[code, "births_registered"] = values.at[code, "births"] // 3
    found = [one for one in warnings(values) if one.code == "unlike_others"]
    assert [(one.unit, one.input) for one in found] == [(code, "births_registered")]


def test_exactly_full_everywhere():
    values = usual()
    values["births_registered"] = values["births"]
    found = [one for one in warnings(values) if one.code == "always_full"]
    assert [(one.input, one.unit) for one in found] == [("births_registered", None)]
    values = usual()
    code = UNITS.index[11]
    for indicator in STANDARD.indicators:
        if indicator.kind == "ratio" and indicator.higher_is_better:
            values.loc[code, indicator.numerator] = values.at[code, indicator.denominator]
    assert ("always_full", code) in {(one.code, one.unit) for one in warnings(values)}


@pytest.mark.parametrize(("number", "told"), [(29, True), (30, False), (0, False), (1, True)])
def test_small_survey(number, told):
    values = usual()
    values.loc[UNITS.index[0], ["surveyed_adults", "satisfied_adults"]] = [number, number]
    found = [one for one in warnings(values) if one.code == "survey_small"]
    assert bool(found) is told


def test_every_kind_is_a_warning_and_never_blocks():
    assert {CATALOGUE[one].severity for one in KINDS} == {"warning"}
