"""The commands as an officer types them: template, import, scores, explain, shapes."""

import json
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

import commands
from data.store import open_store
from data.units.lists import load_units
from tests.data.samples import edited, random_values, workbook
from tests.data.store.samples import other_round as other_round
from tests.workbooks.make import FOLDER

UNITS = load_units("2020", "20")


@pytest.fixture
def filled(tmp_path, home) -> Path:
    path = tmp_path / "đã điền.xlsx"
    path.write_bytes(workbook(UNITS, random_values(UNITS, 3)))
    return path


def test_template_of_a_province_and_a_district(tmp_path, home, capsys):
    path = tmp_path / "mẫu.xlsx"
    assert commands.main(["template", "--year", "2022", "-o", str(path)]) == 0
    assert "200 đơn vị" in capsys.readouterr().out
    assert commands.main(["template", "--year", "2022", "--district", "178", "-o", str(path)]) == 0
    assert "8 đơn vị" in capsys.readouterr().out
    assert commands.main(["template", "--year", "2022", "--district", "999", "-o", str(path)]) == 1
    assert "Không có huyện mã 999" in capsys.readouterr().err


def test_import_then_scores_then_explain(filled, capsys):
    assert commands.main(["import", str(filled), "--year", "2022", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accepted"] == 200
    assert open_store().rounds.list() == []
    assert commands.main(["import", str(filled), "--year", "2022", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["units"], said["accepted"], said["errors"]) == (200, 200, 200, [])
    assert commands.main(["scores", "--year", "2022"]) == 0
    printed = capsys.readouterr()
    table = pd.read_csv(StringIO(printed.out), dtype={"code": str})
    assert len(table) == 200
    assert table["code"].str.len().eq(5).all()
    assert set(table["status"]) <= {"met", "not_met", "incomplete"}
    assert "tạm tính" in printed.err
    assert commands.main(["scores", "--year", "2022", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 200
    assert commands.main(["explain", "--year", "2022", "--unit", "05971"]) == 0
    assert "đã điền.xlsx" in capsys.readouterr().out


def test_observations_are_the_values_of_the_file_each_with_its_cell(filled, capsys):
    assert commands.main(["import", str(filled), "--year", "2022"]) == 0
    capsys.readouterr()
    assert commands.main(["observations", "--year", "2022"]) == 0
    table = pd.read_csv(StringIO(capsys.readouterr().out), dtype={"unit_code": str})
    assert list(table) == ["unit_code", "input_id", "value", "file", "sheet", "cell", "submission"]
    stored = table.pivot(index="unit_code", columns="input_id", values="value").loc[UNITS.index]
    given = random_values(UNITS, 3).astype("int64")
    assert stored[list(given)].to_numpy().tolist() == given.to_numpy().tolist()
    assert set(table["file"]) == {"đã điền.xlsx"}
    assert table["cell"].is_unique
    assert commands.main(["observations", "--year", "2022", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0] == table.iloc[0].to_dict()


def test_refused_import_stores_nothing(tmp_path, home, capsys):
    def spoil(sheet, cell):
        cell(0, "births").value = "x"

    path = tmp_path / "a.xlsx"
    path.write_bytes(edited(workbook(UNITS, random_values(UNITS, 3)), spoil))
    assert commands.main(["import", str(path), "--year", "2022", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["accepted"] == 0
    (error,) = said["errors"]
    assert {"sheet", "cell", "unit", "input", "code", "message"} <= set(error)
    assert (error["unit"], error["input"], error["code"]) == ("05971", "births", "not_a_number")
    assert open_store().rounds.list() == []


def test_refusals_are_one_sentence(home, capsys):
    for arguments in (
        ["import", "không-có.xlsx", "--year", "2022"],
        ["scores", "--year", "1999"],
        ["shapes", "undo"],
        ["shapes", "install", "không-có.geojson"],
    ):
        assert commands.main(arguments) == 1
        said = capsys.readouterr().err
        assert len(said.strip().splitlines()) == 1
        assert "Traceback" not in said


def test_explain_of_an_unknown_unit(filled, capsys):
    commands.main(["import", str(filled), "--year", "2022"])
    capsys.readouterr()
    assert commands.main(["explain", "--year", "2022", "--unit", "5971"]) == 1
    assert "5 chữ số" in capsys.readouterr().err


def test_another_vintage_than_the_open_one_is_refused(filled, capsys):
    commands.main(["import", str(filled), "--year", "2022"])
    assert commands.main(["import", str(filled), "--year", "2022", "--vintage", "2025-01"]) == 1


def test_file_of_another_province_opens_a_round_of_its_own_beside(filled, tmp_path, capsys):
    """REVIEW 1.2: this file entered the round of Lạng Sơn."""
    others = load_units("2020", "01").head(20)
    path = tmp_path / "01.xlsx"
    path.write_bytes(workbook(others, random_values(others, 1)))
    assert commands.main(["import", str(filled), "--year", "2022"]) == 0
    assert commands.main(["import", str(path), "--year", "2022", "--json"]) == 1
    (error,) = json.loads(capsys.readouterr().out.splitlines()[-1])["errors"]
    assert "Thành phố Hà Nội" in error["message"]
    assert commands.main(["import", str(path), "--year", "2022", "--province", "01", "--vintage", "2020"]) == 0
    capsys.readouterr()
    for province, units, codes in (("20", 200, UNITS.index), ("01", 579, others.index)):
        assert commands.main(["scores", "--year", "2022", "--province", province]) == 0
        table = pd.read_csv(StringIO(capsys.readouterr().out), dtype={"code": str, "total": "Int64"})
        assert len(table) == units
        assert set(codes) <= set(table["code"])
        assert (table["status"] != "incomplete").sum() == len(codes)
    assert commands.main(["explain", "--year", "2022", "--province", "01", "--unit", others.index[0]]) == 0
    assert "01.xlsx" in capsys.readouterr().out


def test_year_of_several_rounds_asks_for_one(filled, tmp_path, capsys):
    others = load_units("2020", "01").head(2)
    path = tmp_path / "01.xlsx"
    path.write_bytes(workbook(others, random_values(others, 1)))
    commands.main(["import", str(filled), "--year", "2022"])
    commands.main(["import", str(path), "--year", "2022", "--province", "01"])
    capsys.readouterr()
    for arguments in (
        ["scores", "--year", "2022"],
        ["explain", "--year", "2022", "--unit", "05971"],
        ["import", str(path), "--year", "2022"],
        ["template", "--year", "2022", "-o", str(tmp_path / "m.xlsx")],
    ):
        assert commands.main(arguments) == 1
        refusal = capsys.readouterr().err
        assert "--province 20 --standard qd-06-2019" in refusal
        assert "--province 01 --standard qd-06-2019" in refusal
    assert commands.main(["template", "--year", "2022", "--province", "99", "-o", str(tmp_path / "m.xlsx")]) == 1
    assert "Không có tỉnh mã 99" in capsys.readouterr().err


def test_figures_of_a_round_are_scored_by_another_standard(filled, capsys, other_round):
    commands.main(["import", str(filled), "--year", "2022"])
    capsys.readouterr()
    tables = []
    for options in ([], ["--standard", other_round.standard_id]):
        assert commands.main(["scores", "--year", "2022", *options]) == 0
        tables.append(capsys.readouterr().out)
    assert tables[0] == tables[1]  # a copy of the standard under another name
    assert commands.main(["scores", "--year", "2022", "--standard", "không-có"]) == 1
    commands.main(["import", str(FOLDER / "cham-phay.csv"), "--year", "2022", "--standard", other_round.standard_id])
    assert [round.standard_id for round in open_store().rounds.list()] == ["qd-06-2019", other_round.standard_id]
    capsys.readouterr()
    assert commands.main(["scores", "--year", "2022", "--standard", other_round.standard_id]) == 0
    own = pd.read_csv(StringIO(capsys.readouterr().out))
    assert (own["status"] == "incomplete").sum() > 150


def test_installation_is_set_to_a_province(home, tmp_path, monkeypatch, capsys):
    path = str(tmp_path / "m.xlsx")
    monkeypatch.setenv("APP_PROVINCE", "01")
    assert commands.main(["template", "--year", "2022", "-o", path]) == 0
    assert "579 đơn vị" in capsys.readouterr().out
    assert commands.main(["template", "--year", "2022", "--province", "all", "-o", path]) == 0
    assert "10599 đơn vị" in capsys.readouterr().out


def test_import_of_several_files_tells_each_and_what_changes(home, tmp_path, capsys):
    good, zipped = FOLDER / "cham-phay.csv", FOLDER / "muoi-mot-huyen.zip"
    assert commands.main(["import", str(zipped), str(good), "--year", "2022", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["files"]) == 12
    assert answer["units"] == 212
    assert "unit_in_other_file" in {one["code"] for one in answer["files"][-1]["warnings"]}
    assert answer["files"][0]["changes"]["added"] > 0
    assert answer["files"][-1]["changes"]["changed"] == 0
    assert commands.main(["import", str(good), "--year", "2022"]) == 0
    said = capsys.readouterr().out
    assert "Đúng tệp này đã nộp" in said
    assert "giữ nguyên 96" in said


def test_mapping_file_of_the_command_line(home, tmp_path, capsys):
    source, mapping = str(FOLDER / "nhan-viet-tat.xlsx"), str(tmp_path / "m.yaml")
    assert commands.main(["import", source, "--year", "2022", "--save-mapping", mapping]) == 1
    assert commands.main(["import", source, "--year", "2022", "--mapping", mapping, "--dry-run"]) == 0
    assert commands.main(["import", source, "--year", "2022"]) == 1
    capsys.readouterr()
    assert commands.main(["import", source, "--year", "2022", "--mapping", str(tmp_path / "không có.yaml")]) == 1
    assert "Không đọc được tệp đối chiếu" in capsys.readouterr().err
