"""What one case more or fewer changes, against the oracle."""

from hypothesis import given
from hypothesis import strategies as some

from reports.facts.fragile import list_fragile
from tests.data.samples import UNITS, random_values
from tests.reports.facts.recount import MANY, SEEDS
from tests.scoring.oracle import score_unit


@MANY
@given(seed=SEEDS, row=some.integers(0, 199))
def test_one_case_by_hand(assess, seed, row):
    code = UNITS.index[row]
    assessed = assess(random_values(UNITS, seed, 0.02))
    standard, unit = assessed.standard, assessed.units.loc[code]
    listed = list_fragile(assessed, code)
    counted = {
        (case.indicator, case.change): (case.points, case.points_after, case.status_after)
        for case in listed.itertuples()
    }
    expected = {}
    known = assessed.observations.loc[code].dropna().astype(int).to_dict()
    before = score_unit(known, standard, unit["unit_class"], unit["mountainous"])
    for indicator in standard.indicators:
        if indicator.kind == "answer" or not set(indicator.inputs) <= set(known):
            continue
        for change in (1, -1):
            values = known | {indicator.numerator: known[indicator.numerator] + change}
            whole = standard.inputs[indicator.numerator].part_of
            if values[indicator.numerator] < 0 or values[indicator.numerator] > values.get(whole, 10**9):
                continue
            after = score_unit(values, standard, unit["unit_class"], unit["mountainous"])
            points = before["indicators"][indicator.id], after["indicators"][indicator.id]
            if points[0] != points[1]:
                expected[indicator.id, change] = (*points, after["status"])
    assert counted == expected


def test_unit_without_figures_has_nothing_fragile(edges):
    assessed = edges["all missing"]
    listed = list_fragile(assessed, assessed.units.index[0])
    assert listed.empty
    assert {"indicator", "change", "points", "points_after", "status", "status_after"} <= set(listed)
