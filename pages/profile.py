"""Hồ sơ xã: the scorecard of a unit, every point traced to its cell, the years side by side."""

import pandas as pd
import streamlit as st

from pages.shared import (
    CRITERION_COLUMNS,
    choose_unit,
    criterion_table,
    get_assessment,
    get_assessment_of,
    get_store,
    get_trace,
    quote,
    show_heading,
)
from scoring.explain import CriterionTrace
from scoring.words import (
    DEMO_LABEL,
    NO_DATA,
    PROVENANCE_WORDS,
    PROVISIONAL_LABEL,
    STATUS_WORDS,
    format_date,
    format_number,
)

assessment = get_assessment()
show_heading(f"Hồ sơ xã năm {assessment.round.year}", assessment)
code = choose_unit(assessment.frame)
if code is None:
    st.info("Chọn một đơn vị ở ô trên để xem hồ sơ.")
    st.stop()

row = assessment.frame.loc[code]
unit = assessment.units.loc[code]
trace = get_trace(assessment, code)
st.header(row["name"])
labels = [row["district"], f"mã {code}", trace.class_label]
if unit["class_provenance"] != "seen":
    labels.append(f"loại {PROVENANCE_WORDS[unit['class_provenance']]}")
if row["demo"]:
    labels.append(DEMO_LABEL.lower())
st.caption(" · ".join(labels))

with st.container(horizontal=True):
    st.metric("Kết quả", STATUS_WORDS[trace.status], border=True)
    st.metric(assessment.total_heading, format_number(trace.total), border=True)
    st.metric("Điểm tối thiểu", format_number(trace.minimum), border=True)
    if row["missing"]:
        st.metric("Còn có thể đạt tới", format_number(int(row["ceiling"])), border=True)

st.subheader("Còn thiếu gì để được công nhận")
if not trace.reasons:
    st.success("Đủ tổng điểm và không có tiêu chí nào bị 0 điểm.", icon=":material/check_circle:")
for reason in trace.reasons:
    st.markdown(f"- {reason}")

st.subheader("13 tiêu chí")
st.dataframe(
    criterion_table(trace), hide_index=True, height="content", column_config=CRITERION_COLUMNS, alt="Điểm 13 tiêu chí"
)


def show_criterion(criterion: CriterionTrace) -> None:
    points = NO_DATA if criterion.points is None else f"{criterion.points}/{criterion.max_points} điểm"
    zero = " · bị 0 điểm" if criterion.at_zero else ""
    with st.expander(f"Tiêu chí {criterion.number}. {criterion.name}: {points}{zero}", expanded=criterion.at_zero):
        st.caption(f"Căn cứ: {criterion.reference}")
        for one in criterion.indicators:
            won = NO_DATA if one.points is None else f"{one.points}/{one.max_points} điểm"
            doubt = f" ({PROVISIONAL_LABEL})" if one.provisional else ""
            st.markdown(f"**{one.id}. {one.name}** — {won}{doubt}")
            st.markdown(f"Giá trị: {one.value_text}" + (f" → mức: {one.band_text}" if one.band_text else ""))
            if one.note:
                st.caption(one.note)
            for value in one.inputs:
                st.caption(
                    f"{value.label}: **{value.value_text}**" + (f" — {quote(value.source)}" if value.source else "")
                )


st.subheader("Từng điểm lấy từ đâu")
for criterion in trace.criteria:
    show_criterion(criterion)

explained = [
    one for (_, unit_code, _), one in get_store().explanations(assessment.round.year).items() if unit_code == code
]
if explained:
    st.subheader("Giải trình của cán bộ")
    for one in explained:
        st.markdown(f"- {quote(one.message)} **{quote(one.note)}**")
        st.caption(f"{quote(one.author)}, {format_date(one.written_at)}")

st.subheader("Các năm")
years = [(year, get_assessment_of(year)) for year in get_store().list_years()]
known = [(year, one.frame.loc[code]) for year, one in years if code in one.frame.index]
columns = {"": ["Kết quả", assessment.total_heading, *(f"TC {one.number} – {one.name}" for one in trace.criteria)]}
for year, of_year in known:
    points = [of_year[one.id] for one in trace.criteria]
    shown = [NO_DATA if pd.isna(one) else format_number(int(one)) for one in points]
    columns[str(year)] = [STATUS_WORDS[of_year["status"]], format_number(int(of_year["total"])), *shown]
st.table(pd.DataFrame(columns).set_index(""), alt="Kết quả và điểm các năm")
