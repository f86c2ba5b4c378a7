"""The workbook with formulas: LibreOffice, computing it anew, comes to the points and counts of the engine."""

import random
import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
import yaml

from reports.exports.excel.live.workbook import build_formula_workbook
from reports.facts.assessment import Assessment
from reports.facts.counts import summarise_districts
from scoring.engine import score
from scoring.scores import STATUSES
from scoring.standard import STANDARDS_FOLDER, get_standard, load_standard
from scoring.words import NO_DATA, STATUS_WORDS
from tests.reports.exports.formula_samples import (
    load_odd_standard,
    random_assessment,
    recalculate,
    threshold_assessment,
    with_names,
    without_results,
)
from tests.reports.provinces import PROVINCES

MADE_ON = date(2022, 11, 24)
SHEETS = ["Đọc trước", "Số liệu", "Mức điểm", "Chấm điểm", "Tổng hợp", "Đối chiếu"]
HOSTILE = ["=1+1", "+x", "-1", "@SUM(A1)", '=HYPERLINK("x")', "'", '"&A1&"', "*", ">0", "<b>&amp;"]
FIRST, ID_ROW = 6, 5  # 1-based, as openpyxl counts


def build(assessment, codes=None) -> bytes:
    return build_formula_workbook(assessment, MADE_ON, codes)


def opened(content: bytes, results: bool):
    return openpyxl.load_workbook(BytesIO(content), data_only=results)


def read_scores(book) -> dict[str, dict]:
    """By unit code, what stands under each heading of “Chấm điểm”."""
    sheet = book["Chấm điểm"]
    headers = [sheet.cell(ID_ROW, column).value or sheet.cell(ID_ROW - 1, column).value for column in columns(sheet)]
    rows = sheet.iter_rows(min_row=FIRST, values_only=True)
    return {row[0]: dict(zip(headers, row, strict=True)) for row in rows}


def columns(sheet) -> range:
    return range(1, sheet.max_column + 1)


def expected_scores(assessment) -> dict[str, dict]:
    """The engine's results under the headings of “Chấm điểm”."""
    standard = assessment.standard
    found = {}
    for code, row in assessment.frame.iterrows():
        found[code] = {
            "Mã": code,
            "Đơn vị": row["name"],
            assessment.district_heading: row["district"],
            "Kết quả": STATUS_WORDS[row["status"]],
            assessment.total_heading: row["total"],
            "Điểm tối thiểu": row["minimum"],
            "Số chỉ tiêu thiếu số liệu": row["missing"],
            "Số tiêu chí 0 điểm": len(row["zeros"]),
            "Số ô sai": 0,
        }
        headings = {f"Tiêu chí {one.number}": one.id for one in standard.criteria}
        headings |= {f"Chỉ tiêu {one.id}": one.id for one in standard.indicators}
        found[code] |= {name: NO_DATA if pd.isna(row[id_]) else row[id_] for name, id_ in headings.items()}
    return found


def assert_agrees(book, assessment) -> None:
    """Points, totals, statuses, counts by district and by criterion, and the sheet that says that all agree."""
    assert read_scores(book) == expected_scores(assessment)
    frame, sheet = assessment.frame, book["Tổng hợp"]
    districts = summarise_districts(frame, 95).loc[frame["district_code"].unique()]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_col=7)]
    for row, (code, counts) in zip(rows, districts.iterrows(), strict=False):
        numbers = [counts["units"], *(counts[status] for status in STATUSES)]
        share = counts["met"] * 1000 // counts["units"] / 1000
        assert row == [code, counts["district"], *numbers, pytest.approx(share, abs=1e-12)]
    total = rows[len(districts)]
    assert total[:1] + total[2:6] == ["Cộng", len(frame), *((frame["status"] == one).sum() for one in STATUSES)]
    for row, criterion in zip(rows[len(districts) + 4 :], assessment.standard.criteria, strict=True):
        points = frame[criterion.id]
        assert row[1:4] == [criterion.name, (points == 0).sum(), points.isna().sum()]
        assert row[4] == ("–" if points.isna().all() else pytest.approx(points.mean()))
    check = book["Đối chiếu"]
    assert {row[6] for row in check.iter_rows(min_row=FIRST, values_only=True)} == {"Khớp"}
    assert check["A3"].value.startswith(f"Khớp tất cả {len(frame)} đơn vị")


@pytest.fixture(scope="module")
def samples(province_of, tmp_path_factory) -> dict:
    """Assessments to try, by name; those that are many times the same unit are cut short."""
    odd, standard = load_odd_standard(tmp_path_factory.mktemp("odd")), get_standard()
    provinces = {kind: province_of(kind) for kind in PROVINCES}
    same = {kind: one if kind == "demo" else one.restrict(one.units.index[:5]) for kind, one in provinces.items()}
    return same | {
        "random": random_assessment(standard, 200, seed=6, missing=0.02),
        "thresholds": threshold_assessment(standard),
        "odd": random_assessment(odd, 80, seed=2019, missing=0.02),
        "odd_thresholds": threshold_assessment(odd),
        "hostile": with_names(random_assessment(standard, 10, seed=1, missing=0.1), HOSTILE),
    }


