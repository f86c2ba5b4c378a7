"""Hai năm: two years side by side, what changed on a map, by unit and by criterion."""

from typing import Any

import pandas as pd
import streamlit as st

from data.store import RoundKey
from data.text.labels import CHANGE_WORDS
from pages.parts import keys
from pages.parts.cached import cached
from pages.parts.choices import choose_or_any
from pages.parts.headings import get_ink, show_heading
from pages.parts.layers import get_facts_version, get_layer
from pages.parts.maps import choose_map_view, show_unit_map
from pages.parts.place import choose_district, choose_unit, link_to_profile
from pages.parts.ready_charts import make_ready
from pages.parts.rounds import get_assessment, get_assessment_of, get_store
from pages.parts.tables import unit_button
from reports.charts.bars import draw_criterion_changes
from reports.charts.classes import classify_status
from reports.charts.maps.changes import draw_change_map
from reports.charts.maps.status import draw_map
from reports.facts.assessment import Assessment
from reports.facts.comparison import (
    compare,
    compare_criteria,
    compare_unit,
    count_kinds,
    list_most_changed,
    sort_by_change,
)
from reports.facts.counts import count_statuses
from reports.facts.doubts import find_doubts
from reports.facts.sentences import describe_obstacle
from scoring.words import STATUS_WORDS, format_number
from shapes.layers.layers import View

assessment = get_assessment()
year = assessment.round.year
show_heading("Hai năm", assessment)
rounds = {round.year: round.key for round in get_store().rounds.list_years_of(assessment.round)}
others = [other for other in rounds if other != year]
if not others:
    st.info(f"Mới có số liệu năm {year}. Cần thêm một năm nữa để so sánh.")
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    if st.session_state.get(keys.YEAR_BEFORE) not in others:
        st.session_state.pop(keys.YEAR_BEFORE, None)
    earlier = [number for number, other in enumerate(others) if other < year]
    other = st.selectbox(
        f"So sánh năm {year} với",
        others,
        index=earlier[0] if earlier else 0,
        key=keys.YEAR_BEFORE,
        bind="query-params",
    )
    area = choose_district(assessment)
    view = choose_map_view()

compared = compare(get_assessment_of(rounds[other]), assessment)
years = compared.years
districts = set(area["district"])
units = compared.units[compared.units.index.isin(area.index)]


@cached(entries=48, spinner="Đang vẽ bản đồ …")
def draw_year(
    key: RoundKey,
    view: View,
    codes: tuple[str, ...],
) -> dict[str, Any]:
    """The map of a year by status."""
    of_year = get_assessment_of(key)
    frame = of_year.frame.loc[list(codes)]
    layer = get_layer(of_year.round.vintage, of_year.round.province_code, view)
    return make_ready(draw_map(layer, frame, classify_status(frame), of_year.total_heading, height=340))


@cached(entries=24, spinner="Đang vẽ bản đồ …")
def draw_changes(
    years: tuple[int, int],
    view: View,
    codes: tuple[str, ...],
) -> dict[str, Any]:
    """The map of what changed."""
    layer = get_layer(assessment.round.vintage, assessment.round.province_code, view)
    return make_ready(draw_change_map(layer, compared.units.loc[list(codes)], years, height=460))


