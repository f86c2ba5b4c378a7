"""Assessments for the tests of the workbook with formulas, and LibreOffice computing it anew."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd

from data.store import plan_round
from data.units.lists import load_units
from reports.facts.assessment import Assessment
from scoring.engine import score
from scoring.limits import LARGEST_VALUE
from scoring.standard import Standard, load_standard
from tests.office import Office
from tests.scoring.samples import best_values, random_values

# Every kind, both directions, thresholds that no binary fraction or no decimal holds, denominators 0 both ways.
_ODD_STANDARD = """
id: odd
title: "=Bộ thử"
subject: Thử
in_force: {from: 2019-01-03, to: null}
read_on: 2026-11-23
total_points: 100
recognition:
  reference: Thử
  conditions:
    - kind: no_criterion_at_zero
    - kind: minimum_total
      classes:
        low: {points: 50, provenance: seen, label: "Loại *"}
        high: {points: 70, provenance: provisional, label: "Loại * ?"}
        same: {points: 60, provenance: seen, label: "LOẠI * ?"}
inputs:
  answer: {label: Trả lời, kind: answer, help: Thử}
  cases: {label: Số vụ, kind: count, help: Thử}
  whole: {label: "=Tổng", kind: count, help: Thử}
  part: {label: Phần, kind: count, part_of: whole, help: Thử}
  people: {label: Số người, kind: count, help: Thử}
  hurt: {label: Số người bị nạn, kind: count, part_of: people, help: Thử}
criteria:
  - id: first
    name: Một
    reference: Thử
    max_points: {points: 30, provenance: seen}
    indicators:
      - id: "1.1"
        name: Trả lời
        kind: answer
        numerator: answer
        bands: [{at_least: 1, points: 10, provenance: seen}, {points: 0, provenance: seen}]
      - id: "1.2"
        name: Số vụ
        kind: count
        numerator: cases
        bands:
          - {at_most: 2, mountainous: 3, points: 20, provenance: seen}
          - {at_most: 5.5, mountainous: 7, points: 5, provenance: seen}
          - {points: 1, provenance: seen}
  - id: second
    name: Hai
    reference: Thử
    max_points: {points: 40, provenance: seen}
    indicators:
      - id: "2"
        name: Tỷ lệ
        kind: ratio
        numerator: part
        denominator: whole
        unit: percent
        when_none: zero
        bands:
          - {at_least: 97.1, mountainous: "280/3", points: 40, provenance: seen}
          - {at_least: 66.7, points: 30, provenance: seen}
          - {at_least: "100/3", points: 20, provenance: seen}
          - {at_least: 0.3, points: 10, provenance: seen}
          - {points: 0, provenance: seen}
  - id: third
    name: Ba
    reference: Thử
    max_points: {points: 30, provenance: seen}
    indicators:
      - id: "3"
        name: Tỷ suất
        kind: rate
        numerator: hurt
        denominator: people
        unit: {per: 10000, of: người}
        when_none: full
        bands:
          - {at_most: "1/3", mountainous: 0.7, points: 30, provenance: seen}
          - {at_most: 9.9, points: 10, provenance: seen}
          - {points: 0, provenance: seen}
"""


def load_odd_standard(folder: Path) -> Standard:
    path = folder / "odd.yaml"
    path.write_text(_ODD_STANDARD, encoding="utf-8")
    return load_standard(path)


def make_assessment(standard: Standard, values: pd.DataFrame, mountainous: list[bool], name: str = "") -> Assessment:
    """Units of the real list, as many as `values` has rows, with the classes of the standard in turn."""
    units = load_units("2020").iloc[: len(values)].copy()
    classes = list(standard.recognition.minimum_total)
    units["unit_class"] = [classes[row % len(classes)] for row in range(len(units))]
    units["mountainous"] = mountainous
    units["class_provenance"] = "seen"
    if name:
        units["name"] = units["district"] = name
    values = values.set_axis(units.index)
    scores = score(values, standard, units)
    return Assessment(plan_round(2022), standard, units, values, scores, frozenset())


def random_assessment(standard: Standard, units: int, seed: int, missing: float) -> Assessment:
    mountainous = (np.random.default_rng(seed).random(units) < 0.5).tolist()
    return make_assessment(standard, random_values(standard, units, seed, missing), mountainous)


def threshold_assessment(standard: Standard) -> Assessment:
    """For each threshold units just below, at and just above it; then the largest figures and denominators of 0."""
    rows, mountainous = [], []
    for indicator in standard.indicators:
        for band, place, step in product(indicator.bands[:-1], (False, True), (-1, 0, 1)):
            bound = band.threshold(place)
            own = {indicator.numerator: int(bound) + step}
            if indicator.denominator is not None:
                own = {
                    indicator.numerator: bound.numerator + step,
                    indicator.denominator: indicator.scale * bound.denominator,
                }
            values = _consistent(standard, best_values(standard) | own)
            if values is not None:
                rows.append(values)
                mountainous.append(place)
    counts = {one.id for one in standard.inputs.values() if one.kind == "count"}
    for largest in (LARGEST_VALUE, LARGEST_VALUE - 1, 0):
        rows.append(best_values(standard) | dict.fromkeys(counts, largest))
        mountainous.append(False)
    columns = {id_: pd.array([row[id_] for row in rows], dtype="Int64") for id_ in standard.inputs}
    return make_assessment(standard, pd.DataFrame(columns), mountainous)


def _consistent(standard: Standard, values: dict) -> dict | None:
    """The values with wholes that hold their parts; None for values that no unit can have."""
    for one in standard.inputs.values():
        if values[one.id] < 0 or (one.kind == "answer" and values[one.id] > 1):
            return None
    ratios = [(one.numerator, one.denominator) for one in standard.indicators if one.denominator]
    if any(values[part] > values[whole] for part, whole in ratios):
        return None
    for _ in standard.inputs:
        for one in standard.inputs.values():
            if one.part_of:
                values[one.part_of] = max(values[one.part_of], values[one.id])
    return values


def with_names(assessment: Assessment, names: list[str]) -> Assessment:
    units = assessment.units.copy()
    units["name"] = units["district"] = [names[row % len(names)] for row in range(len(units))]
    return replace(assessment, units=units)


def without_results(content: bytes) -> bytes:
    """The workbook with its formulas, but none of the results stored beside them."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb"</f><v>[^<]*</v>", b"</f>", part)
            new.writestr(name, part)
    return target.getvalue()


def recalculate(office: Office, contents: dict[str, bytes]) -> dict[str, openpyxl.Workbook]:
    """Each workbook as LibreOffice computes it, in one run of the program."""
    made = office.convert({f"{name}.xlsx": content for name, content in contents.items()}, "xlsx")
    return {name: openpyxl.load_workbook(BytesIO(made[f"{name}.xlsx"]), data_only=True) for name in contents}
