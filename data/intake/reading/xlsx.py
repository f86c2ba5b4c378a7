"""What calamine does not tell of an .xlsx: errors, hidden places, formulas without value, odd looks, runs of texts.

A sheet is walked by a parser of XML as far as anything of that stands in it. How far that is, bytes tell: an attribute
of value “e” needs the bytes “"e"” or “'e'”, whatever its order, prefix or place. Where the bytes can't tell (another
encoding, references to characters), the walk goes to the end.
"""

import codecs
import re
from collections.abc import Callable, Mapping
from functools import cache

from data.intake.reading.limits import LARGEST_COLUMNS, LARGEST_ROWS, check_size
from data.intake.reading.looks import Look, read_runs
from data.intake.reading.package import Package
from data.intake.reading.remarks import SheetRemarks
from data.intake.reading.strings import RUN_MARKS, RunReader, read_strings
from data.intake.reading.styles import read_styles
from data.intake.reading.xml import ENTITIES, Attributes, LocalNames, make_parser, parse, walk
from data.processes.worker import RefusedError

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_FAR_CELL = re.compile(rb'r="(?:[A-Z]{3}\d+|[A-Z]{0,2}\d{6,7})"')
_FORMULA = re.compile(rb"[<:]f[\s/>]")
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_MOST_SOUGHT = 8  # styles or texts that are sought by their bytes; with more, the whole sheet is walked
_ROW = re.compile(rb"[/<:]row[\s/>]")
_QUOTES = (b'"', b"'")
_LONGEST_ERROR = 20
_EMPTY_TEXT = '""'  # in a formula that can give a text without letters


def scan_xlsx(package: Package) -> dict[str, SheetRemarks]:
    """Remarks on each sheet of an .xlsx or .xlsm, by its name."""
    styles = read_styles(package.read_related("styles"))
    strings = read_strings(package.read_related("sharedStrings"))
    since_1904 = _counts_from_1904(package.read(package.book or ""))
    remarks = {}
    for name, relation in package.sheets:
        if relation is not None and relation.kind == "worksheet":
            remarks[name] = _SheetWalk(name, styles, strings).walk(package.read(relation.path))
            remarks[name].since_1904 = since_1904
    return remarks


def _counts_from_1904(xml: bytes) -> bool:
    switched: list[str] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr":
            switched.append(attributes.get("date1904", "0"))

    walk(xml, start)
    return switched[:1] in (["1"], ["true"])


