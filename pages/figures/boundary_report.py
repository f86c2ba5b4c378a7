"""What boundaries that would be installed hold: what matched, what did not, overlaps, gaps, repairs."""

import pandas as pd
import streamlit as st

from pages.parts.user_text import as_text, quote
from scoring.words import format_number
from shapes.boundaries.report import InstallReport, area_in_words


def show_report(report: InstallReport) -> None:
    """What matched, what did not, overlaps, gaps, repairs."""
    figures = {
        "Đơn vị có hình": report.matched,
        "Chưa có hình": report.without_shape,
        "Cặp chồng nhau": report.overlaps,
        "Khoảng trống": report.gaps,
    }
    for cell, (title, members) in zip(2 * st.columns(2), figures.items(), strict=True):
        cell.metric(title, format_number(len(members)))
    st.markdown(
        f"- Khớp theo mã {format_number(report.by_code)}, theo tên {format_number(report.by_name)}, "
        f"do người dùng xác nhận {format_number(report.confirmed)}.\n"
        f"- {format_number(report.vertices)} đỉnh trên bản đồ, trong tệp {format_number(report.vertices_before)}."
    )
    for note in report.notes:
        st.warning(quote(note))
    show_list("Đơn vị chưa có hình", "Đơn vị", [report.describe(code) for code in report.without_shape])
    show_list("Hình không thuộc danh mục", "Hình trong tệp", [as_text(label) for label in report.unknown])
    show_list("Hình để ngoài", "Hình trong tệp", [as_text(label) for label in report.left_out])
    show_list("Hình không hợp lệ đã sửa", "Đơn vị", [report.describe(code) for code in report.repaired])
    if report.overlaps:
        show_areas(
            f"Chồng lên nhau: {area_in_words(sum(overlap.area for overlap in report.overlaps))} km²",
            pd.DataFrame(
                {
                    "Đơn vị": [report.describe(overlap.first) for overlap in report.overlaps],
                    "Chồng lên": [report.describe(overlap.second) for overlap in report.overlaps],
                    "km²": [area_in_words(overlap.area) for overlap in report.overlaps],
                }
            ),
        )
    if report.gaps:
        show_areas(
            f"Khoảng trống giữa các đơn vị: {area_in_words(sum(gap.area for gap in report.gaps))} km²",
            pd.DataFrame(
                {
                    "Giữa các đơn vị": [", ".join(map(report.describe, gap.beside)) for gap in report.gaps],
                    "km²": [area_in_words(gap.area) for gap in report.gaps],
                    "Có thể là": ["" if gap.unit is None else report.describe(gap.unit) for gap in report.gaps],
                }
            ),
        )


def show_list(title: str, heading: str, texts: list[str]) -> None:
    if texts:
        show_areas(f"{title}: {format_number(len(texts))}", pd.DataFrame({heading: texts}))


def show_areas(title: str, table: pd.DataFrame) -> None:
    with st.expander(title):
        st.dataframe(table, hide_index=True, height=240 if len(table) > 6 else "content", alt=title)
