"""Units as a choice lists them: each with its label, in Vietnamese order."""

from functools import lru_cache
from types import MappingProxyType

import pandas as pd

from data.text.collation import vietnamese_key


def label_units(frame: pd.DataFrame) -> MappingProxyType[str, str]:
    """Labels by unit code, in the order of names; made once for the same units.

    Parameters
    ----------
    frame : DataFrame
        Index unit code; columns `name`, `district`.
    """
    columns = (frame.index.tolist(), frame["name"].tolist(), frame["district"].tolist())
    return _label(tuple(zip(*columns, strict=True)))


def label_unit(code: str, name: str, district: str) -> str:
    """A unit as a choice shows it, and as it stands in the URL."""
    return f"{name} – {district} ({code})"


# The units of a province, of each of its districts, and those of other years.
@lru_cache(maxsize=64)
def _label(units: tuple[tuple[str, str, str], ...]) -> MappingProxyType[str, str]:
    ordered = sorted(units, key=lambda unit: vietnamese_key(f"{unit[1]} {unit[2]}"))
    return MappingProxyType({unit[0]: label_unit(*unit) for unit in ordered})
