"""What is possible but odd across values: warnings, which never block."""

from data.intake.findings.kind import Kind

PLAUSIBLE = (
    Kind(
        "relation_broken",
        "warning",
        "Các số không hợp nhau",
        "{parts} = {value}, lớn hơn “{whole_label}” ({whole}): {because}",
        "Kiểm tra lại các số này; nếu đúng, ghi lý do vào ô Giải trình.",
        explainable=True,
    ),
    Kind(
        "same_everywhere",
        "warning",
        "Cùng một số ở nhiều đơn vị",
        "{count} trên {of} đơn vị đều ghi {value}.",
        "Kiểm tra xem có phải số chép hoặc số mẫu không; nếu đúng, ghi lý do vào ô Giải trình.",
        explainable=True,
    ),
    Kind(
        "copied_from_unit",
        "warning",
        "Dòng giống hệt đơn vị khác",
        "{count} số khác 0 của dòng này đều giống hệt {name}.",
        "Kiểm tra xem dòng có bị chép nhầm không; nếu đúng, ghi lý do vào ô Giải trình.",
        explainable=True,
    ),
    Kind(
        "copied_from_last_year",
        "warning",
        "Dòng giống hệt năm trước",
        "{count} số khác 0 của dòng này đều giống hệt năm {year}.",
        "Kiểm tra xem đã cập nhật số liệu năm nay chưa; nếu đúng, ghi lý do vào ô Giải trình.",
        explainable=True,
    ),
    Kind(
        "jump_from_last_year",
        "warning",
        "Thay đổi lớn so với năm trước",
        "{value}, năm {year} là {before}; mức thay đổi khác hẳn các đơn vị khác.",
        "Kiểm tra lại số này; nếu đúng, ghi lý do vào ô Giải trình.",
        explainable=True,
    ),
    Kind(
        "unlike_others",
        "warning",
        "Khác hẳn các đơn vị cùng loại",
        "{value} là {share} của “{whole_label}” ({whole}); ở các đơn vị cùng loại thường khoảng {usual}.",
        "Kiểm tra lại số này; nếu đúng, ghi lý do vào ô Giải trình.",
        explainable=True,
    ),
    Kind(
        "always_full",
        "warning",
        "Tỷ lệ nào cũng đúng 100 %",
        "{what} đều đúng 100 %.",
        "Kiểm tra xem số liệu có phải chép từ số phải đạt không; nếu đúng, ghi lý do vào ô Giải trình.",
        explainable=True,
    ),
    Kind(
        "survey_small",
        "warning",
        "Khảo sát ít người",
        "Chỉ khảo sát {value} người (dưới {least}); một người làm tỷ lệ đổi {step} điểm phần trăm.",
        "Khảo sát thêm người nếu được; nếu không, ghi lý do vào ô Giải trình.",
        explainable=True,
    ),
)
