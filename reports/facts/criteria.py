"""Criteria by their names and numbers, as tables and sentences name them."""

from collections.abc import Iterable

import pandas as pd

from scoring.standard import Standard


def criterion_label(standard: Standard, criterion_id: str) -> str:
    """“Tiêu chí 3: Trẻ em bị xâm hại”."""
    criterion = standard.get_criterion(criterion_id)
    return f"Tiêu chí {criterion.number}: {criterion.name}"


def criterion_name(number: int, name: str) -> str:
    """“5. Trẻ em bị tai nạn, thương tích”."""
    return f"{number}. {name}"


def number_criteria(standard: Standard, criterion_ids: Iterable[str]) -> str:
    """The numbers of criteria in a row: “3, 5”; empty for none."""
    return ", ".join(str(standard.get_criterion(id_).number) for id_ in criterion_ids)


def number_zeros(standard: Standard, units: pd.DataFrame) -> pd.Series:
    """The numbers of the criteria at zero of each unit (column `zeros`): “3, 5”, empty for none; index as `units`."""
    texts = {zeros: number_criteria(standard, zeros) for zeros in set(units["zeros"])}
    return pd.Series([texts[zeros] for zeros in units["zeros"]], index=units.index, dtype="str")


def is_blocked(units: pd.DataFrame) -> pd.Series:
    """Whether a criterion keeps each unit (column `blocking`) from being recognised; bool, index as `units`."""
    return pd.Series([bool(blocking) for blocking in units["blocking"]], index=units.index, dtype=bool)


def count_zeros(units: pd.DataFrame) -> pd.Series:
    """How many criteria each unit (column `zeros`) has at zero; int, index as `units`."""
    return pd.Series([len(zeros) for zeros in units["zeros"]], index=units.index, dtype="int64")