@cached(entries=48)
def get_criteria(
    codes: tuple[str, ...],
    ink: str,
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """What changed by criterion, and its chart."""
    changes = compare_criteria(compared, codes)
    return changes, make_ready(draw_criterion_changes(changes, ink=ink))


def show_year(of_year: Assessment) -> None:
    """The map of a year by status, with its doubts."""
    frame = of_year.frame[of_year.frame["district"].isin(districts)]
    counts = count_statuses(frame, of_year.round.target_percent)
    st.markdown(f"**Năm {of_year.round.year}**: {format_number(counts.met)} / {format_number(counts.units)} đơn vị đạt")
    spec = draw_year(get_facts_version(of_year), of_year.round.key, view, tuple(frame.index))
    show_unit_map(
        spec,
        get_layer(of_year.round.vintage, of_year.round.province_code, view),
        unit if unit in frame.index else None,
        f"ban_do_{of_year.round.year}",
        f"Bản đồ kết quả năm {of_year.round.year}: {counts.met} đạt, {counts.not_met} không đạt, "
        f"{counts.incomplete} chưa đủ số liệu",
    )
    doubts = find_doubts(of_year).sentences
    if of_year is not assessment and doubts:
        st.caption(f"Năm {of_year.round.year}: {'; '.join(doubts)}")


if compared.obstacle is None:
    with st.container(horizontal=True):
        for kind, number in count_kinds(units).items():
            st.metric(CHANGE_WORDS[kind], format_number(number), border=True)
unit = choose_unit(area)
for side, of_year in zip(st.columns(2, gap="medium"), (compared.before, compared.now), strict=True):
    with side:
        show_year(of_year)

layer = get_layer(assessment.round.vintage, assessment.round.province_code, view)
st.caption(layer.source)
if compared.obstacle is not None:
    st.info(describe_obstacle(compared))
    st.stop()

st.subheader(f"Thay đổi từ {years[0]} đến {years[1]}")
facts = (*get_facts_version(compared.before), *get_facts_version(compared.now))
changes, bars = get_criteria(facts, tuple(units.index), get_ink())
picture, detail = st.columns(2, gap="medium")
with picture:
    spec = draw_changes(facts, years, view, tuple(units.index))
    words = ", ".join(f"{number} {CHANGE_WORDS[kind].lower()}" for kind, number in count_kinds(units).items())
    show_unit_map(spec, layer, unit, "ban_do_thay_doi", f"Bản đồ thay đổi: {words}")
with detail:
    if unit is None:
        st.info("Bấm vào một đơn vị để xem tiêu chí nào thay đổi nhiều nhất.")
        st.markdown("**Tiêu chí thay đổi ở nhiều đơn vị nhất**")
        for _, row in list_most_changed(changes).iterrows():
            st.markdown(
                f"- Tiêu chí {row['number']}: {row['name']} (▲ {format_number(row['risen'])} tăng, "
                f"▼ {format_number(row['fallen'])} giảm)"
            )
    else:
        row = units.loc[unit]
        st.markdown(f"#### {row['name']}")
        st.caption(
            f"{row['district']} · {CHANGE_WORDS[row['kind']]} · {years[0]}: {STATUS_WORDS[row['status_before']]}, "
            f"{format_number(int(row['total_before']))} điểm · {years[1]}: {STATUS_WORDS[row['status']]}, "
            f"{format_number(int(row['total']))} điểm"
        )
        of_unit = compare_unit(compared, unit)
        st.dataframe(
            of_unit,
            hide_index=True,
            height="content",
            placeholder="–",
            column_order=["number", "name", "before", "now", "change"],
            column_config={
                "number": st.column_config.NumberColumn("Số", width=40),
                "name": st.column_config.TextColumn("Tiêu chí", width=180),
                "before": st.column_config.NumberColumn(str(years[0]), width=60),
                "now": st.column_config.NumberColumn(str(years[1]), width=60),
                "change": st.column_config.NumberColumn("Tăng, giảm", format="localized", width=85),
            },
            alt=f"Điểm từng tiêu chí của {row['name']} hai năm, thay đổi nhiều nhất trước",
        )
        link_to_profile(row["name"])

st.subheader("Từng tiêu chí")
st.vega_lite_chart(spec=bars, alt="Số đơn vị tăng điểm và giảm điểm theo từng tiêu chí")
newly, cleared = (changes[changes[column] > 0] for column in ("new_zeros", "cleared_zeros"))
for word, column, criteria in (("Mới bị 0 điểm", "new_zeros", newly), ("Hết bị 0 điểm", "cleared_zeros", cleared)):
    texts = [f"tiêu chí {row['number']}: {format_number(row[column])} đơn vị" for _, row in criteria.iterrows()]
    st.markdown(f"**{word}**: {'; '.join(texts) or 'không có đơn vị nào'}.")

st.subheader("Từng đơn vị")
wanted = choose_or_any("Loại thay đổi", CHANGE_WORDS, keys.KIND_OF_CHANGE)
listed = units if wanted is None else units[units["kind"] == wanted]
listed = sort_by_change(listed)
if listed.empty:
    st.caption("Không có đơn vị nào.")
else:
    table = listed.assign(
        open="Hồ sơ",
        kind=listed["kind"].map(CHANGE_WORDS),
        status=listed["status"].map(STATUS_WORDS),
        status_before=listed["status_before"].map(STATUS_WORDS),
    )
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) <= 12 else 480,
        placeholder="–",
        column_order=["open", "name", "kind", "total_before", "total", "change", "status_before", "status", "district"],
        column_config={
            "open": unit_button("hai_nam_xem", list(table.index)),
            "name": "Đơn vị",
            "kind": "Thay đổi",
            "total_before": st.column_config.NumberColumn(f"Điểm {years[0]}", format="localized"),
            "total": st.column_config.NumberColumn(f"Điểm {years[1]}", format="localized"),
            "change": st.column_config.NumberColumn("Tăng, giảm", format="localized"),
            "status_before": f"Kết quả {years[0]}",
            "status": f"Kết quả {years[1]}",
            "district": assessment.district_heading,
        },
        alt=f"Bảng thay đổi của {len(table)} đơn vị",
    )
