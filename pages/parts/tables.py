"""Tables with a button in each row that opens the profile of its unit or district."""

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ButtonColumnResult, ColumnConfig

from pages.parts import keys
from pages.parts.place import NO_PARAMETERS, go_to
from reports.facts.assessment import Assessment
from reports.facts.tables import unit_table


def show_unit_table(assessment: Assessment, frame: pd.DataFrame, key: str) -> None:
    """Units with result and totals; a button in each row opens the unit's profile."""
    if frame.empty:
        st.info("Không có đơn vị nào khớp với bộ lọc. Nới bộ lọc để xem thêm.")
        return
    table = unit_table(assessment, frame)
    table.insert(0, "open", "Hồ sơ")
    most = assessment.standard.total_points
    st.dataframe(
        table,
        hide_index=True,
        height=480 if len(table) > 12 else "content",
        column_config={
            "open": unit_button(f"{key}_xem", list(frame.index)),
            "Đơn vị": st.column_config.TextColumn(pinned=True),
            assessment.total_heading: st.column_config.ProgressColumn(
                assessment.total_heading, format="localized", min_value=0, max_value=most
            ),
            "Điểm tối thiểu": st.column_config.NumberColumn(format="localized"),
        },
        alt=f"Bảng {len(table)} đơn vị",
    )


def unit_button(key: str, codes: list[str], width: int | None = None) -> ButtonColumnResult | ColumnConfig:
    """A column of buttons that open the profiles of units; `codes`: of the table's rows, in order."""

    def open_profile() -> None:
        st.session_state[keys.UNIT] = codes[st.session_state[key].row]
        st.switch_page("pages/profiles/unit.py", query_params=NO_PARAMETERS)

    return st.column_config.ButtonColumn("Xem", key=key, on_click=open_profile, width=width)


def district_button(key: str, districts: list[str]) -> ButtonColumnResult | ColumnConfig:
    """A column of buttons that open the profiles of districts; `districts`: of the table's rows, in order."""

    def open_profile() -> None:
        go_to(districts[st.session_state[key].row])
        st.switch_page("pages/profiles/district.py", query_params=NO_PARAMETERS)

    return st.column_config.ButtonColumn("Xem", key=key, on_click=open_profile)
