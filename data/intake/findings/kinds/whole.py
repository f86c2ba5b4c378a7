"""What is told of a table as a whole."""

from data.intake.findings.kind import Kind

WHOLE = (
    Kind(
        "sum_differs",
        "warning",
        "Dòng cộng không khớp",
        "Dòng “{row}” ghi {value}, cộng các đơn vị được {ours} (lệch {difference}).",
        "Kiểm tra lại công thức cộng hoặc số liệu của các đơn vị; phần mềm dùng số của từng đơn vị.",
        explainable=True,
    ),
    Kind(
        "rows_left_out",
        "note",
        "Dòng không phải số liệu của đơn vị",
        "Đã bỏ qua {count} dòng tiêu đề huyện, dòng cộng: {rows}.",
        "Không phải làm gì nếu đúng.",
    ),
    Kind(
        "zero_rows_left_out",
        "note",
        "Dòng chỉ có số 0",
        "Đã bỏ qua {count} dòng không ghi đơn vị và chỉ có số 0.",
        "Không phải làm gì nếu đó là các dòng công thức để sẵn.",
    ),
    Kind(
        "units_left_out",
        "note",
        "Đơn vị không có trong tệp",
        "{count} đơn vị của kỳ không có trong tệp này; số liệu đã nộp của các đơn vị đó giữ nguyên.",
        "Không phải làm gì nếu tệp chỉ nộp cho một số đơn vị.",
    ),
)
