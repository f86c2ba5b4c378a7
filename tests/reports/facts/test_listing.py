"""Units filtered and sorted as pages show them."""

import pytest

from data.text.collation import vietnamese_key
from reports.facts.criteria import count_zeros
from reports.facts.listing import filter_units, sort_units


def test_filters_hold_together(assessment):
    frame = assessment.frame
    assert list(filter_units(frame).index) == list(frame.index)
    kept = filter_units(frame, status="not_met", zero="tc5", totals=(700, 900))
    expected = [
        code
        for code, unit in frame.iterrows()
        if unit["status"] == "not_met" and "tc5" in unit["zeros"] and 700 <= unit["total"] <= 900
    ]
    assert list(kept.index) == expected
    assert expected
    assert filter_units(frame.head(0), zero="tc5").empty


def test_totals_include_their_ends(assessment):
    frame = assessment.frame
    total = int(frame["total"].iloc[0])
    assert frame.index[0] in filter_units(frame, totals=(total, total)).index
    assert frame.index[0] not in filter_units(frame, totals=(total + 1, 1000)).index


def test_orders(assessment):
    frame = assessment.frame
    assert sort_units(frame, "total_down")["total"].is_monotonic_decreasing
    assert sort_units(frame, "total_up")["total"].is_monotonic_increasing
    assert count_zeros(sort_units(frame, "zeros")).is_monotonic_decreasing
    by_criterion = sort_units(frame, "tc8")["tc8"]
    assert by_criterion.dropna().is_monotonic_increasing
    assert by_criterion.tail(frame["tc8"].isna().sum()).isna().all()
    assert list(sort_units(frame, "district").index) == list(frame.index)
    with pytest.raises(KeyError):
        sort_units(frame, "nothing")


@pytest.mark.parametrize(("by", "columns"), [("name", ["name", "district"]), ("district_name", ["district", "name"])])
def test_names_are_in_vietnamese_order(assessment, by, columns):
    ordered = sort_units(assessment.frame, by)
    keys = [tuple(map(vietnamese_key, row)) for row in ordered[columns].itertuples(index=False)]
    assert keys == sorted(keys)
    assert set(ordered.index) == set(assessment.frame.index)
    names = sort_units(assessment.frame, "name")["name"].tolist()
    assert names.index("Xã Đại Đồng") > names.index("Xã Cường Lợi")
    assert sort_units(assessment.frame.head(0), by).empty
