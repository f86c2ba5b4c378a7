"""What can be wrong with a table and its columns."""

from data.intake.findings.kind import Kind

TABLE = (
    Kind(
        "no_table",
        "error",
        "Không tìm thấy bảng số liệu",
        "Không trang tính nào có bảng với tiêu đề cột nhận ra được.",
        "Ghi tiêu đề cột theo tên chỉ tiêu, hoặc tải biểu mẫu ở trang Nộp số liệu và chép số liệu vào đó.",
    ),
    Kind(
        "no_units",
        "error",
        "Không có dòng số liệu",
        "Bảng không có dòng nào ghi mã hoặc tên đơn vị.",
        "Ghi mã đơn vị (5 chữ số) hoặc tên xã, phường, thị trấn ở từng dòng.",
    ),
    Kind(
        "hidden_sheet",
        "warning",
        "Trang tính ẩn có bảng số liệu",
        "Trang “{name}” đang ẩn và có bảng số liệu; trang này không được đọc.",
        "Nếu cần số liệu của trang này: bỏ ẩn (Unhide) rồi nộp lại.",
    ),
    Kind(
        "hidden_data",
        "warning",
        "Dòng hoặc cột ẩn có số liệu",
        "Có {what} đang ẩn; số liệu trong đó vẫn được đọc.",
        "Bỏ ẩn để xem lại; nếu không dùng thì xóa hẳn rồi nộp lại.",
    ),
    Kind(
        "column_to_confirm",
        "error",
        "Tiêu đề cột cần xác nhận",
        "Tiêu đề “{value}” không trùng hẳn tên chỉ tiêu nào; gần nhất là “{label}” ({confidence} %).",
        "Xác nhận hoặc chọn lại chỉ tiêu ở bảng Đối chiếu cột; phần mềm sẽ nhớ cho các tệp cùng dạng.",
    ),
    Kind(
        "column_accepted",
        "warning",
        "Cột nhận theo gợi ý",
        "Tiêu đề “{value}” được hiểu là “{label}” theo gợi ý ({confidence} %).",
        "Kiểm tra lại; nếu sai thì chọn lại chỉ tiêu ở bảng Đối chiếu cột.",
    ),
    Kind(
        "mapping_remembered",
        "note",
        "Dùng lại cách đối chiếu đã xác nhận",
        "Các cột được đối chiếu như {by} đã xác nhận cho tệp cùng dạng.",
        "Không phải làm gì nếu đúng; muốn đổi thì sửa ở bảng Đối chiếu cột.",
    ),
    Kind(
        "column_unknown",
        "warning",
        "Cột không dùng",
        "Cột “{value}” không phải chỉ tiêu nào, số liệu của cột không được đọc.",
        "Không phải làm gì nếu đúng; nếu là chỉ tiêu thì chọn ở bảng Đối chiếu cột.",
    ),
    Kind(
        "column_absent",
        "warning",
        "Thiếu cột",
        "Bảng không có cột của {count} chỉ tiêu: {labels}.",
        "Thêm cột nếu đã có số liệu; nếu không, số liệu đã nộp trước đây của chỉ tiêu được giữ nguyên.",
    ),
    Kind(
        "column_repeated",
        "error",
        "Cột lặp lại",
        "Chỉ tiêu “{label}” có ở hai nơi ({first} và {second}).",
        "Chỉ giữ một; hoặc chọn “Không dùng cột này” ở bảng Đối chiếu cột.",
    ),
)
