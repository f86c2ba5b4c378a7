"""The template of the minutes of the council that votes on a unit."""

from docx.document import Document as WordDocument

from reports.exports.word.templates.layout import FORM_STYLE
from reports.exports.word.templates.parts import (
    CENTER,
    LEFT,
    Column,
    add_blanks,
    add_caption,
    add_doubts,
    add_heading,
    add_items,
    add_letterhead,
    add_row,
    add_signatures,
    add_table,
    add_text,
    add_title,
    open_document,
)


def make_minutes() -> WordDocument:
    """Lay out the minutes: attendance, points, opinions, vote and conclusion, to be filled in by hand."""
    document = open_document()
    add_letterhead(document, dated=False)
    add_title(document, "BIÊN BẢN", "{{ trich_yeu }}")
    add_doubts(document)
    document.add_paragraph("Thời gian bắt đầu: …… giờ …… phút, ngày …… tháng …… năm ………", style=FORM_STYLE)
    add_blanks(document, "Địa điểm:")
    add_blanks(document, "Thành phần tham dự:", 3)
    document.add_paragraph("Số thành viên có mặt: ……/……; vắng mặt: ……", style=FORM_STYLE)
    add_blanks(document, "Lý do vắng mặt:")
    add_blanks(document, "Chủ trì:", half="Chức vụ:")
    add_blanks(document, "Thư ký:", half="Chức vụ:")
    add_heading(document, "I. KẾT QUẢ CHẤM ĐIỂM TRÌNH HỘI ĐỒNG")
    add_text(
        document,
        "Số liệu năm {{ nam }} của {{ don_vi_trong_cau }}, {{ thuoc_dia_ban }}, chấm theo {{ bo_tieu_chi }}, "
        "phần mềm lập ngày {{ ngay_lap }}. {{ loai_don_vi }}.",
    )
    add_caption(document, "Bảng 1. Điểm từng tiêu chí{{ ghi_chu_tam_tinh }}")
    table = add_table(
        document,
        "tc in tieu_chi",
        [
            Column("Số", "{{ tc.so }}", 12, CENTER),
            Column("Tiêu chí", "{{ tc.ten }}", 74),
            Column("Tối đa", "{{ tc.toi_da }}", 16, CENTER),
            Column("Điểm", "{{ tc.diem }}", 31, CENTER),
            Column("Điểm Hội đồng thống nhất", "", 32, CENTER),
        ],
    )
    add_row(
        table,
        ["", "{{ tieu_de_tong_diem }}", "{{ tong_diem_toi_da }}", "{{ tong_diem }}", ""],
        [CENTER, LEFT, CENTER, CENTER, CENTER],
        bold=True,
    )
    add_text(
        document,
        "Điểm tối thiểu: {{ toi_thieu }}. Kết quả{{ ghi_chu_tam_tinh }}: {{ ket_qua }}.",
    )
    add_items(document, "ly_do in cac_ly_do", "- {{ ly_do }}.")
    add_heading(document, "II. Ý KIẾN CỦA CÁC THÀNH VIÊN")
    add_blanks(document, "Ý kiến:", 4)
    add_heading(document, "III. BIỂU QUYẾT VÀ KẾT LUẬN")
    add_text(document, "{{ luu_y_ket_luan }}")
    for line in (
        "1. Về điểm từng tiêu chí tại Bảng 1: tán thành ……; không tán thành ……; ý kiến khác ……",
        "2. Đề nghị công nhận {{ don_vi_trong_cau }} phù hợp với trẻ em năm {{ nam }}: tán thành ……; "
        "không tán thành ……; ý kiến khác ……",
        "3. Kết luận của Hội đồng (đánh dấu một ô):",
        "☐ Đề nghị công nhận",
        "☐ Không đề nghị công nhận",
        "☐ Bổ sung số liệu, họp lại",
    ):
        document.add_paragraph(line, style=FORM_STYLE)
    add_blanks(document, "Nội dung khác:", 2)
    closing = add_text(
        document,
        "Biên bản đã được đọc cho các thành viên cùng nghe và thống nhất. Cuộc họp kết thúc vào …… giờ …… phút, "
        "ngày …… tháng …… năm ………./.",
    )
    closing.paragraph_format.keep_with_next = True
    add_signatures(document, left_title="THƯ KÝ")
    return document
