"""Unit lists of the three vintages, the crosswalk between them, and the classes that units have by default.

The CSV files beside this module are made by `derive.py`; SOURCES.md says from what.
"""

from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parent / "tables"
ANY = "*"


@cache
def list_vintages() -> pd.DataFrame:
    """Unit lists and when they hold.

    Returns
    -------
    DataFrame
        Index `vintage`; columns `valid_from`, `valid_to` (dates; None: still), `districts` (`current`, or `former`
        where there is no district level any more), `units_csv`.
    """
    frame = _read("vintages.csv").set_index("vintage")
    for column in ("valid_from", "valid_to"):
        frame[column] = [date.fromisoformat(text) if text else None for text in frame[column]]
    return frame


def vintage_for_year(year: int) -> str:
    """The vintage in force on 31 December of a year; the oldest one for years before any."""
    vintages = list_vintages()
    begun = vintages[[start <= date(year, 12, 31) for start in vintages["valid_from"]]]
    return str(begun.index[-1] if len(begun) else vintages.index[0])


@cache
def load_units(vintage: str, province: str | None = None) -> pd.DataFrame:
    """Commune-level units of a vintage, in administrative order.

    Parameters
    ----------
    vintage : str
        `2020`, `2025-01` or `2025-07`.
    province : str, optional
        Province code; the nation without it.

    Returns
    -------
    DataFrame
        Index `code` (5 digits, text); columns `name`, `unit_type` (xa, phuong, thi_tran, dac_khu), `district_code`,
        `district` (2025-07: the former district; empty where unknown), `province_code`, `province`, `lat`, `lon`
        (degrees, WGS84; NaN where no source gives a place), `place` (where the point comes from).

    Raises
    ------
    KeyError
        For an unknown vintage.
    """
    if vintage not in list_vintages().index:
        raise KeyError(vintage)
    if province is not None:
        units = load_units(vintage)
        return units[units["province_code"] == province]
    units = _read(str(list_vintages().loc[vintage, "units_csv"])).set_index("code")
    return units.assign(lat=pd.to_numeric(units["lat"]), lon=pd.to_numeric(units["lon"]))


def vintage_of(units: pd.DataFrame) -> str | None:
    """The newest vintage of which units (index `code`, column `name`) are a part; None when they are of none."""
    pairs = list(zip(units.index.tolist(), units["name"].tolist(), strict=True))
    for vintage in reversed(list(list_vintages().index)):
        names = _list_names(str(vintage))
        if all(names.get(code) == name for code, name in pairs):
            return str(vintage)
    return None


@cache
def _list_names(vintage: str) -> dict[str, str]:
    names = load_units(vintage)["name"]
    return dict(zip(names.index.tolist(), names.tolist(), strict=True))


@cache
def load_islands() -> pd.DataFrame:
    """Places that the packages lack: index `code` (a unit, or a 3-digit district without communes before July 2025).

    Columns `name`, `province_code`, `lat`, `lon` (degrees, WGS84).
    """
    return _read("islands.csv").set_index("code").astype({"lat": float, "lon": float})


@cache
def load_crosswalk() -> pd.DataFrame:
    """What became of units: `from_vintage`, `from_code`, `to_vintage`, `to_code`, `relation`.

    `relation`: `kept` (whole, and the only part of its successor; the code can be new), `merged` (whole, with others)
    or `divided` (a part of it).
    """
    return _read("crosswalk.csv")


@cache
def default_classes(vintage: str, province: str | None = None) -> pd.DataFrame:
    """Class and place of each unit by the rules of classes.csv, first match.

    Returns
    -------
    DataFrame
        Index `code`; columns `unit_class`, `mountainous` (bool), `provenance` (`seen`, or `assumed` where no list of
        mountainous communes was to be had).
    """
    units = load_units(vintage, province)
    classes = pd.DataFrame(index=units.index, columns=["unit_class", "mountainous", "provenance"], dtype=object)
    open_units = pd.Series(True, index=units.index)
    for rule in _read("classes.csv").itertuples(index=False):
        if rule.vintage not in (ANY, vintage):
            continue
        matches = open_units.copy()
        for column in ("province_code", "unit_type"):
            wanted = getattr(rule, column)
            if wanted != ANY:
                matches &= units[column] == wanted
        classes.loc[matches, :] = [rule.unit_class, rule.mountainous == "1", rule.provenance]
        open_units &= ~matches
    return classes.astype({"unit_class": "str", "mountainous": bool, "provenance": "str"})


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / name, dtype="str", keep_default_na=False, encoding="utf-8")
