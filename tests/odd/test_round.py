"""The way of a round under the odd standard: form, workbook, points, trace, plans, scenario, on the command line."""

import json

import openpyxl
import pandas as pd
import pytest

import commands
from data.demo.province import make_values
from data.store import open_store
from data.units.lists import load_units
from reports.exports.excel.collection import build_collection
from scoring.explain import explain
from scoring.gaps import find_plans, is_enough
from scoring.scenario import apply_scenario
from scoring.scenario_model import LAW, BandChange, Scenario
from scoring.scenario_words import describe_scenario
from scoring.standard import get_standard, list_standards, standard_for_year
from tests.odd.words import find_foreign

UNITS = load_units("2020", "20")


def run(capsys, *arguments: str) -> str:
    assert commands.main(list(arguments)) == 0
    return capsys.readouterr().out


def test_it_is_the_standard_of_every_year():
    assert list_standards() == ["odd"]
    assert {standard_for_year(year).id for year in (1999, 2022, 2030)} == {"odd"}


def test_form_is_filled_in_and_imported(home, tmp_path, capsys):
    path = str(tmp_path / "form.xlsx")
    run(capsys, "template", "--year", "2024", "-o", path)
    assert find_foreign(read_texts(path)) == []
    standard, values = get_standard("odd"), make_values(2022, UNITS, get_standard("odd"))
    build_collection(path, standard, UNITS, 2024, values)
    answer = json.loads(run(capsys, "import", path, "--year", "2024", "--json"))
    assert (answer["accepted"], answer["errors"]) == (200, [])
    store = open_store()
    stored = store.observations.load(store.rounds.choose(2024))
    store.close()
    pd.testing.assert_frame_equal(stored.loc[UNITS.index], values, check_names=False)


def test_table_of_an_officer_with_other_names_is_imported(home, tmp_path, capsys):
    book = openpyxl.Workbook()
    rows = UNITS.head(3)
    book.active.append(["STT", "Xã", "Số học sinh tiểu học", "Bơi được", "Có đường dây nóng"])
    for number, name in enumerate(rows["name"], start=1):
        book.active.append([number, name, 30, 20 + number, "Có"])
    path = str(tmp_path / "a.xlsx")
    book.save(path)
    answer = json.loads(run(capsys, "import", path, "--year", "2022", "--json"))
    assert (answer["accepted"], answer["errors"]) == (3, [])
    store = open_store()
    stored = store.observations.load(store.rounds.choose(2022)).loc[rows.index]
    store.close()
    assert stored["swimmers"].tolist() == [21, 22, 23]


def read_texts(path: str) -> str:
    sheets = openpyxl.load_workbook(path).worksheets
    cells = [cell for sheet in sheets for row in sheet for cell in row]
    return "\n".join(f"{cell.value or ''} {cell.comment.text if cell.comment else ''}" for cell in cells)


def test_commands_tell_points_and_traces(odd_home, years, capsys):
    table = run(capsys, "scores", "--year", "2022")
    assert table.splitlines()[0].endswith("unit_class,status,total,k1,k2,k3,k4,a,b,c,d")
    for code in years[-1].frame.index[::40]:
        text = run(capsys, "explain", "--year", "2022", "--unit", code)
        assert "Tiêu chí 1. An toàn dưới nước" in text
        assert find_foreign(text) == []


def test_every_plan_is_the_engines(years):
    now = years[-1]
    failing = now.frame.index[now.frame["status"] == "not_met"]
    planned = 0
    for code in failing:
        for plan in find_plans(code, now.scores, now.observations, now.units):
            assert is_enough(code, plan.steps, now.standard, now.observations, now.units)
            planned += 1
    assert planned > len(failing) / 2


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        (LAW.with_band("a", 1, BandChange(threshold="2.5")), "từ 2 thành 2,5 trên 1.000 người dưới 18 tuổi"),
        (LAW.with_band("b", 0, BandChange(threshold=90)), "từ 80 thành 90 %"),
        (LAW.with_band("c", 1, BandChange(threshold=2)), "từ 1 thành 2 trường hợp"),
        (Scenario(weights={"k4": 0}, minimum_rule="proportional"), "từ 70 thành 63, theo tỷ lệ tổng điểm 90 trên 100"),
        (Scenario(weights={"k4": 2}), "Gấp đôi điểm tiêu chí 4 (Đường dây nóng): tối đa từ 10 thành 20"),
        (Scenario(minimums={"near": 80}), "“Nơi gần”: từ 70 thành 80"),
    ],
)
def test_scenarios(years, scenario, words):
    now = years[-1]
    texts = describe_scenario(scenario, now.standard, now.units, now.observations)
    assert any(words in text for text in texts)
    standard, *_ = apply_scenario(scenario, now.standard, now.units, now.observations)
    assert standard.recognition.zero_knocks_out is False
    assert standard.total_edges[-1] <= standard.total_points


def test_trace_of_every_unit(years):
    for assessment in years:
        for code in assessment.units.index:
            text = explain(code, assessment.scores, assessment.observations, assessment.units.loc[code]).text()
            assert find_foreign(text) == []
