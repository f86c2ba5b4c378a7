"""The slides, opened again: figures equal the assessment's, nothing runs off a slide, bad templates are refused."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Pt

from data.store import plan_round
from data.units.lists import default_classes, load_units
from reports.errors import ReportError
from reports.exports.powerpoint.build import TextSlide, build_slides
from reports.exports.powerpoint.deck import TEMPLATE_NAME, find_slides_template
from reports.exports.powerpoint.fit import clean_text, measure_text, shorten_text, wrap_text
from reports.exports.powerpoint.slides.map import MapPicture
from reports.exports.powerpoint.templates.make import build_template
from reports.facts.assessment import Assessment
from reports.facts.comparison import compare
from reports.facts.counts import count_knocked_out, count_statuses, summarise_districts
from reports.facts.criteria import count_zeros
from scoring.engine import score
from scoring.scores import STATUSES
from scoring.standard import get_standard
from scoring.words import STATUS_WORDS, format_number, format_percent
from tests.data.samples import random_values
from tests.reports.provinces import make_years_apart

MADE_ON = date(2022, 11, 30)
STANDARD = get_standard()
UNWANTED = {"abused", "offending", "drug_addicted", "injured", "under5_underweight", "under5_stunted"}
HOSTILE = '=HYPERLINK("http://x") <&> \x00\x0b\ufffe {{ten}} ' + "Dài" * 200


def picture() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (300, 200), "white").save(buffer, "png")
    return buffer.getvalue()


MAP = picture()


@pytest.fixture(autouse=True)
def _own_home(home):
    """No template of the developer's own."""


def with_figures(assessment: Assessment, observations: pd.DataFrame) -> Assessment:
    scores = score(observations, assessment.standard, assessment.units)
    return replace(assessment, observations=observations, scores=scores)


def full_marks(assessment: Assessment, **values: int) -> Assessment:
    """Every unit with all points, but for these values."""
    good = {one.id: 1 if one.kind == "answer" else 0 if one.id in UNWANTED else 500 for one in STANDARD.inputs.values()}
    figures = pd.DataFrame(good | values, index=assessment.units.index).astype("Int64")
    return with_figures(assessment, figures)


def year_2025(names: str | None = None) -> Assessment:
    """The 65 communes since July 2025, with random figures."""
    planned = plan_round(2025)
    classes = default_classes(planned.vintage, planned.province_code).rename(columns={"provenance": "class_provenance"})
    units = load_units(planned.vintage, planned.province_code).join(classes)
    if names:
        units = units.assign(name=names, district=names)
    figures = random_values(units, seed=1, missing=0.01)
    return Assessment(planned, STANDARD, units, figures, score(figures, STANDARD, units), frozenset())


def open_slides(content: bytes) -> list:
    return list(Presentation(BytesIO(content)).slides)


def build(assessment: Assessment, before: Assessment | None, **others) -> list:
    return open_slides(build_slides(assessment, before, MADE_ON, **{"map_png": MAP, **others}))


def texts(slide) -> str:
    frames = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    return "\n".join(frames).replace("\u00a0", " ")


