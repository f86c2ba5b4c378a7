"""The Word documents: reopened, their figures compared with the frame, their form with Decree 30/2020/NĐ-CP."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import pandas as pd
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from data.store import plan_round
from data.units.lists import default_classes, load_units
from reports.errors import ReportError
from reports.exports.word.fill import BUILT_IN
from reports.exports.word.issuer import Issuer, default_district_issuer, default_province_issuer, default_unit_issuer
from reports.exports.word.report import (
    DISTRICT_TEMPLATE,
    MINUTES_TEMPLATE,
    PROVINCE_TEMPLATE,
    SHEET_TEMPLATE,
    build_council_minutes,
    build_district_report,
    build_map_png,
    build_province_report,
    build_score_sheet,
)
from reports.exports.word.templates.make import make_templates
from reports.facts.assessment import Assessment, explain_unit
from reports.facts.comparison import compare
from reports.facts.counts import Counts, summarise_districts
from reports.facts.criteria import count_zeros
from reports.facts.sentences import describe_share
from scoring.engine import score
from scoring.explain import UnitTrace, explain
from scoring.standard import STANDARDS_FOLDER, load_standard
from scoring.words import NO_DATA, STATUS_WORDS, format_number, format_percent
from tests.data.samples import STANDARD, random_values
from tests.reports.provinces import make_years_apart

MADE_ON = date(2022, 12, 5)
HOSTILE = "Xã A & <B> {{x}} {% if y %} '\"</w:t>"
TEMPLATES = (PROVINCE_TEMPLATE, DISTRICT_TEMPLATE, SHEET_TEMPLATE, MINUTES_TEMPLATE)


@pytest.fixture(autouse=True)
def own_home(home):
    """No template of the developer's own state takes part."""


@pytest.fixture(scope="module")
def documents(assessment, before) -> list[WordDocument]:
    """The four documents of the demo province; only to be read."""
    return list(all_documents(assessment, before))


@pytest.fixture(scope="module")
def province(documents) -> WordDocument:
    return documents[0]


def best_values(units: pd.DataFrame) -> pd.DataFrame:
    """Figures that win every point."""
    values = pd.DataFrame(100, index=units.index, columns=list(STANDARD.inputs), dtype="Int64")
    for input_id, one in STANDARD.inputs.items():
        if one.kind == "answer":
            values[input_id] = 1
    for indicator in STANDARD.indicators:
        if not indicator.higher_is_better:
            values[indicator.numerator] = 0
    return values


def assess(values=best_values, year=2022, count=None, demo=0, standard=STANDARD, names=None) -> Assessment:
    planned = plan_round(year)
    units = load_units(planned.vintage, "20").join(default_classes(planned.vintage, "20"))
    units = units.rename(columns={"provenance": "class_provenance"}).head(count)
    if names is not None:
        units = units.assign(name=names, district=names)
    observations = values(units)
    return Assessment(
        planned, standard, units, observations, score(observations, standard, units), frozenset(units.index[:demo])
    )


def none_met(units: pd.DataFrame) -> pd.DataFrame:
    return best_values(units).assign(abused=100)


def all_missing(units: pd.DataFrame) -> pd.DataFrame:
    return best_values(units).iloc[:0]


def some_missing(units: pd.DataFrame) -> pd.DataFrame:
    return random_values(units, seed=1, missing=0.02)


def trace_of(assessment: Assessment, code: str) -> UnitTrace:
    return explain(code, assessment.scores, assessment.observations, assessment.units.loc[code])


def all_documents(assessment: Assessment, before: Assessment | None = None) -> Iterator[WordDocument]:
    """The four documents; those of a district and a unit are of the first."""
    code, district = assessment.units.index[0], assessment.units["district_code"].iloc[0]
    trace = trace_of(assessment, code)
    yield reopen(build_province_report(assessment, before, MADE_ON))
    yield reopen(build_district_report(assessment, before, district, MADE_ON))
    yield reopen(build_score_sheet(assessment, trace, MADE_ON))
    yield reopen(build_council_minutes(assessment, trace, MADE_ON))


