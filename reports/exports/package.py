"""The files to take away of a province, a district or a unit: what each is called, how it is built, one zip of all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile

from data.store import Store
from data.text.names import slug
from reports.charts.classes import classify, list_measures, name_measure
from reports.charts.heat import draw_heat
from reports.charts.maps.changes import compare_assessments, draw_change_map
from reports.charts.maps.small import draw_small_maps
from reports.charts.maps.status import draw_district_bars, draw_map
from reports.charts.margins import draw_margins
from reports.charts.picture import caption_of, list_doubts, render_picture
from reports.charts.projector import draw_knocked_out
from reports.exports.excel.live.workbook import build_formula_workbook
from reports.exports.powerpoint.build import build_slides
from reports.exports.word.report import (
    build_council_minutes,
    build_district_report,
    build_map_png,
    build_province_report,
    build_score_sheet,
)
from reports.facts.assessment import Assessment, explain_unit
from reports.facts.counts import count_knocked_out, summarise_districts
from reports.facts.tables import build_workbook, unit_table
from shapes.layers.layers import View, load_layer

Kind = Literal["png", "svg"]
Group = Literal["word", "slides", "excel", "picture", "unit"]
GROUP_WORDS: dict[Group, str] = {
    "word": "Văn bản Word",
    "slides": "Trình chiếu PowerPoint",
    "excel": "Bảng tính Excel",
    "picture": "Hình",
    "unit": "Phiếu của từng đơn vị",
}

_KINDS: tuple[Kind, ...] = ("png", "svg")


@dataclass(frozen=True)
class Takeaway:
    """A file that can be built. `file_name` has no letters with marks: old programs unpack it too."""

    group: Group
    title: str
    file_name: str
    build: Callable[[], bytes]


def list_takeaways(
    store: Store, assessment: Assessment, before: Assessment | None, district_code: str | None, made_on: date
) -> list[Takeaway]:
    """Every file of the province, or of one district, in the order to offer them; nothing is built yet."""
    files = _Files(assessment, before, district_code, made_on)
    return [*files.documents(), *files.pictures(), *files.unit_sheets(store)]


def build_package(files: Iterable[Takeaway], tell: Callable[[int, str], None] = lambda _number, _title: None) -> bytes:
    """One zip of the files; `tell` hears the number and the title of each before it is built."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for number, one in enumerate(files):
            tell(number, one.title)
            package.writestr(one.file_name, one.build())
    return buffer.getvalue()