class _SheetWalk:
    """Walks one sheet. A cell is done with when the next one begins, so that ends of elements need no attention."""

    def __init__(self, name: str, styles: Mapping[str, Look], strings: Mapping[str, str]):
        self._name, self._styles, self._strings = name, styles, strings
        self._remarks = SheetRemarks()
        self._row = self._column = -1
        self._type, self._valued = "", False
        self._formula: list[str] | None = None
        self._value: list[str] = []
        self._shared: dict[str, list[str]] = {}  # formulas by the number under which other cells share them
        self._far = self._has_runs = False
        self._runs: RunReader | None = None
        self._parser = make_parser()

    def walk(self, xml: bytes) -> SheetRemarks:
        """Walk a sheet as far as it holds something to remark."""
        reach = self._find_reach(xml)
        if reach:
            self._parser.StartElementHandler = self._make_start()
            if self._has_runs:
                self._parser.EndElementHandler = self._end
            parse(self._parser, memoryview(xml)[:reach], whole=reach == len(xml))
            self._end_cell()
        return self._remarks

    def _find_reach(self, xml: bytes) -> int:
        """How many bytes hold all that there is to remark."""
        if b"<!" in xml and (b"<!DOCTYPE" in xml or b"<!ENTITY" in xml):
            raise RefusedError("not_a_workbook", reason=ENTITIES)
        self._far = bool(_FAR_CELL.search(xml))
        self._has_runs = b"rPr" in xml and any(mark in xml for mark in RUN_MARKS)
        other_encoding = (xml[:1] != b"<" and not xml.startswith(codecs.BOM_UTF8)) or _DECLARED.match(xml)
        if other_encoding or self._far or self._has_runs or self._strings or "0" in self._styles:
            return len(xml)
        if len(self._styles) > _MOST_SOUGHT:
            return len(xml)
        sought = [b"hidden", b"showZeros", b"&#", *(quote + b"e" + quote for quote in _QUOTES)]
        sought += [quote + number.encode() + quote for number in self._styles for quote in _QUOTES]
        last = max(_find_last_formula(xml), *(xml.rfind(one) for one in sought))
        if last < 0:
            return 0
        row_end = _ROW.search(xml, last)
        return row_end.end() if row_end else len(xml)

    def _make_start(self) -> Callable[[str, Attributes], None]:
        names = LocalNames()
        handlers = {
            "c": self._start_cell,
            "v": self._start_value,
            "row": self._start_row,
            "f": self._start_formula,
            "is": self._start_inline,
            "col": self._start_columns,
            "sheetView": self._start_view,
        }

        def start(name: str, attributes: Attributes) -> None:
            handler = handlers.get(names[name])
            if handler is not None:
                handler(attributes)
            elif self._runs is not None:
                self._runs.start(names[name], attributes)

        return start

    def _start_view(self, attributes: Attributes) -> None:
        if attributes.get("showZeros", "1") in ("0", "false"):
            self._remarks.hides_zeros = True

    def _start_columns(self, attributes: Attributes) -> None:
        if _is_hidden(attributes):
            first, last = (int(attributes.get(name, "1")[:5]) for name in ("min", "max"))
            self._remarks.hidden_columns += range(first - 1, min(last, LARGEST_COLUMNS))

    def _start_row(self, attributes: Attributes) -> None:
        self._end_cell()
        number = attributes.get("r", "")
        self._row = int(number[:9]) - 1 if number.isdecimal() else self._row + 1
        self._column = -1
        if _is_hidden(attributes) and self._row < LARGEST_ROWS:
            self._remarks.hidden_rows.append(self._row)

    def _start_cell(self, attributes: Attributes) -> None:
        self._end_cell()
        reference = _REFERENCE.fullmatch(attributes.get("r", ""))
        if reference:
            self._row, self._column = int(reference[2]) - 1, _column_of(reference[1])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        look = self._styles.get(attributes.get("s", "0"))
        if look is not None:
            self._remarks.looks[look].append((self._row, self._column))

    def _start_formula(self, attributes: Attributes) -> None:
        if self._type:
            number = attributes.get("si", "")
            self._formula = self._shared.setdefault(number, []) if number else []
            self._parser.CharacterDataHandler = self._formula.append

    def _start_value(self, _: Attributes) -> None:
        self._valued = True
        if self._far:
            check_size(self._name, self._row + 1, self._column + 1)
        if self._formula is not None or self._type == "e" or (self._type == "s" and self._strings):
            self._parser.CharacterDataHandler = self._value.append

    def _start_inline(self, _: Attributes) -> None:
        self._start_value({})
        if self._has_runs:
            self._runs = RunReader()
            self._parser.CharacterDataHandler = self._runs.text

    def _end(self, name: str) -> None:
        if self._runs is None:
            return
        tag = name.rpartition("\n")[2]
        self._runs.end(tag)
        if tag == "is":
            text = read_runs(self._runs.runs)
            if text is not None:
                self._remarks.texts[self._row, self._column] = text
            self._runs = None

    def _end_cell(self) -> None:
        """Remark what the cell that was walked last turned out to be."""
        place, value = (self._row, self._column), "".join(self._value).strip()
        if self._type == "e":
            self._remarks.errors[place] = value[:_LONGEST_ERROR] or "#N/A"
        elif self._type == "s" and value in self._strings:
            self._remarks.texts[place] = self._strings[value]
        elif self._formula is not None and not value and self._type != "inlineStr":
            gives_text = self._type == "str" and self._valued
            if not gives_text and _EMPTY_TEXT not in "".join(self._formula):
                self._remarks.unvalued.append(place)
        self._type, self._formula, self._valued = "", None, False
        if self._value or self._parser.CharacterDataHandler is not None:
            self._value = []
            self._parser.CharacterDataHandler = None


def _find_last_formula(xml: bytes) -> int:
    """Where the last formula of a sheet begins; -1 where it has none."""
    last = -1
    for mark in (b"<f", b":f"):
        position = xml.rfind(mark)
        while position > last and not _FORMULA.match(xml, position):
            position = xml.rfind(mark, 0, position)
        last = max(last, position)
    return last


def _is_hidden(attributes: Attributes) -> bool:
    return attributes.get("hidden", "0") in ("1", "true")


@cache
def _column_of(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
