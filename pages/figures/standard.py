"""Bộ tiêu chí: the standard as an officer reads it, each figure with its provenance."""

import pandas as pd
import streamlit as st

from data.text.labels import PROVENANCE_WORDS
from pages.parts import keys
from pages.parts.cached import cached
from reports.facts.areas import upper_first
from scoring.standard import Criterion, get_standard, list_standards
from scoring.words import describe_band, describe_conditions, format_date, format_number

PROVENANCE_ICONS = {"seen": ":material/verified:", "provisional": ":material/hourglass_empty:"}

chosen = st.session_state.get(keys.ROUND)
standard = get_standard(chosen.standard_id if chosen else list_standards()[0])
st.title("Bộ tiêu chí")
st.markdown(f"**{standard.title}** — {standard.subject}")
end = f" đến {format_date(standard.in_force.end)}" if standard.in_force.end else ""
st.caption(
    f"Hiệu lực từ {format_date(standard.in_force.start)}{end} · {len(standard.criteria)} tiêu chí · "
    f"{format_number(standard.total_points)} điểm · đọc lại ngày {format_date(standard.read_on)}"
)
if standard.provisional:
    st.warning(
        "Các con số ghi **tạm tính** chưa đối chiếu với bảng điểm của Quyết định. "
        "Điểm và kết quả dựa trên các con số này cũng là tạm tính.",
        icon=":material/hourglass_empty:",
    )

st.subheader("Điều kiện công nhận")
st.markdown(f"{upper_first(describe_conditions(standard))}.")
st.table(
    pd.DataFrame(
        [
            {
                "Loại đơn vị": minimum.label,
                "Tổng điểm tối thiểu": format_number(minimum.points),
                "Nguồn": PROVENANCE_WORDS[minimum.provenance],
            }
            for minimum in standard.recognition.minimum_total.values()
        ]
    ).set_index("Loại đơn vị"),
    alt="Tổng điểm tối thiểu theo loại đơn vị",
)


@cached(entries=64)
def list_bands(_criterion: Criterion) -> pd.DataFrame:
    """The bands of a criterion; a standard does not change while the app runs."""
    rows = []
    for indicator in _criterion.indicators:
        for number, band in enumerate(indicator.bands):
            mountainous = describe_band(indicator, number, True)
            plain = describe_band(indicator, number, False)
            rows.append(
                {
                    "Chỉ tiêu": f"{indicator.id}. {indicator.name}" if number == 0 else "",
                    "Mức": plain[0].upper() + plain[1:],
                    "Mức cho miền núi": "" if mountainous == plain else mountainous[0].upper() + mountainous[1:],
                    "Điểm": format_number(band.points),
                    "Nguồn": f"{PROVENANCE_ICONS[band.provenance]} {PROVENANCE_WORDS[band.provenance]}",
                }
            )
    table = pd.DataFrame(rows)
    return table if table["Mức cho miền núi"].any() else table.drop(columns="Mức cho miền núi")


st.subheader("Các tiêu chí và thang điểm")
for criterion in standard.criteria:
    with st.expander(
        f"Tiêu chí {criterion.number}. {criterion.name} — tối đa {format_number(criterion.max_points)} điểm",
        expanded=criterion.number == 1,
    ):
        st.caption(f"{criterion.reference} · điểm tối đa: {PROVENANCE_WORDS[criterion.maximum.provenance]}")
        st.table(
            list_bands((standard.id, criterion.id), criterion),
            hide_index=True,
            alt=f"Thang điểm tiêu chí {criterion.number}",
        )
        for indicator in criterion.indicators:
            for input_id in indicator.inputs:
                figure = standard.inputs[input_id]
                st.caption(f"**{figure.label}**: {figure.help}")
worst = [indicator.id for indicator in standard.indicators if indicator.when_none == "zero"]
except_ = f", trừ chỉ tiêu {', '.join(worst)} được điểm mức cuối" if worst else ""
st.caption(
    f"Mẫu số bằng 0 là không phát sinh: được đủ điểm{except_}. Thiếu số liệu không phải là 0: đơn vị chưa đủ số liệu."
)
