"""Margins: exact at their ends, every unit in one group, missing figures and zeros apart."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.facts.criteria import count_zeros
from reports.facts.margins import MARGIN_WORDS, count_in_bins, summarise_margins
from tests.reports.provinces import allow_zeros


def frame_of(*rows: tuple[str, int, str]) -> pd.DataFrame:
    """Units by status, total and criteria at zero; the minimum is 800."""
    frame = pd.DataFrame(rows, columns=["status", "total", "zeros"])
    frame["zeros"] = frame["blocking"] = [tuple(zeros.split()) for zeros in frame["zeros"]]
    return frame.assign(
        name=[f"Xã {place}" for place in range(len(frame))],
        district="Huyện A",
        minimum=800,
        ceiling=frame["total"] + (frame["status"] == "incomplete") * 100,
        missing=(frame["status"] == "incomplete") * 2,
    ).set_index(pd.Index([f"{place:05}" for place in range(len(frame))], name="code"))


def totals(units: pd.DataFrame) -> list[int]:
    return units["total"].tolist()


def test_ends_of_the_margin_are_in():
    frame = frame_of(
        ("met", 800, ""),
        ("met", 850, ""),
        ("met", 851, ""),
        ("not_met", 799, ""),
        ("not_met", 750, ""),
        ("not_met", 749, ""),
    )
    margins = summarise_margins(frame, 50)
    assert totals(margins.above) == [800, 850]
    assert totals(margins.below) == [799, 750]


def test_zero_and_missing_are_apart_from_those_that_points_decide():
    frame = frame_of(
        ("not_met", 790, "tc3"),
        ("not_met", 950, "tc5"),
        ("not_met", 790, ""),
        ("incomplete", 790, ""),
        ("incomplete", 900, "tc3"),
    )
    margins = summarise_margins(frame, 25)
    assert totals(margins.below) == [790]
    assert totals(margins.zero) == [790, 950]
    assert totals(margins.incomplete) == [790, 900]
    assert margins.incomplete["ceiling"].tolist() == [890, 1000]
    assert margins.above.empty


def test_nearest_first_and_equal_ones_in_the_order_of_the_list():
    frame = frame_of(("met", 840, ""), ("met", 805, ""), ("met", 805, ""), ("met", 800, ""))
    assert list(summarise_margins(frame, 50).above.index) == ["00003", "00001", "00002", "00000"]


@pytest.mark.parametrize(("total", "low"), [(800, 0), (824, 0), (825, 25), (799, -25), (775, -25), (774, -50)])
def test_a_bin_begins_at_the_minimum(total, low):
    frame = frame_of(("met" if total >= 800 else "not_met", total, ""))
    bins = count_in_bins(summarise_margins(frame, 50).units, 25)
    assert bins[["low", "high", "units"]].to_numpy().tolist() == [[low, low + 25, 1]]


def test_names_of_a_bin_are_cut_with_their_count():
    bins = count_in_bins(summarise_margins(frame_of(*[("met", 810, "")] * 8), 50).units, 25)
    assert bins.at[0, "names"].endswith("Xã 5 và 2 đơn vị khác")


def test_no_units():
    margins = summarise_margins(frame_of(), 50)
    assert all(part.empty for part in (margins.units, margins.above, margins.below, margins.zero, margins.incomplete))
    assert count_in_bins(margins.units, 25).empty


units = st.tuples(
    st.sampled_from(["met", "not_met", "incomplete"]), st.integers(0, 1000), st.sampled_from(["", "tc3", "tc3 tc5"])
)


@settings(deadline=None)
@given(st.lists(units, max_size=30), st.sampled_from([25, 50, 100]), st.sampled_from([10, 25]))
def test_every_unit_is_in_one_group_and_one_bin(rows, within, width):
    frame = frame_of(*rows)
    margins = summarise_margins(frame, within)
    assert set(margins.units["group"]) <= set(MARGIN_WORDS)
    complete = (frame["status"] != "incomplete").sum() if rows else 0
    assert count_in_bins(margins.units, width)["units"].sum() == complete
    assert len(margins.incomplete) == len(rows) - complete
    assert margins.above["margin"].abs().le(within).all()
    assert margins.below["margin"].between(-within, within).all()


def test_wider_margins_keep_the_units_of_narrower_ones(assessment):
    frame = assessment.frame
    near, far = (summarise_margins(frame, within) for within in (25, 100))
    for part in ("above", "below"):
        assert set(getattr(near, part).index) <= set(getattr(far, part).index)
    assert near.units["group"].value_counts().sum() == len(frame)
    assert (count_zeros(far.zero) > 0).all()


def test_points_alone_decide_by_a_standard_that_allows_zeros(assessment):
    margins = summarise_margins(allow_zeros(assessment).frame, 100)
    assert margins.zero.empty
    assert (margins.units.loc[margins.units["margin"] >= 0, "group"] != "short").all()
