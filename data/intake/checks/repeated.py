"""Figures that the file gives twice, in two tables or in a table and the answers of a survey."""

from collections.abc import Iterator

import pandas as pd

from data.intake.extract import Extract
from data.intake.findings.finding import Finding, make_finding
from scoring.words import format_number

_MOST = 200  # findings, so that a sheet that is there twice stays bounded


def check_repeated(extract: Extract) -> Iterator[Finding]:
    """Find figures that the file gives twice: an error where they differ, else told once for each two sheets."""
    keys = ["unit_code", "input_id"]
    given = extract.given
    known = given[given["value"].notna() & given.duplicated(keys, keep=False)]
    first = known.drop_duplicates(keys).set_index(keys)
    count = 0
    equal: dict[tuple[str, str], int] = {}
    for row in known[known.duplicated(keys)].itertuples():
        other = first.loc[(row.unit_code, row.input_id)]
        if other["value"] == row.value:
            pair = other["sheet"], row.sheet
            equal[pair] = equal.get(pair, 0) + 1
            continue
        count += 1
        if count <= _MOST:
            names = extract.reading.names.name
            words = {"name": names[row.unit_code], "label": extract.reading.standard.inputs[row.input_id].label}
            words |= {"other": format_number(int(other["value"])), "first": _describe(row.sheet, other)}
            value = format_number(int(row.value))
            yield make_finding("figure_differs", row.sheet, row.cell, row.unit_code, row.input_id, value, **words)
    for (earlier, later), number in equal.items():
        yield make_finding("figures_repeated", later, count=number, earlier=earlier, later=later)


def _describe(sheet: str, other: pd.Series) -> str:
    """Where the other figure stands: “ô B4”, of another sheet with its name."""
    where = f"ô {other['cell']}"
    return where if other["sheet"] == sheet else f"{where} của trang “{other['sheet']}”"
