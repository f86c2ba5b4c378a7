"""The one catalogue of findings: what can be wrong with a workbook, in words that a commune officer understands."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITY_WORDS: dict[Severity, str] = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"}


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
    # The file
    "not_a_workbook": Kind(
        "error",
        "Không đọc được tệp",
        "Tệp “{file}” không đọc được ({reason}).",
        "Mở tệp bằng Excel, chọn Lưu thành (Save As) dạng .xlsx, bỏ mật khẩu nếu có, rồi nộp lại.",
    ),
    "other_format": Kind(
        "error",
        "Tệp không phải bảng tính",
        "Tệp “{file}” là tệp {kind}, không phải bảng tính Excel, dù tên tệp có thể ghi khác.",
        "Mở tệp bằng chương trình của nó, chép bảng sang Excel, lưu dạng .xlsx, rồi nộp lại.",
    ),
    "too_large": Kind(
        "error",
        "Tệp quá lớn",
        "Tệp “{file}” lớn hơn mức nhận được ({limit}).",
        "Chép riêng các dòng số liệu sang một tệp Excel mới rồi nộp tệp đó.",
    ),
    "file_too_many": Kind(
        "error",
        "Quá nhiều tệp trong một gói",
        "Gói “{file}” có {count} tệp, nhiều hơn {most} tệp nhận được một lần.",
        "Chia gói thành nhiều gói nhỏ hơn.",
    ),
    "file_empty_archive": Kind(
        "error",
        "Gói không có bảng tính",
        "Gói “{file}” không có tệp bảng tính nào.",
        "Nén lại các tệp Excel (.xlsx, .xls, .ods, .csv) thành một tệp .zip rồi nộp.",
    ),
    "file_known": Kind(
        "warning",
        "Tệp đã nộp",
        "Đúng tệp này đã nộp ngày {date} với tên “{file}”.",
        "Không cần nộp lại, trừ khi muốn lấy lại số liệu của tệp này.",
    ),
    "unit_in_other_file": Kind(
        "warning",
        "Đơn vị có trong hai tệp",
        "{name} cũng có trong tệp “{file}” của lần nộp này; tệp xác nhận sau sẽ thay số liệu của tệp trước.",
        "Chỉ giữ đơn vị này trong một tệp.",
    ),
    "legacy_font": Kind(
        "note",
        "Đã chuyển phông chữ cũ",
        "Chữ trong tệp viết bằng bảng mã {font}, đã chuyển cả tệp sang Unicode.",
        "Xem lại tên đơn vị và tiêu đề cột; lần sau nên dùng phông Unicode (Times New Roman).",
    ),
    "wrong_year": Kind(
        "error",
        "Biểu mẫu của năm khác",
        "Biểu mẫu này là của năm {found}, không phải năm {expected}.",
        "Chọn đúng năm {found} khi nộp, hoặc tải biểu mẫu năm {expected}.",
    ),
    "year_in_title": Kind(
        "warning",
        "Tiêu đề ghi năm khác",
        "Phần tiêu đề của trang ghi năm {found}, trong khi đang nộp cho năm {expected}.",
        "Kiểm tra lại năm của số liệu trước khi xác nhận.",
    ),
    "wrong_standard": Kind(
        "error",
        "Biểu mẫu của bộ tiêu chí khác",
        "Biểu mẫu này theo bộ tiêu chí {found}, kỳ này dùng {expected}.",
        "Tải biểu mẫu mới ở trang Nộp số liệu.",
    ),
    # The table and its columns
    "no_table": Kind(
        "error",
        "Không tìm thấy bảng số liệu",
        "Không trang tính nào có bảng với tiêu đề cột nhận ra được.",
        "Ghi tiêu đề cột theo tên chỉ tiêu, hoặc tải biểu mẫu ở trang Nộp số liệu và chép số liệu vào đó.",
    ),
    "no_units": Kind(
        "error",
        "Không có dòng số liệu",
        "Bảng không có dòng nào ghi mã hoặc tên đơn vị.",
        "Ghi mã đơn vị (5 chữ số) hoặc tên xã, phường, thị trấn ở từng dòng.",
    ),
    "hidden_sheet": Kind(
        "warning",
        "Trang tính ẩn có bảng số liệu",
        "Trang “{name}” đang ẩn và có bảng số liệu; trang này không được đọc.",
        "Nếu cần số liệu của trang này: bỏ ẩn (Unhide) rồi nộp lại.",
    ),
    "hidden_data": Kind(
        "warning",
        "Dòng hoặc cột ẩn có số liệu",
        "Có {what} đang ẩn; số liệu trong đó vẫn được đọc.",
        "Bỏ ẩn để xem lại; nếu không dùng thì xóa hẳn rồi nộp lại.",
    ),
    "column_to_confirm": Kind(
        "error",
        "Tiêu đề cột cần xác nhận",
        "Tiêu đề “{value}” không trùng hẳn tên chỉ tiêu nào; gần nhất là “{label}” ({confidence} %).",
        "Xác nhận hoặc chọn lại chỉ tiêu ở bảng Đối chiếu cột; phần mềm sẽ nhớ cho các tệp cùng dạng.",
    ),
    "column_accepted": Kind(
        "warning",
        "Cột nhận theo gợi ý",
        "Tiêu đề “{value}” được hiểu là “{label}” theo gợi ý ({confidence} %).",
        "Kiểm tra lại; nếu sai thì chọn lại chỉ tiêu ở bảng Đối chiếu cột.",
    ),
    "mapping_remembered": Kind(
        "note",
        "Dùng lại cách đối chiếu đã xác nhận",
        "Các cột được đối chiếu như {by} đã xác nhận cho tệp cùng dạng.",
        "Không phải làm gì nếu đúng; muốn đổi thì sửa ở bảng Đối chiếu cột.",
    ),
    "column_unknown": Kind(
        "warning",
        "Cột không dùng",
        "Cột “{value}” không phải chỉ tiêu nào, số liệu của cột không được đọc.",
        "Không phải làm gì nếu đúng; nếu là chỉ tiêu thì chọn ở bảng Đối chiếu cột.",
    ),
    "column_absent": Kind(
        "warning",
        "Thiếu cột",
        "Bảng không có cột của {count} chỉ tiêu: {labels}.",
        "Thêm cột nếu đã có số liệu; nếu không, số liệu đã nộp trước đây của chỉ tiêu được giữ nguyên.",
    ),
    "column_repeated": Kind(
        "error",
        "Cột lặp lại",
        "Chỉ tiêu “{label}” có ở hai nơi ({first} và {second}).",
        "Chỉ giữ một; hoặc chọn “Không dùng cột này” ở bảng Đối chiếu cột.",
    ),
    # The units
    "unit_unknown": Kind(
        "error",
        "Không có đơn vị này",
        "“{value}” không phải mã hay tên của đơn vị nào trong kỳ này.",
        "Sửa lại theo danh mục đơn vị (mã gồm 5 chữ số), hoặc xóa dòng này.",
    ),
    "unit_ambiguous": Kind(
        "error",
        "Trùng tên đơn vị",
        "“{value}” có thể là: {candidates}.",
        "Ghi thêm mã đơn vị hoặc tên huyện vào dòng, hoặc chọn đúng đơn vị ở bảng Đối chiếu đơn vị.",
    ),
    "unit_to_confirm": Kind(
        "error",
        "Tên đơn vị cần xác nhận",
        "“{value}” không trùng hẳn tên đơn vị nào; gần nhất là {candidates}.",
        "Sửa tên trong tệp, hoặc xác nhận ở bảng Đối chiếu đơn vị.",
    ),
    "unit_accepted": Kind(
        "warning",
        "Đơn vị nhận theo gợi ý",
        "“{value}” được hiểu là {name} theo gợi ý ({confidence} %).",
        "Kiểm tra lại; nếu sai thì sửa tên trong tệp.",
    ),
    "unit_merged": Kind(
        "error",
        "Đơn vị cũ đã sáp nhập hoặc chia tách",
        "“{value}” là đơn vị cũ, nay thuộc {candidates}; số liệu của riêng đơn vị cũ không dùng cho đơn vị mới được.",
        "Cộng số liệu của các đơn vị cũ rồi ghi một dòng cho đơn vị mới.",
    ),
    "unit_former": Kind(
        "note",
        "Tên cũ của đơn vị",
        "“{value}” là tên cũ, nay là {name}.",
        "Không phải làm gì nếu đúng đơn vị.",
    ),
    "type_left_out": Kind(
        "note",
        "Tên thiếu loại đơn vị",
        "“{value}” thiếu chữ xã, phường hoặc thị trấn, được hiểu là {name}: chỉ một đơn vị có tên này.",
        "Không phải làm gì nếu đúng đơn vị.",
    ),
    "unit_from_title": Kind(
        "note",
        "Đơn vị lấy từ tiêu đề",
        "Bảng không ghi đơn vị ở từng dòng, được hiểu là của {name} theo tiêu đề.",
        "Không phải làm gì nếu đúng đơn vị.",
    ),
    "unit_repeated": Kind(
        "error",
        "Đơn vị lặp lại",
        "{name} đã có ở ô {first}.",
        "Chỉ giữ một dòng cho mỗi đơn vị.",
    ),
    "unit_absent": Kind(
        "error",
        "Dòng không ghi đơn vị",
        "Dòng này có số liệu nhưng không ghi mã hay tên đơn vị.",
        "Ghi mã đơn vị (5 chữ số) hoặc tên đơn vị vào dòng, hoặc xóa số liệu của dòng.",
    ),
    "district_unknown": Kind(
        "warning",
        "Huyện không có trong danh mục",
        "“{value}” không phải huyện, thành phố nào của kỳ này.",
        "Sửa lại tên huyện nếu các đơn vị ở dưới bị báo trùng tên.",
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
    # The cells
    "not_a_number": Kind(
        "error",
        "Không phải số",
        "“{value}” không phải là số.",
        "Ghi số nguyên, chỉ gồm chữ số; không có trường hợp nào thì ghi 0; chưa biết thì để trống.",
    ),
    "number_unclear": Kind(
        "error",
        "Số ghi không rõ",
        "“{value}” không rõ dấu nào ngăn hàng nghìn, dấu nào là phẩy thập phân so với các ô khác của cột.",
        "Ghi lại bằng chữ số liền nhau, ví dụ 1234.",
    ),
    "more_alike": Kind(
        "note",
        "Còn nhiều ô sai khác",
        "Cột này còn {count} ô sai nữa, không liệt kê hết.",
        "Sửa các ô đã liệt kê, xem lại cách ghi của cả cột, rồi kiểm tra lại.",
    ),
    "number_repaired": Kind(
        "note",
        "Số ghi dạng chữ đã đọc thành số",
        "{count} ô của cột ghi số dạng chữ, ví dụ “{value}” được đọc là {read}.",
        "Không phải làm gì nếu đúng.",
    ),
    "negative": Kind("error", "Số âm", "{value} nhỏ hơn 0.", "Ghi số từ 0 trở lên."),
    "decimal": Kind(
        "error",
        "Số lẻ",
        "{value} không phải số nguyên.",
        "Ghi số đếm (số trẻ, số vụ), không ghi tỷ lệ; nếu dấu chấm là ngăn hàng nghìn thì ghi liền các chữ số.",
    ),
    "percent_given": Kind(
        "error",
        "Ghi tỷ lệ thay cho số đếm",
        "Ô ghi tỷ lệ {value}, cần số đếm.{would}",
        "Ghi số trẻ, số vụ hoặc số người, không ghi phần trăm.",
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
    "formula_without_value": Kind(
        "warning",
        "Công thức chưa có kết quả",
        "Ô có công thức nhưng tệp không lưu kết quả, nên được coi là chưa có số liệu.",
        "Mở tệp bằng Excel, bấm Lưu (Excel sẽ tính lại) rồi nộp lại, hoặc ghi thẳng con số.",
    ),
    "answer_unclear": Kind(
        "error",
        "Câu trả lời không rõ",
        "“{value}” không phải Có hay Không.",
        "Ghi Có hoặc Không (hoặc đánh dấu x cho Có); chưa biết thì để trống.",
    ),
    "marks_only": Kind(
        "warning",
        "Cột chỉ đánh dấu x",
        "Cột “{label}” chỉ có dấu đánh, nên {count} ô trống của cột được hiểu là Không.",
        "Nếu ô trống là chưa có số liệu: ghi Có hoặc Không ở mọi ô đã biết.",
    ),
    "part_too_large": Kind(
        "error",
        "Phần lớn hơn tổng",
        "{value} lớn hơn “{whole_label}” ({whole} ở ô {whole_cell}).",
        "Sửa một trong hai ô: số này chỉ là một phần của số kia.",
    ),
    "stored_part_too_large": Kind(
        "error",
        "Trái với số đã nộp",
        "“{part_label}” ({value}, {part_place}) lớn hơn “{whole_label}” ({whole}, {whole_place}).",
        "Nộp cả hai số trong cùng một tệp, hoặc sửa số trong tệp; số đã nộp trước đây không tự đổi.",
    ),
    "values_missing": Kind(
        "note",
        "Còn ô trống",
        "Còn {count} ô trống: {labels}.",
        "Điền thêm nếu đã có số liệu; để trống thì đơn vị là “Chưa đủ số liệu”.",
    ),
    # The whole table
    "sum_differs": Kind(
        "warning",
        "Dòng cộng không khớp",
        "Dòng “{row}” ghi {value}, cộng các đơn vị được {ours} (lệch {difference}).",
        "Kiểm tra lại công thức cộng hoặc số liệu của các đơn vị; phần mềm dùng số của từng đơn vị.",
    ),
    "rows_left_out": Kind(
        "note",
        "Dòng không phải số liệu của đơn vị",
        "Đã bỏ qua {count} dòng tiêu đề huyện, dòng cộng: {rows}.",
        "Không phải làm gì nếu đúng.",
    ),
    "units_left_out": Kind(
        "note",
        "Đơn vị không có trong tệp",
        "{count} đơn vị của kỳ không có trong tệp này; số liệu đã nộp của các đơn vị đó giữ nguyên.",
        "Không phải làm gì nếu tệp chỉ nộp cho một số đơn vị.",
    ),
    # Across values: never blocking
    "relation_broken": Kind(
        "warning",
        "Các số không hợp nhau",
        "{parts} = {value}, lớn hơn “{whole_label}” ({whole}): {because}",
        "Kiểm tra lại các số này; nếu đúng, ghi lý do vào ô Giải trình.",
    ),
    "same_everywhere": Kind(
        "warning",
        "Cùng một số ở nhiều đơn vị",
        "{count} trên {of} đơn vị đều ghi {value}.",
        "Kiểm tra xem có phải số chép hoặc số mẫu không; nếu đúng, ghi lý do vào ô Giải trình.",
    ),
    "copied_from_unit": Kind(
        "warning",
        "Dòng giống hệt đơn vị khác",
        "{count} số khác 0 của dòng này đều giống hệt {name}.",
        "Kiểm tra xem dòng có bị chép nhầm không; nếu đúng, ghi lý do vào ô Giải trình.",
    ),
    "copied_from_last_year": Kind(
        "warning",
        "Dòng giống hệt năm trước",
        "{count} số khác 0 của dòng này đều giống hệt năm {year}.",
        "Kiểm tra xem đã cập nhật số liệu năm nay chưa; nếu đúng, ghi lý do vào ô Giải trình.",
    ),
    "jump_from_last_year": Kind(
        "warning",
        "Thay đổi lớn so với năm trước",
        "{value}, năm {year} là {before}; mức thay đổi khác hẳn các đơn vị khác.",
        "Kiểm tra lại số này; nếu đúng, ghi lý do vào ô Giải trình.",
    ),
    "unlike_others": Kind(
        "warning",
        "Khác hẳn các đơn vị cùng loại",
        "{value} là {share} của “{whole_label}” ({whole}); ở các đơn vị cùng loại thường khoảng {usual}.",
        "Kiểm tra lại số này; nếu đúng, ghi lý do vào ô Giải trình.",
    ),
    "always_full": Kind(
        "warning",
        "Tỷ lệ nào cũng đúng 100 %",
        "{what} đều đúng 100 %.",
        "Kiểm tra xem số liệu có phải chép từ số phải đạt không; nếu đúng, ghi lý do vào ô Giải trình.",
    ),
    "survey_small": Kind(
        "warning",
        "Khảo sát ít người",
        "Chỉ khảo sát {value} người (dưới {least}); một người làm tỷ lệ đổi {step} điểm phần trăm.",
        "Khảo sát thêm người nếu được; nếu không, ghi lý do vào ô Giải trình.",
    ),
    # Raw answers of satisfaction surveys
    "survey_read": Kind(
        "note",
        "Đã tính từ phiếu khảo sát",
        "{name}: {who} {satisfied}/{surveyed} người hài lòng ({share}, sai số ±{margin} điểm phần trăm).",
        "Không phải làm gì nếu đúng.",
    ),
    "survey_scale": Kind(
        "note",
        "Cách tính hài lòng",
        "Tính là hài lòng: {satisfied}. Tính là không hài lòng: {unsatisfied}.",
        "Nếu cách tính khác, đổi câu trả lời trong tệp thành “Hài lòng” hoặc “Không hài lòng”.",
    ),
    "survey_blank": Kind(
        "warning",
        "Phiếu khảo sát bỏ trống",
        "{count} phiếu không có câu trả lời, không được tính vào số người khảo sát.",
        "Điền câu trả lời nếu có; nếu không thì để nguyên.",
    ),
    "survey_answer_unclear": Kind(
        "error",
        "Câu trả lời khảo sát không rõ",
        "“{value}” không phải mức hài lòng nào.",
        "Ghi Hài lòng hoặc Không hài lòng, các mức Rất hài lòng … Rất không hài lòng, hoặc số từ 1 đến 5.",
    ),
    "survey_group_unclear": Kind(
        "error",
        "Đối tượng khảo sát không rõ",
        "“{value}” không phải trẻ em hay người dân.",
        "Ghi Trẻ em hoặc Người dân (cha mẹ, người lớn).",
    ),
}


# Warnings that an officer can answer with a reason which stays.
EXPLAINABLE = frozenset(
    (
        *("relation_broken", "same_everywhere", "copied_from_unit", "copied_from_last_year", "jump_from_last_year"),
        *("unlike_others", "always_full", "survey_small", "sum_differs", "name_differs", "marks_only"),
    )
)


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
