"""Trình chiếu: one view at a time for the projector; the arrow keys go through them."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import keys
from pages.parts.cached import cached
from pages.parts.headings import get_ink
from pages.parts.layers import get_facts_version, get_layer
from pages.parts.ready_charts import draw_once, draw_ready_bars, make_ready
from pages.parts.rounds import find_round_named, get_assessment_of, get_store, get_year_before, name_round
from pages.parts.user_text import quote
from pages.present.order import Slide, list_slides, start_slide
from reports.charts.bars import draw_knocked_out
from reports.charts.classes import classify_status
from reports.charts.maps.status import draw_map
from reports.charts.projector import draw_big_numbers, draw_rows
from reports.facts.areas import lower_first
from reports.facts.comparison import compare
from reports.facts.counts import count_knocked_out, count_statuses
from reports.facts.doubts import find_doubts
from reports.facts.improvements import list_smallest_plans
from reports.facts.sentences import describe_causes, describe_shortfall, describe_shortly
from reports.facts.tables import plan_table
from reports.facts.what_if import assess_scenario, compare_with_law, count_scenario, list_scenario_changes
from scoring.scenario_model import ScenarioError, from_json
from scoring.words import SCENARIO_LABEL, STATUS_WORDS, format_number, format_percent

rounds = get_store().rounds.list()
if not rounds:
    st.info("Chưa có số liệu nào để trình chiếu.")
    st.page_link("pages/explore/overview.py", label="Về trang Tổng quan", icon=":material/arrow_back:")
    st.stop()
chosen = find_round_named(rounds, st.query_params.get(keys.ROUND, "")) or rounds[0]
year = chosen.year
assessment = get_assessment_of(chosen.key)
frame, target = assessment.frame, assessment.round.target_percent
before = get_year_before(assessment)
compared = None if before is None else compare(before, assessment)
saved = {scenario.id: scenario for scenario in get_store().scenarios.list(chosen)}
slides = list_slides(
    assessment,
    compared is not None and compared.obstacle is None,
    [(scenario.id, scenario.name) for scenario in saved.values()],
)
ids = [slide.id for slide in slides]
current = start_slide(ids, st.query_params.get(keys.SLIDE, ""), st.query_params.get(keys.PRESENTED_FROM, ""))


def turn(steps: int) -> None:
    """Go to a neighbouring view; the URL holds which one is shown."""
    st.query_params[keys.SLIDE] = ids[min(max(ids.index(current) + steps, 0), len(ids) - 1)]


def show_numbers(numbers: list[tuple[str, str, str]], height: int) -> None:
    """Figures side by side, on a telephone one below the other."""
    ink = get_ink()
    for column, number in zip(st.columns(len(numbers), gap=None), numbers, strict=True):
        spec = draw_once(("number", number, height, ink), partial(draw_big_numbers, [number], height, ink))
        column.vega_lite_chart(spec=spec, alt=" ".join(filter(None, number)))


def show_rows(rows: pd.DataFrame, widths: tuple[int, ...], alt: str, **style: int) -> None:
    """A table as large type."""
    ink = get_ink()
    key = ("rows", tuple(rows), tuple(rows.itertuples(index=False, name=None)), widths, *style.items(), ink)
    st.vega_lite_chart(spec=draw_once(key, lambda: draw_rows(rows, widths, ink=ink, **style)), alt=alt)


def show_overview() -> None:
    counts = count_statuses(frame, target)
    show_numbers(
        [
            (format_number(counts.met), STATUS_WORDS["met"], f"trong {format_number(counts.units)} đơn vị"),
            (format_number(counts.not_met), STATUS_WORDS["not_met"], ""),
            (format_number(counts.incomplete), STATUS_WORDS["incomplete"], ""),
            (
                format_percent(counts.met, counts.units),
                f"tỷ lệ đạt, mục tiêu {target} %",
                lower_first(describe_shortfall(counts)),
            ),
        ],
        height=300,
    )
    st.header(describe_causes(frame, assessment.standard))


def show_map(codes: pd.Index, height: int) -> None:
    st.vega_lite_chart(
        spec=draw_slide_map(get_facts_version(assessment), tuple(codes), height),
        alt=f"Bản đồ kết quả của {len(codes)} đơn vị",
    )
    st.caption(get_layer(assessment.round.vintage, assessment.round.province_code, "boundaries").source)


@cached(entries=24)
def draw_slide_map(codes: tuple[str, ...], height: int) -> dict[str, Any]:
    part = frame.loc[list(codes)]
    layer = get_layer(assessment.round.vintage, assessment.round.province_code, "boundaries")
    return make_ready(draw_map(layer, part, classify_status(part), assessment.total_heading, height, large=True))


def show_districts() -> None:
    st.vega_lite_chart(
        spec=draw_ready_bars(
            get_facts_version(assessment), chosen.key, tuple(frame.index), furthest_first=True, large=True
        ),
        alt="Số đơn vị đạt, không đạt, chưa đủ số liệu theo huyện, xa mục tiêu nhất đứng đầu",
    )


def show_knocked_out() -> None:
    knocked_out = count_knocked_out(assessment)
    if knocked_out.empty:
        st.header("Không có tiêu chí nào bị 0 điểm")
        return
    ink = get_ink()
    key = ("knocked out", *get_facts_version(assessment), ink)
    spec = draw_once(key, lambda: draw_knocked_out(knocked_out.head(8), large=True, ink=ink))
    st.vega_lite_chart(spec=spec, alt="Số đơn vị bị 0 điểm theo tiêu chí")


def show_changes() -> None:
    changes = pd.DataFrame() if compared is None else compared.units
    lost, gained = (changes[changes["kind"] == kind] for kind in ("lost", "gained"))
    for column, title, units in zip(st.columns(2), ("Mất kết quả đạt", "Mới đạt"), (lost, gained), strict=True):
        with column:
            st.header(f"{title}: {format_number(len(units))}")
            if len(units):
                rows = pd.DataFrame({"Đơn vị": units["name"], assessment.district_heading: units["district"]})
                show_rows(rows, (28, 26), f"{title} so với năm trước", most=8)


@cached(entries=12)
def list_closest() -> pd.DataFrame:
    """The units that miss least and what they miss, a row each."""
    table = plan_table(assessment, list_smallest_plans(assessment, frame.index))
    return pd.DataFrame({"Đơn vị": table["name"] + ", " + table["district"], "Việc còn thiếu": table["words"]})


def show_closest() -> None:
    rows = list_closest(get_facts_version(assessment))
    if rows.empty:
        st.header("Không có đơn vị nào không đạt mà đủ số liệu")
        return
    show_rows(rows, (34, 86), "Các đơn vị gần đạt nhất và việc còn thiếu", size=19, most=6)


def show_district(code: str) -> None:
    part = frame[frame["district_code"] == code]
    counts = count_statuses(part, target)
    picture, words = st.columns([1, 1], gap="large")
    with picture:
        show_map(part.index, 480)
    with words:
        show_numbers(
            [
                (f"{format_number(counts.met)}/{format_number(counts.units)}", "đơn vị đạt", ""),
                (format_percent(counts.met, counts.units), f"mục tiêu {target} %", ""),
            ],
            height=200,
        )
        failing = part[part["status"] != "met"]
        if len(failing):
            reasons = [describe_shortly(assessment, code) for code in failing.index]
            rows = pd.DataFrame({"Chưa đạt": failing["name"], "Vì": reasons})
            show_rows(rows, (20, 44), "Các đơn vị chưa đạt và lý do", size=18, most=9)


def show_scenario(scenario_id: int) -> None:
    try:
        scenario = from_json(saved[scenario_id].content)
        changed = assess_scenario(assessment, scenario)
    except ScenarioError as error:
        st.error(str(error), icon=":material/error:")
        return
    rows = compare_with_law(assessment, changed)
    counted = count_scenario(rows)
    st.warning(f"**{SCENARIO_LABEL}**", icon=":material/science:")
    show_numbers(
        [
            (format_number(counted.met_by_law), "đạt theo luật", f"trong {format_number(counted.units)} đơn vị"),
            (format_number(counted.met), "đạt theo phương án", ""),
            (format_number(counted.gained), "đạt nhờ phương án", ""),
            (format_number(counted.lost), "mất kết quả đạt", ""),
        ],
        height=260,
    )
    for change in list_scenario_changes(assessment, scenario)[:6]:
        st.markdown(f"### {quote(change.text)}")


SLIDES = {
    "overview": show_overview,
    "districts": show_districts,
    "knocked_out": show_knocked_out,
    "changes": show_changes,
    "closest": show_closest,
}

slide: Slide = slides[ids.index(current)]
st.title(quote(slide.title))
if slide.district_code:
    show_district(slide.district_code)
elif slide.scenario_id:
    show_scenario(slide.scenario_id)
elif slide.id == "map":
    show_map(frame.index, 520)
else:
    SLIDES[slide.id]()
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.caption(" · ".join([f"{ids.index(current) + 1}/{len(ids)}", *find_doubts(assessment).sentences]))
    st.button("Trước", type="tertiary", icon=":material/chevron_left:", shortcut="Left", on_click=turn, args=(-1,))
    st.button("Sau", type="tertiary", icon=":material/chevron_right:", shortcut="Right", on_click=turn, args=(1,))
    if st.button("Thoát", type="tertiary", icon=":material/close:", shortcut="Esc"):
        st.switch_page("pages/explore/overview.py", query_params={keys.ROUND: name_round(chosen.key)})
