"""Headings of districts and rows of sums among the rows of units: which district holds, what a sum is the sum of."""

import re
from dataclasses import dataclass, replace

from data.text.names import normalise_name

_AREA = r"(?:huyện|tỉnh|thành phố|thị xã|quận|tp|tx|địa bàn|vùng|khu vực|nước|đơn vị)"
_SUBTOTAL = re.compile(
    rf"(?:tổng|cộng|lũy kế|luỹ kế|(?:toàn|cả) {_AREA}|chung(?: (?:toàn|cả).*)?$|tc$|ts$|t cộng|t số"
    r"|grand total|sub ?total|total|sum\b)\b"
)
# Rows that are no figures of anybody: means, shares, comparisons, the year before, what was planned.
_COMPUTED = re.compile(
    r"(?:bình quân|trung bình|tb|bq|average|mean|so (?:với|sánh)|cùng kỳ|tỷ lệ|tỉ lệ|tăng|giảm|chênh lệch"
    r"|năm trước|kế hoạch|chỉ tiêu (?:giao|kế hoạch|năm)|mục tiêu"
    r"|(?:số liệu |thực hiện )?năm 20\d\d$|ghi chú)\b"
)
_COUNT = re.compile(
    r"\s*(?:[(\[][^()\[\]]*\d[^()\[\]]*[)\]]|[-–:,]\s*\d+\s*(?:xã|phường|thị trấn|đơn vị|tt)\b.*)\s*:?\s*$",
    re.IGNORECASE,
)
_DISTRICT_LIKE = re.compile(r"(?:huyện|thành phố|thị xã|quận)\s+\S")
_LIST_MARK = re.compile(r"^\s*(?:[IVXLC]+|[A-ZĐ]|\d+)\s*[.)/:-]\s*")


@dataclass(frozen=True)
class Subtotal:
    """A row of sums: the positions in `Rows.units` that it may be the sum of, and the districts that it names."""

    row: int
    label: str
    scopes: tuple[tuple[int, int], ...]
    districts: frozenset[str]


class Groups:
    """The groups of rows that headings and rows of sums part, as the rows come.

    `districts`: codes of the districts that the last heading names, which hold for the rows that follow.
    """

    def __init__(self) -> None:
        self.districts: frozenset[str] = frozenset()
        self._bounds = [0]  # numbers of units read at each heading and row of sums
        self._subtotals: list[Subtotal] = []
        self._headings_with_sums: list[tuple[int, int]] = []
        self._sums: list[tuple[int, int]] = []

    def add_subtotal(self, row: int, label: str, districts: frozenset[str], units: int) -> None:
        """Add a row of sums; `units` have been read so far: it is the sum of its group or of all of them."""
        self._subtotals.append(Subtotal(row, label, ((self._bounds[-1], units), (0, units)), districts))
        self._bounds.append(units)
        self._sums.append((len(self._subtotals) - 1, len(self._bounds) - 1))

    def add_heading(self, row: int, label: str, districts: frozenset[str], units: int, with_sums: bool) -> None:
        """Add a heading, which may have the sums of the rows that follow."""
        self.districts = districts
        self._bounds.append(units)
        if with_sums:
            self._headings_with_sums.append((len(self._subtotals), len(self._bounds) - 1))
            self._subtotals.append(Subtotal(row, label, (), districts))

    def list_subtotals(self, units: int) -> list[Subtotal]:
        """Every row of sums; of a heading, the sum runs up to the next heading or row of sums.

        A row of sums can stand above what it is the sum of, too.
        """
        ends = [*self._bounds[1:], units]
        subtotals = list(self._subtotals)
        for number, bound in self._sums:
            end, after = self._bounds[bound], ends[bound]
            scopes = (*subtotals[number].scopes, (end, after), (end, units), (0, units))
            subtotals[number] = replace(subtotals[number], scopes=scopes)
        for number, bound in self._headings_with_sums:
            subtotals[number] = replace(subtotals[number], scopes=((self._bounds[bound], ends[bound]),))
        return subtotals


def is_subtotal(label: str) -> bool:
    """Whether a label says that its row is a sum."""
    return bool(_SUBTOTAL.match(normalise_name(label)))


def is_computed(label: str) -> bool:
    """Whether a label says that its row is computed from others, or of another year, or planned."""
    return bool(_COMPUTED.match(normalise_name(label)))


def strip_count(label: str) -> str:
    """A label without the number of units that it says it has: “HUYỆN VĂN QUAN (17 xã, thị trấn)”."""
    return _COUNT.sub("", label).strip()


def is_district_like(label: str) -> bool:
    """Whether a label reads as the name of a district, known or not."""
    return bool(_DISTRICT_LIKE.match(normalise_name(label))) and label[0].isupper()


def strip_list_mark(label: str) -> str:
    """A label without the “I.” or “2)” of a list."""
    return _LIST_MARK.sub("", label).strip()
