"""Hồ sơ xã: the scorecard of a unit, its place among units like it, every point traced to its cell, the years."""

import streamlit as st

from data.text.labels import DEMO_LABEL, PROVENANCE_WORDS
from pages.parts import keys
from pages.parts.headings import show_heading
from pages.parts.layers import get_facts_version
from pages.parts.place import choose_unit, go_to
from pages.parts.ready_charts import draw_once
from pages.parts.rounds import get_assessment, get_store, get_years_of
from pages.parts.unit_card import CRITERION_COLUMNS, criterion_table, get_trace
from pages.parts.user_text import quote
from reports.charts.places import draw_shares_by_criterion
from reports.charts.years import draw_years
from reports.facts.areas import upper_first
from reports.facts.fragile import list_fragile
from reports.facts.history import list_unit_years
from reports.facts.likeness import compare_with_like, list_strengths, rank_units
from reports.facts.sentences import describe_rank
from reports.facts.tables import fragile_table, unit_years_table
from scoring.explain import CriterionTrace
from scoring.words import (
    NO_DATA,
    PROVISIONAL_LABEL,
    STATUS_WORDS,
    describe_conditions,
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


def leave_for(script: str) -> None:
    """Open another page with this unit and its district chosen."""
    go_to(row["district"], code)
    # Without parameters of its own a switch is refused while a choice of this page stands in the URL.
    st.switch_page(script, query_params={keys.DISTRICT: row["district"]})


with st.container(horizontal=True):
    for script, label, icon in (
        ("pages/profiles/district.py", f"Hồ sơ {row['district']}", "location_city"),
        ("pages/explore/map.py", "Xem trên bản đồ", "map"),
        ("pages/decide/gaps.py", "Cần làm gì để đạt", "checklist"),
    ):
        st.button(label, icon=f":material/{icon}:", on_click=leave_for, args=(script,))

ranked = rank_units(assessment).loc[code]
with st.container(horizontal=True):
    st.metric("Kết quả", STATUS_WORDS[trace.status], border=True)
    st.metric(assessment.total_heading, format_number(trace.total), border=True)
    st.metric("Điểm tối thiểu", format_number(trace.minimum), border=True)
    if row["missing"]:
        st.metric("Còn có thể đạt tới", format_number(int(row["ceiling"])), border=True)
    else:
        st.metric(
            "Hạng trong nhóm",
            f"{format_number(int(ranked['rank']))} / {format_number(int(ranked['complete']))}",
            border=True,
        )
st.markdown(describe_rank(ranked))

st.subheader("Còn thiếu gì để được công nhận")
if not trace.reasons:
    st.success(f"{upper_first(describe_conditions(assessment.standard))}.", icon=":material/check_circle:")
for reason in trace.reasons:
    st.markdown(f"- {reason}")

st.subheader("Mạnh, yếu so với đơn vị cùng nhóm")
strengths, weaknesses = list_strengths(assessment, code)
for column, title, listed, counted, word in zip(
    st.columns(2), ("Mạnh", "Yếu"), (strengths, weaknesses), ("worse", "better"), ("thấp hơn", "cao hơn"), strict=True
):
    with column:
        st.markdown(f"**{title}**")
        if listed.empty:
            st.caption("Không có chỉ tiêu nào: không khác mức giữa của nhóm.")
        for indicator in listed.itertuples():
            st.markdown(
                f"- **{indicator.Index}.** {indicator.name}: **{indicator.points}/{indicator.max_points}** điểm; "
                f"{format_number(getattr(indicator, counted))}/{format_number(indicator.compared)} đơn vị {word}, "
                f"mức giữa {format_number(indicator.median, 1)}"
            )
st.caption(f"Cùng nhóm: {ranked['group']} của tỉnh. Chỉ so các chỉ tiêu đã có số liệu.")

st.subheader(f"{len(trace.criteria)} tiêu chí")
st.dataframe(
    criterion_table(trace),
    hide_index=True,
    height="content",
    column_config=CRITERION_COLUMNS,
    alt=f"Điểm {len(trace.criteria)} tiêu chí",
)
st.markdown(f"**So với đơn vị cùng nhóm, {row['district']} và toàn tỉnh**")
series = {"unit": row["name"], "like": "Mức giữa của nhóm", "district": row["district"], "province": "Toàn tỉnh"}
st.vega_lite_chart(
    spec=draw_once(
        ("criteria of a unit", *get_facts_version(assessment), code),
        lambda: draw_shares_by_criterion(compare_with_like(assessment, trace.code), series),
    ),
    alt=f"Phần điểm đạt được ở từng tiêu chí: {', '.join(series.values())}",
)
st.caption("Huyện và tỉnh: số trung bình của các đơn vị đã có số liệu.")

st.subheader("Số nhỏ: một trường hợp đổi được gì")
small = [
    (indicator.id, indicator.note)
    for criterion in trace.criteria
    for indicator in criterion.indicators
    if indicator.note
]
for id_, note in small:
    st.markdown(f"- Chỉ tiêu {id_}: {note[0].lower()}{note[1:]}.")
fragile = list_fragile(assessment, code)
if fragile.empty:
    st.caption("Không chỉ tiêu nào đổi mức điểm khi thêm hoặc bớt 1 trường hợp.")
else:
    st.table(fragile_table(fragile).set_index("Chỉ tiêu"), alt="Chỉ tiêu đổi mức điểm khi thêm hoặc bớt 1 trường hợp")
    st.caption("Mẫu số và các chỉ tiêu khác giữ nguyên.")

st.subheader("Các năm")
assessments = get_years_of(assessment)
years = list_unit_years(assessments, code)
left, right = st.columns([2, 3])
with left:
    st.vega_lite_chart(
        spec=draw_once(
            ("years of a unit", *map(get_facts_version, assessments), code),
            lambda: draw_years(years, assessment.total_heading, assessment.standard.total_points),
        ),
        alt=f"Tổng điểm, điểm tối thiểu và tiêu chí 0 điểm của {row['name']} các năm",
    )
with right:
    st.table(unit_years_table(assessment, years), alt="Kết quả và điểm các năm")
if years["rearranged"].any():
    st.caption("Địa giới đã đổi: mã này là một đơn vị sắp xếp lại, không so thẳng với năm trước.")


def show_criterion(criterion: CriterionTrace) -> None:
    points = NO_DATA if criterion.points is None else f"{criterion.points}/{criterion.max_points} điểm"
    zero = " · bị 0 điểm" if criterion.at_zero else ""
    with st.expander(f"Tiêu chí {criterion.number}. {criterion.name}: {points}{zero}", expanded=criterion.at_zero):
        st.caption(f"Căn cứ: {criterion.reference}")
        for indicator in criterion.indicators:
            won = NO_DATA if indicator.points is None else f"{indicator.points}/{indicator.max_points} điểm"
            doubt = f" ({PROVISIONAL_LABEL})" if indicator.provisional else ""
            st.markdown(f"**{indicator.id}. {indicator.name}** — {won}{doubt}")
            st.markdown(
                f"Giá trị: {indicator.value_text}" + (f" → mức: {indicator.band_text}" if indicator.band_text else "")
            )
            if indicator.note:
                st.caption(indicator.note)
            for value in indicator.inputs:
                st.caption(
                    f"{value.label}: **{value.value_text}**" + (f" — {quote(value.source)}" if value.source else "")
                )


st.subheader("Từng điểm lấy từ đâu")
for criterion in trace.criteria:
    show_criterion(criterion)

explained = [
    explanation
    for (_, unit_code, _), explanation in get_store().explanations.load(assessment.round).items()
    if unit_code == code
]
if explained:
    st.subheader("Giải trình của cán bộ")
    for explanation in explained:
        st.markdown(f"- {quote(explanation.message)} **{quote(explanation.note)}**")
        st.caption(f"{quote(explanation.author)}, {format_date(explanation.written_at)}")
