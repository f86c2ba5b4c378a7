"""Tổng quan: how many units meet the standard, by district, who is knocked out by a zero, what changed."""

from typing import Literal

import pandas as pd
import streamlit as st

from data.text.labels import CHANGE_WORDS
from pages.parts import keys
from pages.parts.headings import show_heading, show_share_metric
from pages.parts.layers import get_facts_version
from pages.parts.place import NO_PARAMETERS, take_clicked_district
from pages.parts.ready_charts import draw_ready_bars
from pages.parts.rounds import get_assessment, get_year_before
from pages.parts.tables import district_button, unit_button
from reports.charts.bars import BAR_SELECTION
from reports.facts.comparison import compare, count_kinds
from reports.facts.counts import (
    count_knocked_out,
    count_units,
    list_failing,
    list_furthest,
    order_districts,
    summarise_districts,
)
from reports.facts.criteria import number_zeros
from reports.facts.sentences import describe_causes, describe_obstacle
from scoring.words import STATUS_WORDS, format_number, format_percent

assessment = get_assessment()
frame = assessment.frame
target = assessment.round.target_percent
counts = count_units(assessment)
before = get_year_before(assessment)
comparison = None if before is None else compare(before, assessment)
changed_counts = None if comparison is None else comparison.count_changes

show_heading(f"Tổng quan năm {assessment.round.year}", assessment)


def show_count(status: str, delta_color: Literal["normal", "inverse"]) -> None:
    delta = None
    if comparison is not None and changed_counts is not None:
        delta = f"{format_number(changed_counts[status], signed=True)} so với {comparison.years[0]}"
    st.metric(
        f"{STATUS_WORDS[status]} / {format_number(counts.units)} đơn vị",
        format_number(counts[status]),
        delta=delta,
        delta_color=delta_color,
        border=True,
        height="stretch",
    )


with st.container(horizontal=True):
    show_count("met", "normal")
    show_count("not_met", "inverse")
    show_count("incomplete", "inverse")
    show_share_metric(counts)

zero_knocks_out = assessment.standard.recognition.zero_knocks_out
st.subheader("Đơn vị bị loại vì có tiêu chí 0 điểm" if zero_knocks_out else "Đơn vị không đạt")
failing = list_failing(frame)
knocked_out = count_knocked_out(assessment)
causes = describe_causes(frame, assessment.standard, mark="**")
st.markdown(f"Trong **{format_number(counts.not_met)}** đơn vị không đạt: {causes}.")
if knocked_out.empty and zero_knocks_out:
    st.caption("Không có tiêu chí nào bị 0 điểm.")
elif zero_knocks_out:
    first = knocked_out[knocked_out["units"] == knocked_out["units"].max()]
    st.markdown(
        "Làm nhiều đơn vị bị loại nhất: "
        + "; ".join(f"**tiêu chí {criterion.number} – {criterion.name}**" for criterion in first.itertuples())
        + f" ({format_number(int(first['units'].iloc[0]))} đơn vị bị 0 điểm)."
    )
    st.dataframe(
        knocked_out[["number", "name", "units", "only"]],
        hide_index=True,
        height="content",
        column_config={
            "number": st.column_config.NumberColumn("Số", width="small"),
            "name": st.column_config.TextColumn("Tiêu chí", width="large"),
            "units": st.column_config.ProgressColumn(
                "Đơn vị bị 0 điểm", format="%d", min_value=0, max_value=int(knocked_out["units"].max())
            ),
            "only": st.column_config.NumberColumn(
                "Chỉ vướng tiêu chí này", help="Đạt nếu không bị 0 điểm ở tiêu chí này"
            ),
        },
        alt="Số đơn vị bị 0 điểm theo tiêu chí",
    )
    with st.expander(f"Danh sách {format_number(len(failing['zero']))} đơn vị bị loại vì có tiêu chí 0 điểm"):
        listed = failing["zero"][["name", "district", "total", "minimum", "zeros"]].copy()
        listed["zeros"] = number_zeros(assessment.standard, listed)
        listed["open"] = "Hồ sơ"
        st.dataframe(
            listed,
            hide_index=True,
            column_config={
                "name": "Đơn vị",
                "district": assessment.district_heading,
                "total": st.column_config.NumberColumn(assessment.total_heading, format="localized"),
                "minimum": st.column_config.NumberColumn("Điểm tối thiểu", format="localized"),
                "zeros": "Tiêu chí 0 điểm",
                "open": unit_button("open_knocked_out", list(listed.index)),
            },
            alt="Danh sách đơn vị bị loại vì có tiêu chí 0 điểm",
        )

