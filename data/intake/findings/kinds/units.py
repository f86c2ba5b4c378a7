"""What can be wrong with the units of the rows."""

from data.intake.findings.kind import Kind

UNITS = (
    Kind(
        "unit_unknown",
        "error",
        "Không có đơn vị này",
        "“{value}” không phải mã hay tên của đơn vị nào trong kỳ này.",
        "Sửa lại theo danh mục đơn vị (mã gồm 5 chữ số), hoặc xóa dòng này.",
    ),
    Kind(
        "unit_ambiguous",
        "error",
        "Trùng tên đơn vị",
        "“{value}” có thể là: {candidates}.",
        "Ghi thêm mã đơn vị hoặc tên huyện vào dòng, hoặc chọn đúng đơn vị ở bảng Đối chiếu đơn vị.",
    ),
    Kind(
        "unit_to_confirm",
        "error",
        "Tên đơn vị cần xác nhận",
        "“{value}” không trùng hẳn tên đơn vị nào; gần nhất là {candidates}.",
        "Sửa tên trong tệp, hoặc xác nhận ở bảng Đối chiếu đơn vị.",
    ),
    Kind(
        "unit_accepted",
        "warning",
        "Đơn vị nhận theo gợi ý",
        "“{value}” được hiểu là {name} theo gợi ý ({confidence} %).",
        "Kiểm tra lại; nếu sai thì sửa tên trong tệp.",
    ),
    Kind(
        "unit_merged",
        "error",
        "Đơn vị cũ đã sáp nhập hoặc chia tách",
        "“{value}” là đơn vị cũ, nay thuộc {candidates}; số liệu của riêng đơn vị cũ không dùng cho đơn vị mới được.",
        "Cộng số liệu của các đơn vị cũ rồi ghi một dòng cho đơn vị mới.",
    ),
    Kind(
        "unit_former",
        "note",
        "Tên cũ của đơn vị",
        "“{value}” là tên cũ, nay là {name}.",
        "Không phải làm gì nếu đúng đơn vị.",
    ),
    Kind(
        "type_left_out",
        "note",
        "Tên thiếu loại đơn vị",
        "“{value}” thiếu chữ xã, phường hoặc thị trấn, được hiểu là {name}: chỉ một đơn vị có tên này.",
        "Không phải làm gì nếu đúng đơn vị.",
    ),
    Kind(
        "unit_from_title",
        "note",
        "Đơn vị lấy từ tiêu đề",
        "Bảng không ghi đơn vị ở từng dòng, được hiểu là của {name} theo tiêu đề.",
        "Không phải làm gì nếu đúng đơn vị.",
    ),
    Kind(
        "unit_repeated",
        "error",
        "Đơn vị lặp lại",
        "{name} đã có ở ô {first}.",
        "Chỉ giữ một dòng cho mỗi đơn vị.",
    ),
    Kind(
        "unit_absent",
        "error",
        "Dòng không ghi đơn vị",
        "Dòng này có số liệu nhưng không ghi mã hay tên đơn vị.",
        "Ghi mã đơn vị (5 chữ số) hoặc tên đơn vị vào dòng, hoặc xóa số liệu của dòng.",
    ),
    Kind(
        "district_unknown",
        "warning",
        "Huyện không có trong danh mục",
        "“{value}” không phải huyện, thành phố nào của kỳ này.",
        "Sửa lại tên huyện nếu các đơn vị ở dưới bị báo trùng tên.",
    ),
    Kind(
        "name_differs",
        "warning",
        "Tên không khớp mã",
        "Mã {unit} là {official}, dòng này ghi “{value}”. Số liệu được tính cho {official}.",
        "Kiểm tra lại mã; nếu mã sai thì sửa rồi nộp lại.",
        explainable=True,
    ),
    Kind(
        "zero_restored",
        "note",
        "Đã thêm số 0 đầu mã",
        "Mã “{value}” thiếu số 0 ở đầu, được hiểu là {unit} ({name}).",
        "Không phải làm gì nếu đúng đơn vị.",
    ),
)
