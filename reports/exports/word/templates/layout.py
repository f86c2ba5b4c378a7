"""What python-docx has no words for: page, styles, rules, borders and rows of the Word templates."""

from collections.abc import Sequence

from docx.blkcntnr import BlockItemContainer
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

_FONT = "Times New Roman"
BODY_STYLE = "Đoạn văn"
FORM_STYLE = "Dòng biểu mẫu"
CELL_STYLE = "Ô bảng"
NOTE_STYLE = "Ghi chú"
RECIPIENT_STYLE = "Nơi nhận"

_STYLE_IDS = {
    BODY_STYLE: "VanBan",
    FORM_STYLE: "BieuMau",
    CELL_STYLE: "OBang",
    NOTE_STYLE: "GhiChu",
    RECIPIENT_STYLE: "NoiNhan",
}
_BLACK = RGBColor(0, 0, 0)


def set_up_page(section: Section) -> None:
    """A4 upright, margins of Decree 30/2020/NĐ-CP (20, 20, 30, 15 mm), a first page without number."""
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def set_up_styles(document: WordDocument) -> None:
    """Times New Roman 14 for text, 12 in tables; Vietnamese as the language; headings black."""
    _set_defaults(document)
    normal = document.styles["Normal"]
    _set_font(normal, Pt(14))
    _space(normal, Pt(0), Pt(0))
    body = _add_style(document, BODY_STYLE, Pt(14))
    _space(body, Pt(6), Pt(0), WD_ALIGN_PARAGRAPH.JUSTIFY)
    body.paragraph_format.first_line_indent = Mm(10)
    body.paragraph_format.line_spacing = 1.1
    form = _add_style(document, FORM_STYLE, Pt(14))
    _space(form, Pt(3), Pt(3))
    _space(_add_style(document, CELL_STYLE, Pt(12)), Pt(1), Pt(1))
    note = _add_style(document, NOTE_STYLE, Pt(12))
    note.font.italic = True
    _space(note, Pt(2), Pt(2))
    _add_style(document, RECIPIENT_STYLE, Pt(11))
    heading = document.styles["Heading 1"]
    _set_font(heading, Pt(14))
    heading.font.bold = True
    _space(heading, Pt(9), Pt(3))
    heading.paragraph_format.keep_with_next = True
    caption = document.styles["Caption"]
    _set_font(caption, Pt(13))
    caption.font.bold, caption.font.italic = False, True
    _space(caption, Pt(6), Pt(3), WD_ALIGN_PARAGRAPH.CENTER)


def add_rule(holder: BlockItemContainer | WordDocument, indent: Length) -> None:
    """A thin line, shorter than the text's width by `indent` on each side: the upper border of a low paragraph."""
    paragraph = holder.add_paragraph(style=CELL_STYLE)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = indent
    form.space_before = Pt(3)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(6)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def add_dots(paragraph: Paragraph, places: Sequence[float]) -> None:
    """Tab stops, in mm, with dots that lead to them: blanks that end where the text's width ends."""
    for stop in places:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(stop), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def add_field(paragraph: Paragraph, code: str, size: Length) -> None:
    """A field such as PAGE, which Word fills."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        run.font.size = size
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def fix_columns(table: Table, widths: Sequence[float]) -> None:
    """Columns of fixed widths, in mm, whatever their texts; the table is as wide as their sum."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    properties = table._tbl.tblPr
    whole = properties.find(qn("w:tblW"))
    whole.set(qn("w:type"), "dxa")
    whole.set(qn("w:w"), str(round(Mm(sum(widths)).twips)))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "60")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    layout = properties.find(qn("w:tblLayout"))
    layout.addnext(margins)


def border_table(table: Table) -> None:
    """Thin lines around all cells; after `fix_columns`."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)


def repeat_row(row: _Row) -> None:
    """The row heads the table on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_row_whole(row: _Row) -> None:
    """The row never breaks across pages."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _set_defaults(document: WordDocument) -> None:
    """One font in all styles, and no theme font: Word prefers it to a named one."""
    styles = document.styles.element
    for fonts in styles.iter(qn("w:rFonts")):
        for name in [attribute for attribute in fonts.attrib if attribute.lower().endswith("theme")]:
            del fonts.attrib[name]
        _name_font(fonts)
    default = styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = default.find(qn("w:lang"))
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), "vi-VN")


def _add_style(document: WordDocument, name: str, size: Length) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.styleId = _STYLE_IDS[name]
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _set_font(style, size)
    return style


def _set_font(style: ParagraphStyle, size: Length) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _FONT, size, _BLACK
    _name_font(style.element.rPr.rFonts)


def _name_font(fonts: BaseOxmlElement) -> None:
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), _FONT)


def _space(style: ParagraphStyle, before: Length, after: Length, align: WD_ALIGN_PARAGRAPH | None = None) -> None:
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = before, after, 1.0
    if align is not None:
        form.alignment = align
