"""Boundaries as one coverage: what was invalid, what overlaps, what gaps stay between units; made to fit and simple."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from shapes.boundaries.reference_systems import metric_system

MOST_VERTICES = 10_000  # of a province: a picture, with the outlines of districts, stays below 20,000 and 350 KB
MOST_DRAWN_VERTICES = 20_000  # where parts too small to lose a corner keep it above that
SMALLEST_AREA = 1_000.0  # m²: overlaps and gaps below are rounding of the drawing
_M2_PER_KM2 = 1_000_000
_TOUCHING = 1.0  # m
_SNAPPING = 0.05  # m
_SLIVER = 50.0  # m: narrower gaps are closed in the picture, where they would be a quarter of a point
_DECIMALS = 5  # of a degree: 1.1 m
_FINEST_METRES, _COARSEST_METRES = 1.0, 5000.0


@dataclass(frozen=True)
class Overlap:
    """Area (km²) that two units both claim, in `shape` (degrees)."""

    first: str
    second: str
    area: float
    shape: shapely.Geometry


@dataclass(frozen=True)
class Gap:
    """A hole of `area` km² between the units `beside`; `unit`: a unit without shape whose centre point lies in it."""

    beside: tuple[str, ...]
    area: float
    unit: str | None
    shape: shapely.Geometry


def repair_shapes(shapes: gpd.GeoSeries) -> tuple[gpd.GeoSeries, pd.Series]:
    """Valid areas without lines and points, and which of them were invalid before (boolean, same index).

    By their structure: the other way makes a face of each crossing with each other, 21,000 of a ring of 600 points.
    """
    invalid = shapes.notna() & ~shapes.is_valid
    if not invalid.any():
        return shapes, invalid
    valid = shapes.copy()
    valid[invalid] = shapes[invalid].make_valid(method="structure", keep_collapsed=False)
    return valid, invalid


def find_overlaps(shapes: gpd.GeoSeries) -> tuple[Overlap, ...]:
    """Pairs of units that overlap by more than `SMALLEST_AREA`, largest first.

    `shapes`: index unit code, valid, in degrees.
    """
    if shapes.empty:
        return ()
    metres, geometries = _in_metres(shapes)
    first, second = shapely.STRtree(geometries).query(geometries, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    common = shapely.intersection(geometries[first], geometries[second])
    areas = shapely.area(common)
    kept = np.flatnonzero(areas > SMALLEST_AREA)
    kept = kept[np.argsort(-areas[kept], kind="stable")]
    drawn = gpd.GeoSeries([_areas_of(shape) for shape in common[kept]], crs=metres.crs).to_crs(shapes.crs)
    codes = shapes.index
    return tuple(
        Overlap(str(codes[first[pair]]), str(codes[second[pair]]), float(areas[pair]) / _M2_PER_KM2, shape)
        for pair, shape in zip(kept, drawn, strict=True)
    )


def find_gaps(shapes: gpd.GeoSeries, without_shape: pd.DataFrame) -> tuple[Gap, ...]:
    """Holes larger than `SMALLEST_AREA` that the units enclose, largest first.

    `shapes`: index unit code, valid, in degrees. `without_shape`: units that have none, with `lon`, `lat`.
    """
    if shapes.empty:
        return ()
    metres, geometries = _in_metres(shapes)
    whole = shapely.union_all(geometries)
    rings = [shapely.Polygon(ring) for part in shapely.get_parts(whole) for ring in part.interiors]
    holes = shapely.difference(np.array(rings, dtype=object), whole)  # a unit may lie in the hole of others
    areas = shapely.area(holes)
    kept = np.flatnonzero(areas > SMALLEST_AREA)
    kept = kept[np.argsort(-areas[kept], kind="stable")]
    holes, areas = holes[kept], areas[kept]
    near, unit = shapely.STRtree(geometries).query(holes, predicate="dwithin", distance=_TOUCHING)
    drawn = gpd.GeoSeries(holes, crs=metres.crs).to_crs(shapes.crs)
    lost = without_shape.dropna(subset=["lat"])
    tree = shapely.STRtree(shapely.points(lost[["lon", "lat"]].to_numpy()))
    gaps = []
    for number, shape in enumerate(drawn):
        inside = tree.query(shape, predicate="contains")
        beside = tuple(str(code) for code in shapes.index[np.sort(unit[near == number])])
        gaps.append(
            Gap(beside, float(areas[number]) / _M2_PER_KM2, str(lost.index[inside[0]]) if len(inside) else None, shape)
        )
    return tuple(gaps)


def fit_together(shapes: gpd.GeoSeries) -> tuple[gpd.GeoSeries, int]:
    """The shapes with common edges, and how many had edges that did not meet their neighbour's.

    Where two overlap, the smaller one keeps the area, so that a town drawn over the commune around it stays visible;
    slivers between neighbours are closed. Shapes that fit already are returned as they are.
    """
    if shapes.empty:
        return shapes, 0
    metres, geometries = _in_metres(shapes)
    edges = shapely.coverage_invalid_edges(geometries)
    unfit = int((~shapely.is_empty(edges)).sum())
    if not unfit:
        return shapes, 0
    fitted = shapely.coverage_clean(
        geometries, gap_width=_SLIVER, snapping_distance=_SNAPPING, merge_strategy="min_area"
    )
    lost = shapely.is_empty(fitted)  # wholly under smaller ones: stays as it was drawn
    fitted = np.where(lost, geometries, fitted)
    return gpd.GeoSeries(fitted, index=shapes.index, crs=metres.crs).to_crs(shapes.crs), unfit


def simplify_shapes(shapes: gpd.GeoSeries) -> tuple[gpd.GeoSeries, bool]:
    """The units of a province within `MOST_VERTICES`, and whether no gap opened between neighbours by it."""
    if count_vertices(shapes) <= MOST_VERTICES:
        return shapes, True
    metres, geometries = _in_metres(shapes)
    fits = bool(shapely.coverage_is_valid(geometries))
    simplify = shapely.coverage_simplify if fits else shapely.simplify
    geometries = simplify(geometries, _FINEST_METRES)  # once over all vertices; what follows has few
    low, high = _FINEST_METRES, _COARSEST_METRES
    while high / low > 1.02:
        middle = np.sqrt(low * high)
        count = shapely.get_num_coordinates(simplify(geometries, middle)).sum()
        low, high = (low, middle) if count <= MOST_VERTICES else (middle, high)
    simple = gpd.GeoSeries(simplify(geometries, high), index=shapes.index, crs=metres.crs)
    return simple.make_valid().to_crs(shapes.crs), fits


def round_places(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Degrees rounded to a metre, which halves a map on its way to the browser; a shape that breaks by it stays."""
    geometries = shapes.to_numpy()
    rounded = shapely.transform(geometries, lambda places: np.round(places, _DECIMALS))
    kept = np.where(shapely.is_valid(rounded), rounded, geometries)
    return gpd.GeoSeries(kept, index=shapes.index, crs=shapes.crs)


def count_vertices(shapes: gpd.GeoSeries) -> int:
    """Number of vertices of all shapes."""
    return int(shapely.get_num_coordinates(shapes.to_numpy()).sum())


def _in_metres(shapes: gpd.GeoSeries) -> tuple[gpd.GeoSeries, np.ndarray]:
    metres = shapes.to_crs(metric_system(shapes))
    return metres, metres.to_numpy()


def _areas_of(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a mixed geometry as one."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if len(parts) != 1 else parts[0]
