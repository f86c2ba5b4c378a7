"""Texts and pictures put into the placeholders of a slide; nothing runs over its place."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import UnidentifiedImageError
from pptx.util import Emu, Pt

from reports.errors import ReportError
from reports.exports.powerpoint.fit import clean_text, inner_size, measure_text, shorten_text, text_height, wrap_text

SMALLEST_TEXT = 18


def template_size(placeholder: Any) -> float:
    """Size in points that the template gives to the text of a placeholder."""
    layout = placeholder.part.slide.slide_layout
    same = [
        shape for shape in layout.placeholders if shape.placeholder_format.idx == placeholder.placeholder_format.idx
    ]
    sizes = [size for shape in same for size in shape._element.xpath(".//a:lstStyle/a:lvl1pPr/a:defRPr/@sz")]
    style = "titleStyle" if placeholder.placeholder_format.idx == 0 else "bodyStyle"
    sizes += layout.slide_master._element.xpath(f"p:txStyles/p:{style}/a:lvl1pPr/a:defRPr/@sz")
    return int(sizes[0]) / 100 if sizes else SMALLEST_TEXT


def fill_text(placeholder: Any, lines: Sequence[str], bold: bool = False) -> None:
    """Paragraphs in the template's size, or in a smaller one down to `SMALLEST_TEXT`; what then runs over ends in …."""
    paragraphs = [clean_text(line) for line in lines]
    width, height = inner_size(placeholder)
    whole = template_size(placeholder)
    size = whole
    while size > SMALLEST_TEXT and text_height(paragraphs, width, size, bold) > height:
        size = max(SMALLEST_TEXT, size - 2)
    paragraphs = _cut(paragraphs, width, height, size, bold)
    frame = placeholder.text_frame
    frame.text = paragraphs[0] if paragraphs else ""
    for paragraph in paragraphs[1:]:
        frame.add_paragraph().text = paragraph
    if size != whole:
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(size)


def fill_number(placeholder: Any, number: str, label: str) -> None:
    """A big number with what it counts below it."""
    frame = placeholder.text_frame
    number, label = clean_text(number), clean_text(label)
    frame.text = number
    below = frame.add_paragraph()
    below.level = 1
    below.text = label
    size, width = template_size(placeholder), inner_size(placeholder)[0]
    needed = measure_text(number, size, bold=True)
    if needed > width:
        frame.paragraphs[0].runs[0].font.size = Pt(int(size * width / needed))


def fill_picture(placeholder: Any, picture: bytes, alt: str) -> None:
    """A PNG or JPEG, whole and in its proportions, in the middle of its place.

    Raises
    ------
    ReportError
        For a file that is no such picture.
    """
    left, top, width, height = placeholder.left, placeholder.top, placeholder.width, placeholder.height
    try:
        shape = placeholder.insert_picture(BytesIO(picture))
    except (UnidentifiedImageError, ValueError, OSError) as error:
        raise ReportError("Hình của trang chiếu không đọc được: cần tệp PNG hoặc JPEG.") from error
    shape.crop_left = shape.crop_right = shape.crop_top = shape.crop_bottom = 0
    pixels_wide, pixels_high = shape.image.size
    scale = min(width / pixels_wide, height / pixels_high)
    shape.width, shape.height = Emu(int(pixels_wide * scale)), Emu(int(pixels_high * scale))
    shape.left, shape.top = left + (width - shape.width) // 2, top + (height - shape.height) // 2
    describe(shape, alt)


def describe(shape: Any, alt: str) -> None:
    """Text for those who can't see a picture, chart or table."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", clean_text(alt))


def _cut(paragraphs: list[str], width: float, height: float, size: float, bold: bool) -> list[str]:
    while paragraphs and text_height(paragraphs, width, size, bold) > height:
        *rest, last = paragraphs
        lines = len(wrap_text(last, width, size, bold))
        if lines > 1:
            paragraphs = [*rest, shorten_text(last, width, size, lines - 1, bold)]
        elif rest:
            paragraphs = [
                *rest[:-1],
                shorten_text(f"{rest[-1]} {last}", width, size, len(wrap_text(rest[-1], width, size, bold)), bold),
            ]
        else:
            break
    return paragraphs