def reopen(content: bytes) -> WordDocument:
    return Document(BytesIO(content))


def text_of(document: WordDocument) -> str:
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(qn("w:t"))) for paragraph in document.element.iter(qn("w:p"))
    )


def rows_of(document: WordDocument, *headings: str) -> list[list[str]]:
    """Rows of all tables whose first row begins with these headings, without that row."""
    found = []
    for table in document.tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if tuple(rows[0][: len(headings)]) == headings:
            found += rows[1:]
    return found


def footers_of(document: WordDocument) -> list[str]:
    section = document.sections[0]
    return [one.paragraphs[0].text for one in (section.footer, section.first_page_footer)]


def test_templates_are_what_the_script_makes(tmp_path):
    made = make_templates(tmp_path)
    assert {path.name for path in made} == set(TEMPLATES)
    for path in made:
        fresh, kept = (Document(str(one)) for one in (path, BUILT_IN / path.name))
        for part in fresh.part.package.iter_parts():
            twin = next(one for one in kept.part.package.iter_parts() if one.partname == part.partname)
            if part.partname not in ("/docProps/core.xml",):
                assert part.blob == twin.blob, (
                    f"{path.name} {part.partname}: run python -m reports.exports.word.templates.make"
                )


def test_counts_of_the_province_report(assessment, province):
    counted = assessment.frame["status"].value_counts()
    text = text_of(province)
    for status, words in (("met", "đạt"), ("not_met", "không đạt"), ("incomplete", "chưa đủ số liệu")):
        number = int(counted[status])
        assert f"{format_number(number)} đơn vị {words} ({format_percent(number, 200)})" in text
    failing = assessment.frame[assessment.frame["status"] == "not_met"]
    zeros = int((count_zeros(failing) > 0).sum())
    assert f"Trong {len(failing)} đơn vị không đạt, {zeros} đơn vị bị liệt" in text
    assert f"{len(failing) - zeros} đơn vị không có tiêu chí 0 điểm" in text
    lacking = assessment.frame[assessment.frame["status"] == "incomplete"]
    hopeful = int(((count_zeros(lacking) == 0) & (lacking["ceiling"] >= lacking["minimum"])).sum())
    assert 0 < hopeful < len(lacking)
    possible = format_percent(int(counted["met"]) + hopeful, 200)
    assert f"{hopeful} đơn vị còn có thể đạt; nếu đều đạt, tỷ lệ sẽ là {possible}" in text
    assert "chưa đạt chỉ tiêu 95 %" in text


def test_districts_of_the_province_report(assessment, province):
    rows = rows_of(province, "STT", "Huyện, thành phố")
    summary = summarise_districts(assessment.frame, 95)
    assert len(rows) == len(summary) + 1
    for row, one in zip(rows, summary.itertuples(), strict=False):
        shown = [one.district, *map(str, (one.units, one.met, one.not_met, one.incomplete))]
        assert row[1:] == [*shown, format_percent(one.met, one.units), str(one.short_of_target)]
    assert rows[-1][1:6] == ["Cộng", "200", *(str(int(summary[one].sum())) for one in ("met", "not_met", "incomplete"))]


