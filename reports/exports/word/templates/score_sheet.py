"""The template of the sheet that says how a unit got its points."""

from docx.document import Document as WordDocument

from reports.exports.word.templates.layout import FORM_STYLE
from reports.exports.word.templates.parts import (
    CENTER,
    LEFT,
    Column,
    add_caption,
    add_doubts,
    add_items,
    add_letterhead,
    add_row,
    add_signatures,
    add_table,
    add_title,
    open_document,
)


def make_score_sheet() -> WordDocument:
    """Lay out the sheet: result, points by criterion and indicator, figures with their source."""
    document = open_document()
    add_letterhead(document, dated=True)
    add_title(document, "PHIẾU CHẤM ĐIỂM", "{{ trich_yeu }}")
    add_doubts(document)
    for line in (
        "Đơn vị: {{ don_vi }}, {{ thuoc_dia_ban }}. Mã: {{ ma }}.",
        "{{ loai_don_vi }}. Chấm theo {{ bo_tieu_chi }}.",
        "{{ tieu_de_tong_diem }}: {{ tong_diem }}, tối đa {{ tong_diem_toi_da }}. Điểm tối thiểu: {{ toi_thieu }}.",
        "Kết quả{{ ghi_chu_tam_tinh }}: {{ ket_qua }}.",
    ):
        document.add_paragraph(line, style=FORM_STYLE)
    add_items(document, "ly_do in cac_ly_do", "- {{ ly_do }}.")
    add_caption(document, "Bảng 1. Điểm từng tiêu chí, chỉ tiêu")
    columns = [
        Column("Số", "{{ dong.so }}", 13, CENTER),
        Column("Tiêu chí, chỉ tiêu", "{{ dong.ten }}", 52),
        Column("Số liệu", "{{ dong.so_lieu }}", 34),
        Column("Mức áp dụng", "{{ dong.muc }}", 31),
        Column("Điểm", "{{ dong.diem }}", 21, CENTER),
        Column("Tối đa", "{{ dong.toi_da }}", 14, CENTER),
    ]
    table = add_table(document, "dong in bang_diem", columns, bold_when="dong.la_tieu_chi", note="dong.ghi_chu")
    add_row(
        table,
        ["", "{{ tieu_de_tong_diem }}", "", "", "{{ tong_diem }}", "{{ tong_diem_toi_da }}"],
        [CENTER, LEFT, LEFT, LEFT, CENTER, CENTER],
        bold=True,
    )
    add_caption(document, "Bảng 2. Số liệu đã dùng và ô của tệp mà số liệu được lấy")
    add_table(
        document,
        "sl in so_lieu",
        [
            Column("Chỉ tiêu", "{{ sl.chi_tieu }}", 18, CENTER),
            Column("Số liệu", "{{ sl.ten }}", 44),
            Column("Giá trị", "{{ sl.gia_tri }}", 20, CENTER),
            Column("Nguồn", "{{ sl.nguon }}", 83),
        ],
    )
    add_signatures(document, left_title="NGƯỜI LẬP PHIẾU")
    return document
