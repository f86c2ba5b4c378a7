"""Every file of the corpus through the command line: what is accepted, what is said, what is stored."""

import json
from pathlib import Path

import pandas as pd
import pytest
import yaml

import commands
import tests.data.samples
from data.intake.workbook import open_workbook
from data.store import open_store
from tests.data.samples import UNITS
from tests.scoring.grown import NEW_ANSWER, with_more
from tests.workbooks.make import FOLDER, FORMS, LATER_TRUTH, TRUTH, make_all, read_file

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return make_all()


@pytest.mark.parametrize("name", CASES)
def test_file_of_the_corpus(name, home, tmp_path, capsys):
    case = {"accepted": True, "errors": [], "warnings": [], "notes": [], "options": [], "year": 2022} | CASES[name]
    path = tmp_path / name.partition("#")[0]
    path.write_bytes(read_file(path.name))
    status = commands.main(["import", str(path), "--year", str(case["year"]), "--json", *case["options"]])
    answer = json.loads(capsys.readouterr().out)
    found = {severity: {one["code"] for one in answer[severity]} for severity in ("errors", "warnings", "notes")}
    assert found["errors"] == set(case["errors"])
    assert set(case["warnings"]) <= found["warnings"]
    assert set(case["notes"]) <= found["notes"]
    assert status == (0 if case["accepted"] else 1)
    store = open_store()
    if not case["accepted"]:
        assert answer["accepted"] == 0
        assert store.rounds.list() == []
        return
    assert answer["accepted"] == answer["units"] == case["units"]
    stored = store.observations.load(store.rounds.choose(case["year"]))
    assert len(stored) == case["units"]
    if "values" in case:
        for code, figures in case["values"].items():
            for input_id, value in figures.items():
                kept = stored.at[code, input_id]
                assert (None if pd.isna(kept) else kept) == value
        return
    truth = (TRUTH if case["year"] == 2022 else LATER_TRUTH).loc[stored.index]
    given = [one for one in stored.columns if stored[one].notna().any()]
    assert given
    pd.testing.assert_frame_equal(stored[given], truth[given], check_names=False)


def test_every_file_has_a_case_and_is_what_the_script_makes(made):
    assert {name.partition("#")[0] for name in CASES} == set(made)
    assert {path.name for path in FOLDER.iterdir()} == set(made) - set(FORMS)
    assert len(made) >= 25
    for name in set(made) - set(FORMS):
        content = made[name]
        kept = open_workbook((FOLDER / name).read_bytes(), name)
        fresh = open_workbook(content, name)
        assert kept.sheets == fresh.sheets, f"{name}: run python -m tests.workbooks.make"
        assert kept.findings == fresh.findings


def test_another_indicator_changes_no_figure_of_the_corpus(monkeypatch):
    more = with_more(tests.data.samples.STANDARD)
    monkeypatch.setattr(tests.data.samples, "STANDARD", more)
    figures = tests.data.samples.random_values(UNITS, 2022)
    assert NEW_ANSWER in figures.columns
    pd.testing.assert_frame_equal(figures[list(TRUTH.columns)], TRUTH)
