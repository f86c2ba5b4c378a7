"""What stands around the rows of a table: where they end, which district or unit the title and the sheet speak of."""

import re
from datetime import date, time
from typing import Any, Literal

from data.intake.table.columns import CODE, NAME
from data.intake.table.qualifiers import find_years, is_qualifier, is_whole
from data.intake.table.table import Table
from data.intake.table.unit_columns import code_text
from data.intake.values.answers import is_figure
from data.text.names import normalise_name
from data.units.matching import UnitNames
from data.units.spelling import split_name

_DATE_LINE = re.compile(r"\bngày\b.*\btháng\b", re.IGNORECASE)
_FEWEST_WORDS = 3  # of a text that is prose, not a figure with a note
_SMALLER_AREA = (
    r"(?:thôn|bản|xóm|ấp|khóm|làng|buôn|bon|plei|phum|sóc|khu phố|khu dân cư|tổ dân phố|tổ dân cư|tdp|khối phố|khối"
    r"|tiểu khu|trường|điểm trường|trường học)"
)
_SMALLER = re.compile(
    rf"^(?:(?:tên )?{_SMALLER_AREA}|đơn vị {_SMALLER_AREA}|báo cáo (?:của )?{_SMALLER_AREA})\s+(?!số\b(?! \d))\S"
)


def holds_figure(raw: Any) -> bool:
    """Whether a cell of a row that names no unit can be a figure: not the date or the words of a signature."""
    if isinstance(raw, date | time) or not is_figure(raw):
        return False
    if not isinstance(raw, str) or raw.strip()[:1].isdigit():
        return True
    words = sum(word.isalpha() for word in normalise_name(raw).split())
    return words < _FEWEST_WORDS and not _DATE_LINE.search(raw)


def is_smaller_area(text: str) -> bool:
    """Whether a text names a village, a quarter or a school, whose figures are not its commune's."""
    return bool(_SMALLER.match(normalise_name(text)))


def find_end(table: Table, names: UnitNames) -> int:
    """The row after the last that holds figures, answers or a unit: below stand the signatures."""
    rows, code_column, name_column = table.sheet.rows, table.role(CODE), table.role(NAME)
    for row in range(min(len(rows), table.stop) - 1, table.first_row - 1, -1):
        code = rows[row][code_column] if code_column is not None else ""
        name = rows[row][name_column] if name_column is not None else ""
        if any(holds_figure(rows[row][column]) for column in table.figure_columns) or names.match_code(code_text(code)):
            return row + 1
        if isinstance(name, str) and name and names.match_exactly(name).how == "name":
            return row + 1
    return table.first_row


def find_district_around(table: Table, names: UnitNames) -> frozenset[str]:
    """The district that the sheet's name or the title speaks of; it only tells units of one name apart."""
    of_sheet = names.match_district(table.sheet.name) or names.find_district(table.sheet.name)
    if len(of_sheet) == 1:
        return of_sheet
    for texts in (table.title, table.outer_title):
        of_title = frozenset(district for text in texts for district in names.find_district(text))
        if of_title:
            return of_title if len(of_title) == 1 else frozenset()
    return frozenset()


TitleUnit = tuple[int, str] | Literal["smaller", "several"] | None


def find_title_unit(table: Table, names: UnitNames, year: int | None) -> TitleUnit:
    """The row and the unit of a form of one unit, which only its title or its sheet names.

    `smaller` for the form of a village, `several` where more than one row could be the unit's.
    """
    rows, columns = table.sheet.rows, list(table.inputs.values())
    filled = [
        row
        for row in range(table.first_row, min(len(rows), table.stop))
        if sum(is_figure(rows[row][column]) for column in columns) * 2 >= len(columns)
    ]
    codes = {code for text in (*table.title, table.sheet.name) if (code := names.find_unit(text))}
    codes = codes or {code for text in table.outer_title if (code := names.find_unit(text))}
    if len(codes) != 1 or not filled:
        return None
    left = min(columns, default=0)
    labels = {
        row: [text for text in rows[row][table.first_column : left] if isinstance(text, str | float)] for row in filled
    }
    if any(is_smaller_area(text) for text in (*table.title, table.sheet.name)):
        return "smaller"
    chosen = _choose_row(labels, year)
    if chosen is None:
        return "several"
    if any(is_smaller_area(str(text)) for text in labels[chosen]):
        return "smaller"
    if any(split_name(str(text))[0] for text in labels[chosen]):
        return None  # the row is of a unit, though of none that is known
    return chosen, codes.pop()


def _choose_row(labels: dict[int, list[Any]], year: int | None) -> int | None:
    """The row that is of the year of the round and of the whole; None where the labels do not tell."""
    if year is not None:
        years = {row: set().union(*(find_years(code_text(text)) for text in texts)) for row, texts in labels.items()}
        labels = {row: texts for row, texts in labels.items() if not years[row] or year in years[row]}
    texts_of = {
        row: [code_text(text) for text in texts if not code_text(text).isdigit()] for row, texts in labels.items()
    }
    parts = [
        row for row, texts in texts_of.items() if any(is_qualifier(text) and not is_whole(text, year) for text in texts)
    ]
    left = [row for row in labels if row not in parts]
    return left[0] if len(left) == 1 else None
