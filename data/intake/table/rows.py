"""What each row of a table is: a unit, a heading of a district, a subtotal, or nothing that counts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from data.intake.findings.finding import Finding, make_finding
from data.intake.reading.cells import is_blank, show_value
from data.intake.table.columns import CODE, DISTRICT, NAME
from data.intake.table.layout import Table, code_text
from data.intake.table.strangers import Strangers
from data.intake.values.cells import is_figure
from data.text.names import normalise_name
from data.units.matching import Candidates, UnitMatch, UnitNames

_SUBTOTAL = re.compile(
    r"(?:tổng|cộng|lũy kế|toàn (?:huyện|tỉnh|thành phố|thị xã|quận|địa bàn)|chung)\b(?!.*\b(?:xã|phường|thị trấn)\b)"
)
_DISTRICT_LIKE = re.compile(r"(?:huyện|thành phố|thị xã|quận)\s+\S")
_LIST_MARK = re.compile(r"^\s*(?:[IVXLC]+|[A-ZĐ]|\d+)\s*[.)/:-]\s*")
_ROWS_NAMED = 8


@dataclass(frozen=True)
class UnitQuestion:
    """A text that is only near to a unit's name: to be confirmed. `key` is what the answer is remembered by."""

    key: str
    sheet: str
    cell: str
    text: str
    candidates: Candidates


@dataclass(frozen=True)
class Subtotal:
    """A row of sums: the positions in `Rows.units` that it may be the sum of, and the districts that it names."""

    row: int
    label: str
    scopes: tuple[tuple[int, int], ...]
    districts: frozenset[str]


@dataclass
class Rows:
    """The rows of one table: `units` are (row, unit code) in the order of the table."""

    units: list[tuple[int, str]] = field(default_factory=list)
    subtotals: list[Subtotal] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    questions: list[UnitQuestion] = field(default_factory=list)
    unread: int = 0  # rows with figures whose unit is not known


def read_rows(
    table: Table, names: UnitNames, chosen: Mapping[str, str], accept_suggestions: bool, places: dict[str, str]
) -> Rows:
    """Tell the rows of a table apart.

    Parameters
    ----------
    chosen : mapping
        Unit code by `UnitQuestion.key`, as the officer confirmed it.
    places : dict
        Cell of each unit already read from the file; the units of this table are added.
    """
    return _RowReader(table, names, chosen, accept_suggestions, places).read()


def question_key(text: str, districts: frozenset[str]) -> str:
    """What a unit's spelling is remembered by: the text, and the district where it is known."""
    return " ".join([normalise_name(text), *sorted(districts)])


