"""Slides of the whole province: the result at a glance, years, districts, map, criteria."""

from datetime import date

from data.text.labels import DEMO_LABEL
from reports.charts.theme import STATUS_COLOURS, STATUS_INK, ZERO_COLOUR
from reports.exports.powerpoint.charts import Series, fill_chart
from reports.exports.powerpoint.deck import Deck
from reports.exports.powerpoint.fit import clean_name
from reports.exports.powerpoint.free import add_text_slides
from reports.exports.powerpoint.parts import fill_number, fill_picture, fill_text
from reports.exports.powerpoint.slides.map import render_map
from reports.facts.areas import UNKNOWN_DISTRICT, area_of_units, name_kinds
from reports.facts.assessment import Assessment
from reports.facts.comparison import Comparison
from reports.facts.counts import (
    count_knocked_out,
    count_units,
    list_failing,
    order_districts,
    share_points,
    summarise_districts,
)
from reports.facts.criteria import criterion_name
from reports.facts.doubts import find_doubts, write_footer
from reports.facts.sentences import DIFFERENCE_WORDS, describe_count_changes, describe_failing, describe_target
from scoring.scores import STATUSES
from scoring.words import (
    NO_DATA,
    PROVISIONAL_LABEL,
    STATUS_WORDS,
    describe_conditions,
    format_date,
    format_number,
    format_percent,
)

_BAR_COLOUR = STATUS_COLOURS["met"]
_DISTRICTS_AT_MOST = 15  # bars that can be read on one slide


def add_title_slide(deck: Deck, assessment: Assessment, made_on: date) -> None:
    page = deck.add("Trang bìa")
    year = assessment.round.year
    fill_text(
        page.take("title"), [f"Kết quả đánh giá {name_kinds(assessment)} phù hợp với trẻ em năm {year}"], bold=True
    )
    lines = [
        clean_name(area_of_units(assessment).full_name),
        f"Ngày lập: {format_date(made_on)}",
        *find_doubts(assessment).sentences,
    ]
    fill_text(page.take("text"), lines)
    page.drop_rest()


def add_glance(deck: Deck, assessment: Assessment, comparison: Comparison | None) -> None:
    frame, year, target = assessment.frame, assessment.round.year, assessment.round.target_percent
    counts = count_units(assessment)
    page = deck.add("Con số", write_footer(assessment, None if comparison is None else comparison.before))
    title = f"Năm {year}: {format_number(counts.met)}/{format_number(counts.units)} đơn vị đạt"
    fill_text(page.take("title"), [title], bold=True)
    for status in STATUSES:
        fill_number(page.take("text"), format_number(counts[status]), STATUS_WORDS[status])
    share = format_percent(counts.met, counts.units)
    fill_number(page.take("text"), share, f"Tỷ lệ đạt (mục tiêu {target} %)")
    failing = describe_failing(frame, assessment.standard)
    fill_text(page.take("text"), [describe_target(counts), failing, describe_count_changes(comparison)])
    page.drop_rest()


def add_years(deck: Deck, assessment: Assessment, comparison: Comparison | None) -> None:
    """Both years side by side; where they are not compared, the slide says so."""
    year = assessment.round.year
    counted = [(year, count_units(assessment))]
    if comparison is not None:
        counted = list(zip(comparison.years, comparison.counts, strict=True))
    page = deck.add("Biểu đồ", write_footer(assessment, None if comparison is None else comparison.before))
    title = f"Kết quả năm {year}"
    lines = [
        f"Năm {of_year}: {format_number(counts.met)}/{format_number(counts.units)} đơn vị đạt "
        f"({format_percent(counts.met, counts.units)})."
        for of_year, counts in counted
    ]
    if comparison is None:
        lines.append("Chưa có số liệu năm trước để so sánh.")
    else:
        title += f" {'so với' if comparison.obstacle is None else 'và'} năm {comparison.years[0]}"
        lines += [DIFFERENCE_WORDS[comparison.obstacle]] if comparison.obstacle else []
    fill_text(page.take("title"), [title], bold=True)
    fill_text(page.take("text"), lines)
    series = [
        Series(STATUS_WORDS[status], [counts[status] for _, counts in counted], STATUS_COLOURS[status])
        for status in STATUSES
    ]
    alt = f"Biểu đồ cột số đơn vị đạt, không đạt, chưa đủ số liệu. {' '.join(lines)}"
    fill_chart(page.take("chart"), [f"Năm {of_year}" for of_year, _ in counted], series, alt, kind="columns")
    page.drop_rest()


