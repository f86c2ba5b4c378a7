"""What calamine does not tell of an OpenDocument sheet, its merged ranges too. The file says what a cell looks like."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from data.intake.reading.formats import says_number
from data.intake.reading.limits import LARGEST_CELLS, LARGEST_COLUMNS, LARGEST_ROWS, Place, check_size
from data.intake.reading.looks import Look, Run, read_runs
from data.intake.reading.remarks import SheetRemarks
from data.intake.reading.xml import Attributes, walk

_CELLS = ("table-cell", "covered-table-cell")
_BREAKS = {"s": " ", "tab": "\t", "line-break": "\n"}
_LONGEST_TEXT = 200  # characters of a cell that are looked at
_STRUCK = Look(struck=True)


@dataclass(frozen=True)
class _TextStyle:
    struck: bool = False
    raised: bool = False


@dataclass
class _Cell:
    attributes: Attributes
    style: str
    runs: list[Run] = field(default_factory=list)
    paragraphs: int = 0
    length: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def scan_ods(xml: bytes) -> dict[str, SheetRemarks]:
    """Remarks on each sheet of an OpenDocument, from its content.xml, by the sheet's name."""
    reader = _OdsWalk()
    walk(xml, reader.start, reader.text, reader.end)
    return reader.sheets


class _OdsWalk:
    def __init__(self) -> None:
        self.sheets: dict[str, SheetRemarks] = {}
        self._styles: dict[str, _TextStyle] = {}
        self._style = ""
        self._sheet: SheetRemarks | None = None
        self._row = self._column = 0
        self._row_times = 1
        self._row_hidden = False
        self._column_styles: list[tuple[int, str]] = []  # up to which column, which style
        self._cell: _Cell | None = None
        self._notes = 0  # how deep in comments; their texts are none of the cell
        self._spans: list[str] = []
        self._in_paragraph = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style":
            self._style = attributes.get("name", "")
        elif tag == "text-properties" and self._style:
            self._styles[self._style] = _read_text_style(attributes)
        elif tag == "table" and self._cell is None:
            self._sheet = self.sheets[attributes.get("name", "")] = SheetRemarks()
            self._row, self._column, self._column_styles = 0, 0, []
        elif tag == "table-column":
            self._start_column(attributes)
        elif tag == "table-row":
            self._column, self._row_times = 0, _times(attributes, "number-rows-repeated")
            self._row_hidden = attributes.get("visibility", "visible") != "visible"
        elif tag in _CELLS and self._sheet is not None:
            self._cell = _Cell(attributes, attributes.get("style-name", "") or self._default_style())
        elif tag == "annotation":
            self._notes += 1
        elif self._cell is not None and not self._notes:
            self._start_text(tag, attributes)

    def text(self, data: str) -> None:
        cell = self._cell
        if cell is None or not self._in_paragraph or self._notes:
            return
        cell.length += len(data)
        if cell.length <= _LONGEST_TEXT:
            marked = [self._styles[name] for name in self._spans if name in self._styles]
            struck, raised = any(one.struck for one in marked), any(one.raised for one in marked)
            cell.runs.append(Run(data, struck, raised))

    def end(self, tag: str) -> None:
        if tag == "style":
            self._style = ""
        elif tag == "annotation":
            self._notes -= 1
        elif tag == "p" and not self._notes:
            self._in_paragraph = False
        elif tag == "span" and self._spans and not self._notes:
            self._spans.pop()
        elif tag in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif tag == "table-row" and self._sheet is not None:
            if self._row_hidden:
                self._sheet.hidden_rows += range(self._row, min(self._row + self._row_times, LARGEST_ROWS))
            self._row += self._row_times

    def _start_column(self, attributes: Attributes) -> None:
        end = self._column + _times(attributes, "number-columns-repeated")
        if self._sheet is not None and attributes.get("visibility", "visible") != "visible":
            self._sheet.hidden_columns += range(self._column, min(end, LARGEST_COLUMNS))
        if len(self._column_styles) < LARGEST_COLUMNS:
            self._column_styles.append((end, attributes.get("default-cell-style-name", "")))
        self._column = end

    def _default_style(self) -> str:
        return next((style for end, style in self._column_styles if self._column < end), "")

    def _start_text(self, tag: str, attributes: Attributes) -> None:
        if tag == "p" and self._cell is not None:
            if self._cell.paragraphs:
                self._cell.runs.append(Run("\n"))
            self._cell.paragraphs += 1
            self._in_paragraph = True
        elif tag == "span":
            self._spans.append(attributes.get("style-name", ""))
        elif tag in _BREAKS and self._in_paragraph:
            self.text(_BREAKS[tag])

    def _end_cell(self, cell: _Cell) -> None:
        across = _times(cell.attributes, "number-columns-repeated")
        if cell.text:
            check_size("", self._row + self._row_times, self._column + across)
        if self._sheet is not None and (cell.text or cell.attributes):
            _remark_cell(self._sheet, cell, (self._row, self._column), (self._row_times, across), self._styles)
        self._column += across


def _remark_cell(
    sheet: SheetRemarks, cell: _Cell, place: Place, times: tuple[int, int], styles: dict[str, _TextStyle]
) -> None:
    kind, formula, text = cell.attributes.get("value-type"), cell.attributes.get("formula"), cell.text
    spans = [_times(cell.attributes, f"number-{way}-spanned") for way in ("rows", "columns")]
    if max(spans) > 1:
        sheet.merged.append((place, (place[0] + spans[0] - 1, place[1] + spans[1] - 1)))
    if formula and text.startswith(("#", "Err:")):
        sheet.errors |= dict.fromkeys(_cover(place, times), text)
    elif formula and not text and kind != "string":
        sheet.unvalued += _cover(place, times)
    elif kind == "percentage":
        sheet.percent += _cover(place, times)
    elif kind in ("float", "currency") and cell.paragraphs and not _says_value(text, cell.attributes.get("value", "")):
        sheet.seen |= dict.fromkeys(_cover(place, times), text.strip())
    elif kind in ("string", None) and text:
        read = read_runs(cell.runs)
        if read is not None and cell.length <= _LONGEST_TEXT:
            sheet.texts |= dict.fromkeys(_cover(place, times), read)
    if styles.get(cell.style, _TextStyle()).struck and (text or kind):
        sheet.looks[_STRUCK] += _cover(place, times)


def _says_value(text: str, value: str) -> bool:
    try:
        number = float(value)
    except ValueError:
        return True  # calamine decides what it is
    return says_number(text, number) or (number < 0 and says_number(text.lstrip("-–−"), -number))


def _cover(place: Place, times: tuple[int, int]) -> Iterator[Place]:
    """Every place of a cell that stands for several; of very many none, a sheet of that size is refused."""
    if times[0] * times[1] <= LARGEST_CELLS:
        for row in range(place[0], place[0] + times[0]):
            for column in range(place[1], place[1] + times[1]):
                yield row, column


def _read_text_style(attributes: Attributes) -> _TextStyle:
    lines = (attributes.get(f"text-line-through-{one}", "none") for one in ("style", "type"))
    position = attributes.get("text-position", "0%").split()[0]
    return _TextStyle(any(line != "none" for line in lines), position not in ("0%", "0"))


def _times(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isdigit() and len(text) < 9 else 1