def test_annexes_hold_every_unit_once_with_its_figures(assessment, province):
    frame = assessment.frame
    heads = ("STT", "Đơn vị", "Huyện, thành phố")
    met = rows_of(province, *heads, "Loại")
    others = rows_of(province, *heads, "Kết quả")
    shown_met = frame[frame["status"] == "met"]
    assert [row[1] for row in met] == shown_met["name"].tolist()
    assert [row[4] for row in met] == [format_number(int(one)) for one in shown_met["total"]]
    assert [row[5] for row in met] == [format_number(int(one)) for one in shown_met["minimum"]]
    rest = frame[frame["status"] != "met"]
    assert [row[0] for row in others] == [str(one) for one in range(1, len(rest) + 1)]
    for row, (code, unit) in zip(others, rest.iterrows(), strict=True):
        assert row[1:4] == [unit["name"], unit["district"], STATUS_WORDS[unit["status"]]]
        assert row[4].split()[0] == format_number(int(unit["total"]))
        assert (unit["status"] == "incomplete") == ("điểm đã có" in row[4])
        for reason in assessment.scores.reasons(code):
            number = reason.subject.removeprefix("tc")
            wanted = {
                "criterion_at_zero": number if len(unit["zeros"]) > 2 else f"Tiêu chí {number} (",
                "total_short": f"thiếu {reason.points} điểm",
                "inputs_missing": number,
            }
            assert wanted[reason.code] in row[5]


def test_changes_against_the_year_before(assessment, before, province):
    compared = compare(before, assessment).units
    kinds = compared["kind"].value_counts()
    text = text_of(province)
    assert f"{kinds['gained']} đơn vị mới đạt, {kinds['lost']} đơn vị mất kết quả đạt" in text
    assert "Số liệu năm 2021: số liệu minh họa và điểm tạm tính" in text
    changed = compared[compared["kind"].isin(["gained", "lost"])]
    rows = rows_of(province, "STT", "Đơn vị", "Huyện, thành phố", "Năm 2021")
    assert [row[1] for row in rows] == changed["name"].tolist()
    assert [row[4] for row in rows] == [
        f"{STATUS_WORDS[one.status]} ({format_number(int(one.total))})" for one in changed.itertuples()
    ]


def test_without_a_year_before_or_with_other_units():
    now = assess()
    assert "chưa có số liệu năm trước" in text_of(reopen(build_province_report(now, None, MADE_ON)))
    other = assess(year=2022, count=3)
    other = replace(other, units=other.units.rename(index=lambda code: f"9{code}"[:5]))
    scores = score(other.observations.iloc[:0], other.standard, other.units)
    text = text_of(reopen(build_province_report(now, replace(other, scores=scores), MADE_ON)))
    assert "không có đơn vị nào có ở cả hai năm" in text
    assert "Phụ lục III" not in text


def test_units_of_another_list_are_neither_newly_met_nor_lost():
    """65 codes stand in both lists, none of them is the same unit: the proof of the review, §1.1."""
    before, now = make_years_apart()
    district = now.units["district_code"].iloc[0]
    for content in (
        build_province_report(now, before, date(2026, 12, 1)),
        build_district_report(now, before, district, date(2026, 12, 1)),
    ):
        document = reopen(content)
        text = text_of(document)
        assert "Không so sánh từng đơn vị: năm 2025 có" in text
        assert "mới đạt" not in text
        assert "mất kết quả" not in text
        assert "Phụ lục III" not in text
        assert not rows_of(document, "STT", "Đơn vị", "Địa bàn huyện cũ", "Năm 2025")
    assert "số đơn vị đạt năm 2025 là 0/194, năm 2026 là 65/65" in text_of(
        reopen(build_province_report(now, before, date(2026, 12, 1)))
    )


def test_points_of_another_standard_are_not_compared(assessment, before):
    other = replace(before, standard=before.standard.model_copy(update={"id": "khac", "title": "Bộ khác"}))
    text = text_of(reopen(build_province_report(assessment, other, MADE_ON)))
    assert "Không so sánh từng đơn vị: năm 2021 chấm theo Bộ khác" in text
    assert "mới đạt" not in text
    assert "Phụ lục III" not in text


