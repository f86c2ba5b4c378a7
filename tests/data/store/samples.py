"""Rounds and values for the tests of the store."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import scoring.standard.load
from data.store import Round, Store, plan_round
from data.units.lists import load_units

YEAR = 2022
ROUND = plan_round(YEAR)
HA_NOI = plan_round(YEAR, "01")
FIRST_UNIT, SECOND_UNIT = load_units("2020", "20").index[:2]
HA_NOI_UNIT = load_units("2020", "01").index[0]
OTHER_STANDARD = "thu-nghiem"


@dataclass(frozen=True)
class Warned:
    """A warning as the store knows it."""

    code: str
    unit: str | None
    input: str | None
    message: str


WARNING = Warned("survey_small", FIRST_UNIT, "surveyed_adults", "Chỉ khảo sát 12 người.")


def values(unit: str = FIRST_UNIT, value: int | None = 7, input_id: str = "births", cell: str = "D4") -> pd.DataFrame:
    """One value as a checked file brings it."""
    return pd.DataFrame(
        {
            "unit_code": [unit],
            "input_id": [input_id],
            "value": pd.array([value], dtype="Int64"),
            "sheet": ["Số liệu"],
            "cell": [cell],
            "original": [""],
        }
    )


def save(store: Store, observations: pd.DataFrame, name: str = "a.xlsx", round: Round = ROUND, **options: Any) -> int:
    """Store values as a file whose content is its name."""
    return store.submissions.save(round, observations, name, name.encode(), "Cán bộ A", **options)


@pytest.fixture
def other_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Round:
    """A round of the same year and area by another standard, which is there for the test only."""
    folder = tmp_path / "standards"
    shutil.copytree(scoring.standard.load.STANDARDS_FOLDER, folder)
    text = (folder / "qd-06-2019.yaml").read_text(encoding="utf-8")
    text = text.replace("id: qd-06-2019", f"id: {OTHER_STANDARD}", 1).replace("from: 2019-01-03", "from: 2100-01-01", 1)
    (folder / f"{OTHER_STANDARD}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(scoring.standard.load, "STANDARDS_FOLDER", folder)
    return plan_round(YEAR, standard_id=OTHER_STANDARD)
