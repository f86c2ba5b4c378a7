"""What the texts of a header say beside what is counted: of which year, the whole or a part, planned or done.

“Tổng số trẻ em” over “Năm 2022” and “Năm 2023” is two columns of one input, of which a round takes that of its year.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from data.intake.table.header_texts import Header
from data.text.names import normalise_name

Aside = Literal["other_year", "part", "opposite"]

_YEAR = re.compile(r"(?<![\d/.])(?:năm học|năm)?\s*(20\d\d)(?:\s*[-–]\s*(20\d\d))?(?![\d/])", re.IGNORECASE)
_DAY = re.compile(r"\(?(?:tính |có )?(?:đến |tại |ngày |hết )*\d{1,2}/(?:\d{1,2}/)?(20\d\d)\)?", re.IGNORECASE)
_LAW = re.compile(r"quyết định|nghị định|thông tư|\bqđ\b|\bnđ\b|\btt\b", re.IGNORECASE)
_LAST_YEAR = re.compile(r"(?:số liệu |số |thực hiện |kết quả )?(?:năm trước|năm ngoái|kỳ trước|cùng kỳ)(?: năm trước)?")
_THIS_YEAR = frozenset(("năm nay", "năm báo cáo", "kỳ này", "kỳ báo cáo", "cả năm", "trong năm", "số liệu năm báo cáo"))
_WHOLE = frozenset(
    (
        "tổng số", "tổng", "tổng cộng", "cộng", "chung", "số lượng", "sl", "số", "số liệu", "thực hiện", "kết quả",
        "kết quả thực hiện", "số thực hiện", "giá trị", "số tuyệt đối", "số người", "số trẻ", "số trẻ em", "trẻ",
        "người", "ts", "t số", "tổng số trẻ",
    )
)  # fmt: skip
_PART = frozenset(
    (
        "nam", "nữ", "trẻ nam", "trẻ nữ", "trẻ em nam", "trẻ em nữ", "trẻ em trai", "trẻ em gái", "trai", "gái",
        "trong đó nữ", "trong đó nam", "kế hoạch", "kh", "chỉ tiêu", "chỉ tiêu kế hoạch", "chỉ tiêu giao", "mục tiêu",
        "dự kiến", "tl", "tỷ lệ", "tỉ lệ", "dân tộc", "kinh", "dtts", "dân tộc thiểu số", "dân tộc kinh",
        "tăng", "giảm", "tăng giảm", "so sánh", "chênh lệch", "thành thị", "nông thôn", "chưa", "còn lại",
        "trong đó dtts", "trong đó dân tộc thiểu số",
    )
)  # fmt: skip
_ANSWERS = {"có": "yes", "không": "no"}
_PERIOD = re.compile(r"(?:tháng|quý|đợt|kỳ|lần)\s*(?:\d{1,2}|[ivx]+)|(?:6|9|sáu|chín) tháng(?: (?:đầu|cuối) năm)?")
_COUNTED = re.compile(
    r"\s*[(\[]\s*(?:(?:đvt|đơn vị tính|đơn vị|tổng|tổng số|cộng)\s*:?\s*)?"
    r"(?:người|trẻ em|trẻ|em|cháu|vụ việc|vụ|ca|thôn|điểm|phiếu|có/không|số lượng|\*+"
    r"|(?!20\d\d\b)[\d.,]+"
    r"(?:\s*(?:người|trẻ em|trẻ|em|cháu|vụ|ca|thôn|xã|đơn vị|xã, phường|xã, thị trấn))?)\s*[)\]]\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Qualified:
    """A header as its input would be called, and what sets its column aside.

    `header` has no year of the round and no unit of measure; `aside` is `other_year`, `part` (of the figure, planned,
    a rate) or `opposite` (the column Không beside a column Có); `group`: whether the input is what the texts above
    the lowest one say; `answer`: whether the lowest text is Có or Không.
    """

    header: Header
    aside: Aside | None = None
    group: bool = False
    answer: bool = False


def read_qualifiers(
    headers: Iterable[Header], year: int | None, is_input: Callable[[str], bool]
) -> dict[int, Qualified]:
    """What the header of each column says beside its input, by column.

    Parameters
    ----------
    year : int, optional
        The year of the round; without one every column is of the right year.
    is_input : callable
        Whether a text is the exact name of an input.
    """
    read = {header.column: _read_header(header, year, is_input) for header in headers}
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for column, one in read.items():
        if one.aside is None and len(one.header.texts) > 1:
            groups[tuple(normalise_name(text) for text, _ in one.header.texts[:-1])].append(column)
    for columns in groups.values():
        _read_group([(column, read[column]) for column in columns], read, is_input)
    return read


def is_qualifier(text: str) -> bool:
    """Whether a text alone says which year or which part, not what is counted."""
    normal = normalise_name(text)
    if not text.strip():
        return False
    if normal in _WHOLE or normal in _PART or normal in _THIS_YEAR or normal in _ANSWERS or "%" in text:
        return True
    return bool(
        _LAST_YEAR.fullmatch(normal)
        or _PERIOD.fullmatch(normal)
        or not normalise_name(_YEAR.sub(" ", _DAY.sub(" ", text)))
    )


def is_whole(text: str, year: int | None) -> bool:
    """Whether a text alone says that a figure is the whole, or of the year of the round."""
    normal = normalise_name(text)
    return normal in _WHOLE or normal in _THIS_YEAR or (year is not None and find_years(text) == {year})


def find_years(text: str) -> set[int]:
    """The years that a text speaks of, those of laws and decisions left out."""
    if _LAW.search(text):
        return set()
    years = {int(year) for found in _YEAR.finditer(text) for year in found.groups() if year}
    return years | {int(found[1]) for found in _DAY.finditer(text)}


def _read_header(header: Header, year: int | None, is_input: Callable[[str], bool]) -> Qualified:
    texts = tuple(
        (text if is_input(text) else _COUNTED.sub("", unicodedata.normalize("NFC", text)), span)
        for text, span in header.texts
    )
    told = [text for text, _ in texts if not is_input(text)]
    years = set().union(*map(find_years, told)) if year is not None else set()
    if years and year not in years:
        return Qualified(replace(header, texts=texts), "other_year")
    if years:
        texts = tuple((text if is_input(text) else _strip_year(text, is_input), span) for text, span in texts)
    texts = tuple(
        one
        for one, (before, _) in zip(texts, header.texts, strict=True)
        if normalise_name(one[0]) not in _THIS_YEAR and (normalise_name(one[0]) or not normalise_name(before))
    )
    lowest = normalise_name(texts[-1][0]) if texts else ""
    if len(texts) < len(header.texts) and texts and texts[-1][1] > 1:
        return Qualified(replace(header, texts=texts), None, True)
    if len(texts) > 1 or not texts:
        if any(_LAST_YEAR.fullmatch(normalise_name(text)) for text, _ in texts):
            return Qualified(replace(header, texts=texts), "other_year")
        if _PERIOD.fullmatch(lowest):
            return Qualified(replace(header, texts=texts), "part")
    return Qualified(replace(header, texts=texts))


def _strip_year(text: str, is_input: Callable[[str], bool]) -> str:
    """A text without its year; “trong năm 2023” keeps its last word where the input is called so."""
    bare = _DAY.sub(" ", text)
    without = [re.sub(r"20\d\d", " ", bare), _YEAR.sub(" ", bare)]
    without = [re.sub(r"[(\[]\s*[)\]]", " ", one) for one in without]
    return next((one for one in without if is_input(one)), without[-1])


def _read_group(
    members: list[tuple[int, Qualified]], read: dict[int, Qualified], is_input: Callable[[str], bool]
) -> None:
    """Tell the columns under one text apart: the whole, its parts, Có and Không."""
    lowest = {column: normalise_name(one.header.texts[-1][0]) for column, one in members}
    above = members[0][1].header.texts[:-1]
    named = is_input(above[-1][0]) or is_input(" ".join(text for text, _ in above))
    answers = {column: _ANSWERS[text] for column, text in lowest.items() if text in _ANSWERS}
    if named and len(members) == 2 and sorted(answers.values()) == ["no", "yes"]:
        for column, answer in answers.items():
            read[column] = replace(read[column], group=True, answer=True, aside="opposite" if answer == "no" else None)
        return
    for column, one in members:
        text = one.header.texts[-1][0]
        if lowest[column] in _PART or ("%" in text and is_qualifier(text)):
            read[column] = replace(one, aside="part")
        elif lowest[column] in _WHOLE and named:
            read[column] = replace(one, group=True)
