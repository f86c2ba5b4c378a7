"""Areas of a round: a province by its code, or the whole nation."""

from functools import cache

from data.settings import NATION
from data.units.lists import load_units


def province_of(area: str) -> str | None:
    """The province code of an area; None for the nation."""
    return None if area == NATION else area


@cache
def name_areas(vintage: str) -> dict[str, str]:
    """Names of the nation and of the provinces of a vintage, by area."""
    units = load_units(vintage).drop_duplicates("province_code")
    return {NATION: "Cả nước", **dict(zip(units["province_code"], units["province"], strict=True))}