@pytest.fixture(scope="module")
def workbooks(samples) -> dict[str, bytes]:
    return {name: build(assessment) for name, assessment in samples.items()}


@pytest.fixture(scope="module")
def book_of(workbooks) -> Callable[..., openpyxl.Workbook]:
    """A workbook of a sample, opened once with its results and once with its formulas; only to be read."""
    return cache(lambda name, results: opened(workbooks[name], results))


@pytest.fixture(scope="module")
def recalculated(office, workbooks, corrected) -> dict:
    """The workbooks without any stored result, and the corrected one, as LibreOffice computes them."""
    contents = {name: without_results(content) for name, content in workbooks.items()}
    blank = opened(contents["demo"], results=True)["Chấm điểm"]
    assert {cell.value for row in blank.iter_rows(min_row=FIRST) for cell in row} == {None}
    return recalculate(office, contents | {"corrected": corrected[1]})


NAMES = [*PROVINCES, "random", "thresholds", "odd", "odd_thresholds", "hostile"]


@pytest.mark.parametrize("name", NAMES)
def test_stored_results_are_the_engines(samples, book_of, name):
    book = book_of(name, results=True)
    assert book.sheetnames == SHEETS
    assert_agrees(book, samples[name])


@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_comes_to_the_same(samples, recalculated, name):
    assert_agrees(recalculated[name], samples[name])


def test_samples_try_everything(samples):
    """The samples hold each status, and points of every band of every indicator, with and without denominators."""
    for names in (("random", "thresholds", "demo"), ("odd", "odd_thresholds")):
        scores = [samples[name].scores for name in names]
        assert {status for one in scores for status in one.status} >= {"not_met", "incomplete", "met"}
        for place, indicator in enumerate(samples[names[0]].standard.indicators):
            bands = {band for one in scores for band in one.band[:, place]}
            assert bands >= set(range(len(indicator.bands)))
            assert indicator.denominator is None or -2 in bands


def test_every_result_is_a_formula_on_other_cells(book_of):
    sheet = book_of("demo", results=False)["Chấm điểm"]
    for row in sheet.iter_rows(min_row=FIRST, max_row=FIRST + 2):
        for cell in row:
            assert cell.data_type == "f"
            assert re.search(r"[A-Z]\d", cell.value)
            assert not re.search(r"_xlfn|LET\(|IFS\(|XLOOKUP|/", cell.value)


def test_missing_figures_are_empty_cells(samples, book_of):
    assessment, sheet = samples["random"], book_of("random", results=False)["Số liệu"]
    ids = [cell.value for cell in sheet[ID_ROW]][7:]
    assert ids == list(assessment.standard.inputs)
    assert [cell.value for cell in sheet[ID_ROW - 1]][7:] == [one.label for one in assessment.standard.inputs.values()]
    answers = {id_ for id_ in ids if assessment.standard.inputs[id_].kind == "answer"}
    for row, (code, values) in zip(
        sheet.iter_rows(min_row=FIRST, values_only=True), assessment.observations.iterrows(), strict=True
    ):
        assert row[0] == code
        for id_, value in zip(ids, row[7:], strict=True):
            figure = None if pd.isna(values[id_]) else int(values[id_])
            assert value == ({0: "Không", 1: "Có", None: None}[figure] if id_ in answers else figure)


def test_input_texts_are_never_formulas(book_of):
    for name in ("hostile", "odd"):
        for sheet in book_of(name, results=False):
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert not any(text in cell.value for text in ("1+1", "+x", "HYPERLINK", "Bộ thử", "=Tổng"))
    sheet = book_of("hostile", results=False)["Số liệu"]
    assert [sheet.cell(FIRST + row, 2).value for row in range(len(HOSTILE))] == HOSTILE
    assert {sheet.cell(FIRST + row, 2).data_type for row in range(len(HOSTILE))} == {"s"}


def test_first_sheet_says_what_is_in_doubt(book_of):
    sheet = book_of("demo", results=True)["Đọc trước"]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    for words in ("Số liệu minh họa", "tạm tính", "06/QĐ-TTg", "2022", "24/11/2022", "Tỉnh Lạng Sơn"):
        assert words in text


def test_one_district(assessment):
    codes = assessment.frame.index[assessment.frame["district_code"] == "180"]
    book = opened(build(assessment, codes), results=True)
    assert_agrees(book, assessment.restrict(codes))
    assert "Huyện Tràng Định" in [cell.value for cell in book["Đọc trước"]["B"]]
    with pytest.raises(ValueError, match="đơn vị"):
        build(assessment, [])
    with pytest.raises(KeyError):
        build(assessment, ["99999"])


