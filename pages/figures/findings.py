"""Giải thích lỗi: the help page, made from the catalogue of findings."""

import re

import streamlit as st

from data.intake.findings.catalogue import CATALOGUE
from data.intake.findings.kind import SEVERITY_WORDS
from data.text.names import normalise_name

MEANING = {
    "error": "Tệp chưa nhận được khi còn lỗi.",
    "warning": "Tệp vẫn nhận được; nên xem lại hoặc ghi giải trình.",
    "note": "Phần mềm đã hiểu hoặc sửa thay; chỉ cần biết.",
}


def plain(template: str) -> str:
    """A message without the places that a file fills in."""
    return re.sub(r"\{\w+\}", "…", template).replace("….", "…")


st.title("Giải thích lỗi")
st.caption("Mọi điều phần mềm có thể báo khi đọc tệp số liệu: nghĩa là gì và sửa thế nào.")
wanted = st.text_input("Tìm", placeholder="Ví dụ: phần trăm, trùng tên, mật khẩu")
matches = {
    code: kind
    for code, kind in CATALOGUE.items()
    if normalise_name(wanted) in normalise_name(f"{kind.title} {kind.message} {kind.mend}")
}
if not matches:
    st.info("Không có mục nào khớp. Thử từ khác ngắn hơn.")
for severity, word in SEVERITY_WORDS.items():
    kinds = [kind for kind in matches.values() if kind.severity == severity]
    if not kinds:
        continue
    st.subheader(f"{word} ({len(kinds)})")
    st.caption(MEANING[severity])
    for kind in kinds:
        with st.container(border=True):
            st.markdown(f"**{kind.title}**")
            st.markdown(plain(kind.message))
            st.markdown(f":material/build: {plain(kind.mend)}")
