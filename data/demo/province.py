"""A synthetic province: figures for Lạng Sơn 2020-2022, plausible and imperfect, made by a seeded generator.

They go through the same door as real ones (a workbook, read and checked), so that each traces to a cell, and are
labelled as illustrative wherever they show.
"""

from io import BytesIO
from typing import BinaryIO, Protocol

import numpy as np
import pandas as pd

from data.intake.parameters import Reading
from data.intake.read import read_submission
from data.store import Store, plan_round
from data.units.lists import load_units
from scoring.standard import Standard, get_standard

YEARS = (2020, 2021, 2022)
PROVINCE = "20"
_SEED = 6_2019

# Share of each part in its whole in the first year, and how much of the gap to 1 closes each year.
_GOOD_SHARES = {
    "births_registered": 0.985,
    "special_assisted": 0.97,
    "infants_immunised": 0.972,
    "checkup_done": 0.93,
    "in_nursery": 0.33,
    "in_kindergarten": 0.95,
    "in_kindergarten_five": 0.995,
    "consulted_7plus": 0.84,
    "villages_with_play": 0.74,
    "satisfied_children": 0.88,
    "satisfied_adults": 0.86,
}
_POOR_SHARES = {"under5_underweight": 0.135, "under5_stunted": 0.225}
_SHARES_OF_CHILDREN = {
    "special": 0.02,
    "infants": 0.06,
    "under5_weighed": 0.29,
    "under5_measured": 0.29,
    "checkup_due": 0.98,
    "age_nursery": 0.16,
    "age_kindergarten": 0.19,
    "age_7plus": 0.55,
}
_ANSWERS = {
    "officer": 0.995,
    "collaborators": 0.96,
    "board": 0.93,
    "funding": 0.9,
    "opinions_asked": 0.92,
    "childrens_club": 0.82,
    "play_place": 0.87,
    "yearly_events": 0.97,
}
_IMPROVEMENT = 0.12
_INCOMPLETE_UNITS = (5, 4, 3)
_WEAK_UNITS = 16  # that lag behind in most things


def make_values(year: int, units: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """Illustrative figures of a year: index unit code, a column an input, Int64, NA = missing."""
    base = np.random.default_rng(_SEED)
    count = len(units)
    children_2020 = base.lognormal(np.log(1100), 0.5, count).clip(180, 5200)
    villages = base.integers(5, 22, count)
    weak = np.zeros(count, dtype=bool)
    weak[base.choice(count, min(_WEAK_UNITS, count), replace=False)] = True
    step = YEARS.index(year)
    rng = np.random.default_rng(_SEED + year)
    progress = (1 - _IMPROVEMENT) ** step
    children = (children_2020 * (1 + 0.004 * step)).astype(int)
    values: dict[str, np.ndarray] = {"children": children, "villages": villages}
    for input_id, share in _SHARES_OF_CHILDREN.items():
        values[input_id] = rng.binomial(children, share)
    values["births"] = (values["infants"] * rng.uniform(0.94, 1.06, count)).astype(int)
    values["age_five"] = rng.binomial(values["age_kindergarten"], 0.34)
    values["surveyed_children"] = rng.integers(30, 61, count)
    values["surveyed_adults"] = rng.integers(40, 81, count)
    for input_id, share in _GOOD_SHARES.items():
        chance = np.clip(1 - (1 - share) * progress * rng.gamma(4, 0.25, count) * np.where(weak, 3, 1), 0.05, 1)
        values[input_id] = rng.binomial(values[standard.inputs[input_id].part_of or ""], chance)
    for input_id, share in _POOR_SHARES.items():
        poor = np.clip(share * progress * rng.gamma(12, 1 / 12, count) * np.where(weak, 1.6, 1), 0, 0.6)
        values[input_id] = rng.binomial(values[standard.inputs[input_id].part_of or ""], poor)
    values |= _make_incidents(rng, children, progress)
    for input_id, share in _ANSWERS.items():
        yes = np.where(weak, share - 0.5, 1 - (1 - share) * progress)
        values[input_id] = (rng.random(count) < yes).astype(int)
    frame = pd.DataFrame({one: pd.array(values[one], dtype="Int64") for one in standard.inputs}, index=units.index)
    return _forget_some(frame, rng, _INCOMPLETE_UNITS[step])


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


def _make_incidents(rng: np.random.Generator, children: np.ndarray, progress: float) -> dict[str, np.ndarray]:
    """Counts of what should not happen: rare, so that most units have none."""
    count = len(children)
    abused = (rng.random(count) < 0.13 * progress) * 1
    injured = np.minimum(rng.binomial(children, 0.0026, count), children * 57 // 10_000)
    too_many = rng.random(count) < 0.14 * progress
    injured = np.where(too_many, children * 61 // 10_000 + rng.integers(1, 4, count), injured)
    severe = (rng.random(count) < 0.06) * 1
    return {
        "abused": np.maximum(abused, severe * (rng.random(count) < 0.5)),
        "offending": (rng.random(count) < 0.07 * progress) * 1,
        "drug_addicted": (rng.random(count) < 0.015 * progress) * 1,
        "injured": injured,
        "severe_cases": severe,
        "severe_cases_planned": severe * (rng.random(count) < 0.85),
    }


def _forget_some(frame: pd.DataFrame, rng: np.random.Generator, units: int) -> pd.DataFrame:
    """Leave cells of a few units empty."""
    frame = frame.copy()
    for row in rng.choice(len(frame), min(units, len(frame)), replace=False):
        columns = rng.choice(frame.shape[1], rng.integers(1, 5), replace=False)
        frame.iloc[row, columns] = pd.NA
    return frame
