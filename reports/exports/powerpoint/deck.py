"""The template of the slides: found, checked, and its layouts made into slides with their footer."""

import unicodedata
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError

from data.paths import app_home
from reports.errors import ReportError

TEMPLATE_NAME = "trinh-chieu.pptx"
_BUILT_IN = Path(__file__).with_name("templates") / TEMPLATE_NAME

_KINDS = {
    PP_PLACEHOLDER.TITLE: "title",
    PP_PLACEHOLDER.CENTER_TITLE: "title",
    PP_PLACEHOLDER.SUBTITLE: "text",
    PP_PLACEHOLDER.BODY: "text",
    PP_PLACEHOLDER.CHART: "chart",
    PP_PLACEHOLDER.TABLE: "table",
    PP_PLACEHOLDER.PICTURE: "picture",
    PP_PLACEHOLDER.FOOTER: "footer",
    PP_PLACEHOLDER.SLIDE_NUMBER: "number",
}
_KIND_WORDS = {
    "title": "tiêu đề",
    "text": "văn bản",
    "chart": "biểu đồ",
    "table": "bảng",
    "picture": "ảnh",
    "footer": "chân trang",
    "number": "số trang",
}
_NEEDED = {
    "Trang bìa": {"text": 1},
    "Con số": {"text": 5},
    "Biểu đồ": {"text": 1, "chart": 1},
    "Hình": {"text": 1, "picture": 1},
    "Bảng": {"text": 1, "table": 1},
    "Hai bảng": {"text": 2, "table": 2},
    "Địa bàn": {"text": 1, "table": 2},
    "Nội dung": {"text": 1},
}
_ON_EVERY_LAYOUT = {"title": 1, "footer": 1, "number": 1}
_MEND = f"Xóa tệp này khỏi thư mục templates để dùng mẫu có sẵn, hoặc thay bằng mẫu {TEMPLATE_NAME} khác."


@dataclass
class Page:
    """A new slide and its placeholders by kind, in the template's order."""

    slide: Any
    placeholders: dict[str, list[Any]]

    def take(self, kind: str) -> Any:
        """The next placeholder of a kind; what is not taken is removed by `drop_rest`."""
        return self.placeholders[kind].pop(0)

    def drop_rest(self) -> None:
        """Remove the placeholders that were not taken: PowerPoint would show their prompts."""
        for left in self.placeholders.values():
            for placeholder in left:
                placeholder._element.getparent().remove(placeholder._element)


class Deck:
    """A presentation that grows slide by slide from the layouts of the template."""

    def __init__(self, footer: str) -> None:
        self.presentation = open_template()
        self.footer = footer
        self._layouts = {_plain(layout.name): layout for layout in self.presentation.slide_layouts}

    def add(self, layout_name: str, footer: str | None = None) -> Page:
        """A slide of a layout, with the deck's footer or another and its page number."""
        layout = self._layouts[_plain(layout_name)]
        slide = self.presentation.slides.add_slide(layout)
        number = len(self.presentation.slides)
        for kind, text in (("footer", footer or self.footer), ("number", str(number))):
            _copy_footer(slide, _by_kind(layout)[kind][0], text)
        placeholders = {kind: group for kind, group in _by_kind(slide).items() if kind not in ("footer", "number")}
        return Page(slide, placeholders)


def find_slides_template() -> Path:
    """The administrator's template in `<app_home>/templates`, else the one that comes with the product."""
    path = app_home() / "templates" / TEMPLATE_NAME
    return path if path.is_file() else _BUILT_IN


def open_template() -> Any:
    """The template as a presentation without slides.

    Raises
    ------
    ReportError
        For a file that is no presentation, or lacks a layout or a placeholder.
    """
    path = find_slides_template()
    try:
        presentation = Presentation(str(path))
        lack = _find_lack(presentation)
        _drop_slides(presentation)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError, SyntaxError, AttributeError) as error:
        raise ReportError(f"Mẫu trình chiếu {path} không mở được: không phải tệp PowerPoint .pptx. {_MEND}") from error
    if lack:
        raise ReportError(f"Mẫu trình chiếu {path} {lack}. Bổ sung trong PowerPoint (Xem › Trang chiếu cái). {_MEND}")
    return presentation


def _find_lack(presentation: Any) -> str:
    """What the template lacks, in words; empty when it lacks nothing."""
    layouts = {_plain(layout.name): layout for layout in presentation.slide_layouts}
    for name, needed in _NEEDED.items():
        layout = layouts.get(_plain(name))
        if layout is None:
            return f"thiếu bố cục “{name}”"
        present = Counter({kind: len(group) for kind, group in _by_kind(layout).items()})
        for kind, number in (_ON_EVERY_LAYOUT | needed).items():
            if present[kind] < number:
                return f"có bố cục “{name}” cần {number} ô {_KIND_WORDS[kind]}, hiện có {present[kind]}"
    return ""


def _by_kind(shapes: Any) -> dict[str, list[Any]]:
    by_kind: dict[str, list[Any]] = {}
    for placeholder in sorted(shapes.placeholders, key=lambda placeholder: placeholder.placeholder_format.idx):
        kind = _KINDS.get(placeholder.placeholder_format.type)
        if kind:
            by_kind.setdefault(kind, []).append(placeholder)
    return by_kind


def _copy_footer(slide: Any, placeholder: Any, text: str) -> None:
    """python-pptx leaves footers and page numbers of the layout out of a new slide."""
    copy = deepcopy(placeholder._element)
    copy.nvSpPr.cNvPr.set("id", str(1 + max(shape.shape_id for shape in slide.shapes)))
    slide.shapes._spTree.append(copy)
    texts = copy.xpath(".//a:t")
    for element in texts[1:]:
        element.text = ""
    if texts:
        texts[0].text = text
    else:
        slide.shapes[-1].text_frame.text = text


def _drop_slides(presentation: Any) -> None:
    """The slides of a template are examples."""
    slides = presentation.slides._sldIdLst
    for slide in list(slides):
        presentation.part.drop_rel(slide.rId)
        slides.remove(slide)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()
