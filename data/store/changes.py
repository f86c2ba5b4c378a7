"""What a file changes against what is stored, value by value."""

from typing import Literal

import pandas as pd

from scoring.standard import Standard

Change = Literal["added", "changed", "unchanged", "gone"]
CHANGES: tuple[Change, ...] = ("added", "changed", "gone", "unchanged")


def compare_figures(stored: pd.DataFrame, incoming: pd.DataFrame) -> pd.DataFrame:
    """Each value of a file against the stored one.

    Parameters
    ----------
    stored, incoming : DataFrame
        Index unit code, a column an input, Int64, NA = missing.

    Returns
    -------
    DataFrame
        `unit_code`, `input_id`, `before`, `after` (Int64), `change`: `added` (there was none), `changed`, `unchanged`,
        `gone` (the file leaves empty what had a value). Values missing on both sides are left out.
    """
    aligned = stored.reindex(index=incoming.index, columns=incoming.columns).astype("Int64")
    frame = pd.DataFrame(
        {
            "before": aligned.rename_axis(columns="input_id").stack(future_stack=True),
            "after": incoming.astype("Int64").rename_axis(columns="input_id").stack(future_stack=True),
        }
    )
    frame = frame.rename_axis(index=["unit_code", "input_id"]).reset_index()
    before, after = frame["before"].notna(), frame["after"].notna()
    frame = frame[before | after].reset_index(drop=True)
    before, after = frame["before"].notna(), frame["after"].notna()
    frame["change"] = "unchanged"
    frame.loc[~before, "change"] = "added"
    frame.loc[~after, "change"] = "gone"
    frame.loc[before & after & (frame["before"] != frame["after"]).fillna(False), "change"] = "changed"
    return frame


def count_changes(changes: pd.DataFrame) -> dict[Change, int]:
    """How many values of each kind of change."""
    counted = changes["change"].value_counts()
    return {change: int(counted.get(change, 0)) for change in CHANGES}


def merge_figures(stored: pd.DataFrame, incoming: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """The figures as they would be with a file: its inputs replace those of its units, the others stay.

    Returns
    -------
    DataFrame
        Index unit code, a column an input of the standard, Int64.
    """
    inputs = list(standard.inputs)
    merged = stored.reindex(index=stored.index.union(incoming.index), columns=inputs).astype("Int64")
    for input_id in incoming.columns:  # one at a time: pandas refuses a whole block of nullable columns with gaps
        merged.loc[incoming.index, input_id] = incoming[input_id].astype("Int64").array
    return merged.rename_axis(index="code")


def find_broken_parts(figures: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """Parts that are above their whole, or above the whole of that.

    Parameters
    ----------
    figures : DataFrame
        Index unit code, a column an input, Int64, NA = missing.

    Returns
    -------
    DataFrame
        `unit_code`, `part`, `whole` (input ids), `part_value`, `whole_value`; a row each.
    """
    rows = []
    for part in figures.columns:
        whole = standard.inputs[part].part_of
        while whole is not None:
            if whole in figures.columns:
                broken = figures[(figures[part] > figures[whole]).fillna(False)]
                rows += [(code, part, whole, values[part], values[whole]) for code, values in broken.iterrows()]
            whole = standard.inputs[whole].part_of
    return pd.DataFrame(rows, columns=["unit_code", "part", "whole", "part_value", "whole_value"])