def add_districts(deck: Deck, assessment: Assessment) -> None:
    target, heading = assessment.round.target_percent, assessment.district_heading.lower()
    ordered = order_districts(summarise_districts(assessment.frame, target))
    reached = int((ordered["short_of_target"] == 0).sum())
    drawn = ordered.head(_DISTRICTS_AT_MOST)
    page = deck.add("Biểu đồ")
    title = f"{format_number(reached)}/{format_number(len(ordered))} {heading} đạt mục tiêu {target} %"
    fill_text(page.take("title"), [title], bold=True)
    lines = ["Số đơn vị theo kết quả, tỷ lệ đạt trong ngoặc. Xếp từ nơi còn xa mục tiêu nhất."]
    if len(ordered) > len(drawn):
        lines.append(f"Biểu đồ nêu {len(drawn)} nơi, và {format_number(len(ordered) - len(drawn))} nơi khác.")
    fill_text(page.take("text"), lines)
    names = [
        f"{clean_name(row.district or UNKNOWN_DISTRICT)} ({format_percent(row.met, row.units)})"
        for row in drawn.itertuples()
    ]
    series = [
        Series(STATUS_WORDS[status], drawn[status].tolist(), STATUS_COLOURS[status], STATUS_INK[status])
        for status in STATUSES
    ]
    alt = f"Biểu đồ thanh chồng theo {heading}: số đơn vị đạt, không đạt, chưa đủ số liệu. {title}."
    fill_chart(page.take("chart"), names, series, alt, kind="shares")
    page.drop_rest()


def add_map(deck: Deck, assessment: Assessment, map_png: bytes | None) -> str:
    """Returns what must be said of the source of the map's shapes."""
    title = f"Bản đồ kết quả năm {assessment.round.year}"
    counts = count_units(assessment)
    lines = [f"{STATUS_WORDS[status]}: {format_number(counts[status])} đơn vị" for status in STATUSES]
    source = ""
    if map_png is None:
        drawn = render_map(assessment)
        if drawn is None:
            add_text_slides(deck, title, [*lines, "Chưa có hình bản đồ của các đơn vị này."])
            return ""
        map_png, source = drawn.png, drawn.source
        if drawn.schematic:
            lines.append("Bản đồ sơ đồ, không phải địa giới hành chính.")
        if drawn.without_place:
            lines.append(f"{format_number(drawn.without_place)} đơn vị chưa có hình trên bản đồ.")
    page = deck.add("Hình")
    fill_text(page.take("title"), [title], bold=True)
    fill_picture(page.take("picture"), map_png, f"{title}. {'. '.join(lines)}")
    fill_text(page.take("text"), lines)
    page.drop_rest()
    return source


def add_knocked_out(deck: Deck, assessment: Assessment) -> None:
    """How many units each criterion knocks out: the rule of no zero decides more than the total."""
    frame = assessment.frame
    zero, total = (len(units) for units in list_failing(frame).values())
    knocked_out = count_knocked_out(assessment)
    if knocked_out.empty:
        lines = ["Không có tiêu chí nào bị 0 điểm.", describe_failing(frame, assessment.standard)]
        add_text_slides(deck, "Không có đơn vị nào bị loại vì có tiêu chí 0 điểm", lines)
        return
    page = deck.add("Biểu đồ")
    title = f"{format_number(zero)}/{format_number(zero + total)} đơn vị không đạt bị loại vì có tiêu chí 0 điểm"
    if zero + total == 0:
        title = "Số đơn vị bị 0 điểm theo tiêu chí (chưa đủ số liệu để kết luận)"
    fill_text(page.take("title"), [title], bold=True)
    first = knocked_out.iloc[0]
    also = " (kể cả chưa đủ số liệu)" if (frame["status"] == "incomplete").any() else ""
    lines = [
        f"Tiêu chí 0 điểm loại {format_number(zero)} đơn vị, thiếu tổng điểm {'chỉ ' if zero > total else ''}loại "
        f"{format_number(total)}{': điều kiện “không 0 điểm” quyết định' if zero > total else ''}.",
        f"Nhiều nhất: tiêu chí {first['number']}, {format_number(int(first['units']))} đơn vị{also}; "
        f"{format_number(int(first['only']))} đơn vị chỉ vướng tiêu chí này.",
    ]
    fill_text(page.take("text"), lines)
    names = [criterion_name(row.number, row.name) for row in knocked_out.itertuples(index=False)]
    series = [Series("Số đơn vị bị 0 điểm", knocked_out["units"].tolist(), ZERO_COLOUR)]
    alt = f"Biểu đồ thanh số đơn vị bị 0 điểm theo tiêu chí. {' '.join(lines)}"
    fill_chart(page.take("chart"), names, series, alt)
    page.drop_rest()