@pytest.fixture(scope="module")
def corrected(assessment) -> tuple[Assessment, bytes]:
    """60 units, and their workbook after corrections by hand: thresholds, points, a minimum, figures, a class."""
    assessment = assessment.restrict(assessment.units.index[:60])
    book = opened(build(assessment), results=False)
    bands, data = book["Mức điểm"], book["Số liệu"]
    row_of = {bands.cell(row, 1).value: row for row in range(FIRST, bands.max_row + 1)}
    columns_of = {data.cell(ID_ROW, column).value: column for column in columns(data)}
    minimum = row_of["Xã, thị trấn miền núi, hải đảo; xã đặc biệt khó khăn"]
    for cell, before, after in (
        (bands.cell(row_of["7"], 6), 98, 97.1),
        (bands.cell(row_of["8.1"], 7), 15, 9),
        (bands.cell(row_of["9"] + 1, 8), 40, 45),
        (bands.cell(minimum, 6), 800, 930),
        (data.cell(FIRST, columns_of["officer"]), "Có", "Không"),
        (data.cell(FIRST + 1, columns_of["births"]), 79, None),
        (data.cell(FIRST + 2, columns_of["abused"]), 0, 1),
        (data.cell(FIRST + 3, 5), "Các xã, phường, thị trấn còn lại", bands.cell(minimum, 1).value),
    ):
        assert cell.value == before
        cell.value = after
    data.cell(FIRST + 4, columns_of["births_registered"]).value = 10_000
    data.cell(FIRST + 5, columns_of["children"]).value = "khoảng 900"
    data.cell(FIRST + 6, columns_of["special"]).value = 20.5
    data.cell(FIRST + 7, 5).value = "Loại lạ"
    buffer = BytesIO()
    book.save(buffer)
    return assessment, buffer.getvalue()


def test_corrections_are_followed(corrected, recalculated, tmp_path):
    """What was corrected in the file is scored as by a corrected engine; figures that can't be are counted."""
    assessment, found = corrected[0], recalculated["corrected"]
    codes = assessment.units.index
    content = yaml.safe_load((STANDARDS_FOLDER / "qd-06-2019.yaml").read_text(encoding="utf-8"))
    own = {one["id"]: one["bands"] for criterion in content["criteria"] for one in criterion["indicators"]}
    own["7"][0]["at_least"], own["8.1"][0]["mountainous"], own["9"][1]["points"] = 97.1, 9, 45
    content["recognition"]["conditions"][1]["classes"]["mountain_island_or_disadvantaged"]["points"] = 930
    (tmp_path / "changed.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    observations, units = assessment.observations.copy(), assessment.units.copy()
    observations.loc[codes[:3], ["officer", "births", "abused"]] = observations.loc[codes[:3]].assign(
        officer=[0, *observations.loc[codes[1:3], "officer"]],
        births=[observations.at[codes[0], "births"], pd.NA, observations.at[codes[2], "births"]],
        abused=[*observations.loc[codes[:2], "abused"], 1],
    )[["officer", "births", "abused"]]
    units.loc[codes[3], "unit_class"] = "mountain_island_or_disadvantaged"
    expected = score(observations, load_standard(tmp_path / "changed.yaml"), units).frame().set_index("code")

    scores, wrong = read_scores(found), codes[4:8]
    for code in codes.difference(wrong):
        assert scores[code]["Tổng điểm (tạm tính)"] == expected.at[code, "total"]
        assert scores[code]["Kết quả"] == STATUS_WORDS[expected.at[code, "status"]]
        for indicator in assessment.standard.indicators:
            points = expected.at[code, indicator.id]
            assert scores[code][f"Chỉ tiêu {indicator.id}"] == (NO_DATA if pd.isna(points) else points)
    changed = (expected["total"] != assessment.frame["total"]) | (expected["status"] != assessment.frame["status"])
    assert 10 < changed.sum() < len(codes)
    check = {row[0]: row[6] for row in found["Đối chiếu"].iter_rows(min_row=FIRST, values_only=True)}
    assert {code: check[code] == "Khác" for code in codes.difference(wrong)} == changed.drop(wrong).to_dict()
    assert "đơn vị khác với phần mềm" in found["Đối chiếu"]["A3"].value
    assert {scores[code]["Kết quả"] for code in wrong} == {STATUS_WORDS["incomplete"]}
    assert [scores[code]["Số ô sai"] for code in wrong] == [1, 1, 1, 0]
    assert scores[wrong[3]]["Điểm tối thiểu"] == "Chưa rõ loại"


def test_rounding_keeps_decimal_thresholds_exact():
    """What ROUND(threshold × denominator, 3) rests on: binary products stray, rounded ones compare as exact ones do."""
    chance = random.Random(2019)
    strayed = 0
    for _ in range(20_000):
        bound = Fraction(chance.randrange(1, 10**7), 1000)
        whole = chance.randrange(1, 10**5) * chance.choice((1, 1000))
        exact = bound * whole
        for reached in (exact.__floor__(), exact.__ceil__(), exact.__floor__() + 1):
            stored = float(bound) * whole
            assert (reached >= round(stored, 3)) == (reached >= exact)
            strayed += (reached >= stored) != (reached >= exact)
    assert strayed
