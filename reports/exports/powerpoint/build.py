"""The presentation of a year's results for a provincial meeting: PowerPoint that can be edited."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO

from reports.exports.powerpoint.deck import Deck
from reports.exports.powerpoint.fit import clean_text
from reports.exports.powerpoint.free import TextSlide, add_free_slides
from reports.exports.powerpoint.slides.lists import add_changes, add_closest, add_district, add_lacking
from reports.exports.powerpoint.slides.overview import (
    add_criteria,
    add_districts,
    add_glance,
    add_knocked_out,
    add_map,
    add_notes,
    add_title_slide,
    add_years,
)
from reports.facts.areas import area_of_units, name_kinds
from reports.facts.assessment import Assessment
from reports.facts.comparison import compare
from reports.facts.doubts import write_footer

__all__ = ["TextSlide", "build_slides"]


def build_slides(
    assessment: Assessment,
    before: Assessment | None,
    made_on: date,
    map_png: bytes | None = None,
    district_codes: Sequence[str] = (),
    extra: Sequence[TextSlide] = (),
) -> bytes:
    """A .pptx of a year's results: 11 slides (10 where the standard allows zeros), and those asked for.

    Parameters
    ----------
    before : Assessment, optional
        The year to compare with; without it the slides say that there is none.
    map_png : bytes, optional
        PNG or JPEG to show as the map; without it the units are drawn by status.
    district_codes : sequence of str
        Districts that get a slide each.
    extra : sequence of TextSlide
        Slides that follow those, before the notes.

    Raises
    ------
    ReportError
        For a template that lacks something, or a picture that can't be read.
    KeyError
        For a district that has no units.
    """
    comparison = None if before is None else compare(before, assessment)
    deck = Deck(write_footer(assessment))
    add_title_slide(deck, assessment, made_on)
    add_glance(deck, assessment, comparison)
    add_years(deck, assessment, comparison)
    add_districts(deck, assessment)
    map_source = add_map(deck, assessment, map_png)
    if assessment.standard.recognition.zero_knocks_out:
        add_knocked_out(deck, assessment)
    add_changes(deck, assessment, comparison)
    add_closest(deck, assessment)
    add_lacking(deck, assessment)
    add_criteria(deck, assessment)
    for code in district_codes:
        add_district(deck, assessment, code)
    for slide in extra:
        add_free_slides(deck, slide)
    add_notes(deck, assessment, made_on, map_source)
    return _save(deck, assessment, made_on)


def _save(deck: Deck, assessment: Assessment, made_on: date) -> bytes:
    properties = deck.presentation.core_properties
    year, area = assessment.round.year, clean_text(area_of_units(assessment).full_name)
    properties.title = f"Kết quả đánh giá {name_kinds(assessment)} phù hợp với trẻ em năm {year}, {area}"
    properties.subject = deck.footer
    properties.language = "vi-VN"
    properties.created = properties.modified = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC)
    buffer = BytesIO()
    deck.presentation.save(buffer)
    return buffer.getvalue()