def add_criteria(deck: Deck, assessment: Assessment) -> None:
    shares = share_points(assessment)
    known = shares[shares["known"] > 0]
    if known.empty:
        add_text_slides(deck, "Tỷ lệ điểm đạt được theo tiêu chí", [f"{NO_DATA}."])
        return
    page = deck.add("Biểu đồ")
    weakest = known.iloc[0]
    name = criterion_name(weakest["number"], weakest["name"])
    share = format_percent(int(weakest["points"]), int(weakest["possible"]))
    fill_text(page.take("title"), [f"Tiêu chí đạt ít điểm nhất: {name} ({share})"], bold=True)
    lines = ["Tỷ lệ điểm đạt được trên điểm tối đa, bình quân các đơn vị có số liệu; xếp từ thấp nhất."]
    fill_text(page.take("text"), lines)
    names = [
        criterion_name(row.number, row.name) + ("" if row.known else " (chưa có số liệu)")
        for row in shares.itertuples(index=False)
    ]
    # Cut, not rounded, as format_percent does: a share below a threshold never reads as having reached it.
    values = [row.points * 1000 // row.possible / 1000 if row.known else None for row in shares.itertuples(index=False)]
    alt = f"Biểu đồ thanh tỷ lệ điểm đạt được theo {len(shares)} tiêu chí. Thấp nhất: {name}, {share}."
    series = [Series("Tỷ lệ điểm đạt được", values, _BAR_COLOUR)]
    fill_chart(page.take("chart"), names, series, alt, number_format="0.0%")
    page.drop_rest()


def add_notes(deck: Deck, assessment: Assessment, made_on: date, map_source: str) -> None:
    """Where the figures come from, what is in doubt, how they are counted."""
    year, units = assessment.round.year, format_number(len(assessment.frame))
    lines = [
        f"Số liệu các đơn vị báo cáo cho năm {year}, chấm theo {assessment.standard.title}. "
        f"Ngày lập: {format_date(made_on)}."
    ]
    if assessment.demo:
        demo = format_number(len(assessment.demo_units))
        lines.append(f"{DEMO_LABEL}: {demo}/{units} đơn vị có số liệu không phải số liệu thật.")
    if assessment.provisional:
        doubtful = format_number(int(assessment.frame["provisional"].sum()))
        lines.append(
            f"Điểm {PROVISIONAL_LABEL}: {doubtful}/{units} đơn vị có điểm dựa trên mức điểm chưa đối chiếu với văn bản."
        )
    assumed = int((assessment.units["class_provenance"] == "assumed").sum())
    if assumed:
        lines.append(f"Loại đơn vị (mức điểm tối thiểu) của {format_number(assumed)}/{units} đơn vị chưa xác nhận.")
    lines += [
        f"Đạt: {describe_conditions(assessment.standard)}.",
        "Thiếu số liệu không phải là 0 điểm: đơn vị thiếu số liệu ghi “Chưa đủ số liệu”, vẫn tính trong số đơn vị.",
        "Tổng điểm là phép cộng điểm các tiêu chí. Tỷ lệ phần trăm được cắt, không làm tròn lên.",
    ]
    if map_source:
        lines.append(map_source)
    add_text_slides(deck, "Nguồn số liệu và ghi chú", lines)
