"""Units as a list: which are in it, and in which order."""

import pandas as pd

from data.text.collation import vietnamese_key
from reports.facts.criteria import count_zeros


def filter_units(
    frame: pd.DataFrame,
    status: str | None = None,
    zero: str | None = None,
    totals: tuple[int, int] | None = None,
) -> pd.DataFrame:
    """Keep the rows of `Assessment.frame` that fit all that is asked for, in their order.

    Parameters
    ----------
    status : str, optional
        `met`, `not_met` or `incomplete`.
    zero : str, optional
        Id of a criterion that is at zero.
    totals : tuple of int, optional
        The least and the highest total, both included.
    """
    if status is not None:
        frame = frame[frame["status"] == status]
    if zero is not None:
        frame = frame[[zero in zeros for zeros in frame["zeros"]]]
    return frame if totals is None else frame[frame["total"].between(*totals)]


def sort_units(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """Put rows of `Assessment.frame` in order; equal ones stay as they are.

    Parameters
    ----------
    by : str
        `name` (Vietnamese order, then by district), `district_name` (by district, then by name), `district`
        (administrative order), `total_down`, `total_up`, `zeros` (most criteria at zero first), or the id of a
        criterion (fewest points first, without figures last).

    Raises
    ------
    KeyError
        For another order.
    """
    if by == "district":
        return frame
    if by in ("name", "district_name"):
        columns = ["name", "district"] if by == "name" else ["district", "name"]
        texts = zip(*(frame[column] for column in columns), strict=True)
        keys = [tuple(vietnamese_key(text) for text in row) for row in texts]
        return frame.iloc[sorted(range(len(keys)), key=keys.__getitem__)]
    if by in ("total_down", "total_up"):
        return frame.sort_values("total", ascending=by == "total_up", kind="stable")
    if by == "zeros":
        return frame.loc[count_zeros(frame).sort_values(ascending=False, kind="stable").index]
    return frame.sort_values(by, kind="stable", na_position="last")
