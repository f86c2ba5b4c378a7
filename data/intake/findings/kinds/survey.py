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
        "Ghi Hài lòng hoặc Không hài lòng, hoặc các mức Rất hài lòng … Rất không hài lòng.",
    ),
    Kind(
        "survey_coded",
        "error",
        "Câu trả lời ghi bằng số",
        "Câu trả lời ghi bằng số ({value}), chưa rõ số nào là hài lòng.",
        "Thay số bằng chữ, hoặc ghi nghĩa của số ở tiêu đề cột, ví dụ “Hài lòng (1 = Có; 2 = Không)”.",
    ),
    Kind(
        "survey_sent_twice",
        "warning",
        "Phiếu khảo sát lặp lại",
        "{count} phiếu có mã trùng và nội dung y hệt phiếu ở trên, chỉ tính một lần.",
        "Không phải làm gì nếu đúng.",
    ),
    Kind(
        "survey_sent_changed",
        "error",
        "Một phiếu có hai nội dung",
        "Phiếu này trùng mã với phiếu ở {first} nhưng nội dung khác.",
        "Chỉ giữ lại bản đúng của phiếu.",
    ),
    Kind(
        "survey_group_unclear",
        "error",
        "Đối tượng khảo sát không rõ",
        "“{value}” không phải trẻ em hay người dân.",
        "Ghi Trẻ em hoặc Người dân (cha mẹ, người lớn).",
    ),
)
