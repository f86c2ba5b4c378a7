"""Units as a table, each with the way to its profile."""

import pandas as pd
import streamlit as st

from pages.parts.place import open_profile
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
            "open": st.column_config.ButtonColumn(
                "Xem", key=f"{key}_xem", on_click=open_profile, args=(f"{key}_xem", list(frame.index))
            ),
            "Đơn vị": st.column_config.TextColumn(pinned=True),
            assessment.total_heading: st.column_config.ProgressColumn(
                assessment.total_heading, format="localized", min_value=0, max_value=most
            ),
            "Điểm tối thiểu": st.column_config.NumberColumn(format="localized"),
        },
        alt=f"Bảng {len(table)} đơn vị",
    )
