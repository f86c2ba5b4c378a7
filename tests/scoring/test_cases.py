"""The cases that an officer can read: every band of every indicator, and whole units."""

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
import yaml

from scoring.engine import score
from scoring.standard import get_standard
from tests.scoring.samples import best_values

FOLDER = Path(__file__).resolve().parents[1] / "standard"
STANDARD = get_standard()
INDICATORS = {one.id: one for one in STANDARD.indicators}
OWN_WORDS = ("xet", "mien_nui", "diem")


def read(name: str) -> list:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


CASES = [(one["chi_tieu"], case) for one in read("chi-tieu.yaml") for case in one["truong_hop"]]


def score_one(values: dict, unit_class: str = "other", mountainous: bool = False):
    observations = pd.DataFrame([values], index=pd.Index(["00001"], name="code"), dtype="Int64")
    units = pd.DataFrame({"unit_class": [unit_class], "mountainous": [mountainous]}, index=observations.index)
    return score(observations, STANDARD, units)


def inputs_of(case: dict) -> dict:
    return {name: value for name, value in case.items() if name not in OWN_WORDS}


@pytest.mark.parametrize(("indicator", "case"), CASES, ids=[f"{id_}: {inputs_of(case)}" for id_, case in CASES])
def test_points_of_an_indicator(indicator, case):
    frame = score_one(inputs_of(case), mountainous=case.get("mien_nui", False)).frame()
    points = frame.loc[0, indicator]
    assert (None if pd.isna(points) else points) == case["diem"]


@pytest.mark.parametrize("case", read("don-vi.yaml"), ids=lambda case: case["ten"])
def test_result_of_a_unit(case):
    scores = score_one(best_values(STANDARD) | case["khac"], case["loai"])
    assert scores.total[0] == case["diem"]
    assert scores.status[0] == case["ket_qua"]
    reasons = [f"{one.code} {one.subject or one.points}" for one in scores.reasons("00001")]
    assert reasons == case["ly_do"]


def test_every_band_of_every_indicator_has_cases_below_at_and_above():
    for indicator in STANDARD.indicators:
        cases = [case for id_, case in CASES if id_ == indicator.id]
        values = {mountainous: quotients(indicator, cases, mountainous) for mountainous in (False, True)}
        variants = any(band.mountainous is not None for band in indicator.bands)
        for mountainous in (False, True) if variants else (False,):
            for band in indicator.bands[:-1]:
                check_threshold(indicator, band.threshold(mountainous), values[mountainous])
        assert any(None in inputs_of(case).values() for case in cases), indicator.id
        if indicator.denominator is not None:
            assert any(inputs_of(case)[indicator.denominator] == 0 for case in cases), indicator.id


def quotients(indicator, cases: list, mountainous: bool) -> list:
    found = []
    for case in cases:
        values = inputs_of(case)
        if case.get("mien_nui", False) != mountainous or None in values.values():
            continue
        denominator = values[indicator.denominator] if indicator.denominator else 1
        if denominator:
            found.append(Fraction(values[indicator.numerator] * indicator.scale, denominator))
    return found


def check_threshold(indicator, bound: Fraction, values: list) -> None:
    close = [value for value in values if abs(value - bound) <= 1]
    assert bound in close, (indicator.id, bound)
    largest = 1 if indicator.kind == "answer" else indicator.scale
    assert bound == 0 or any(value < bound for value in close), (indicator.id, bound)
    assert bound == largest or any(value > bound for value in close), (indicator.id, bound)
