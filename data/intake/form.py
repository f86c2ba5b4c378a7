"""What the product's own collection workbook calls its sheets and where its rows are.

`reports.exports.excel.collection` writes it.
"""

DATA_SHEET = "Số liệu"
GUIDE_SHEET = "Hướng dẫn"
STANDARD_SHEET = "Bộ tiêu chí"
FINDINGS_SHEET = "Kết quả kiểm tra"  # in the copy of a checked file that officers get back
FORM_SHEET = "Biểu mẫu"  # hidden: which standard and year the form is for
UNIT_HEADERS = ("Mã đơn vị", "Tên đơn vị", "Huyện, thành phố")
TITLE_ROW, CRITERION_ROW, ID_ROW, LABEL_ROW, FIRST_UNIT_ROW = 0, 1, 2, 3, 4  # 0-based
OWN_SHEETS = frozenset((FINDINGS_SHEET, FORM_SHEET, GUIDE_SHEET, STANDARD_SHEET))  # that hold no figures
