"""Sentences that pages and files say of the facts, each once."""

from reports.facts.comparison import Comparison, Obstacle
from scoring.words import format_number

DIFFERENCE_WORDS: dict[Obstacle, str] = {
    "area": "Hai năm là số liệu của hai địa bàn khác nhau: không so sánh.",
    "units": "Danh mục đơn vị đã thay đổi: nên so tỷ lệ, không so số lượng.",
    "standard": "Hai năm chấm theo hai bộ tiêu chí khác nhau: không so sánh.",
}


def describe_obstacle(comparison: Comparison) -> str:
    """Say why the two years are not compared unit by unit; empty where they are."""
    if comparison.obstacle is None:
        return ""
    year_before, year = comparison.years
    before, now = comparison.before, comparison.now
    if comparison.obstacle == "area":
        return f"Không so sánh từng đơn vị: số liệu năm {year_before} và năm {year} là của hai địa bàn khác nhau."
    if comparison.obstacle == "units":
        return (
            f"Không so sánh từng đơn vị: năm {year_before} có {format_number(len(before.units))} đơn vị, năm {year} có "
            f"{format_number(len(now.units))} đơn vị theo danh mục sau khi sắp xếp. Đơn vị cùng tên hay cùng mã có thể "
            "đã đổi địa giới."
        )
    return (
        f"Không so sánh từng đơn vị: năm {year_before} chấm theo {before.standard.title}, năm {year} theo "
        f"{now.standard.title}; điểm của hai bộ tiêu chí không so được với nhau."
    )
