"""The one registry of exports, and what it offers of an area, a unit, a table, a scenario."""

from collections.abc import Callable
from typing import Any

from reports.exports.contexts import AreaContext, UnitContext
from reports.exports.excel.exports import EXCEL_EXPORTS
from reports.exports.export import Context, Export, Offer
from reports.exports.pictures import PICTURE_EXPORTS
from reports.exports.powerpoint.exports import POWERPOINT_EXPORTS
from reports.exports.word.exports import WORD_EXPORTS
from scoring.explain import UnitTrace

EXPORTS: tuple[Export[Any], ...] = (*WORD_EXPORTS, *POWERPOINT_EXPORTS, *EXCEL_EXPORTS, *PICTURE_EXPORTS)


def get_export(id_: str) -> Export[Any]:
    """The export of an id; raises KeyError for one that is not in the registry."""
    for export in EXPORTS:
        if export.id == id_:
            return export
    raise KeyError(id_)


def offer(id_: str, context: Context) -> Offer:
    """The one file that an export makes of a context; raises ValueError where it makes none or several."""
    [offered] = get_export(id_).offer(context)
    return offered


def list_offers(context: Context) -> list[Offer]:
    """Every file that can be made of a context, in the order to offer them; nothing is built yet."""
    return [offered for export in EXPORTS if export.scope is type(context) for offered in export.offer(context)]


def list_area_offers(context: AreaContext, explain: Callable[[str], UnitTrace]) -> list[Offer]:
    """The files of an area; of a district also those of each of its units."""
    offers = list_offers(context)
    if context.district_code is not None:
        for code in context.part.frame.index:
            offers += list_offers(UnitContext(context.assessment, context.made_on, code, explain))
    return offers
