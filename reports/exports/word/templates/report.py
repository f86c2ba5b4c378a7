"""The template of the report of a province or a district."""

from docx.document import Document as WordDocument

from reports.exports.word.templates.layout import CELL_STYLE
from reports.exports.word.templates.parts import (
    CENTER,
    LEFT,
    Column,
    add_annex,
    add_blanks,
    add_caption,
    add_class_notes,
    add_doubts,
    add_else,
    add_end,
    add_heading,
    add_letterhead,
    add_note,
    add_row,
    add_signatures,
    add_table,
    add_text,
    add_title,
    add_when,
    open_document,
)


def make_report(by_district: bool) -> WordDocument:
    """Lay out the report: results, zero criteria, districts or units, gaps, map, remarks, annexes."""
    document = open_document()
    add_letterhead(document, dated=True)
    add_title(document, "BÁO CÁO", "{{ trich_yeu }}")
    add_doubts(document)
    add_text(document, "Thực hiện {{ bo_tieu_chi }}, {{ co_quan_trong_cau }} báo cáo {{ noi_dung_bao_cao }} như sau:")

    add_heading(document, "I. KẾT QUẢ CHUNG")
    add_text(
        document,
        "1. {{ dia_ban_dau_cau }} có {{ so_don_vi }} đơn vị hành chính cấp xã được đánh giá: {{ so_dat }} đơn vị đạt "
        "({{ ty_le_dat }}), {{ so_khong_dat }} đơn vị không đạt ({{ ty_le_khong_dat }}), {{ so_chua_du }} đơn vị chưa "
        "đủ số liệu ({{ ty_le_chua_du }}){{ ghi_chu_tam_tinh }}. {{ so_voi_chi_tieu }}",
    )
    add_text(document, "2. {{ nguyen_nhan }}")
    add_when(document, "tieu_chi_liet")
    add_caption(document, "Bảng 1. Số đơn vị bị 0 điểm theo tiêu chí (kể cả đơn vị chưa đủ số liệu)")
    add_table(
        document,
        "tc in tieu_chi_liet",
        [
            Column("Số", "{{ tc.so }}", 12, CENTER),
            Column("Tiêu chí", "{{ tc.ten }}", 93),
            Column("Số đơn vị bị 0 điểm", "{{ tc.so_don_vi }}", 28, CENTER),
            Column("Trong đó chỉ vướng tiêu chí này", "{{ tc.chi_tieu_chi_nay }}", 32, CENTER),
        ],
    )
    add_end(document)
    add_text(document, "3. {{ so_voi_nam_truoc }}")

    if by_district:
        add_heading(document, "II. KẾT QUẢ THEO {{ tieu_de_huyen_hoa }}")
        add_caption(document, "Bảng 2. Kết quả theo từng địa bàn{{ ghi_chu_tam_tinh }}")
        table = add_table(
            document,
            "dong in theo_huyen",
            [
                Column("STT", "{{ dong.stt }}", 11, CENTER),
                Column("{{ tieu_de_huyen }}", "{{ dong.huyen }}", 50),
                Column("Số đơn vị", "{{ dong.so_don_vi }}", 17, CENTER),
                Column("Đạt", "{{ dong.dat }}", 15, CENTER),
                Column("Không đạt", "{{ dong.khong_dat }}", 17, CENTER),
                Column("Chưa đủ số liệu", "{{ dong.chua_du }}", 18, CENTER),
                Column("Tỷ lệ đạt", "{{ dong.ty_le }}", 18, CENTER),
                Column("Còn thiếu so với chỉ tiêu", "{{ dong.con_thieu }}", 19, CENTER),
            ],
        )
        add_row(
            table,
            [
                "",
                "Cộng",
                "{{ so_don_vi }}",
                "{{ so_dat }}",
                "{{ so_khong_dat }}",
                "{{ so_chua_du }}",
                "{{ ty_le_dat }}",
                "{{ con_thieu }}",
            ],
            [CENTER, LEFT, *[CENTER] * 6],
            bold=True,
        )
        add_note(document, "Chỉ tiêu: {{ chi_tieu }}. Tỷ lệ được cắt, không làm tròn lên.")
    else:
        add_heading(document, "II. KẾT QUẢ TỪNG ĐƠN VỊ")
        add_caption(document, "Bảng 2. Điểm và kết quả của từng đơn vị{{ ghi_chu_tam_tinh }}")
        add_table(
            document,
            "dv in don_vi",
            [
                Column("STT", "{{ dv.stt }}", 11, CENTER),
                Column("Đơn vị", "{{ dv.ten }}", 48),
                Column("Loại", "{{ dv.loai }}", 13, CENTER),
                Column("{{ tieu_de_tong_diem }}", "{{ dv.tong_diem }}", 25, CENTER),
                Column("Điểm tối thiểu", "{{ dv.toi_thieu }}", 19, CENTER),
                Column("Kết quả", "{{ dv.ket_qua }}", 27, CENTER),
                Column("Tiêu chí 0 điểm", "{{ dv.tieu_chi_0 }}", 22, CENTER),
            ],
        )
        add_class_notes(document)

    add_heading(document, "III. SỐ LIỆU CÒN THIẾU")
    add_text(document, "{{ so_lieu_thieu }}")
    add_when(document, "chua_du")
    add_caption(document, "Bảng 3. Đơn vị chưa đủ số liệu")
    add_table(
        document,
        "dv in chua_du",
        [
            Column("STT", "{{ dv.stt }}", 11, CENTER),
            Column("Đơn vị", "{{ dv.ten }}", 40 if by_district else 50),
            *([Column("{{ tieu_de_huyen }}", "{{ dv.huyen }}", 34)] if by_district else []),
            Column("Điểm đã có", "{{ dv.diem_da_co }}", 16, CENTER),
            Column("Điểm cao nhất có thể đạt", "{{ dv.cao_nhat }}", 20, CENTER),
            Column("Ghi chú", "{{ dv.ly_do }}", 44 if by_district else 68),
        ],
    )
    add_end(document)

    add_heading(document, "IV. BẢN ĐỒ KẾT QUẢ")
    add_when(document, "ban_do")
    picture = document.add_paragraph("{{ ban_do }}", style=CELL_STYLE)
    picture.alignment = CENTER
    picture.paragraph_format.keep_with_next = True
    add_caption(document, "Hình 1. {{ ten_ban_do }}", below=True)
    add_else(document)
    add_text(document, "Báo cáo này không kèm bản đồ.")
    add_end(document)

    add_heading(document, "V. NHẬN XÉT, ĐỀ NGHỊ")
    add_text(document, "1. {{ de_nghi }}")
    add_blanks(document, "2. Nhận xét, kiến nghị khác:", 3)
    add_text(document, "Trên đây là báo cáo {{ noi_dung_bao_cao }}./.").paragraph_format.keep_with_next = True
    add_signatures(document)

    add_annex(document, "I", "{{ ten_phu_luc_1 }}")
    add_when(document, "dat")
    add_table(
        document,
        "dv in dat",
        [
            Column("STT", "{{ dv.stt }}", 12, CENTER),
            Column("Đơn vị", "{{ dv.ten }}", 54 if by_district else 88),
            *([Column("{{ tieu_de_huyen }}", "{{ dv.huyen }}", 44)] if by_district else []),
            Column("Loại", "{{ dv.loai }}", 13, CENTER),
            Column("{{ tieu_de_tong_diem }}", "{{ dv.tong_diem }}", 24 if by_district else 30, CENTER),
            Column("Điểm tối thiểu", "{{ dv.toi_thieu }}", 18 if by_district else 22, CENTER),
        ],
    )
    add_class_notes(document)
    add_else(document)
    add_text(document, "Không có đơn vị nào.")
    add_end(document)

    add_annex(document, "II", "{{ ten_phu_luc_2 }}")
    add_when(document, "chua_dat")
    add_table(
        document,
        "dv in chua_dat",
        [
            Column("STT", "{{ dv.stt }}", 11, CENTER),
            Column("Đơn vị", "{{ dv.ten }}", 36 if by_district else 46),
            *([Column("{{ tieu_de_huyen }}", "{{ dv.huyen }}", 30)] if by_district else []),
            Column("Kết quả", "{{ dv.ket_qua }}", 22 if by_district else 25, CENTER),
            Column("{{ tieu_de_tong_diem }}", "{{ dv.tong_diem }}", 20 if by_district else 22, CENTER),
            Column("Lý do", "{{ dv.ly_do }}", 46 if by_district else 61),
        ],
    )
    add_else(document)
    add_text(document, "Không có đơn vị nào.")
    add_end(document)

    add_when(document, "thay_doi")
    add_annex(document, "III", "{{ ten_phu_luc_3 }}")
    add_table(
        document,
        "dv in thay_doi",
        [
            Column("STT", "{{ dv.stt }}", 11, CENTER),
            Column("Đơn vị", "{{ dv.ten }}", 44 if by_district else 60),
            *([Column("{{ tieu_de_huyen }}", "{{ dv.huyen }}", 36)] if by_district else []),
            Column("{{ nam_truoc }}", "{{ dv.nam_truoc }}", 24 if by_district else 31, CENTER),
            Column("{{ nam_nay }}", "{{ dv.nam_nay }}", 24 if by_district else 31, CENTER),
            Column("Thay đổi", "{{ dv.thay_doi }}", 26 if by_district else 32, CENTER),
        ],
    )
    add_end(document)
    return document