def test_district_report_shows_its_units_only(assessment, before):
    document = reopen(build_district_report(assessment, before, "187", MADE_ON))
    frame = assessment.frame[assessment.frame["district_code"] == "187"]
    rows = rows_of(document, "STT", "Đơn vị", "Loại", "Tổng điểm (tạm tính)", "Điểm tối thiểu", "Kết quả")
    assert [row[1] for row in rows] == frame["name"].tolist()
    for row, unit in zip(rows, frame.itertuples(), strict=True):
        assert row[3].split()[0] == format_number(int(unit.total))
        assert row[4:6] == [format_number(int(unit.minimum)), STATUS_WORDS[unit.status]]
        zeros = ", ".join(one.removeprefix("tc") for one in unit.zeros)
        assert row[6] == (zeros or "–")
    text = text_of(document)
    assert f"Huyện Chi Lăng có {len(frame)} đơn vị" in text
    assert "ỦY BAN NHÂN DÂN HUYỆN CHI LĂNG" in text
    with pytest.raises(KeyError):
        build_district_report(assessment, None, "999", MADE_ON)


@pytest.mark.parametrize("code", ["05971", "06388"])  # one met, one without all figures
def test_score_sheet(demo_store, assessment, code):
    trace = explain_unit(demo_store, assessment, code)
    document = reopen(build_score_sheet(assessment, trace, MADE_ON))
    unit = assessment.frame.loc[code]
    rows = {row[0]: row for row in rows_of(document, "Số", "Tiêu chí, chỉ tiêu") if "." in row[0]}
    for indicator in STANDARD.indicators:
        if "." in indicator.id:
            points = unit[indicator.id]
            assert rows[indicator.id][4].split(" (")[0] == (NO_DATA if pd.isna(points) else str(points))
            assert rows[indicator.id][5] == str(indicator.max_points)
    criteria = [row for row in rows_of(document, "Số", "Tiêu chí, chỉ tiêu") if row[1] in CRITERIA]
    assert [row[4].split(" (")[0] for row in criteria] == [
        NO_DATA if pd.isna(unit[one.id]) else str(unit[one.id]) for one in STANDARD.criteria
    ]
    sources = rows_of(document, "Chỉ tiêu", "Số liệu", "Giá trị", "Nguồn")
    assert {row[1] for row in sources} == {one.label for one in STANDARD.inputs.values()}
    assert all("ô " in row[3] and "so-lieu-minh-hoa-2022.xlsx" in row[3] for row in sources)
    text = text_of(document)
    assert f"Điểm tối thiểu: {unit['minimum']}" in text
    assert STATUS_WORDS[unit["status"]] in text
    assert ("điểm đã có" in text) == (unit["status"] == "incomplete")


CRITERIA = {one.name for one in STANDARD.criteria}


def test_minutes_are_a_form_with_the_results(assessment):
    trace = trace_of(assessment, "06388")
    document = reopen(build_council_minutes(assessment, trace, MADE_ON))
    rows = rows_of(document, "Số", "Tiêu chí", "Tối đa", "Điểm")
    assert [row[0] for row in rows[:-1]] == [str(one.number) for one in STANDARD.criteria]
    unit = assessment.frame.loc["06388"]
    for row, one in zip(rows, STANDARD.criteria, strict=False):
        assert row[2] == str(one.max_points)
        assert row[3].split(" (")[0] == (NO_DATA if pd.isna(unit[one.id]) else str(unit[one.id]))
        assert ("bị liệt" in row[3]) == (one.id in unit["zeros"])
        assert row[4] == ""
    text = text_of(document)
    assert "chưa có kết quả" in text
    for blank in ("Chủ trì:", "Thư ký:", "tán thành ……", "☐ Đề nghị công nhận", "Số:        /BB-HĐĐG"):
        assert blank in text


