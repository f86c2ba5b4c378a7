"""A plan as plain values, on its way from the process that made it: nothing but data is built from what came in."""

from dataclasses import asdict
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from shapes.boundaries.coverage import Gap, Overlap
from shapes.boundaries.matching import Matching, ShapeQuestion
from shapes.boundaries.plan import InstallPlan
from shapes.boundaries.report import InstallReport

_DEGREES = 4326


def pack_plan(plan: InstallPlan) -> dict[str, Any]:
    """A plan as texts, numbers, lists and shapes in well-known binary, for `unpack_plan`."""
    report = {name: value for name, value in vars(plan.report).items() if name not in ("overlaps", "gaps")}
    return {
        "matching": asdict(plan.matching),
        "codes": list(plan.frame.index),
        "how": list(plan.frame["how"]),
        "shapes": _pack(plan.frame.geometry),
        "asked": [list(plan.asked.index), _pack(plan.asked)],
        "report": report,
        "overlaps": [(one.first, one.second, one.area, shapely.to_wkb(one.shape)) for one in plan.report.overlaps],
        "gaps": [(one.beside, one.area, one.unit, shapely.to_wkb(one.shape)) for one in plan.report.gaps],
    }


def unpack_plan(packed: dict[str, Any], units: pd.DataFrame) -> InstallPlan:
    """The plan; what is known of a unit comes from `units` (index unit code), not from what came in."""
    matching = dict(packed["matching"])
    for name in ("questions", "unknown"):
        matching[name] = tuple(ShapeQuestion(**question) for question in matching[name])
    codes = pd.Index(packed["codes"], name="code", dtype=object)
    known = units.loc[codes, ["district_code", "province_code"]]
    frame = gpd.GeoDataFrame(known, geometry=shapely.from_wkb(packed["shapes"]), crs=_DEGREES)
    frame["how"] = packed["how"]
    labels, shapes = packed["asked"]
    report = InstallReport(
        **packed["report"],
        overlaps=tuple(
            Overlap(first, second, area, shapely.from_wkb(shape)) for first, second, area, shape in packed["overlaps"]
        ),
        gaps=tuple(Gap(beside, area, unit, shapely.from_wkb(shape)) for beside, area, unit, shape in packed["gaps"]),
    )
    asked = gpd.GeoSeries(shapely.from_wkb(shapes), index=pd.Index(labels, dtype=object), crs=_DEGREES)
    return InstallPlan(report.vintage, report.file_name, Matching(**matching), frame, asked, report)


def _pack(shapes: gpd.GeoSeries) -> list[bytes]:
    return list(shapely.to_wkb(shapes.to_numpy()))
