"""Slides of free content: texts, a table, a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from reports.exports.powerpoint.deck import Deck, Page
from reports.exports.powerpoint.fit import split_lines
from reports.exports.powerpoint.parts import SMALLEST_TEXT, fill_picture, fill_text
from reports.exports.powerpoint.tables import fill_tables


@dataclass(frozen=True, eq=False)
class TextSlide:
    """A slide of one's own, such as a scenario: texts, a table and a picture (PNG or JPEG), each if it is there.

    Whole numbers of the table are written the Vietnamese way; a table that does not fit ends in “và n dòng khác”. What
    one slide has no place for follows on slides of the same title.
    """

    title: str
    lines: tuple[str, ...] = ()
    table: pd.DataFrame | None = None
    picture: bytes | None = None


def add_free_slides(deck: Deck, slide: TextSlide) -> None:
    """The slides of a `TextSlide`: picture, table, and the text beside the first of them.

    Raises
    ------
    ReportError
        For a picture that can't be read.
    """
    rest: Sequence[str] = slide.lines
    if slide.picture is not None:
        page = _start(deck, "Hình", slide.title)
        fill_picture(page.take("picture"), slide.picture, slide.title)
        rest = _fill_beside(page, rest)
        page.drop_rest()
    if slide.table is not None and len(slide.table.columns):
        page = _start(deck, "Bảng", slide.title)
        fill_tables([page.take("table")], slide.table, slide.title, noun="dòng")
        rest = _fill_beside(page, rest)
        page.drop_rest()
    if rest:
        add_text_slides(deck, slide.title, rest)
    elif slide.picture is None and slide.table is None:
        _start(deck, "Nội dung", slide.title).drop_rest()


def add_text_slides(deck: Deck, title: str, lines: Sequence[str]) -> None:
    """Text on as many slides as it takes."""
    page = _start(deck, "Nội dung", title)
    first, *others = split_lines(lines, page.placeholders["text"][0], SMALLEST_TEXT)
    fill_text(page.take("text"), first)
    page.drop_rest()
    for part in others:
        page = _start(deck, "Nội dung", f"{title} (tiếp)")
        fill_text(page.take("text"), part)
        page.drop_rest()


def _start(deck: Deck, layout_name: str, title: str) -> Page:
    page = deck.add(layout_name)
    fill_text(page.take("title"), [title], bold=True)
    return page


def _fill_beside(page: Page, lines: Sequence[str]) -> list[str]:
    """Put as many paragraphs as fit beside a picture or table; returns the others."""
    if not lines:
        return []
    placeholder = page.take("text")
    first, *others = split_lines(lines, placeholder, SMALLEST_TEXT)
    fill_text(placeholder, first)
    return [line for part in others for line in part]
