"""Phân bố điểm: how far the units are from the minimum total, who is close to it on either side."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import keys
from pages.parts.cached import cached
from pages.parts.headings import get_ink, show_heading
from pages.parts.layers import get_facts_version
from pages.parts.place import choose_district
from pages.parts.ready_charts import make_ready
from pages.parts.rounds import get_assessment
from pages.parts.tables import unit_button
from reports.charts.margins import draw_margin_bars
from reports.facts.criteria import number_zeros
from reports.facts.margins import MARGIN_WORDS, list_bin_widths, list_distances, summarise_margins
from scoring.words import NO_DATA, format_number

assessment = get_assessment()
zero_knocks_out = assessment.standard.recognition.zero_knocks_out
show_heading(f"Phân bố điểm năm {assessment.round.year}", assessment)


def choose_points(label: str, choices: tuple[int, ...], default: int, key: str) -> int:
    """A selection of a number of points, kept in the URL; that of a standard with other points is forgotten."""
    if st.session_state.get(key) not in (None, *choices):
        st.session_state.pop(key)
    chosen: int = st.segmented_control(label, choices, default=default, key=key, bind="query-params", required=True)
    return chosen


with st.container(horizontal=True, vertical_alignment="bottom"):
    area = choose_district(assessment)
    near = list_distances(assessment.standard)
    within = choose_points("Khoảng gần mức tối thiểu (điểm)", near, near[len(near) // 2], keys.DISTANCE)
    widths = list_bin_widths(assessment.standard)
    bin_width = choose_points("Mỗi cột (điểm)", widths, widths[-1], keys.BIN_WIDTH)


@cached(entries=96)
def draw_groups(
    codes: tuple[str, ...],
    bin_width: int,
    groups: tuple[str, ...],
    height: int,
    ink: str,
) -> dict[str, Any]:
    """The bars of some groups."""
    return make_ready(draw_margin_bars(assessment.frame.loc[list(codes)], bin_width, groups, height, ink))


drawn = (get_facts_version(assessment), tuple(area.index), bin_width)
margins = summarise_margins(area, within)
tallied = margins.units["group"].value_counts()
with st.container(horizontal=True):
    for group, word in MARGIN_WORDS.items():
        if group != "zero" or zero_knocks_out:
            st.metric(word, format_number(int(tallied.get(group, 0))), border=True)

st.subheader("Điểm so với mức tối thiểu của loại đơn vị")
st.vega_lite_chart(
    spec=draw_groups(*drawn, ("met", "short"), 260, get_ink()),
    alt=f"Phân bố {tallied.get('met', 0)} đơn vị đạt và {tallied.get('short', 0)} đơn vị thiếu tổng điểm theo số điểm "
    "so với mức tối thiểu",
)
if zero_knocks_out:
    enough = int((margins.zero["margin"] >= 0).sum())
    st.markdown(
        f"**{MARGIN_WORDS['zero']}**: {format_number(len(margins.zero))} đơn vị, trong đó {format_number(enough)} đã "
        "đủ tổng điểm. Thêm điểm ở tiêu chí khác không giúp các đơn vị này đạt."
    )
    st.vega_lite_chart(
        spec=draw_groups(*drawn, ("zero",), 170, get_ink()),
        alt=f"Phân bố {len(margins.zero)} đơn vị bị loại vì tiêu chí 0 điểm theo số điểm so với mức tối thiểu",
    )
st.caption("Vạch đứt: mức tối thiểu (0). Cột bên trái vạch là thiếu điểm. Đơn vị chưa đủ số liệu không có trong hình.")


def show_margin_table(units: pd.DataFrame, key: str, columns: dict[str, str]) -> None:
    """A table of units: name, district, the columns asked for (name: heading), a button to the profile."""
    if units.empty:
        st.caption("Không có đơn vị nào.")
        return
    table = units[["name", *columns, "district"]].copy()
    if "zeros" in columns:
        table["zeros"] = number_zeros(assessment.standard, table)
    table.insert(0, "open", "Hồ sơ")
    headings = {"name": "Đơn vị", "district": assessment.district_heading} | columns
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) <= 10 else 390,
        column_config={
            "open": unit_button(f"{key}_xem", list(table.index)),
            **{
                name: st.column_config.TextColumn(heading)
                if name in ("name", "district", "zeros")
                else st.column_config.NumberColumn(heading, format="localized")
                for name, heading in headings.items()
            },
        },
        alt=f"Bảng {len(table)} đơn vị",
    )


POINTS = {"margin": "Vượt, thiếu", "total": assessment.total_heading, "minimum": "Điểm tối thiểu"}
left, right = st.columns(2, gap="medium")
with left:
    st.subheader(f"Thiếu không quá {within} điểm ({format_number(len(margins.below))})")
    st.caption("Không vướng tiêu chí 0 điểm: chỉ cần thêm điểm là đạt." if zero_knocks_out else "Chỉ cần thêm điểm.")
    show_margin_table(margins.below, "duoi", POINTS)
with right:
    st.subheader(f"Vượt không quá {within} điểm ({format_number(len(margins.above))})")
    st.caption("Đã đạt, nhưng dễ mất kết quả nếu giảm điểm.")
    show_margin_table(margins.above, "tren", POINTS)

if zero_knocks_out:
    st.subheader(f"{MARGIN_WORDS['zero']} ({format_number(len(margins.zero))})")
    show_margin_table(margins.zero, "khong", {"zeros": "Tiêu chí 0 điểm"} | POINTS)

st.subheader(f"{MARGIN_WORDS['incomplete']} ({format_number(len(margins.incomplete))})")
st.caption("Điểm đã có và điểm còn có thể tới khi đủ số liệu; chưa xếp là đạt hay không đạt.")
show_margin_table(
    margins.incomplete,
    "thieu",
    {
        "total": "Đã có (điểm)",
        "ceiling": "Còn có thể tới (điểm)",
        "minimum": "Điểm tối thiểu",
        "missing": f"Chỉ tiêu {NO_DATA.lower()}",
        "zeros": "Tiêu chí 0 điểm",
    },
)