st.subheader(f"Theo {assessment.district_heading.lower()}")
districts = order_districts(summarise_districts(frame, target))
furthest = list_furthest(districts)
if furthest:
    worst = districts[districts["district"].isin(furthest)].iloc[0]
    st.markdown(
        f"Xa mục tiêu {target} % nhất: **{', '.join(furthest)}** "
        f"({format_percent(int(worst['met']), int(worst['units']))} đơn vị đạt)."
    )


def open_clicked_district() -> None:
    if take_clicked_district(keys.DISTRICT_BARS):
        st.switch_page("pages/profiles/district.py", query_params=NO_PARAMETERS)


st.vega_lite_chart(
    spec=draw_ready_bars(get_facts_version(assessment), assessment.round.key, tuple(frame.index), furthest_first=True),
    key=keys.DISTRICT_BARS,
    on_select=open_clicked_district,
    selection_mode=BAR_SELECTION,
    alt="Tỷ lệ đơn vị đạt, không đạt, chưa đủ số liệu theo huyện, thành phố",
)
st.caption(f"Vạch đứt: mục tiêu {target} %; xa mục tiêu nhất đứng đầu. Bấm vào một thanh để mở hồ sơ huyện.")
districts.insert(0, "open", "Hồ sơ")
st.dataframe(
    districts,
    hide_index=True,
    height="content" if len(districts) <= 40 else 600,
    column_config={
        "open": district_button("mo_huyen", districts["district"].tolist()),
        "district": assessment.district_heading,
        "units": st.column_config.NumberColumn("Số đơn vị", format="localized"),
        "met": st.column_config.NumberColumn(STATUS_WORDS["met"], format="localized"),
        "not_met": st.column_config.NumberColumn(STATUS_WORDS["not_met"], format="localized"),
        "incomplete": st.column_config.NumberColumn(STATUS_WORDS["incomplete"], format="localized"),
        "share_met": st.column_config.ProgressColumn("Tỷ lệ đạt", format="percent", min_value=0, max_value=1),
        "short_of_target": st.column_config.NumberColumn(f"Còn thiếu để đạt {target} %", format="localized"),
    },
    alt="Kết quả theo huyện, thành phố",
)

st.subheader("Thay đổi so với năm trước")
if comparison is None:
    st.caption("Chưa có số liệu năm trước để so sánh.")
elif comparison.obstacle is not None:
    st.caption(describe_obstacle(comparison))
else:
    changes = comparison.units
    with st.container(horizontal=True):
        for kind, number in count_kinds(changes).items():
            st.metric(CHANGE_WORDS[kind], format_number(number), border=True)
    lost, gained = (changes[changes["kind"] == kind] for kind in ("lost", "gained"))
    left, right = st.columns(2)
    for column, title, units in ((left, "Mất kết quả đạt", lost), (right, "Mới đạt", gained)):
        with column:
            st.markdown(f"**{title} ({format_number(len(units))})**")
            if units.empty:
                st.caption("Không có đơn vị nào.")
                continue
            st.dataframe(
                pd.DataFrame(units[["name", "district", "total_before", "total", "change"]]),
                hide_index=True,
                height="content" if len(units) < 8 else 320,
                column_config={
                    "name": "Đơn vị",
                    "district": assessment.district_heading,
                    "total_before": st.column_config.NumberColumn(str(comparison.years[0]), format="localized"),
                    "total": st.column_config.NumberColumn(str(assessment.round.year), format="localized"),
                    "change": st.column_config.NumberColumn("Tăng, giảm", format="localized"),
                },
                alt=f"{title} so với năm {comparison.years[0]}",
            )