@pytest.mark.parametrize(
    ("values", "count", "met"),
    [(best_values, None, 200), (none_met, None, 0), (best_values, 1, 1), (all_missing, None, 0), (all_missing, 1, 0)],
)
def test_extreme_years(values, count, met):
    assessment = assess(values, count=count)
    units = len(assessment.units)
    documents = list(all_documents(assessment, assessment))
    for document in documents:
        text = text_of(document)
        assert "{{" not in text
        assert "{%" not in text
        assert "nan" not in text.lower().split()
    report = documents[0]
    text = text_of(report)
    assert f"{met} đơn vị đạt ({format_percent(met, units)})" in text
    assert len(rows_of(report, "STT", "Đơn vị", "Huyện, thành phố", "Loại")) == met
    assert len(rows_of(report, "STT", "Đơn vị", "Huyện, thành phố", "Kết quả")) == units - met
    assert ("đạt chỉ tiêu 95 %." in text and "chưa đạt chỉ tiêu" not in text) == (met == units)
    assert text.count("Không có đơn vị nào.") == (1 if met in (0, units) else 0)
    if values is all_missing:
        assert f"{NO_DATA} của cả {len(STANDARD.indicators)} chỉ tiêu" in text
        assert f"{units} đơn vị chưa đủ số liệu nên chưa kết luận được" in text
        assert f"{units} đơn vị còn có thể đạt; nếu đều đạt, tỷ lệ sẽ là 100 %" in text
        assert "Tất cả đơn vị đã đủ số liệu" not in text


def test_share_is_cut_at_the_target():
    just_below = Counts(units=2000, met=1899, not_met=101, incomplete=0, target_percent=95)
    assert describe_share(just_below, 0) == "Tỷ lệ đạt 94,9 %, chưa đạt chỉ tiêu 95 %; còn thiếu 1 đơn vị."
    reached = replace(just_below, met=1900, not_met=100)
    assert describe_share(reached, 0) == "Tỷ lệ đạt 95 %, đạt chỉ tiêu 95 %."
    unknown = replace(just_below, not_met=99, incomplete=2)
    assert "2 đơn vị chưa đủ số liệu, 1 đơn vị còn có thể đạt; nếu đều đạt, tỷ lệ sẽ là 95 %" in describe_share(
        unknown, 1
    )
    assert "không còn đủ điểm để đạt" in describe_share(unknown, 0)


def test_figures_in_doubt_are_marked_everywhere(assessment, documents, province):
    for document in documents:
        assert footers_of(document) == ["Số liệu minh họa · Điểm tạm tính"] * 2
        text = text_of(document)
        assert "Số liệu minh họa: không phải số liệu thật" in text
        assert "Tổng điểm (tạm tính)" in text
        assert "Đề nghị cấp có thẩm quyền" not in text
    assert "Danh sách đơn vị đạt, chưa phải căn cứ đề nghị công nhận" in text_of(province)
    assert "chưa phải căn cứ đề nghị công nhận" in text_of(
        reopen(build_council_minutes(assessment, trace_of(assessment, "05971"), MADE_ON))
    )


def test_units_with_illustrative_figures_are_named_among_real_ones():
    report = reopen(build_province_report(assess(demo=2), None, MADE_ON))
    rows = rows_of(report, "STT", "Đơn vị", "Huyện, thành phố", "Loại")
    assert [("số liệu minh họa" in row[1]) for row in rows] == [True] * 2 + [False] * 198
    assert "2/200 đơn vị dùng số liệu minh họa" in text_of(report)


def test_checked_figures_carry_no_doubt(tmp_path):
    source = (STANDARDS_FOLDER / "qd-06-2019.yaml").read_text(encoding="utf-8")
    path = tmp_path / "qd-06-2019.yaml"
    path.write_text(source.replace("provenance: provisional", "provenance: seen"), encoding="utf-8")
    sure = assess(standard=load_standard(path))
    documents = list(all_documents(sure))
    for document in documents:
        assert footers_of(document) == ["", ""]
        assert "tạm tính" not in text_of(document)
        assert "minh họa" not in text_of(document)
    text = text_of(documents[0])
    assert "Đề nghị cấp có thẩm quyền xem xét, công nhận 200 đơn vị" in text
    assert "Danh sách đơn vị đạt, đề nghị công nhận" in text


