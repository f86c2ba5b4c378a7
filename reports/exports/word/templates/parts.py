"""Parts that the Word templates share: letterhead, title, texts, tables, signatures."""

from collections.abc import Iterable
from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from reports.exports.word.templates.layout import (
    BODY_STYLE,
    CELL_STYLE,
    FORM_STYLE,
    NOTE_STYLE,
    RECIPIENT_STYLE,
    add_dots,
    add_field,
    add_rule,
    border_table,
    fix_columns,
    keep_row_whole,
    repeat_row,
    set_up_page,
    set_up_styles,
)

CENTER, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
_HEADER_WIDTHS = (62, 103)
_SIGNATURE_WIDTHS = (82.5, 82.5)


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, what each row shows, width in mm, alignment."""

    heading: str
    text: str
    width: float
    align: WD_ALIGN_PARAGRAPH = LEFT


def open_document() -> WordDocument:
    """An empty document with page, styles, page number and the footer that says what is in doubt."""
    document = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    set_up_styles(document)
    section = document.sections[0]
    set_up_page(section)
    number = section.header.paragraphs[0]
    number.style = document.styles[CELL_STYLE]
    number.alignment = CENTER
    add_field(number, "PAGE", Pt(13))
    section.first_page_header.paragraphs[0].style = document.styles[CELL_STYLE]
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].style = document.styles[NOTE_STYLE]
        footer.paragraphs[0].alignment = CENTER
        footer.paragraphs[0].add_run("{{ chan_trang }}")
    return document


def add_letterhead(document: WordDocument, dated: bool) -> None:
    """Issuing body, national title, number, and place and date where the form has them."""
    table = document.add_table(rows=2, cols=2)
    fix_columns(table, _HEADER_WIDTHS)
    left, right = table.rows[0].cells
    _write(left, "{%p if co_quan_chu_quan %}", LEFT)
    _write(left, "{{ co_quan_chu_quan }}", CENTER, Pt(12))
    _write(left, "{%p endif %}", LEFT)
    _write(left, "{{ co_quan }}", CENTER, Pt(12), bold=True)
    add_rule(left, Mm(20))
    _write(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", CENTER, Pt(12), bold=True)
    _write(right, "Độc lập - Tự do - Hạnh phúc", CENTER, Pt(13), bold=True)
    add_rule(right, Mm(24))
    left, right = table.rows[1].cells
    _write(left, "{%p if ky_hieu %}", LEFT)
    _write(left, "Số:        /{{ ky_hieu }}", CENTER, Pt(13))
    _write(left, "{%p endif %}", LEFT)
    if dated:
        _write(right, "{{ dia_danh }}, {{ ngay_thang }}", CENTER, Pt(13), italic=True)
    for row in table.rows:
        for cell in row.cells:
            _drop_empty_start(cell)


def add_title(document: WordDocument, kind: str, subject: str) -> None:
    """Kind of document and its subject, with the rule below."""
    for text, before in ((kind, Pt(18)), (subject, Pt(0))):
        paragraph = document.add_paragraph(style=CELL_STYLE)
        paragraph.alignment = CENTER
        paragraph.paragraph_format.space_before = before
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run(text)
        run.bold = True
        run.font.size = Pt(14)
    add_rule(document, Mm(60))


def add_doubts(document: WordDocument) -> None:
    """A line for each thing in doubt: illustrative figures, provisional points."""
    add_items(document, "canh_bao in cac_canh_bao", "{{ canh_bao }}.", style=NOTE_STYLE, bold=True)


def add_items(document: WordDocument, loop: str, text: str, style: str = FORM_STYLE, bold: bool = False) -> None:
    """A paragraph for each turn of a loop."""
    document.add_paragraph(f"{{%p for {loop} %}}", style=CELL_STYLE)
    paragraph = document.add_paragraph(style=style)
    paragraph.add_run(text).bold = bold or None
    if bold:
        paragraph.alignment = CENTER
    document.add_paragraph("{%p endfor %}", style=CELL_STYLE)


def add_heading(document: WordDocument, text: str) -> None:
    """Heading of a section."""
    document.add_heading(text, level=1)


def add_text(document: WordDocument, text: str) -> Paragraph:
    """A paragraph of the body."""
    return document.add_paragraph(text, style=BODY_STYLE)


def add_blanks(document: WordDocument, text: str, lines: int = 1, half: str = "") -> None:
    """A label and dotted lines to write on; `half` is a second label, from the middle of the line."""
    first = document.add_paragraph(f"{text} \t {half} \t" if half else f"{text} \t", style=FORM_STYLE)
    add_dots(first, [95, 165] if half else [165])
    for _ in range(lines - 1):
        add_dots(document.add_paragraph("\t", style=FORM_STYLE), [165])


def add_caption(document: WordDocument, text: str, below: bool = False) -> None:
    """Caption above a table, or below a picture."""
    document.add_paragraph(text, style="Caption").paragraph_format.keep_with_next = not below


def add_note(document: WordDocument, text: str) -> None:
    """A note below a table."""
    document.add_paragraph(text, style=NOTE_STYLE)


def add_class_notes(document: WordDocument) -> None:
    """What the numbers of the classes mean, below a table."""
    add_items(document, "loai in cac_loai", "{{ loai }}", style=NOTE_STYLE)


def add_when(document: WordDocument, name: str) -> None:
    """What follows is left out when `name` is empty, until `add_else` or `add_end`."""
    document.add_paragraph(f"{{%p if {name} %}}", style=CELL_STYLE)


def add_else(document: WordDocument) -> None:
    """What follows stands in place of what `add_when` left out."""
    document.add_paragraph("{%p else %}", style=CELL_STYLE)


def add_end(document: WordDocument) -> None:
    """The end of `add_when`."""
    document.add_paragraph("{%p endif %}", style=CELL_STYLE)


def add_annex(document: WordDocument, number: str, title: str) -> None:
    """Heading of an annex, on a new page."""
    heading = document.add_heading(f"Phụ lục {number}", level=1)
    heading.alignment = CENTER
    heading.paragraph_format.page_break_before = True
    for text, bold in (
        (title, True),
        ("(Kèm theo Báo cáo số        /{{ ky_hieu }} của {{ co_quan_trong_cau }})", False),
    ):
        paragraph = document.add_paragraph(style=CELL_STYLE)
        paragraph.alignment = CENTER
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run(text)
        run.font.size = Pt(14)
        run.bold, run.italic = bold, not bold
    add_rule(document, Mm(60))


def add_table(document: WordDocument, loop: str, columns: list[Column], bold_when: str = "", note: str = "") -> Table:
    """A bordered table: a heading that repeats, and a row for each turn of the loop.

    `bold_when`: a condition on the loop's variable; `note`: what stands in small type below the second column.
    """
    table = document.add_table(rows=1, cols=len(columns))
    fix_columns(table, [column.width for column in columns])
    border_table(table)
    repeat_row(table.rows[0])
    keep_row_whole(table.rows[0])
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        _write(cell, column.heading, CENTER, bold=True)
        _drop_empty_start(cell)
    texts, aligns = [column.text for column in columns], [column.align for column in columns]
    _add_tag_row(table, f"{{%tr for {loop} %}}")
    if bold_when:
        _add_tag_row(table, f"{{%tr if {bold_when} %}}")
        add_row(table, texts, aligns, bold=True)
        _add_tag_row(table, "{%tr else %}")
    row = add_row(table, texts, aligns)
    if note:
        cell = row[1]
        _write(cell, f"{{%p if {note} %}}", LEFT)
        _write(cell, f"{{{{ {note} }}}}", LEFT, Pt(10), italic=True)
        _write(cell, "{%p endif %}", LEFT)
    if bold_when:
        _add_tag_row(table, "{%tr endif %}")
    _add_tag_row(table, "{%tr endfor %}")
    return table


def add_row(
    table: Table, texts: Iterable[str], aligns: Iterable[WD_ALIGN_PARAGRAPH], bold: bool = False
) -> tuple[_Cell, ...]:
    row = table.add_row()
    keep_row_whole(row)
    for cell, text, align in zip(row.cells, texts, aligns, strict=True):
        _write(cell, text, align, bold=bold)
        _drop_empty_start(cell)
    return row.cells


def _add_tag_row(table: Table, tag: str) -> None:
    cells = table.add_row().cells
    _write(cells[0].merge(cells[-1]), tag, LEFT)
    _drop_empty_start(cells[0])


def add_signatures(document: WordDocument, left_title: str = "") -> None:
    document.add_paragraph(style=CELL_STYLE).paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=2)
    fix_columns(table, _SIGNATURE_WIDTHS)
    keep_row_whole(table.rows[0])
    left, right = table.rows[0].cells
    if left_title:
        _write(left, left_title, CENTER, Pt(14), bold=True)
        _write(left, "(Ký, ghi rõ họ tên)", CENTER, Pt(12), italic=True)
        for _ in range(4):
            _write(left, "", CENTER, Pt(14))
    _write(left, "Nơi nhận:", LEFT, Pt(12), bold=True, italic=True)
    for text in ("{%p for noi_nhan in cac_noi_nhan %}", "- {{ noi_nhan }}", "{%p endfor %}"):
        _write(left, text, LEFT).style = document.styles[RECIPIENT_STYLE]
    _write(right, "{%p for chuc_vu in cac_chuc_vu %}", LEFT)
    _write(right, "{{ chuc_vu }}", CENTER, Pt(14), bold=True)
    _write(right, "{%p endfor %}", LEFT)
    if left_title:
        _write(right, "(Ký, ghi rõ họ tên)", CENTER, Pt(12), italic=True)
    for _ in range(4):
        _write(right, "", CENTER, Pt(14))
    for cell in (left, right):
        _drop_empty_start(cell)


def _write(
    cell: _Cell,
    text: str,
    align: WD_ALIGN_PARAGRAPH,
    size: Pt | None = None,
    bold: bool = False,
    italic: bool = False,
) -> Paragraph:
    paragraph = cell.add_paragraph(style=CELL_STYLE)
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size = size
    run.bold, run.italic = bold or None, italic or None
    return paragraph


def _drop_empty_start(cell: _Cell) -> None:
    """Take away the paragraph that every new cell begins with, unless it is the only one."""
    first = cell.paragraphs[0]
    if len(cell.paragraphs) > 1 and not first.text and not first.runs:
        first._p.getparent().remove(first._p)
