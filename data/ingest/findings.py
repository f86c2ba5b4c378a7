"""The one catalogue of findings: what can be wrong with a workbook, in words that a commune officer understands."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Kind:
    """A kind of finding: `message` and `mend` are templates filled by `make_finding`."""

    severity: Severity
    title: str
    message: str
    mend: str


@dataclass(frozen=True)
class Finding:
    """Something found in a workbook, at its place.

    Any of `sheet`, `cell`, `unit` (code), `input` (id) and `value` may be None where it does not apply.
    """

    code: str
    severity: Severity
    message: str
    mend: str
    sheet: str | None = None
    cell: str | None = None
    unit: str | None = None
    input: str | None = None
    value: str | None = None


CATALOGUE: dict[str, Kind] = {
    "not_a_workbook": Kind(
        "error",
        "Không đọc được tệp",
        "Tệp “{file}” không phải tệp Excel đọc được ({reason}).",
        "Mở tệp bằng Excel, chọn Lưu thành (Save As) dạng .xlsx, bỏ mật khẩu nếu có, rồi nộp lại.",
    ),
    "too_large": Kind(
        "error",
        "Tệp quá lớn",
        "Tệp “{file}” lớn hơn mức nhận được ({limit}).",
        "Chép các dòng số liệu sang biểu mẫu mới tải về rồi nộp lại.",
    ),
    "no_table": Kind(
        "error",
        "Không tìm thấy bảng số liệu",
        "Không trang tính nào có dòng mã chỉ tiêu hoặc tiêu đề cột của biểu mẫu.",
        "Tải biểu mẫu ở trang Nộp số liệu, chép số liệu vào đó rồi nộp lại.",
    ),
    "no_units": Kind(
        "error",
        "Không có dòng số liệu",
        "Bảng không có dòng nào ghi mã đơn vị.",
        "Ghi mã đơn vị (5 chữ số) ở cột đầu của từng dòng.",
    ),
    "wrong_year": Kind(
        "error",
        "Biểu mẫu của năm khác",
        "Biểu mẫu này là của năm {found}, không phải năm {expected}.",
        "Chọn đúng năm {found} khi nộp, hoặc tải biểu mẫu năm {expected}.",
    ),
    "wrong_standard": Kind(
        "error",
        "Biểu mẫu của bộ tiêu chí khác",
        "Biểu mẫu này theo bộ tiêu chí {found}, kỳ này dùng {expected}.",
        "Tải biểu mẫu mới ở trang Nộp số liệu.",
    ),
    "column_unknown": Kind(
        "error",
        "Cột lạ",
        "Cột “{value}” không có trong biểu mẫu.",
        "Xóa cột này, hoặc sửa lại tiêu đề cho đúng biểu mẫu.",
    ),
    "column_absent": Kind(
        "error",
        "Thiếu cột",
        "Không có cột “{label}”.",
        "Thêm lại cột này đúng như biểu mẫu; chưa có số liệu thì để trống các ô.",
    ),
    "column_repeated": Kind(
        "error",
        "Cột lặp lại",
        "Cột “{label}” có hai lần (cột {first} và cột {second}).",
        "Xóa bớt một cột.",
    ),
    "unit_unknown": Kind(
        "error",
        "Mã đơn vị lạ",
        "Mã “{value}” không phải mã của đơn vị nào trong kỳ này.",
        "Sửa lại mã theo biểu mẫu (5 chữ số), hoặc xóa dòng này.",
    ),
    "unit_repeated": Kind(
        "error",
        "Đơn vị lặp lại",
        "{name} đã có ở ô {first}.",
        "Chỉ giữ một dòng cho mỗi đơn vị.",
    ),
    "unit_absent": Kind(
        "error",
        "Dòng không có mã đơn vị",
        "Dòng này có số liệu nhưng không có mã đơn vị.",
        "Ghi mã đơn vị (5 chữ số) vào ô, hoặc xóa số liệu của dòng.",
    ),
    "not_a_number": Kind(
        "error",
        "Không phải số",
        "“{value}” không phải là số.",
        "Ghi số nguyên, chỉ gồm chữ số; chưa biết thì để trống.",
    ),
    "negative": Kind("error", "Số âm", "{value} nhỏ hơn 0.", "Ghi số từ 0 trở lên."),
    "decimal": Kind(
        "error",
        "Số lẻ",
        "{value} không phải số nguyên.",
        "Ghi số đếm (số trẻ, số vụ), không ghi tỷ lệ phần trăm.",
    ),
    "number_too_large": Kind(
        "error",
        "Số quá lớn",
        "{value} lớn hơn mọi số có thể có của một đơn vị.",
        "Kiểm tra lại, có thể thừa chữ số.",
    ),
    "error_value": Kind(
        "error",
        "Ô báo lỗi",
        "Ô đang báo lỗi {value} của Excel.",
        "Sửa công thức, hoặc ghi thẳng con số vào ô.",
    ),
    "date_value": Kind(
        "error",
        "Ô là ngày tháng",
        "Ô đang là ngày {value}, không phải số đếm.",
        "Đổi định dạng ô sang Số (Number) rồi ghi lại con số.",
    ),
    "part_too_large": Kind(
        "error",
        "Phần lớn hơn tổng",
        "{value} lớn hơn “{whole_label}” ({whole} ở ô {whole_cell}).",
        "Sửa một trong hai ô: số này chỉ là một phần của số kia.",
    ),
    "answer_unclear": Kind(
        "error",
        "Câu trả lời không rõ",
        "“{value}” không phải Có hay Không.",
        "Chọn Có hoặc Không trong danh sách của ô; chưa biết thì để trống.",
    ),
    "name_differs": Kind(
        "warning",
        "Tên không khớp mã",
        "Mã {unit} là {official}, dòng này ghi “{value}”. Số liệu được tính cho {official}.",
        "Kiểm tra lại mã; nếu mã sai thì sửa rồi nộp lại.",
    ),
    "zero_restored": Kind(
        "note",
        "Đã thêm số 0 đầu mã",
        "Mã “{value}” thiếu số 0 ở đầu, được hiểu là {unit} ({name}).",
        "Không phải làm gì nếu đúng đơn vị.",
    ),
    "values_missing": Kind(
        "note",
        "Còn ô trống",
        "Còn {count} ô trống: {labels}.",
        "Điền thêm nếu đã có số liệu; để trống thì đơn vị là “Chưa đủ số liệu”.",
    ),
    "units_left_out": Kind(
        "note",
        "Đơn vị không có trong tệp",
        "{count} đơn vị của kỳ không có trong tệp này; số liệu đã nộp của các đơn vị đó giữ nguyên.",
        "Không phải làm gì nếu tệp chỉ nộp cho một số đơn vị.",
    ),
}


def make_finding(
    code: str,
    sheet: str | None = None,
    cell: str | None = None,
    unit: str | None = None,
    input: str | None = None,
    value: str | None = None,
    **words: object,
) -> Finding:
    """A finding of a kind in the catalogue, its templates filled."""
    kind = CATALOGUE[code]
    filling = {"value": value, "unit": unit} | words
    return Finding(
        code=code,
        severity=kind.severity,
        message=kind.message.format(**filling),
        mend=kind.mend.format(**filling),
        sheet=sheet,
        cell=cell,
        unit=unit,
        input=input,
        value=value,
    )
