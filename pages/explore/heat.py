"""Bảng nhiệt: units down, criteria across, each cell coloured by its share of the criterion's points."""

import streamlit as st
from pandas.io.formats.style import Styler

from pages.parts import keys
from pages.parts.cached import cached
from pages.parts.headings import show_heading
from pages.parts.kept_styler import keep_styler
from pages.parts.layers import get_facts_version
from pages.parts.legend import show_points_legend
from pages.parts.place import choose_district, choose_unit
from pages.parts.rounds import get_assessment
from pages.parts.unit_card import show_unit_card
from reports.charts.heat import colour_heat, style_heat
from reports.charts.theme import MISSING_MARK, ZERO_MARK
from reports.facts.criteria import criterion_label
from reports.facts.listing import sort_units
from reports.facts.tables import heat_table
from scoring.words import NO_DATA, format_number

assessment = get_assessment()
standard = assessment.standard
show_heading(f"Bảng nhiệt năm {assessment.round.year}", assessment)

HEAT_SORTS = {
    "zeros": "Nhiều tiêu chí 0 điểm trước",
    "total_down": "Tổng điểm, cao đến thấp",
    "name": "Tên đơn vị (a → y)",
    "district": f"{assessment.district_heading}, theo danh mục",
} | {criterion.id: f"{criterion_label(standard, criterion.id)}, thấp đến cao" for criterion in standard.criteria}


controls, legend = st.columns([3, 2], gap="medium")
with controls:
    with st.container(horizontal=True):
        area = choose_district(assessment)
        sort = st.selectbox(
            "Sắp xếp", HEAT_SORTS, format_func=HEAT_SORTS.__getitem__, key=keys.HEAT_SORT, bind="query-params"
        )
    unit = choose_unit(area)
with legend:
    show_points_legend("Chú giải màu của bảng nhiệt")


@cached(entries=48, shared=True)
def get_coloured(
    codes: tuple[str, ...],
    sort: str,
) -> Styler:
    """The table in order, with the colours of its cells."""
    ordered = sort_units(assessment.frame.loc[list(codes)], sort)
    table = heat_table(assessment, ordered)
    return keep_styler(style_heat(table, colour_heat(table, ordered, standard)), uuid="bang-nhiet")


coloured = get_coloured(get_facts_version(assessment), tuple(area.index), sort)
table = coloured.data


def take_clicked_row() -> None:
    cells = st.session_state[keys.HEAT_TABLE].selection.cells
    if cells:
        st.session_state[keys.UNIT] = table.index[cells[0][0]]


st.caption(
    f"{format_number(len(area))} đơn vị. {ZERO_MARK} 0: tiêu chí bị 0 điểm. {MISSING_MARK}: {NO_DATA.lower()}. "
    "Bấm vào một ô để xem phiếu điểm của đơn vị; bấm vào tên cột để sắp xếp."
)


def show_table() -> None:
    st.dataframe(
        coloured,
        key=keys.HEAT_TABLE,
        on_select=take_clicked_row,
        selection_mode="single-cell",
        hide_index=True,
        height=600 if len(table) > 15 else "content",
        row_height=30,
        placeholder=MISSING_MARK,
        column_config={
            "Đơn vị": st.column_config.TextColumn(pinned=True, width=150),
            "Kết quả": st.column_config.TextColumn(width=115),
            assessment.total_heading: st.column_config.NumberColumn("Tổng", help=assessment.total_heading, width=60),
            "Số tiêu chí 0 điểm": st.column_config.NumberColumn(f"Số {ZERO_MARK}", help="Số tiêu chí 0 điểm", width=50),
            **{
                f"TC{criterion.number}": st.column_config.NumberColumn(
                    str(criterion.number),
                    help=f"{criterion.name} (tối đa {criterion.max_points} điểm)",
                    width=40,
                    alignment="center",
                )
                for criterion in standard.criteria
            },
        },
        alt=f"Bảng nhiệt điểm {len(standard.criteria)} tiêu chí của {len(table)} đơn vị",
    )


if unit is None:
    show_table()
else:
    left, right = st.columns([5, 3], gap="medium")
    with left:
        show_table()
    with right:
        show_unit_card(assessment, unit)
