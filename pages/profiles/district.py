"""Hồ sơ huyện: how a district stands, what knocks its units out, where they lie, how complete its figures are."""

import streamlit as st

from data.text.labels import DEMO_LABEL
from pages.parts import keys
from pages.parts.headings import show_heading, show_share_metric
from pages.parts.layers import get_facts_version, get_layer
from pages.parts.maps import show_unit_map
from pages.parts.place import EVERYWHERE, choose_district, go_to, take_clicked_unit
from pages.parts.ready_charts import draw_once
from pages.parts.rounds import get_assessment, get_years_of
from pages.parts.tables import show_unit_table
from pages.parts.unit_card import choose_unit_beside_map
from reports.charts.classes import classify_status
from reports.charts.maps.status import draw_map
from reports.charts.places import draw_shares_by_criterion
from reports.charts.strip import UNIT_SELECTION, draw_total_strip
from reports.facts.counts import count_knocked_out, count_units
from reports.facts.districts import compare_with_province, list_district_strengths, rank_districts
from reports.facts.history import list_district_years
from reports.facts.likeness import get_median_total
from reports.facts.sentences import describe_district_rank
from reports.facts.tables import district_table, district_years_table
from scoring.words import STATUS_WORDS, format_number, format_percent

assessment = get_assessment()
kind = assessment.district_heading.split(",")[0].lower()  # “huyện”, “địa bàn huyện cũ”
target = assessment.round.target_percent
show_heading(f"Hồ sơ {kind} năm {assessment.round.year}", assessment)
area = choose_district(assessment)
districts = rank_districts(assessment)


def take_pressed_district() -> None:
    go_to(districts["district"].iloc[st.session_state[keys.DISTRICT_BUTTON].row])


if st.session_state[keys.DISTRICT] == EVERYWHERE:
    st.info("Chọn một địa bàn ở ô trên, hoặc bấm nút “Hồ sơ” trong bảng, để mở hồ sơ.")
    table = district_table(assessment, districts)
    table.insert(0, "open", "Hồ sơ")
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(districts) <= 40 else 600,
        column_config={
            "open": st.column_config.ButtonColumn("Xem", key=keys.DISTRICT_BUTTON, on_click=take_pressed_district),
            "Tỷ lệ đạt": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
        },
        alt=f"Bảng {format_number(len(districts))} địa bàn, xếp theo danh mục hành chính",
    )
    st.stop()

code = area["district_code"].iloc[0]
facts = (*get_facts_version(assessment), code)
district = districts.loc[code]
part = assessment.restrict(area.index)
counts = count_units(part)
name = district["district"]
st.header(name)
if part.demo:
    st.caption(DEMO_LABEL)

with st.container(horizontal=True):
    show_share_metric(counts)
    for status, word in STATUS_WORDS.items():
        st.metric(word, f"{format_number(counts[status])} / {format_number(counts.units)}", border=True)
st.markdown(describe_district_rank(district))
if district["mean_total"] is not None:
    st.markdown(
        f"{assessment.total_heading} trung bình của các đơn vị đủ số liệu: "
        f"**{format_number(district['mean_total'], 1)}**."
    )


def show_causes() -> None:
    st.subheader("Tiêu chí làm nhiều đơn vị bị loại")
    knocked_out = count_knocked_out(part)
    if knocked_out.empty:
        st.caption("Không có tiêu chí nào bị 0 điểm.")
    else:
        st.dataframe(
            knocked_out[["number", "name", "units", "only"]],
            hide_index=True,
            height="content",
            column_config={
                "number": st.column_config.NumberColumn("Số", width=40),
                "name": st.column_config.TextColumn("Tiêu chí", width="large"),
                "units": st.column_config.ProgressColumn(
                    "Đơn vị bị 0 điểm", format="localized", min_value=0, max_value=counts.units
                ),
                "only": st.column_config.NumberColumn(
                    "Chỉ vướng tiêu chí này", help="Đạt nếu không bị 0 điểm ở tiêu chí này"
                ),
            },
            alt=f"Số đơn vị của {name} bị 0 điểm theo tiêu chí",
        )


if part.standard.recognition.zero_knocks_out:
    show_causes()

st.subheader(f"{format_number(counts.units)} đơn vị")
picture, _, unit = choose_unit_beside_map(
    assessment, area, "Bấm vào một đơn vị trên bản đồ hay trên dải điểm để xem phiếu điểm."
)
with picture:
    layer = get_layer(assessment.round.vintage, assessment.round.province_code, "boundaries")
    spec = draw_once(
        ("map of a district", *facts),
        lambda: draw_map(layer, area, classify_status(area), assessment.total_heading, height=420),
    )
    words = f"Bản đồ {format_number(counts.units)} đơn vị của {name} theo kết quả"
    show_unit_map(spec, layer, unit, "ban_do_huyen", words)
    st.caption(layer.source)
    without_place = area.loc[area.index.isin(layer.without_place), "name"]
    if len(without_place):
        st.warning(f"Chưa có hình trên bản đồ (vẫn có trong bảng): {', '.join(without_place)}.")
st.vega_lite_chart(
    spec=draw_once(
        ("totals of a district", *facts),
        lambda: draw_total_strip(
            area, assessment.total_heading, assessment.standard.total_points, get_median_total(assessment)
        ),
    ),
    key=keys.TOTAL_STRIP,
    on_select=lambda: take_clicked_unit(keys.TOTAL_STRIP, UNIT_SELECTION),
    selection_mode=UNIT_SELECTION,
    alt=f"Tổng điểm từng đơn vị của {name}, theo kết quả, so với điểm tối thiểu",
)
show_unit_table(assessment, area, key="bang_ho_so_huyen")

st.subheader("Mạnh, yếu so với toàn tỉnh")
compared = compare_with_province(assessment, code)
for column, title, listed in zip(st.columns(2), ("Mạnh", "Yếu"), list_district_strengths(compared), strict=True):
    with column:
        st.markdown(f"**{title}**")
        if listed.empty:
            st.caption("Không có tiêu chí nào: không khác mức trung bình của tỉnh.")
        for criterion in listed.itertuples():
            st.markdown(
                f"- **{criterion.number}.** {criterion.name}: "
                f"**{format_percent(*criterion.district.as_integer_ratio())}** số điểm, toàn tỉnh "
                f"{format_percent(*criterion.province.as_integer_ratio())}"
            )
st.vega_lite_chart(
    spec=draw_once(
        ("criteria of a district", *facts),
        lambda: draw_shares_by_criterion(compared, {"district": name, "province": "Toàn tỉnh"}),
    ),
    alt=f"Phần điểm đạt được ở từng tiêu chí: trung bình {name} và toàn tỉnh",
)

st.subheader("Các năm")
years = list_district_years(get_years_of(assessment), code)
st.table(district_years_table(years).set_index("Năm"), alt=f"Kết quả của {name} các năm")