class _RowReader:
    def __init__(self, table: Table, names: UnitNames, chosen: Mapping[str, str], accept: bool, places: dict[str, str]):
        self.table, self.names, self.chosen, self.accept, self.places = table, names, chosen, accept, places
        self.rows = Rows()
        self.code, self.name, self.district = (table.role(role) for role in (CODE, NAME, DISTRICT))
        self.inputs = list(table.inputs.values())
        self.labels = [one for one in range(min(self.inputs, default=0)) if one != self.district]
        self.heading: frozenset[str] = frozenset()
        self.around = self._district_around()
        self.bounds = [0]  # numbers of units read at each heading and subtotal
        self.headings_with_sums: list[tuple[int, int]] = []
        self.left_out: list[int] = []
        self.strangers = Strangers(names.units)

    def read(self) -> Rows:
        for row in range(self.table.first_row, self._end()):
            self._read_row(row, self.table.sheet.rows[row])
        self._close_groups()
        if self.strangers:
            self._find("units_of_other_province", **self.strangers.words())
        elif not self.rows.units and not self.rows.questions:
            self._take_title_unit()
        if self.left_out:
            shown = ", ".join(str(row + 1) for row in self.left_out[:_ROWS_NAMED])
            more = " …" if len(self.left_out) > _ROWS_NAMED else ""
            self._find("rows_left_out", count=len(self.left_out), rows=shown + more)
        return self.rows

    def _end(self) -> int:
        """The row after the last that holds figures, answers or a unit: below stand the signatures."""
        rows = self.table.sheet.rows
        for row in range(len(rows) - 1, self.table.first_row - 1, -1):
            told = (rows[row][column] for column in self.inputs)
            unit = rows[row][self.name] if self.name is not None else ""
            code = rows[row][self.code] if self.code is not None else ""
            if any(map(is_figure, told)) or self.names.match_code(code_text(code)):
                return row + 1
            if isinstance(unit, str) and unit and self.names.match_exactly(unit).how == "name":
                return row + 1
        return self.table.first_row

    def _district_around(self) -> frozenset[str]:
        """The district that the sheet's name or the title speaks of; it only tells units of one name apart."""
        named = self.names.match_district(self.table.sheet.name) or self.names.find_district(self.table.sheet.name)
        if len(named) == 1:
            return named
        found = {one for text in self.table.title for one in self.names.find_district(text)}
        return frozenset(found) if len(found) == 1 else frozenset()

    def _read_row(self, row: int, cells: list[Any]) -> None:
        code_raw = cells[self.code] if self.code is not None else ""
        name_raw = cells[self.name] if self.name is not None else ""
        text = name_raw.strip() if isinstance(name_raw, str) else show_value(name_raw)
        if not is_blank(code_raw) and code_text(code_raw).isdigit():
            self._read_coded_row(row, code_text(code_raw), text)
            return
        filled = any(is_figure(cells[column]) for column in self.inputs)
        if not filled and not text and is_blank(code_raw):
            labels = [cells[one] for one in self.labels if isinstance(cells[one], str) and cells[one].strip()]
            if not labels:
                return
        districts = self._row_districts(cells)
        match = self.names.match_exactly(text, districts) if text else UnitMatch("unknown")
        if match.how == "ambiguous" and not districts and self.around:
            match = self.names.match_exactly(text, self.around)
        if match.code is not None and (filled or match.how == "name" or not self._heading_of(text, bare=True)):
            self._take_named(row, text, match)
            return
        if match.how == "unknown" and self._is_label_row(row, cells, filled):
            self.left_out.append(row)
            return
        if match.how == "unknown" and text:
            match = self.names.match_name(text, districts)
        if match.how == "former":
            self._take_named(row, text, match)
        elif filled or match.how in ("ambiguous", "merged", "close"):
            self._ask(row, text or code_text(code_raw), match, districts, filled)

    def _row_districts(self, cells: list[Any]) -> frozenset[str]:
        if self.district is not None and isinstance(cells[self.district], str) and cells[self.district].strip():
            return self.names.match_district(cells[self.district]) or self.heading
        return self.heading

    def _is_label_row(self, row: int, cells: list[Any], filled: bool) -> bool:
        """Whether a row is a subtotal or the heading of a district; its meaning for what follows is kept."""
        texts = [cells[one] for one in self.labels if isinstance(cells[one], str) and cells[one].strip()]
        for text in (_LIST_MARK.sub("", one).strip() for one in texts):
            if _SUBTOTAL.match(normalise_name(text)):
                if filled:
                    start, end = self.bounds[-1], len(self.rows.units)
                    found = self.names.find_district(text)
                    self.rows.subtotals.append(Subtotal(row, text, ((start, end), (0, end)), found))
                    self.bounds.append(end)
                return True
            districts = self._heading_of(text, bare=not filled)
            if districts or (_DISTRICT_LIKE.match(normalise_name(text)) and text[0].isupper()):
                if not districts:
                    self._find("district_unknown", self._cell(row, self.labels[0]), value=text[:80])
                self.heading = districts
                self.bounds.append(len(self.rows.units))
                if filled:
                    self.headings_with_sums.append((len(self.rows.subtotals), len(self.bounds) - 1))
                    self.rows.subtotals.append(Subtotal(row, text, (), districts))
                return True
        return False

    def _heading_of(self, text: str, bare: bool) -> frozenset[str]:
        return self.names.match_district(_LIST_MARK.sub("", text), bare=bare)

    def _close_groups(self) -> None:
        """A heading with sums is the sum of the rows up to the next heading or subtotal."""
        ends = [*self.bounds[1:], len(self.rows.units)]
        for number, bound in self.headings_with_sums:
            one = self.rows.subtotals[number]
            self.rows.subtotals[number] = replace(one, scopes=((self.bounds[bound], ends[bound]),))

    def _read_coded_row(self, row: int, text: str, name: str) -> None:
        place = self._cell(row, self.code or 0)
        code = self.names.match_code(text)
        if code is None:
            if self.strangers.take(place, text, name):
                self.rows.unread += 1
                return
            match = self.names.match_name(name, self.heading or self.around) if name else UnitMatch("unknown")
            candidates = ((match.code, 90),) if match.code else match.candidates
            shown = f"{text} {name}".strip()[:80]
            if candidates:
                self._ask(row, shown, UnitMatch("close", candidates=candidates), frozenset(), True)
            else:
                self.rows.unread += 1
                self._find("unit_unknown", place, value=shown)
            return
        if not self._take(row, code):
            return
        official = self.names.name[code]
        if code != text:
            self._find("zero_restored", place, unit=code, value=text, name=official)
        district = frozenset([self.names.district[code]])
        if name and name != official and self.names.match_name(name, district).code != code:
            name_place = self._cell(row, self.name or 0)
            self._find("name_differs", name_place, unit=code, value=name[:60], official=official)

    def _take_named(self, row: int, text: str, match: UnitMatch) -> None:
        code = match.code or ""
        if not self._take(row, code):
            return
        told = {"bare": "type_left_out", "former": "unit_former"}.get(match.how)
        if told:
            self._find(
                told, self._cell(row, self.name or 0), unit=code, value=text[:80], name=self.names.describe(code)
            )

    def _take(self, row: int, code: str) -> bool:
        """Take a row for a unit; False with a finding when the unit was read before."""
        column = (
            self.code if self.code is not None and not is_blank(self.table.sheet.rows[row][self.code]) else self.name
        )
        place = self._cell(row, column or 0)
        if code in self.places:
            self.rows.unread += 1
            name, first = self.names.name[code], self.places[code]
            self._find("unit_repeated", place, unit=code, name=name, first=first)
            return False
        self.places[code] = place
        self.rows.units.append((row, code))
        return True

    def _ask(self, row: int, text: str, match: UnitMatch, districts: frozenset[str], filled: bool) -> None:
        """A row whose unit is not certain: what was confirmed, else a suggestion, else a finding."""
        place = self._cell(row, self.name if self.name is not None else self.code or 0)
        # One answer holds for every row spelled alike, but rows of one ambiguous name are different units.
        key = question_key(f"{text} {place}" if match.how == "ambiguous" else text, districts)
        answer = self.chosen.get(key) or self.chosen.get(normalise_name(text))
        if answer is not None and answer in self.names.name:
            self._take(row, answer)
            return
        best = match.candidates[0] if match.candidates else None
        clear = best is not None and (len(match.candidates) == 1 or best[1] > match.candidates[1][1])
        if self.accept and match.how == "close" and best is not None and clear:
            if self._take(row, best[0]):
                words = {"name": self.names.describe(best[0]), "confidence": best[1]}
                self._find("unit_accepted", place, unit=best[0], value=text[:80], **words)
            return
        if filled:
            self.rows.unread += 1
        elif match.how == "close" and not normalise_name(text).startswith(("xã", "phường", "thị trấn")):
            return  # a line of text below or between, not a unit without figures
        said = "; ".join(self.names.describe(code) for code, _ in match.candidates[:4])
        if not text:
            self._find("unit_absent", place)
        elif match.how == "merged":
            self._find("unit_merged", place, value=text[:80], candidates=said)
        elif match.candidates:
            code = "unit_ambiguous" if match.how == "ambiguous" else "unit_to_confirm"
            self._find(code, place, value=text[:80], candidates=said)
            self.rows.questions.append(UnitQuestion(key, self.table.sheet.name, place, text[:80], match.candidates))
        else:
            self._find("unit_unknown", place, value=text[:80])

    def _take_title_unit(self) -> None:
        """A form of one unit, which only its title names."""
        filled = [
            row
            for row in range(self.table.first_row, len(self.table.sheet.rows))
            if sum(is_figure(self.table.sheet.rows[row][column]) for column in self.inputs) * 2 > len(self.inputs)
        ]
        found = {code for text in (*self.table.title, self.table.sheet.name) if (code := self.names.find_unit(text))}
        if len(filled) != 1 or len(found) != 1:
            return
        (row,), (code,) = filled, found
        if self._take(row, code):
            self.rows.findings = [one for one in self.rows.findings if one.code not in ("unit_absent", "unit_unknown")]
            self.rows.unread = 0
            self._find("unit_from_title", unit=code, name=self.names.describe(code))

    def _cell(self, row: int, column: int) -> str:
        return self.table.sheet.name_cell(row, column)

    def _find(self, code: str, cell: str | None = None, **words: Any) -> None:
        self.rows.findings.append(make_finding(code, sheet=self.table.sheet.name, cell=cell, **words))