def charts(slide) -> list:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def tables(slide) -> list[list[list[str]]]:
    found = [shape.table for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def series_of(chart) -> dict[str, list]:
    return {one.name: list(one.values) for one in chart.plots[0].series}


def check_layout(content: bytes) -> None:
    """Nothing outside its slide, nothing too small, nothing left empty, everything with its footer."""
    presentation = Presentation(BytesIO(content))
    for number, slide in enumerate(presentation.slides, start=1):
        footers = [one.text for one in slide.placeholders if "FOOTER" in str(one.placeholder_format.type)]
        numbers = [one.text for one in slide.placeholders if "SLIDE_NUMBER" in str(one.placeholder_format.type)]
        assert len(footers) == 1
        assert re.match(r"Năm \d{4}", footers[0])
        assert numbers == [str(number)]
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(ids) == len(set(ids))
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height
            if shape.has_text_frame:
                assert shape.text_frame.text.strip(), (number, shape.name)
                sizes = [run.font.size for one in shape.text_frame.paragraphs for run in one.runs if run.font.size]
                assert all(size >= Pt(18) for size in sizes)
            else:
                assert shape._element.xpath(".//p:cNvPr/@descr"), (number, shape.name)
            if shape.has_table:
                check_table(shape)


def check_table(shape) -> None:
    floor = 6.85  # of the places for tables, in inches; the footer's rule is below
    heights = sum(row.height for row in shape.table.rows)
    assert (shape.top + heights) / 914400 <= floor
    for row in shape.table.rows:
        tallest = 0
        for cell, column in zip(row.cells, shape.table.columns, strict=True):
            sizes = [float(size) / 100 for size in cell._tc.xpath(".//@sz")]
            assert sizes  # an empty cell too, else it takes 18 points
            assert min(sizes) >= 12
            if not cell.is_merge_origin:
                tallest = max(tallest, len(wrap_text(cell.text, column.width.inches - 0.14, sizes[0])) * sizes[0])
        assert row.height.inches >= tallest / 72  # else the row would grow and the table run over


def shown_rows(table: list[list[str]]) -> tuple[list[list[str]], int]:
    """Rows below the header, and how many the last row says are left out."""
    rows = table[1:]
    more = re.fullmatch(r"và ([\d.]+) \S+( \S+)? khác", rows[-1][0]) if rows else None
    return (rows[:-1], int(more[1].replace(".", ""))) if more else (rows, 0)


@pytest.fixture(scope="module")
def content(assessment, before) -> bytes:
    """The slides of the demo province with those of its first district; only to be read."""
    return build_slides(assessment, before, MADE_ON, map_png=MAP, district_codes=[first_district(assessment)])


def first_district(assessment: Assessment) -> str:
    return str(assessment.units["district_code"].iloc[0])


def test_slides_and_their_figures(assessment, before, content):
    slides = [slide for place, slide in enumerate(open_slides(content)) if place != 10]  # the district's
    frame, counts = assessment.frame, count_statuses(assessment.frame, 95)
    assert len(slides) == 11
    title, glance, years, districts, map_, zeros, changes, closest, lacking, criteria, notes = slides

    assert "Tỉnh Lạng Sơn" in texts(title)
    assert "xã, phường, thị trấn" in texts(title).lower()
    assert "30/11/2022" in texts(title)
    assert "Số liệu minh họa: không phải số liệu thật" in texts(title)
    for number in (counts.met, counts.not_met, counts.incomplete):
        assert f"{format_number(number)}\n" in texts(glance)
    assert format_percent(counts.met, 200) in texts(glance)
    assert f"Còn thiếu {counts.short_of_target} đơn vị để đạt mục tiêu 95 %" in texts(glance)
    assert all("Số liệu minh họa · Điểm tạm tính" in texts(slide) for slide in slides)

    earlier = count_statuses(before.frame, 95)
    (chart,) = charts(years)
    assert list(chart.plots[0].categories) == ["Năm 2021", "Năm 2022"]
    assert series_of(chart) == {STATUS_WORDS[status]: [earlier[status], counts[status]] for status in STATUSES}

    (chart,) = charts(districts)
    by_name = summarise_districts(frame, 95).set_index("district")
    names = [name.rsplit(" (", 1)[0] for name in chart.plots[0].categories]
    assert sorted(names) == sorted(by_name.index)
    assert by_name.loc[names, "share_met"].is_monotonic_increasing
    assert series_of(chart) == {STATUS_WORDS[one]: by_name.loc[names, one].tolist() for one in STATUSES}

    assert [shape for shape in map_.shapes if "descr" in shape._element.xpath(".//p:cNvPr")[0].attrib]
    knocked_out = count_knocked_out(assessment)
    (chart,) = charts(zeros)
    assert series_of(chart) == {"Số đơn vị bị 0 điểm": knocked_out["units"].tolist()}
    assert [int(name.split(".")[0]) for name in chart.plots[0].categories] == knocked_out["number"].tolist()
    failing = frame[frame["status"] == "not_met"]
    assert f"{(count_zeros(failing) > 0).sum()}/{len(failing)} đơn vị không đạt" in texts(zeros)

    assert "Số liệu minh họa: 200/200 đơn vị" in texts(notes)
    assert "Điểm tạm tính: 200/200 đơn vị" in texts(notes)
    check_changes(changes, assessment, before)
    check_closest(closest, frame)
    check_lacking(lacking, frame)
    check_criteria(criteria, assessment)


def check_changes(slide, assessment, before):
    compared = compare(before, assessment).units
    for table, kind in zip(tables(slide), ("lost", "gained"), strict=True):
        units = compared[compared["kind"] == kind]
        rows, more = shown_rows(table)
        assert len(rows) + more == len(units)
        assert len(rows) >= 8
        expected = {
            (unit.name, unit.district, format_number(unit.total_before), format_number(unit.total))
            for unit in units[["name", "district", "total_before", "total"]].itertuples(index=False, name="Unit")
        }
        assert {tuple(row) for row in rows} <= expected
        assert len(rows) == len({tuple(row) for row in rows})


def check_closest(slide, frame):
    failing = frame[frame["status"] == "not_met"]
    left, right = (shown_rows(table) for table in tables(slide))
    short = failing[count_zeros(failing) == 0]
    gaps = (short["minimum"] - short["total"]).sort_values().tolist()
    assert [int(row[-1]) for row in left[0]] == gaps[: len(left[0])]
    assert len(left[0]) + left[1] == len(short)
    blocked = failing[(count_zeros(failing) == 1) & (failing["total"] >= failing["minimum"])]
    assert len(right[0]) + right[1] == len(blocked)
    known = {(unit.name, unit.zeros[0][2:], format_number(unit.total)) for unit in blocked.itertuples(index=False)}
    assert {(row[0], row[2], row[3]) for row in right[0]} <= {(name, *rest) for name, *rest in known}


def check_lacking(slide, frame):
    rows, more = shown_rows(tables(slide)[0])
    lacking = frame[frame["status"] == "incomplete"]
    assert more == 0
    assert {row[0]: int(row[3]) for row in rows} == lacking.set_index("name")["missing"].to_dict()
    assert {row[0]: row[4] for row in rows} == lacking.set_index("name")["total"].map(format_number).to_dict()


def check_criteria(slide, assessment):
    (chart,) = charts(slide)
    (values,) = series_of(chart).values()
    shares = {}
    for criterion in STANDARD.criteria:
        points = assessment.frame[criterion.id].dropna()
        shares[criterion.number] = int(points.sum()) * 1000 // (len(points) * criterion.max_points) / 1000
    numbers = [int(name.split(".")[0]) for name in chart.plots[0].categories]
    assert dict(zip(numbers, values, strict=True)) == shares
    assert values == sorted(values)


def test_districts_have_a_slide_each(assessment, before):
    codes = list(assessment.units["district_code"].unique())
    slides = build(assessment, before, district_codes=codes)
    assert len(slides) == 11 + len(codes)
    for code, slide in zip(codes, slides[10:-1], strict=True):
        units = assessment.frame[assessment.frame["district_code"] == code]
        parts = [shown_rows(table) for table in tables(slide)]
        rows = [row for part, _ in parts for row in part]
        assert len(rows) + sum(more for _, more in parts) == len(units)
        expected = {
            (
                unit.name,
                STATUS_WORDS[unit.status],
                ", ".join(unit.zeros).replace("tc", ""),
                format_number(unit.total),
            )
            for unit in units.itertuples(index=False)
        }
        assert {tuple(row) for row in rows} <= expected
        assert f"{units['district'].iloc[0]}: {(units['status'] == 'met').sum()}/{len(units)} đơn vị đạt" in texts(
            slide
        )
        assert rows[0][1] == STATUS_WORDS["not_met"]
    with pytest.raises(KeyError):
        build(assessment, before, district_codes=["999"])


CASES = {
    "demo": lambda now, before: (now, before),
    "no last year": lambda now, _: (now, None),
    "one unit": lambda now, _: (now.restrict(["05971"]), None),
    "all met": lambda now, before: (full_marks(now), before),
    "none met": lambda now, before: (full_marks(now, abused=400, births_registered=0, officer=0), before),
    "only the total": lambda now, before: (full_marks(now, officer=0, special_assisted=430, play_place=0), before),
    "a district": lambda now, before: (
        now.restrict(now.units.index[now.units["district_code"] == "187"]),
        before.restrict([]),
    ),
    "all missing": lambda now, before: (with_figures(now, now.observations.iloc[:0]), before),
    "since July 2025": lambda _, before: (year_2025(), before),
    "hostile names": lambda _, before: (year_2025(HOSTILE), None),
}


@pytest.mark.parametrize("name", CASES)
def test_every_state_of_figures_has_its_slides(name, assessment, before, content):
    now, earlier = CASES[name](assessment, before)
    if name != "demo":
        content = build_slides(now, earlier, MADE_ON, map_png=MAP, district_codes=[first_district(now)])
    check_layout(content)
    slides = open_slides(content)
    assert len(slides) == 12
    counts = count_statuses(now.frame, 95)
    assert f"{counts.met}/{counts.units} đơn vị đạt" in texts(slides[1])
    if earlier is None:
        for place in (1, 2, 6):
            assert "Chưa có số liệu năm trước để so sánh." in texts(slides[place])
    if now.units["district"].nunique() == 1 and name != "hostile names":
        assert f"{now.units['district'].iloc[0]}, Tỉnh Lạng Sơn" in texts(slides[0])


def test_what_is_missing_is_said(assessment, before):
    slides = build(with_figures(assessment, assessment.observations.iloc[:0]), before, district_codes=["178"])
    rows, more = shown_rows(tables(slides[8])[0])
    assert len(rows) + more == 200
    assert rows[0][4] == "–"
    assert "Chưa có số liệu." in texts(slides[9])
    assert [row[3] for row in tables(slides[10])[0][1:]] == ["–"] * len(tables(slides[10])[0][1:])
    slides = build(full_marks(assessment), before)
    assert "Đã đạt mục tiêu 95 %." in texts(slides[1])
    assert "Không có tiêu chí nào bị 0 điểm." in texts(slides[5])
    assert "Không có đơn vị nào gần đạt" in texts(slides[7])
    assert "Mọi đơn vị đã đủ số liệu" in texts(slides[8])


def test_years_of_other_units_are_not_compared_unit_by_unit(before):
    slides = build(year_2025(), before)
    assert "65 đơn vị" in texts(slides[6])
    assert "Không so sánh từng đơn vị: " in texts(slides[6])
    assert not tables(slides[6])
    assert "theo danh mục đơn vị khác" in texts(slides[1])
    assert "Danh mục đơn vị đã thay đổi" in texts(slides[2])
    assert "địa bàn huyện cũ đạt mục tiêu" in texts(slides[3])
    assert "Năm 2021: số liệu minh họa, điểm tạm tính" in texts(slides[2])
    assert "Số liệu minh họa" not in texts(slides[0])


def test_charts_can_be_edited_and_hold_no_formula(assessment):
    hostile = year_2025(HOSTILE)
    for slide in build(hostile, None):
        for chart in charts(slide):
            book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
            cells = [cell for row in book.active.iter_rows() for cell in row]
            assert len(cells) > 2
            assert all(cell.data_type != "f" for cell in cells)


def test_the_map_is_drawn_where_none_is_given(assessment, before, monkeypatch):
    slides = build(assessment, before, map_png=None)
    (drawn,) = [shape for shape in slides[4].shapes if hasattr(shape, "image")]
    assert drawn.image.content_type == "image/png"
    wide, high = drawn.image.size
    assert drawn.width / drawn.height == pytest.approx(wide / high, rel=0.01)
    assert "không phải địa giới hành chính" in texts(slides[4])
    assert "không phải địa giới hành chính" in texts(slides[-1])
    monkeypatch.setattr("reports.exports.powerpoint.slides.overview.render_map", lambda _: None)
    assert "Chưa có hình bản đồ" in texts(build(assessment, before, map_png=None)[4])
    monkeypatch.setattr(
        "reports.exports.powerpoint.slides.overview.render_map", lambda _: MapPicture(MAP, "Nguồn X.", False, 3)
    )
    assert "3 đơn vị chưa có hình trên bản đồ" in texts(build(assessment, before, map_png=None)[4])


def test_own_slides_show_all_that_is_given(assessment, before):
    table = pd.DataFrame({"Đơn vị": ["=cmd|x", "Xã B"] * 40, "Thêm": [1234, None] * 40}).astype({"Thêm": "Int64"})
    lines = tuple(
        f"Dòng thứ {number} của kịch bản, đủ dài để tràn sang trang sau khi có nhiều dòng" for number in range(60)
    )
    own = [
        TextSlide("Kịch bản 1", lines, table, MAP),
        TextSlide("Kịch bản 2", ("Một dòng",)),
        TextSlide("Kịch bản 3"),
    ]
    content = build_slides(assessment, before, MADE_ON, map_png=MAP, extra=own)
    check_layout(content)
    slides = open_slides(content)[10:-1]
    everything = "\n".join(texts(slide) for slide in slides)
    assert all(line in everything for line in lines)
    rows, more = shown_rows(next(one for slide in slides for one in tables(slide)))
    assert rows[0] == ["=cmd|x", "1.234"]
    assert rows[1] == ["Xã B", "–"]
    assert len(rows) + more == 80
    assert "Kịch bản 3" in texts(slides[-1])
    with pytest.raises(ReportError, match="PNG"):
        build(assessment, before, extra=[TextSlide("x", picture=b"<svg/>")])


def own_template(home, edit) -> None:
    presentation = Presentation(str(find_slides_template()))
    edit(presentation)
    (home / "templates").mkdir(parents=True)
    presentation.save(str(home / "templates" / TEMPLATE_NAME))


def test_a_template_of_ones_own_is_used(assessment, before, home):
    def edit(presentation):
        presentation.slides.add_slide(presentation.slide_layouts[0])
        presentation.slide_master.shapes._spTree.xpath(".//p:cNvPr")[0].set("name", "của tỉnh")

    own_template(home, edit)
    content = build_slides(assessment, before, MADE_ON, map_png=MAP)
    assert len(open_slides(content)) == 11
    assert b"c\xe1\xbb\xa7a t\xe1\xbb\x89nh" in ZipFile(BytesIO(content)).read("ppt/slideMasters/slideMaster1.xml")


def drop_layout(presentation):
    presentation.slide_layouts.remove(presentation.slide_layouts.get_by_name("Hai bảng"))


def drop_chart(presentation):
    layout = presentation.slide_layouts.get_by_name("Biểu đồ")
    chart = next(one for one in layout.placeholders if "CHART" in str(one.placeholder_format.type))
    chart._element.getparent().remove(chart._element)


def flatten_table(presentation):
    layout = presentation.slide_layouts.get_by_name("Bảng")
    next(one for one in layout.placeholders if "TABLE" in str(one.placeholder_format.type)).height = Pt(20)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (drop_layout, "thiếu bố cục “Hai bảng”"),
        (drop_chart, "bố cục “Biểu đồ” cần 1 ô biểu đồ, hiện có 0"),
        (flatten_table, "bố cục “Bảng” với ô bảng quá thấp"),
    ],
)
def test_a_template_that_lacks_something_is_refused(edit, said, assessment, before, home):
    own_template(home, edit)
    with pytest.raises(ReportError) as refusal:
        build_slides(assessment, before, MADE_ON, map_png=MAP)
    assert said in str(refusal.value)
    assert "mẫu có sẵn" in str(refusal.value)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04broken"])
