"""Raw answers of the survey are counted to the four inputs, with the sample size and the margin said."""

import pytest

from data.intake.parameters import Reading
from data.intake.read import read_submission
from data.intake.surveys import margin_points
from tests.data.samples import STANDARD, UNITS, YEAR
from tests.workbooks.make import DINH_LAP, HEAD, plain_rows
from tests.workbooks.sheets import Sheet, to_xlsx

HEADER = ["STT", "Xã", "Huyện", "Đối tượng", "Trả lời"]
CODE = "06103"  # Xã Hòa Bình, Huyện Bình Gia


def read(rows, **sheets):
    content = to_xlsx({"Khảo sát": Sheet([["Phiếu khảo sát"], HEADER, *rows])} | sheets)
    return read_submission(content, "a.xlsx", Reading(STANDARD, UNITS, YEAR))


def answers(*given, who="Trẻ em"):
    return [[number, "Xã Hòa Bình", "Bình Gia", who, one] for number, one in enumerate(given, start=1)]


def test_answers_are_counted_by_unit_and_group():
    rows = answers("Hài lòng", "Rất hài lòng", "Không hài lòng", "Bình thường")
    rows += answers("Có", "Hài lòng", "Không", "Chưa hài lòng", who="Phụ huynh")
    ingest = read(rows)
    assert ingest.accepted
    assert ingest.wide().loc[CODE].to_dict() == {
        "surveyed_children": 4,
        "satisfied_children": 2,
        "surveyed_adults": 4,
        "satisfied_adults": 2,
    }
    assert set(ingest.observations["cell"]) == {"E3:E6", "E7:E10"}
    told = [one for one in ingest.notes if one.code == "survey_read"]
    assert len(told) == 2
    assert "2/4 người hài lòng (50 %, sai số ±" in told[0].message
    (scale,) = [one for one in ingest.notes if one.code == "survey_scale"]
    assert "Tính là hài lòng: Có, Hài lòng, Rất hài lòng." in scale.message
    assert "Bình thường" in scale.message.partition("không hài lòng:")[2]


@pytest.mark.parametrize("codes", [(1, 2), (5, 4, 3), ("0", "1")], ids=str)
def test_coded_answers_are_asked_never_assumed(codes):
    (error,) = read(answers(*codes)).errors
    assert (error.code, error.cell) == ("survey_coded", "E3")
    assert all(str(code) in error.message for code in codes)


@pytest.mark.parametrize(
    "legend", ["Trả lời (1 = Không; 2 = Có)", "Hài lòng (2: Có, 1: Không)", "Hài lòng (1-Không; 2-Có)"]
)
def test_header_says_what_coded_answers_mean(legend):
    rows = [["STT", "Xã", "Huyện", "Đối tượng", legend], *answers(2, 2, 1)]
    ingest = read_submission(to_xlsx({"K": Sheet(rows)}), "a.xlsx", Reading(STANDARD, UNITS, YEAR))
    assert ingest.wide().loc[CODE, ["surveyed_children", "satisfied_children"]].tolist() == [3, 2]


@pytest.mark.parametrize("name", ["_uuid", "uuid", "instanceID", "meta/instanceID"])
def test_form_that_was_sent_twice_counts_once(name):
    head = [*HEADER, name]
    rows = [[*row, f"u{row[0]}"] for row in answers("Có", "Có", "Không")]
    content = to_xlsx({"K": Sheet([head, *rows, rows[0], rows[0], rows[2]])})
    ingest = read_submission(content, "a.xlsx", Reading(STANDARD, UNITS, YEAR))
    assert ingest.wide().loc[CODE, ["surveyed_children", "satisfied_children"]].tolist() == [3, 2]
    (twice,) = [one for one in ingest.warnings if one.code == "survey_sent_twice"]
    assert "3 phiếu" in twice.message


def test_form_with_two_contents_is_an_error():
    rows = [[*row, "u1"] for row in answers("Có", "Không")]
    content = to_xlsx({"K": Sheet([[*HEADER, "_uuid"], *rows])})
    ingest = read_submission(content, "a.xlsx", Reading(STANDARD, UNITS, YEAR))
    assert [(one.code, one.cell) for one in ingest.errors] == [("survey_sent_changed", "F3")]


@pytest.mark.parametrize(("group", "answer"), [("Nhóm", "Đánh giá"), ("Nhóm", "Kết quả"), ("Đối tượng", "Kết quả")])
def test_columns_of_a_table_make_no_survey(group, answer):
    extra = {group: ["I", "II", "III"], answer: ["Đạt", "Chưa đạt", "Đạt"]}
    rows = [[*row, *(values[number % 3] for values in extra.values())] for number, row in enumerate(plain_rows())]
    content = to_xlsx({"Số liệu": Sheet([[*HEAD, *extra], *rows])})
    ingest = read_submission(content, "a.xlsx", Reading(STANDARD, UNITS, YEAR))
    assert ingest.accepted, ingest.errors
    assert not [one for one in ingest.findings if one.code.startswith("survey")]


def test_small_sample_is_warned_of():
    assert "survey_small" in {one.code for one in read(answers("Hài lòng")).warnings}


def test_blank_answer_is_not_counted_and_told():
    ingest = read(answers("Có", None, "Không", None))
    assert ingest.wide().loc[CODE, "surveyed_children"] == 2
    (blank,) = [one for one in ingest.warnings if one.code == "survey_blank"]
    assert "2 phiếu" in blank.message


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ([1, "Xã Hòa Bình", "Bình Gia", "Trẻ em", "tạm được"], "survey_answer_unclear", "E3"),
        ([1, "Xã Hòa Bình", "Bình Gia", "Cán bộ", "Hài lòng"], "survey_group_unclear", "D3"),
        ([1, "Xã Hòa Bình", None, "Trẻ em", "Hài lòng"], "unit_ambiguous", "B3"),
        ([1, "Xã Không Có", None, "Trẻ em", "Hài lòng"], "unit_unknown", "B3"),
        ([1, None, None, "Trẻ em", "Hài lòng"], "unit_absent", "B3"),
    ],
)
def test_unclear_answer_is_found_at_its_cell(row, code, cell):
    (error,) = read([row, *answers("Hài lòng")]).errors
    assert (error.code, error.cell) == (code, cell)


def test_survey_beside_the_table_of_figures():
    rows = [[1, DINH_LAP["name"].iloc[1], None, "Người dân", "Hài lòng"]] * 40
    ingest = read(rows, **{"Số liệu": Sheet([HEAD, *plain_rows()])})
    assert ingest.accepted
    wide = ingest.wide()
    assert wide.loc[DINH_LAP.index[1], ["surveyed_adults", "satisfied_adults"]].tolist() == [40, 40]
    assert wide["births"].notna().sum() == len(DINH_LAP)


@pytest.mark.parametrize(("good", "of", "low", "high"), [(50, 100, 9.5, 9.9), (30, 30, 5, 6), (0, 1, 30, 45)])
def test_margin_is_wilsons(good, of, low, high):
    assert low < margin_points(good, of) < high