class _Files:
    """What the files of one area share."""

    def __init__(
        self, assessment: Assessment, before: Assessment | None, district_code: str | None, made_on: date
    ) -> None:
        self.whole, self.before, self.district, self.made_on = assessment, before, district_code, made_on
        frame = assessment.frame
        self.part = assessment
        self.place, self.stem = "toàn tỉnh", "toan-tinh"
        if district_code is not None:
            chosen = frame[frame["district_code"] == district_code]
            self.part = assessment.restrict(chosen.index)
            self.place = str(chosen["district"].iloc[0])
            self.stem = slug(self.place)
        self.year = assessment.round.year
        self.doubt = "-so-lieu-minh-hoa" if self.part.demo else ""

    def name(self, what: str, suffix: str) -> str:
        return f"{what}-{self.stem}-{self.year}{self.doubt}.{suffix}"

    def documents(self) -> list[Takeaway]:
        return [
            Takeaway("word", f"Báo cáo kết quả {self.place}", self.name("bao-cao", "docx"), self.build_report),
            Takeaway("slides", f"Trình chiếu {self.place}", self.name("trinh-chieu", "pptx"), self.build_slides),
            Takeaway("excel", f"Danh sách đơn vị {self.place}", self.name("danh-sach", "xlsx"), self.build_list),
            Takeaway(
                "excel",
                f"Bảng tính có công thức từ số liệu đến tổng điểm, {self.place}",
                self.name("bang-tinh-cong-thuc", "xlsx"),
                lambda: build_formula_workbook(self.part, self.made_on),
            ),
        ]

    def build_report(self) -> bytes:
        picture = build_map_png(self.whole, self.made_on, self.district)
        if self.district is None:
            return build_province_report(self.whole, self.before, self.made_on, picture)
        return build_district_report(self.whole, self.before, self.district, self.made_on, picture)

    def build_slides(self) -> bytes:
        before = self.before
        if self.district is not None and before is not None:
            frame = before.frame
            before = before.restrict(frame.index[frame["district_code"] == self.district])
        return build_slides(self.part, before, self.made_on)

    def build_list(self) -> bytes:
        return build_workbook(
            unit_table(self.part, self.part.frame),
            f"Kết quả đánh giá năm {self.year}, {self.place}",
            [self.whole.standard.title, *list_doubts(self.part)],
        )

    def pictures(self) -> list[Takeaway]:
        standard = self.whole.standard
        maps = {one: name_measure(standard, self.whole.total_heading, one) for one in list_measures(standard)}
        files = [
            self.as_picture(kind, title, f"ban-do-{measure}", self.map_builder("boundaries", measure, kind))
            for measure, title in maps.items()
            for kind in _KINDS
        ]
        files += [
            self.as_picture(
                kind, "Kết quả, ô lục giác", "luc-giac-status", self.map_builder("hexagons", "status", kind)
            )
            for kind in _KINDS
        ]
        for title, stem, draw in self.charts():
            files += [self.as_picture(kind, title, stem, self.chart_builder(title, draw, kind)) for kind in _KINDS]
        return files

    def charts(self) -> list[tuple[str, str, Callable[[], dict[str, Any]]]]:
        """Title, name and specification of each chart."""
        frame, standard, target = self.part.frame, self.whole.standard, self.whole.round.target_percent
        heading = self.whole.district_heading
        districts = summarise_districts(frame, target).sort_values("share_met", kind="stable")
        layer = load_layer(self.whole.round.vintage, self.whole.round.province_code, "hexagons")
        charts: list[tuple[str, str, Callable[[], dict[str, Any]]]] = [
            (
                f"Kết quả theo {heading.lower()}",
                "theo-huyen",
                lambda: draw_district_bars(districts, target, heading).to_dict(),
            ),
            (
                "Đơn vị bị 0 điểm theo tiêu chí",
                "bi-0-diem",
                lambda: draw_knocked_out(count_knocked_out(self.part)).to_dict(),
            ),
            ("Tổng điểm so với mức tối thiểu", "phan-bo", lambda: draw_margins(frame)),
            ("Các tiêu chí trên bản đồ", "ban-do-nho", lambda: draw_small_maps(layer, frame, standard)),
        ]
        if self.district is not None:
            charts.append(("Điểm từng tiêu chí", "bang-nhiet", lambda: draw_heat(frame, standard)))
        if self.before is not None:
            compared = compare_assessments(self.before, self.part)
            years = (self.before.round.year, self.year)
            if compared.obstacle is None:
                title = f"Thay đổi từ năm {years[0]} đến năm {years[1]}"
                charts.append((title, "thay-doi", lambda: draw_change_map(layer, compared.units, years)))
        return charts

    def as_picture(self, kind: str, title: str, stem: str, build: Callable[[], bytes]) -> Takeaway:
        return Takeaway("picture", f"{title} ({kind.upper()})", self.name(stem, kind), build)

    def chart_builder(self, title: str, draw: Callable[[], dict[str, Any]], kind: Kind) -> Callable[[], bytes]:
        caption = caption_of(self.part, f"{title}, {self.place}, năm {self.year}", self.made_on)
        return lambda: render_picture(draw(), caption, kind)

    def map_builder(self, view: View, measure: str, kind: Kind) -> Callable[[], bytes]:
        return lambda: self.picture(view, measure, kind)

    def picture(self, view: View, measure: str, kind: Kind) -> bytes:
        frame = self.part.frame
        layer = load_layer(self.whole.round.vintage, self.whole.round.province_code, view)
        classes = classify(frame, self.whole.standard, measure)
        spec: dict[str, Any] = draw_map(layer, frame, classes, self.whole.total_heading, 620)
        what = name_measure(self.whole.standard, self.whole.total_heading, measure)
        title = f"{what}, {self.place}, năm {self.year}"
        return render_picture(spec, caption_of(self.part, title, self.made_on, layer.source), kind)

    def unit_sheets(self, store: Store) -> list[Takeaway]:
        if self.district is None:
            return []
        return [one for code in self.part.frame.index for one in list_unit_files(store, self.whole, code, self.made_on)]


def list_unit_files(store: Store, assessment: Assessment, code: str, made_on: date) -> list[Takeaway]:
    """The score sheet and the minutes of the council of one unit."""
    name, year = str(assessment.frame.at[code, "name"]), assessment.round.year
    stem = f"{code}-{slug(name)}-{year}" + ("-so-lieu-minh-hoa" if code in assessment.demo_units else "")

    def build(document: Callable[..., bytes]) -> Callable[[], bytes]:
        return lambda: document(assessment, explain_unit(store, assessment, code), made_on)

    return [
        Takeaway("unit", f"Phiếu chấm điểm {name}", f"phieu-cham-diem-{stem}.docx", build(build_score_sheet)),
        Takeaway("unit", f"Biên bản họp Hội đồng {name}", f"bien-ban-{stem}.docx", build(build_council_minutes)),
    ]
