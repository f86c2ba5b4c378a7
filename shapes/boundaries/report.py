"""What an installation of boundaries does, in Vietnamese: matched, not matched, overlaps, gaps, repairs."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from shapes.boundaries.coverage import Gap, Overlap
from shapes.boundaries.matching import Matching, ShapeQuestion

_SHOWN = 10
_MOST_PROVINCES = 3  # listed by name
REASONS = {
    "close": "tên gần giống",
    "former": "tên cũ của đơn vị",
    "merged": "đơn vị cũ đã sáp nhập hoặc chia",
    "ambiguous": "nhiều đơn vị trùng tên",
    "district": "không rõ huyện hoặc tỉnh",
    "place": "tên lạ, nhưng hình nằm ở vị trí của đơn vị",
    "unknown": "không có trong danh mục",
}


@dataclass(frozen=True)
class InstallReport:
    """What is (or would be) installed.

    Attributes
    ----------
    vintage, file_name : str
    provinces : tuple of str
        Names.
    matched : tuple of str
        Codes with a shape; `by_code`, `by_name`, `confirmed` count how they were found.
    without_shape : tuple of str
        Codes of units of the same provinces that the file has no shape for.
    unknown, left_out : tuple of str
        Labels of shapes that are no unit, and of those that the officer left out.
    overlaps, gaps : tuple
        Largest first.
    repaired : tuple of str
        Codes of units whose shape was invalid and was repaired.
    notes : tuple of str
        Whole sentences: what was assumed, what to look at.
    vertices : int
        After simplification; `vertices_before` in the file.
    """

    vintage: str
    file_name: str
    provinces: tuple[str, ...]
    matched: tuple[str, ...]
    by_code: int
    by_name: int
    confirmed: int
    without_shape: tuple[str, ...]
    unknown: tuple[str, ...]
    left_out: tuple[str, ...]
    overlaps: tuple[Overlap, ...]
    gaps: tuple[Gap, ...]
    repaired: tuple[str, ...]
    notes: tuple[str, ...]
    vertices: int
    vertices_before: int
    names: dict[str, str] = field(repr=False)

    def text(self) -> str:
        """The report for the command line."""
        many = len(self.provinces) > _MOST_PROVINCES
        provinces = f"{len(self.provinces)} tỉnh, thành phố" if many else ", ".join(self.provinces)
        opening = (
            f"Địa giới {self.vintage}: {in_words(len(self.matched))} đơn vị của {provinces}, "
            f"{in_words(self.vertices)} đỉnh (trong tệp {in_words(self.vertices_before)})."
        )
        return "\n".join([opening, *self.lines(), *self.notes])

    def lines(self) -> list[str]:
        """What was found, a sentence each; nothing of what did not occur."""
        lines = [
            f"Khớp theo mã {in_words(self.by_code)}, theo tên {in_words(self.by_name)}, "
            f"do người dùng xác nhận {in_words(self.confirmed)}."
        ]
        if self.without_shape:
            lost = _some(map(self.describe, self.without_shape))
            lines.append(f"Chưa có hình: {in_words(len(self.without_shape))} đơn vị ({lost}).")
        if self.unknown:
            count = in_words(len(self.unknown))
            lines.append(f"Bỏ qua {count} hình không thuộc danh mục {self.vintage} ({_some(self.unknown)}).")
        if self.left_out:
            lines.append(f"Để ngoài {in_words(len(self.left_out))} hình chưa xác nhận ({_some(self.left_out)}).")
        if self.overlaps:
            total = sum(overlap.area for overlap in self.overlaps)
            lines.append(f"Chồng lên nhau: {in_words(len(self.overlaps))} cặp đơn vị, {area_in_words(total)} km²:")
            lines += _first(map(self.describe_overlap, self.overlaps))
        if self.gaps:
            total = sum(gap.area for gap in self.gaps)
            lines.append(f"Khoảng trống giữa các đơn vị: {in_words(len(self.gaps))} chỗ, {area_in_words(total)} km²:")
            lines += _first(map(self.describe_gap, self.gaps))
        if self.repaired:
            lines.append(
                f"Đã sửa {in_words(len(self.repaired))} hình không hợp lệ (tự cắt, sai vòng): "
                f"{_some(map(self.describe, self.repaired))}."
            )
        return lines

    def describe(self, code: str) -> str:
        """“Xã Hòa Bình (06133)”."""
        return f"{self.names[code]} ({code})"

    def describe_overlap(self, overlap: Overlap) -> str:
        """The two units and the area."""
        return f"{self.describe(overlap.first)} và {self.describe(overlap.second)}: {area_in_words(overlap.area)} km²"

    def describe_gap(self, gap: Gap) -> str:
        """The units around it, the area, and which unit it may be."""
        lost = f"; có thể là {self.describe(gap.unit)}" if gap.unit else ""
        return f"giữa {_some(map(self.describe, gap.beside))}: {area_in_words(gap.area)} km²{lost}"


def list_questions(matching: Matching, units: pd.DataFrame) -> list[str]:
    """Open questions, a line each, for the command line."""
    return [
        f"  “{question.label}”: {REASONS[question.reason]}; "
        + (f"gợi ý {_describe(question.proposal, units)}" if question.proposal else _candidates(question, units))
        for question in matching.questions
    ]


def in_words(number: int) -> str:
    """1.234."""
    return f"{number:,}".replace(",", ".")


def area_in_words(area: float) -> str:
    """1.234,567."""
    return f"{area:,.3f}".translate(str.maketrans(",.", ".,"))


def _candidates(question: ShapeQuestion, units: pd.DataFrame) -> str:
    return f"không có gợi ý chắc chắn, có thể là {_some(_describe(code, units) for code in question.candidates)}"


def _describe(code: str, units: pd.DataFrame) -> str:
    return f"{units.at[code, 'name']}, {units.at[code, 'district']} ({code})"


def _first(lines: Iterable[str]) -> list[str]:
    listed = [f"  {line}" for line in lines]
    more = [f"  … và {in_words(len(listed) - _SHOWN)} chỗ khác"] if len(listed) > _SHOWN else []
    return listed[:_SHOWN] + more


def _some(texts: Iterable[str]) -> str:
    listed = list(texts)
    return ", ".join(listed[:5]) + (" …" if len(listed) > 5 else "")
