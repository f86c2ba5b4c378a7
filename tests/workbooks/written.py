"""Workbooks written by hand, with the habits of programs other than Excel; for the tests of reading."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from data.intake.reading.cells import cell_name

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = {_MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main"}
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
Place = tuple[int, int]


@dataclass(frozen=True)
class Written:
    """A cell as it is written: `value` (a number or a text), its format, and what else stands in the XML.

    `kind` is the attribute t, `formula` the text of a formula (None: no formula), `runs` a text of pieces with what is
    set for each (“strike”, “superscript”).
    """

    value: Any = None
    code: str = "General"
    kind: str | None = None
    formula: str | None = None
    runs: tuple[tuple[str, str], ...] = ()
    struck: bool = False


@dataclass(frozen=True)
class Habits:
    """How a program writes: prefix of the namespace, quotes, order of attributes, references, names of parts."""

    prefix: str = ""
    quote: str = '"'
    backwards: bool = False
    references: bool = True
    book: str = "xl/workbook.xml"
    sheet: str = "worksheets/sheet1.xml"
    slashes: str = "/"
    target_slashes: str = "/"
    strict: bool = False
    shared: bool = False
    spaced: bool = False
    name: str = "S"


@dataclass
class _Writer:
    habits: Habits
    codes: list[tuple[str, bool]] = field(default_factory=lambda: [("General", False)])
    texts: list[str] = field(default_factory=list)

    def tag(self, name: str, attributes: Mapping[str, object], inner: str | None = None) -> str:
        habits, pairs = self.habits, list(attributes.items())
        gap = "\n  " if habits.spaced else " "
        pairs = pairs[::-1] if habits.backwards else pairs
        quoted = "".join(
            f"{gap}{key}={habits.quote}{escape(str(value), _QUOTES)}{habits.quote}" for key, value in pairs
        )
        full = f"{habits.prefix}:{name}" if habits.prefix else name
        return f"<{full}{quoted}/>" if inner is None else f"<{full}{quoted}>{inner}</{full}>"

    def cell(self, row: int, column: int, cell: Written) -> str:
        attributes: dict[str, object] = {"r": cell_name(row, column)} if self.habits.references else {}
        style = (cell.code, cell.struck)
        if style not in self.codes:
            self.codes.append(style)
        if self.codes.index(style):
            attributes["s"] = self.codes.index(style)
        inner = "" if cell.formula is None else self.tag("f", {}, escape(cell.formula))
        kind, text = cell.kind, cell.value
        if cell.runs or (isinstance(text, str) and kind is None and cell.formula is None):
            kind, item = self._text(cell)
            inner += item
        elif text is not None:
            inner += self.tag("v", {}, escape(str(text)))
        if kind is not None:
            attributes["t"] = kind
        return self.tag("c", attributes, inner or None)

    def _text(self, cell: Written) -> tuple[str, str]:
        runs = cell.runs or ((str(cell.value), ""),)
        pieces = "".join(self._run(text, look) for text, look in runs)
        item = pieces if cell.runs else self.tag("t", {"xml:space": "preserve"}, escape(str(cell.value)))
        if not self.habits.shared:
            return "inlineStr", self.tag("is", {}, item)
        self.texts.append(self.tag("si", {}, item))
        return "s", self.tag("v", {}, str(len(self.texts) - 1))

    def _run(self, text: str, look: str) -> str:
        marks = {"strike": self.tag("strike", {}), "superscript": self.tag("vertAlign", {"val": "superscript"})}
        properties = self.tag("rPr", {}, marks[look]) if look else ""
        return self.tag("r", {}, properties + self.tag("t", {"xml:space": "preserve"}, escape(text)))

    def part(self, name: str, inner: str) -> bytes:
        main = _STRICT[_MAIN] if self.habits.strict else _MAIN
        declared = f"xmlns:{self.habits.prefix}" if self.habits.prefix else "xmlns"
        office = _STRICT_OFFICE if self.habits.strict else _OFFICE
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        return (head + self.tag(name, {declared: main, "xmlns:rel": office}, inner)).encode()


_QUOTES = {'"': "&quot;", "'": "&apos;"}


def write_xlsx(
    cells: Sequence[Sequence[Written | None]],
    habits: Habits = Habits(),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    show_zeros: bool = True,
) -> bytes:
    """An .xlsx of one sheet; None is no cell, or an empty one where cells have no references."""
    writer = _Writer(habits)
    rows = ""
    for row, line in enumerate(cells):
        written = "".join(
            writer.cell(row, column, cell or Written())
            for column, cell in enumerate(line)
            if cell is not None or not habits.references
        )
        attributes: dict[str, object] = {"r": row + 1} if habits.references else {}
        rows += writer.tag("row", attributes | ({"hidden": 1} if row in hidden_rows else {}), written)
    columns = "".join(writer.tag("col", {"min": one + 1, "max": one + 1, "hidden": 1}) for one in hidden_columns)
    view = "" if show_zeros else writer.tag("sheetViews", {}, writer.tag("sheetView", {"showZeros": 0}))
    sheet = view + (writer.tag("cols", {}, columns) if columns else "") + writer.tag("sheetData", {}, rows)
    return _pack(writer, writer.part("worksheet", sheet))


def _pack(writer: _Writer, sheet: bytes) -> bytes:
    habits = writer.habits
    folder, _, name = habits.book.rpartition("/")
    office = _STRICT_OFFICE if habits.strict else _OFFICE
    listed = writer.tag("sheet", {"name": habits.name, "sheetId": 1, "rel:id": "rId7"})
    related = [("rId7", "worksheet", habits.sheet), ("rId2", "styles", "looks.xml"), ("rId3", "sharedStrings", "t.xml")]
    parts = {
        "_rels/.rels": _relations([("rId1", "officeDocument", habits.book)], office),
        habits.book: writer.part("workbook", writer.tag("sheets", {}, listed)),
        f"{folder}/_rels/{name}.rels": _relations(
            [(id, kind, target.replace("/", habits.target_slashes)) for id, kind, target in related], office
        ),
        f"{folder}/{habits.sheet}": sheet,
        f"{folder}/looks.xml": writer.part("styleSheet", _styles(writer)),
        f"{folder}/t.xml": writer.part("sst", "".join(writer.texts)),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for path, part in parts.items():
            info = zipfile.ZipInfo(path)
            info.filename = path.replace("/", habits.slashes)
            archive.writestr(info, part)
    return buffer.getvalue()


def _relations(entries: list[tuple[str, str, str]], office: str) -> bytes:
    listed = "".join(
        f'<Relationship Target="{target}" Id="{id}" Type="{office}/{kind}"/>' for id, kind, target in entries
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'.encode()


def _styles(writer: _Writer) -> str:
    tag, codes = writer.tag, writer.codes
    formats = "".join(
        tag("numFmt", {"numFmtId": 200 + number, "formatCode": code}) for number, (code, _) in enumerate(codes)
    )
    fonts = tag("font", {}, tag("sz", {"val": 11})) + tag("font", {}, tag("strike", {}))
    styles = "".join(
        tag("xf", {"numFmtId": 200 + number, "fontId": int(struck)}) for number, (_, struck) in enumerate(codes)
    )
    decoy = tag("xf", {"numFmtId": 9, "fontId": 1}) * 3
    return (
        tag("numFmts", {}, formats)
        + tag("fonts", {}, fonts)
        + tag("cellStyleXfs", {}, decoy)
        + tag("cellXfs", {}, styles)
        + tag("dxfs", {}, tag("dxf", {}, tag("font", {}, tag("strike", {}))))
    )


def write_xlsb(cells: Sequence[Sequence[Written | None]], hidden_rows: Sequence[int] = ()) -> bytes:
    """An .xlsb of one sheet, with numbers, texts (shared, of runs too), errors (kind “e”) and formulas of numbers."""
    codes: list[tuple[str, bool]] = [("General", False)]
    texts: list[bytes] = []
    size = struct.pack("<IIII", 0, len(cells) - 1, 0, max(map(len, cells)) - 1)
    sheet = _record(129) + _record(148, size) + _record(145)
    for row, line in enumerate(cells):
        hidden = 0x10 if row in hidden_rows else 0
        sheet += _record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, hidden, 0, 0))
        for column, cell in enumerate(line):
            if cell is not None:
                if (cell.code, cell.struck) not in codes:
                    codes.append((cell.code, cell.struck))
                head = struct.pack("<II", column, codes.index((cell.code, cell.struck)))
                sheet += _binary_cell(head, cell, texts)
    sheet += _record(146) + _record(130)
    fonts = b"".join(_record(43, struct.pack("<HHHHBBBB", 220, flags, 400, script, 0, 0, 0, 0) + bytes(9) + _wide("A"))
                     for flags, script in ((0, 0), (8, 0), (0, 1)))  # fmt: skip
    formats = b"".join(_record(44, struct.pack("<H", 200 + one) + _wide(code)) for one, (code, _) in enumerate(codes))
    styles = b"".join(
        _record(47, struct.pack("<HHHHHBBHH", 0, 200 + one, int(struck), 0, 0, 0, 0, 0, 0))
        for one, (_, struck) in enumerate(codes)
    )
    decoy = _record(626) + _record(47, struct.pack("<HHHHHBBHH", 0, 9, 1, 0, 0, 0, 0, 0, 0)) + _record(627)
    looks = (
        *(_record(278), _record(615, struct.pack("<I", len(codes))), formats, _record(616)),
        *(_record(611, struct.pack("<I", 3)), fonts, _record(612)),
        *(decoy, _record(617, struct.pack("<I", len(codes))), styles, _record(618), _record(279)),
    )
    book = _record(131) + _record(153, bytes(12)) + _record(143)
    book += _record(156, struct.pack("<II", 0, 1) + _wide("rId7") + _wide("S")) + _record(144) + _record(132)
    strings = _record(159, struct.pack("<II", len(texts), len(texts))) + b"".join(texts) + _record(160)
    related = [
        ("rId7", "worksheet", "worksheets/sheet1.bin"),
        ("rId2", "styles", "styles.bin"),
        ("rId3", "sharedStrings", "sharedStrings.bin"),
    ]
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.bin")], _OFFICE),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": _relations(related, _OFFICE),
        "xl/worksheets/sheet1.bin": sheet,
        "xl/styles.bin": b"".join(looks),
        "xl/sharedStrings.bin": strings,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, part in parts.items():
            archive.writestr(path, part)
    return buffer.getvalue()


def _binary_cell(head: bytes, cell: Written, texts: list[bytes]) -> bytes:
    if cell.kind == "e":
        return _record(3, head + bytes([0x17]))
    if cell.runs or isinstance(cell.value, str):
        runs = cell.runs or ((str(cell.value), ""),)
        text = "".join(text for text, _ in runs)
        item = bytes([bool(cell.runs)]) + _wide(text)
        if cell.runs:
            starts = [sum(len(before) for before, _ in runs[:one]) for one in range(len(runs))]
            fonts = [{"": 0, "strike": 1, "superscript": 2}[look] for _, look in runs]
            item += struct.pack("<I", len(runs))
            item += b"".join(struct.pack("<HH", *pair) for pair in zip(starts, fonts, strict=True))
        texts.append(_record(19, item))
        return _record(7, head + struct.pack("<I", len(texts) - 1))
    if cell.formula is not None:
        return _record(9, head + struct.pack("<dHI", float(cell.value), 0, 0) + struct.pack("<I", 0))
    return _record(5, head + struct.pack("<d", float(cell.value)))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(content)
    while True:
        byte, length = length & 0x7F, length >> 7
        size += bytes([byte | (0x80 if length else 0)])
        if not length:
            return number + size + content
