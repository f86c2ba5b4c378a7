"""Rows of units of other provinces, which a file for a round holds by mistake."""

from functools import cached_property
from typing import Any

import pandas as pd

from data.text.names import normalise_name
from data.units.lists import load_units, vintage_of
from data.units.spelling import restore_code


class Strangers:
    """The rows of a table whose units are in the same list as a round's, but of other provinces.

    Parameters
    ----------
    units : DataFrame
        The round's units: index `code`, column `name`. Of units that are in no list there are no strangers.
    """

    def __init__(self, units: pd.DataFrame):
        self._units = units
        self._rows: list[tuple[str, str, str]] = []  # cell, text, province

    def __bool__(self) -> bool:
        return bool(self._rows)

    def take(self, cell: str, code_text: str, name: str) -> bool:
        """Take a row whose code, and name if it has one, are those of a unit of another province; False for others."""
        code = restore_code(code_text)
        official, province = self._others.get(code, ("", ""))
        if not province or not normalise_name(official).endswith(normalise_name(name)):
            return False
        self._rows.append((cell, f"{code} {official}", province))
        return True

    def words(self) -> dict[str, Any]:
        """What the finding about the rows says: `cell` and `value` of the first, their `count`, their `provinces`."""
        cell, value, _ = self._rows[0]
        provinces = ", ".join(dict.fromkeys(province for _, _, province in self._rows))
        return {"cell": cell, "value": value, "count": len(self._rows), "provinces": provinces}

    @cached_property
    def _others(self) -> dict[str, tuple[str, str]]:
        vintage = vintage_of(self._units)
        if vintage is None:
            return {}
        listed = load_units(vintage)
        others = listed[~listed["province_code"].isin(listed.loc[self._units.index, "province_code"])]
        return dict(zip(others.index, zip(others["name"], others["province"], strict=True), strict=True))
