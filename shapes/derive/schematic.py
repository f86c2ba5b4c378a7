"""Compute the schematic layer of each vintage: Voronoi cells of the units' points, clipped to the country.

Run `python -m shapes.derive.schematic WORLD_ATLAS.tgz` with requirements-dev.txt installed; WORLD_ATLAS.tgz is what
`npm pack world-atlas@2.0.2` writes. SOURCES.md says more.
"""

import re
import sqlite3
import sys
import tarfile
import tempfile
from importlib.resources import files
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from data.units.lists import load_crosswalk, load_islands, load_units
from shapes.paths import schematic_path

METRES = 32648  # UTM 48N: good enough for cells over the whole country
_VIETNAM = "704"
_COAST_METRES = 1500  # small islands and river mouths that the 1:10 million outline cuts off
_ISLAND_METRES = 4000
_AROUND_METRES = 200_000
_LEAST_BOX_METRES = 1500  # smaller boxes in the package are points in disguise
_RING_SEEDS = 8
_RING_OF_BOX = 0.45
_SIMPLIFY_METRES = 200
_DECIMALS = 4  # of a degree: 11 m
_ROW_GROUP = 500


def main(arguments: list[str]) -> None:
    """Write shapes/schematic/*.parquet."""
    outline = _read_outline(Path(arguments[0]))
    boxes = _read_boxes()
    for vintage in ("2020", "2025-01"):
        points = pd.concat([_points(load_units(vintage)), _points(_empty_districts())])
        cells = build_cells(spread_seeds(points, boxes), _ground(points, outline))
        write_layer(cells, vintage)
    write_layer(_dissolve_forward(cells), "2025-07")


