"""How far each unit is from the minimum of its class: who is just above, just below, and whom points can't help."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.facts.criteria import is_blocked
from scoring.words import STATUS_WORDS

MARGIN_WORDS = {
    "met": STATUS_WORDS["met"],
    "short": "Không đạt vì thiếu tổng điểm",
    "zero": "Bị loại vì tiêu chí 0 điểm",
    "incomplete": STATUS_WORDS["incomplete"],
}
_NAMES_AT_MOST = 6


@dataclass(frozen=True)
class Margins:
    """Units by their distance from the minimum total; every frame has the columns of `units`, nearest to it first.

    Attributes
    ----------
    units : DataFrame
        All units: index `code`; `name`, `district`, `total`, `minimum`, `ceiling`, `missing`, `zeros`, `blocking`,
        `margin` (total less minimum, points, int) and `group`, a key of `MARGIN_WORDS`.
    above : DataFrame
        Met, at most `within` points above the minimum.
    below : DataFrame
        Complete, no criterion at zero, at most `within` points below it: points alone decide.
    zero : DataFrame
        Complete, with a criterion at zero: not recognised whatever the total.
    incomplete : DataFrame
        Their total is not final: what they have, and what they can still reach (`ceiling`).
    """

    within: int
    units: pd.DataFrame
    above: pd.DataFrame
    below: pd.DataFrame
    zero: pd.DataFrame
    incomplete: pd.DataFrame


def summarise_margins(frame: pd.DataFrame, within: int) -> Margins:
    """Group the units of `frame` (rows of `Assessment.frame`) by their margin; `within` in points, ends included."""
    columns = ["name", "district", "status", "total", "minimum", "ceiling", "missing", "zeros", "blocking"]
    units = frame[columns].assign(margin=frame["total"].astype(int) - frame["minimum"].astype(int))
    knocked_out = (units["status"] == "not_met") & is_blocked(units)
    units["group"] = np.select(
        [units["status"] == "met", units["status"] == "incomplete", knocked_out],
        ["met", "incomplete", "zero"],
        default="short",
    )
    units = units.drop(columns="status")
    near = units["margin"].abs() <= within
    return Margins(
        within=within,
        units=units,
        above=_nearest_first(units[near & (units["group"] == "met")]),
        below=_nearest_first(units[near & (units["group"] == "short")]),
        zero=_nearest_first(units[units["group"] == "zero"]),
        incomplete=_nearest_first(units[units["group"] == "incomplete"]),
    )


def count_in_bins(units: pd.DataFrame, width: int) -> pd.DataFrame:
    """Complete units by margin, in bins of `width` points of which one begins at 0.

    Parameters
    ----------
    units : DataFrame
        `Margins.units`.

    Returns
    -------
    DataFrame
        Columns `group`, `low` (points, the bin's first), `high` (the next bin's first), `units`, `names` (some of
        them); a row a group and bin that has units.
    """
    complete = units[units["group"] != "incomplete"].sort_values("margin", kind="stable")
    binned = complete.assign(low=complete["margin"] // width * width)
    rows = [
        {
            "group": group,
            "low": int(low),
            "high": int(low) + width,
            "units": len(part),
            "names": _join_names(part["name"].tolist()),
        }
        for (group, low), part in binned.groupby(["group", "low"], sort=True)
    ]
    return pd.DataFrame(rows, columns=["group", "low", "high", "units", "names"])


def _nearest_first(units: pd.DataFrame) -> pd.DataFrame:
    order = units["margin"].abs().sort_values(kind="stable").index
    return units.loc[order]


def _join_names(names: list[str]) -> str:
    listed = ", ".join(names[:_NAMES_AT_MOST])
    more = len(names) - _NAMES_AT_MOST
    return listed if more <= 0 else f"{listed} và {more} đơn vị khác"