def test_hostile_names_are_written_as_they_are():
    assessment = assess(some_missing, count=4, names=[HOSTILE] * 4)
    for document in all_documents(assessment, assessment):
        assert HOSTILE[1:] in text_of(document)
    strange = assess(count=2, names=["Xã\x00 \x0bdòng\nmới\f", "\ufffeXã"])
    for document in all_documents(strange):
        assert "ã dòng mới" in text_of(document)


def test_page_is_that_of_the_decree(documents):
    for document in documents:
        (section,) = document.sections
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert 20 <= round(section.top_margin.mm, 1) <= 25
        assert 20 <= round(section.bottom_margin.mm, 1) <= 25
        assert 30 <= round(section.left_margin.mm, 1) <= 35
        assert 15 <= round(section.right_margin.mm, 1) <= 20
        assert section.different_first_page_header_footer
        assert not section.first_page_header._element.findall(f".//{qn('w:instrText')}")
        (number,) = section.header.paragraphs
        assert number.alignment == 1
        assert [one.text for one in number._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_type_is_times_new_roman(documents):
    for document in documents:
        styles = document.styles.element
        for part in (styles, document.element):
            for fonts in part.iter(qn("w:rFonts")):
                assert set(fonts.attrib.values()) == {"Times New Roman"}, fonts.attrib
        assert {document.styles[name].font.size for name in ("Normal", "Đoạn văn", "Heading 1")} == {Pt(14)}
        assert document.styles["Ô bảng"].font.size == Pt(12)
        assert 'w:lang w:val="vi-VN"' in styles.xml


def test_tables_stay_within_the_margins_and_repeat_their_headings(documents):
    for document in documents:
        section = document.sections[0]
        across = section.page_width - section.left_margin - section.right_margin
        for table in document.tables:
            widths = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid.iter(qn("w:gridCol"))]
            assert sum(widths) * 635 <= across + Mm(0.5)
            assert not table.autofit
        for table in document.tables[1:-1]:
            bordered = table._tbl.tblPr.find(qn("w:tblBorders")) is not None
            if bordered:
                assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
                assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_letterhead(assessment):
    issuer = Issuer("CƠ QUAN TRÊN", "CƠ QUAN A & B", "Lạng Sơn", "BC-AB", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), ("Ai đó;",))
    document = reopen(build_province_report(assessment, None, date(2023, 2, 3), issuer=issuer))
    left, right = document.tables[0].rows[0].cells
    assert [one.text for one in left.paragraphs][:2] == ["CƠ QUAN TRÊN", "CƠ QUAN A & B"]
    assert [one.text for one in right.paragraphs][:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    for cell in (left, right):
        assert cell.paragraphs[-1]._p.find(f".//{qn('w:pBdr')}") is not None
    number, day = document.tables[0].rows[1].cells
    assert number.text == "Số:        /BC-AB"
    assert day.text == "Lạng Sơn, ngày 03 tháng 02 năm 2023"
    assert day.paragraphs[0].runs[0].italic
    signed = document.tables[[len(one.rows) for one in document.tables].index(1)]
    assert "Nơi nhận:\n- Ai đó;" in signed.rows[0].cells[0].text
    assert signed.rows[0].cells[1].text.startswith("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC")


def test_issuers_follow_the_date(assessment):
    assert default_province_issuer(assessment, date(2025, 2, 28)).symbol == "BC-SLĐTBXH"
    assert default_province_issuer(assessment, date(2025, 3, 1)).symbol == "BC-SYT"
    assert default_district_issuer(assessment, "187", date(2025, 6, 30)).place == "Chi Lăng"
    assert default_district_issuer(assessment, "187", date(2025, 7, 1)).body == "SỞ Y TẾ"
    assert default_unit_issuer(assessment, "05971", date(2025, 6, 30)).recipients[0] == "UBND thành phố Lạng Sơn;"
    assert default_unit_issuer(assessment, "05971", date(2025, 7, 1)).recipients[0] == "UBND tỉnh Lạng Sơn;"
    nation = replace(assessment, round=replace(assessment.round, key=replace(assessment.round.key, area="VN")))
    assert "trên cả nước" in text_of(reopen(build_province_report(nation, None, MADE_ON)))


def test_after_july_2025_districts_are_former_areas():
    assessment = assess(some_missing, year=2025)
    day = date(2025, 12, 1)
    province = text_of(reopen(build_province_report(assessment, None, day)))
    assert "KẾT QUẢ THEO ĐỊA BÀN HUYỆN CŨ" in province
    document = reopen(build_district_report(assessment, None, "181", day))
    assert "Địa bàn huyện Bình Gia cũ có 8 đơn vị" in text_of(document)
    assert "năm 2025 trên địa bàn huyện Bình Gia cũ" in text_of(document)
    assert "ỦY BAN NHÂN DÂN HUYỆN" not in text_of(document)
    code = assessment.units.index[assessment.units["district_code"] == "181"][0]
    sheet = text_of(reopen(build_score_sheet(assessment, trace_of(assessment, code), day)))
    assert "địa bàn huyện Bình Gia cũ, tỉnh Lạng Sơn" in sheet


def test_map_is_a_picture_with_its_source(assessment):
    png = build_map_png(assessment, MADE_ON, "178")
    assert png.startswith(b"\x89PNG")
    document = reopen(build_district_report(assessment, None, "178", MADE_ON, png))
    (shape,) = document.inline_shapes
    assert shape.width == Mm(160)
    assert "Bản đồ kết quả đánh giá năm 2022" in shape._inline.docPr.get("descr")
    assert "Hình 1. Bản đồ kết quả đánh giá năm 2022. Bản đồ sơ đồ" in text_of(document)
    assert "không kèm bản đồ" in text_of(reopen(build_district_report(assessment, None, "178", MADE_ON)))
    with pytest.raises(KeyError):
        build_map_png(assessment, MADE_ON, "999")


def replace_template(home, name: str, edit=None, content: bytes | None = None) -> None:
    folder = home / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    if content is None:
        document = Document(str(BUILT_IN / name))
        edit(document)
        document.save(str(folder / name))
    else:
        (folder / name).write_bytes(content)


def test_an_administrators_template_is_used(assessment, home):
    replace_template(home, PROVINCE_TEMPLATE, lambda one: one.add_paragraph("Mẫu riêng: {{ so_dat }} đơn vị"))
    text = text_of(reopen(build_province_report(assessment, None, MADE_ON)))
    assert f"Mẫu riêng: {int((assessment.frame['status'] == 'met').sum())} đơn vị" in text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{{ khong_co }}", "“khong_co”"),
        ("{{ so_dat ", "viết sai"),
        ("{%p for x in dat %}", "viết sai"),
        ("{{ ''.__class__.__mro__ }}", "mẫu"),
    ],
)
def test_a_broken_template_is_one_sentence(assessment, home, line, reason):
    replace_template(home, PROVINCE_TEMPLATE, lambda one: one.add_paragraph(line))
    with pytest.raises(ReportError, match=PROVINCE_TEMPLATE.removesuffix(".docx")) as refused:
        build_province_report(assessment, None, MADE_ON)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_document_is_one_sentence(assessment, home, content):
    replace_template(home, SHEET_TEMPLATE, content=content)
    with pytest.raises(ReportError, match="không phải là tài liệu Word"):
        build_score_sheet(assessment, trace_of(assessment, "05971"), MADE_ON)


def test_libreoffice_opens_it(assessment, before, office):
    content = build_district_report(assessment, before, "187", MADE_ON)
    assert office.convert({"bao-cao.docx": content}, "pdf")["bao-cao.pdf"].startswith(b"%PDF")