def test_a_file_that_is_no_presentation_is_refused(content, assessment, before, home):
    (home / "templates").mkdir(parents=True)
    (home / "templates" / TEMPLATE_NAME).write_bytes(content)
    with pytest.raises(ReportError, match="không phải tệp PowerPoint"):
        build_slides(assessment, before, MADE_ON, map_png=MAP)


def test_a_workbook_or_an_empty_zip_is_no_template(assessment, before, home):
    (home / "templates").mkdir(parents=True)
    for make in (lambda path: openpyxl.Workbook().save(path), lambda path: ZipFile(path, "w").close()):
        make(home / "templates" / TEMPLATE_NAME)
        with pytest.raises(ReportError):
            build_slides(assessment, before, MADE_ON, map_png=MAP)


def test_the_template_is_what_its_script_makes(tmp_path):
    build_template(tmp_path / "made.pptx")
    with ZipFile(tmp_path / "made.pptx") as made, ZipFile(find_slides_template()) as kept:
        assert made.namelist() == kept.namelist()
        assert all(made.read(name) == kept.read(name) for name in made.namelist())


def test_texts_are_measured_and_parted_without_loss():
    text = "Một hai ba bốn năm sáu bảy tám chín mười"
    assert " ".join(wrap_text(text, 1.0, 18)) == text
    assert "".join(wrap_text("x" * 100, 1.0, 18)) == "x" * 100
    assert all(measure_text(line, 18) <= 1.0 for line in wrap_text(text, 1.0, 18))
    assert shorten_text(text, 1.0, 18, lines=2).endswith("…")
    assert shorten_text(text, 20.0, 18) == text
    assert clean_text("a\x00b\ud800 \n c") == "a b c"
    assert clean_text("đạt 95 %") == "đạt 95\u00a0%"


def test_slides_open_in_an_office_program(content, office):
    pdf = office.convert({"trinh-chieu.pptx": content}, "pdf")["trinh-chieu.pdf"]
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 12


def test_slides_of_other_units_or_of_another_standard_count_nobody_as_changed(assessment, before):
    apart = make_years_apart()
    standard = before.standard.model_copy(update={"id": "khac", "title": "Bộ khác"})
    other = (replace(before, standard=standard), assessment)
    for (then, now), why in ((apart, "theo danh mục sau khi sắp xếp"), (other, "chấm theo Bộ khác")):
        slides = build(now, then)
        words = "\n".join(texts(slide) for slide in slides)
        assert "mới đạt" not in words.lower()
        assert "mất kết quả" not in words.lower()
        assert not re.search(r"[+−-]\d", words)
        assert why in words
