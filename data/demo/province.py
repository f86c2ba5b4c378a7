"""A synthetic province: figures for Lạng Sơn 2020-2022, plausible and imperfect, made by rules and drawn by name.

They go through the same door as real ones (a workbook, read and checked), so that each traces to a cell, and are
labelled as illustrative wherever they show.
"""

from io import BytesIO
from typing import BinaryIO, Protocol

import pandas as pd

from data.demo.draws import draw
from data.demo.world import World
from data.intake.parameters import Reading
from data.intake.read import read_submission
from data.store import Store, plan_round
from data.units.lists import load_units
from scoring.standard import Standard, get_standard

YEARS = (2020, 2021, 2022)
PROVINCE = "20"
_INCOMPLETE = 0.022  # share of the units that lack figures
_FORGOTTEN = 0.1  # share of the figures that such a unit lacks


def make_values(year: int, units: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """Illustrative figures of a year: index unit code, a column an input, Int64, NA = missing.

    A figure depends on its unit, its input, the year and the figure that it is a part of: another input or unit changes
    none.
    """
    world = World(units.index, standard, year, YEARS[0])
    incomplete = draw(units.index, year, "forgets") < _INCOMPLETE
    columns = {}
    for input_id in standard.inputs:
        forgotten = incomplete & (draw(units.index, input_id, year, "forgotten") < _FORGOTTEN)
        columns[input_id] = pd.arrays.IntegerArray(world.get(input_id).copy(), forgotten)
    return pd.DataFrame(columns, index=units.index)


class FormWriter(Protocol):
    """Writes the collection workbook with values, as `reports.exports.excel.collection.build_collection` does."""

    def __call__(
        self,
        target: BinaryIO,
        standard: Standard,
        units: pd.DataFrame,
        year: int,
        values: pd.DataFrame | None = None,
        demo: bool = False,
    ) -> None: ...


def load_demo(store: Store, write_form: FormWriter) -> None:
    """Store the demo province's years, each as a workbook that was filled in and read back.

    The writer of the workbook is handed in, for it is an export, and data knows none.
    """
    for year in YEARS:
        planned = plan_round(year, PROVINCE)
        standard = get_standard(planned.standard_id)
        units = load_units(planned.vintage, PROVINCE)
        buffer = BytesIO()
        write_form(buffer, standard, units, year, make_values(year, units, standard), demo=True)
        content = buffer.getvalue()
        file_name = f"so-lieu-minh-hoa-{year}.xlsx"
        ingest = read_submission(content, file_name, Reading(standard, units, year))
        store.submissions.save(planned, ingest.observations, file_name, content, "Số liệu minh họa", demo=True)
