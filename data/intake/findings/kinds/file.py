"""What can be wrong with a file before its tables are looked at."""

from data.intake.findings.kind import Kind

FILE = (
    Kind(
        "not_a_workbook",
        "error",
        "Không đọc được tệp",
        "Tệp “{file}” không đọc được ({reason}).",
        "Mở tệp bằng Excel, chọn Lưu thành (Save As) dạng .xlsx, bỏ mật khẩu nếu có, rồi nộp lại.",
    ),
    Kind(
        "other_format",
        "error",
        "Tệp không phải bảng tính",
        "Tệp “{file}” là tệp {kind}, không phải bảng tính Excel, dù tên tệp có thể ghi khác.",
        "Mở tệp bằng chương trình của nó, chép bảng sang Excel, lưu dạng .xlsx, rồi nộp lại.",
    ),
    Kind(
        "csv_row_longer",
        "error",
        "Dòng CSV dài hơn tiêu đề",
        "Tệp “{file}” ngăn cột bằng {separator} nhưng dòng {lines} có nhiều ô hơn {width} cột của tiêu đề, "
        "nên số có thể đã lệch sang cột khác.",
        "Ghi số liền nhau (1037, không phải 1,037) hoặc để trong ngoặc kép; hoặc lưu bảng dạng .xlsx rồi nộp lại.",
    ),
    Kind(
        "csv_separators_mixed",
        "error",
        "Tệp CSV lẫn nhiều dấu ngăn cột",
        "Tệp “{file}” ngăn cột bằng {separator} nhưng dòng {lines} ngăn bằng dấu khác.",
        "Mở bảng bằng Excel, lưu dạng .xlsx rồi nộp lại.",
    ),
    Kind(
        "csv_number_cut",
        "error",
        "Số bị cắt làm hai cột",
        "Tệp “{file}” ngăn cột bằng dấu phẩy nhưng dòng {lines} có số viết dấu phẩy ngăn hàng nghìn, "
        "nên số bị cắt làm hai cột.",
        "Ghi số liền nhau (1037) hoặc để trong dấu ngoặc kép; hoặc lưu bảng dạng .xlsx rồi nộp lại.",
    ),
    Kind(
        "too_large",
        "error",
        "Tệp quá lớn",
        "Tệp “{file}” lớn hơn mức nhận được ({limit}).",
        "Chép riêng các dòng số liệu sang một tệp Excel mới rồi nộp tệp đó.",
    ),
    Kind(
        "file_too_many",
        "error",
        "Quá nhiều tệp trong một gói",
        "Gói “{file}” có {count} tệp, nhiều hơn {most} tệp nhận được một lần.",
        "Chia gói thành nhiều gói nhỏ hơn.",
    ),
    Kind(
        "file_empty_archive",
        "error",
        "Gói không có bảng tính",
        "Gói “{file}” không có tệp bảng tính nào.",
        "Nén lại các tệp Excel (.xlsx, .xls, .ods, .csv) thành một tệp .zip rồi nộp.",
    ),
    Kind(
        "file_known",
        "warning",
        "Tệp đã nộp",
        "Đúng tệp này đã nộp ngày {date} với tên “{file}”.",
        "Không cần nộp lại, trừ khi muốn lấy lại số liệu của tệp này.",
    ),
    Kind(
        "unit_in_other_file",
        "warning",
        "Đơn vị có trong hai tệp",
        "{name} cũng có trong tệp “{file}” của lần nộp này; tệp xác nhận sau sẽ thay số liệu của tệp trước.",
        "Chỉ giữ đơn vị này trong một tệp.",
    ),
    Kind(
        "legacy_font",
        "note",
        "Đã chuyển phông chữ cũ",
        "Chữ trong tệp viết bằng bảng mã {font}, đã chuyển cả tệp sang Unicode.",
        "Xem lại tên đơn vị và tiêu đề cột; lần sau nên dùng phông Unicode (Times New Roman).",
    ),
    Kind(
        "wrong_year",
        "error",
        "Biểu mẫu của năm khác",
        "Biểu mẫu này là của năm {found}, không phải năm {expected}.",
        "Chọn đúng năm {found} khi nộp, hoặc tải biểu mẫu năm {expected}.",
    ),
    Kind(
        "year_in_title",
        "warning",
        "Tiêu đề ghi năm khác",
        "Phần tiêu đề của trang ghi năm {found}, trong khi đang nộp cho năm {expected}.",
        "Kiểm tra lại năm của số liệu trước khi xác nhận.",
    ),
    Kind(
        "wrong_standard",
        "error",
        "Biểu mẫu của bộ tiêu chí khác",
        "Biểu mẫu này theo bộ tiêu chí {found}, kỳ này dùng {expected}.",
        "Tải biểu mẫu mới ở trang Nộp số liệu.",
    ),
)