def spread_seeds(points: gpd.GeoSeries, boxes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Several seeds a unit, so that a large unit's cell is large: its middle, and a ring around it.

    Parameters
    ----------
    points : GeoSeries
        Centre points in metres, index code.
    boxes : GeoSeries
        Bounding boxes in metres, index code, of the units that have one. Where the box holds the centre, the middle is
        the box's and the ring reaches almost halfway to its sides; else the ring is a circle sized by the distance to
        the nearest units.

    Returns
    -------
    GeoSeries
        Seeds in metres; index code, repeated.
    """
    boxes_of_points = boxes.reindex(points.index)
    boxed = (boxes_of_points.notna() & points.within(boxes_of_points)).to_numpy()
    middles = points.where(~boxed, boxes_of_points.centroid)
    centre = np.column_stack((middles.x, middles.y))
    distances, _ = cKDTree(centre).query(centre, k=4)
    circle = np.minimum(distances[:, 1:].mean(axis=1) / 4, distances[:, 1] * 0.45)
    sides = boxes_of_points.bounds
    reach = np.column_stack((sides["maxx"] - sides["minx"], sides["maxy"] - sides["miny"])) / 2 * _RING_OF_BOX
    reach = np.where(boxed[:, None], reach, circle[:, None])
    angles = 2 * np.pi * np.arange(_RING_SEEDS) / _RING_SEEDS
    rings = [centre + reach * [np.cos(angle), np.sin(angle)] for angle in angles]
    seeds = np.vstack([centre, *rings])
    return gpd.GeoSeries(
        gpd.points_from_xy(*seeds.T), index=np.tile(points.index, _RING_SEEDS + 1), crs=points.crs
    ).rename_axis("code")


def build_cells(seeds: gpd.GeoSeries, ground: shapely.Geometry) -> gpd.GeoSeries:
    """The part of `ground` that is nearer to a unit's seeds than to any other's; index code, once each."""
    cells = seeds.voronoi_polygons(extend_to=shapely.box(*ground.bounds).buffer(_AROUND_METRES)).to_numpy()
    seed, cell = shapely.STRtree(cells).query(seeds.to_numpy(), predicate="within")
    pieces = gpd.GeoDataFrame({"code": seeds.index[seed]}, geometry=cells[cell], crs=seeds.crs)
    whole = pieces.dissolve("code").geometry
    shapely.prepare(ground)
    inland = shapely.contains_properly(ground, whole.to_numpy())
    return whole.where(inland, whole.intersection(ground))


def write_layer(cells: gpd.GeoSeries, vintage: str) -> None:
    """Simplify as one coverage, round and store with the codes of district and province, a row group a province."""
    coverage = shapely.coverage_clean(cells.to_numpy(), snapping_distance=1)
    simple = gpd.GeoSeries(shapely.coverage_simplify(coverage, _SIMPLIFY_METRES), index=cells.index, crs=cells.crs)
    # Each corner is rounded alike in every cell that has it, so that neighbours still share it.
    rounded = shapely.transform(simple.to_crs(4326).to_numpy(), lambda corners: corners.round(_DECIMALS))
    shapes = gpd.GeoSeries(rounded, index=cells.index, crs=4326).make_valid().map(_polygons_only)
    known = pd.concat([load_units(vintage), _empty_districts()])[["district_code", "province_code"]]
    frame = gpd.GeoDataFrame(known.loc[shapes.index], geometry=shapes, crs=4326)
    frame = frame.rename_axis("code").reset_index().sort_values(["province_code", "code"])
    if frame.is_empty.any():
        raise ValueError(f"{vintage}: no cell is left of {list(frame.loc[frame.is_empty, 'code'])}")
    path = schematic_path(vintage)
    path.parent.mkdir(exist_ok=True)
    frame.to_parquet(path, compression="zstd", index=False, row_group_size=_ROW_GROUP)
    print(vintage, len(frame), "cells,", path.stat().st_size // 1024, "KB")


def _polygons_only(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    parts = parts or [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _read_outline(archive: Path) -> shapely.Geometry:
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as package:
            package.extract("package/countries-10m.json", folder, filter="data")
        countries = gpd.read_file(Path(folder) / "package/countries-10m.json", layer="countries")
    vietnam = countries[countries["id"] == _VIETNAM].set_crs(4326, allow_override=True).to_crs(METRES)
    return vietnam.geometry.make_valid().union_all().buffer(_COAST_METRES)


def _read_boxes() -> gpd.GeoSeries:
    """Bounding boxes of the units of January 2025 (metres): those of one unit, large enough to be boxes at all."""
    path = files("vietnamadminunits") / "data" / "dataset.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        rows = pd.read_sql("SELECT wardCode, wardBounds FROM admin_units_legacy WHERE wardCode IS NOT NULL", connection)
    sides = np.array([[float(number) for number in re.findall(r"-?[\d.]+", text)] for text in rows["wardBounds"]])
    south, west, north, east = sides.T
    boxes = gpd.GeoSeries(shapely.box(west, south, east, north), index=rows["wardCode"], crs=4326).to_crs(METRES)
    unshared = ~boxes.to_wkb().duplicated(keep=False)  # a shared box says nothing of either unit
    return boxes[unshared & (np.sqrt(boxes.area) > _LEAST_BOX_METRES)]


def _points(units: pd.DataFrame) -> gpd.GeoSeries:
    placed = units.dropna(subset=["lat"])
    degrees = gpd.points_from_xy(placed["lon"], placed["lat"])
    return gpd.GeoSeries(degrees, index=placed.index, crs=4326).to_crs(METRES)


def _empty_districts() -> pd.DataFrame:
    """Island districts that have no commune; they are drawn all the same, Hoàng Sa by law."""
    islands = load_islands()
    districts = islands[islands.index.str.len() == 3]
    return districts.assign(district_code=districts.index)


def _ground(points: gpd.GeoSeries, outline: shapely.Geometry) -> shapely.Geometry:
    """The country, with a disc for every unit that lies beyond its outline."""
    beyond = points[~points.within(outline)]
    return outline.union(beyond.buffer(_ISLAND_METRES).union_all())


def _dissolve_forward(cells: gpd.GeoSeries) -> gpd.GeoSeries:
    """Cells of July 2025: those of the January units merged into each; a divided unit's cell is parted by centres."""
    units = load_units("2025-07")
    points = _points(units)
    rows = load_crosswalk().query("to_vintage == '2025-07'")
    whole = rows[rows["relation"] != "divided"]
    pieces = list(zip(whole["to_code"], cells[whole["from_code"]], strict=True))
    for from_code, parts in rows[rows["relation"] == "divided"].groupby("from_code"):
        pieces += build_cells(points[parts["to_code"]], cells[from_code]).items()
    pieces += [(code, cells[district]) for code, district in units["district_code"].items() if district in cells.index]
    frame = gpd.GeoDataFrame(pd.DataFrame(pieces, columns=["code", "geometry"]), crs=METRES)
    frame = frame[~frame.is_empty]
    return frame.dissolve("code").geometry


if __name__ == "__main__":
    main(sys.argv[1:])
