"""What is told of raw answers of satisfaction surveys."""

from data.intake.findings.kind import Kind

SURVEY = (
    Kind(
        "survey_read",
        "note",
        "Đã tính từ phiếu khảo sát",
        "{name}: {who} {satisfied}/{surveyed} người hài lòng ({share}, sai số ±{margin} điểm phần trăm).",
        "Không phải làm gì nếu đúng.",
    ),
    Kind(
        "survey_scale",
        "note",
        "Cách tính hài lòng",
        "Tính là hài lòng: {satisfied}. Tính là không hài lòng: {unsatisfied}.",
        "Nếu cách tính khác, đổi câu trả lời trong tệp thành “Hài lòng” hoặc “Không hài lòng”.",
    ),
    Kind(
        "survey_blank",
        "warning",
        "Phiếu khảo sát bỏ trống",
        "{count} phiếu không có câu trả lời, không được tính vào số người khảo sát.",
        "Điền câu trả lời nếu có; nếu không thì để nguyên.",
    ),
    Kind(
        "survey_answer_unclear",
        "error",
        "Câu trả lời khảo sát không rõ",
        "“{value}” không phải mức hài lòng nào.",
        "Ghi Hài lòng hoặc Không hài lòng, các mức Rất hài lòng … Rất không hài lòng, hoặc số từ 1 đến 5.",
    ),
    Kind(
        "survey_group_unclear",
        "error",
        "Đối tượng khảo sát không rõ",
        "“{value}” không phải trẻ em hay người dân.",
        "Ghi Trẻ em hoặc Người dân (cha mẹ, người lớn).",
    ),
)
