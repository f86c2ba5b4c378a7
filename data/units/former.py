"""Units of earlier vintages: what they were called, and which units have them now."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import pandas as pd

from data.units.lists import list_vintages, load_crosswalk, load_units, vintage_of
from data.units.spelling import split_name

# What a unit became: the codes of its successors, and whether it is the only part of its only successor.
Successors = tuple[tuple[str, ...], bool]


@dataclass(frozen=True)
class FormerUnit:
    """A unit of an earlier vintage: the units that have it now, and whether it is one of them whole."""

    unit_type: str
    district: str
    codes: tuple[str, ...]
    whole: bool


def list_former_units(units: pd.DataFrame) -> dict[str, list[FormerUnit]]:
    """Units of earlier vintages that are part of some units, by bare name; empty where the units are in no list."""
    vintage = vintage_of(units)
    known = set(units.index)
    by_name: dict[str, list[FormerUnit]] = defaultdict(list)
    for earlier, successors in _list_successors(vintage).items() if vintage else ():
        former = load_units(earlier)
        names = dict(zip(former.index, former["name"], strict=True))
        districts = dict(zip(former.index, former["district_code"], strict=True))
        for code, (codes, whole) in successors.items():
            if code in names and known.issuperset(codes):
                unit_type, bare = split_name(names[code])
                entry = FormerUnit(unit_type or "", districts[code], codes, whole)
                if entry not in by_name[bare]:
                    by_name[bare].append(entry)
    return by_name


@cache
def _list_successors(vintage: str) -> dict[str, dict[str, Successors]]:
    """What units of each earlier vintage became in `vintage`, by vintage and code."""
    earlier = [former for former in list_vintages().index if former < vintage]
    by_vintage: dict[str, dict[str, Successors]] = {}
    later: dict[str, Successors] | None = None
    for former in reversed(earlier):
        reached: dict[str, Successors] = {}
        for code, links in _list_links(former).items():
            codes, whole = tuple(successor for successor, _ in links), all(kept for _, kept in links)
            if later is not None:
                steps = [later[successor] for successor in codes if successor in later]
                codes = tuple(dict.fromkeys(successor for successors, _ in steps for successor in successors))
                whole = whole and all(kept for _, kept in steps)
            if codes:
                reached[code] = (codes, whole and len(codes) == 1)
        by_vintage[former] = later = reached
    return by_vintage


def _list_links(vintage: str) -> dict[str, list[tuple[str, bool]]]:
    """The successors of each unit in the next vintage, each with whether the unit is all of it."""
    crosswalk = load_crosswalk()
    step = crosswalk[crosswalk["from_vintage"] == vintage]
    links: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for code, successor, relation in zip(step["from_code"], step["to_code"], step["relation"], strict=True):
        links[code].append((successor, relation == "kept"))
    return links
