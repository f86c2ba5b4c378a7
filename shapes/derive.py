"""Compute the schematic layer of each vintage: Voronoi cells of the units' points, clipped to the country.

Run `python -m shapes.derive WORLD_ATLAS.tgz` with requirements-dev.txt installed; WORLD_ATLAS.tgz is what
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

from data.units import load_crosswalk, load_units
from shapes.paths import schematic_path

METRES = 32648  # UTM 48N: good enough for cells over the whole country
_VIETNAM = "704"
_COAST_METRES = 1500  # small islands and river mouths that the 1:10 million outline cuts off
_ISLAND_METRES = 4000
_LEAST_BOX_METRES = 1500  # smaller boxes in the package are points in disguise
_SIMPLIFY_METRES = 120
_GRID_DEGREES = 1e-4


def main(arguments: list[str]) -> None:
    """Write shapes/schematic/*.parquet."""
    outline = _read_outline(Path(arguments[0]))
    boxes = _read_boxes()
    cells: dict[str, gpd.GeoSeries] = {}
    for vintage in ("2020", "2025-01"):
        cells[vintage] = build_cells(_seeds(load_units(vintage), boxes), outline)
    cells["2025-07"] = _dissolve_forward(cells["2025-01"], outline)
    for vintage, shapes in cells.items():
        write_layer(shapes, vintage)
        print(vintage, len(shapes), "cells", schematic_path(vintage).stat().st_size // 1024, "KB")


def build_cells(seeds: gpd.GeoSeries, outline: shapely.Geometry) -> gpd.GeoSeries:
    """Voronoi cells of `seeds` (metres, index code) inside `outline`; a seed outside it keeps a disc.

    A disc is cut to its cell, so that cells never overlap.
    """
    cells = gpd.GeoSeries(seeds.voronoi_polygons(extend_to=outline.envelope.buffer(200_000)).to_numpy(), crs=seeds.crs)
    joined = gpd.sjoin(gpd.GeoDataFrame(geometry=seeds), gpd.GeoDataFrame(geometry=cells), predicate="within")
    own = gpd.GeoSeries(cells.loc[joined["index_right"]].to_numpy(), index=joined.index, crs=seeds.crs)
    own = own[~own.index.duplicated()].reindex(seeds.index)
    inside = own.intersection(outline)
    lost = inside.is_empty | ~seeds.within(outline)
    inside[lost] = inside[lost].union(own[lost].intersection(seeds[lost].buffer(_ISLAND_METRES)))
    return inside


def write_layer(shapes: gpd.GeoSeries, vintage: str) -> None:
    """Simplify as one coverage, round and store with the codes of district and province, sorted by province."""
    units = load_units(vintage)
    simple = gpd.GeoSeries(
        shapely.coverage_simplify(shapes.to_numpy(), _SIMPLIFY_METRES), index=shapes.index, crs=shapes.crs
    )
    rounded = gpd.GeoSeries(
        shapely.set_precision(simple.to_crs(4326).make_valid().to_numpy(), _GRID_DEGREES), index=shapes.index, crs=4326
    )
    polygons = rounded.map(_polygons_only)
    frame = gpd.GeoDataFrame(units[["district_code", "province_code"]].loc[polygons.index], geometry=polygons, crs=4326)
    frame = frame.sort_values("province_code", kind="stable").rename_axis("code").reset_index()
    schematic_path(vintage).parent.mkdir(exist_ok=True)
    frame.to_parquet(schematic_path(vintage), compression="zstd", index=False, row_group_size=500)


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
    """Bounding boxes of the units of January 2025 (metres), those large enough to be boxes at all."""
    path = files("vietnamadminunits") / "data" / "dataset.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        rows = pd.read_sql("SELECT wardCode, wardBounds FROM admin_units_legacy WHERE wardCode IS NOT NULL", connection)
    sides = np.array([[float(one) for one in re.findall(r"-?[\d.]+", text)] for text in rows["wardBounds"]])
    south, west, north, east = sides.T
    boxes = gpd.GeoSeries(shapely.box(west, south, east, north), index=rows["wardCode"], crs=4326).to_crs(METRES)
    return boxes[np.sqrt(boxes.area) > _LEAST_BOX_METRES]


def _seeds(units: pd.DataFrame, boxes: gpd.GeoSeries) -> gpd.GeoSeries:
    """One point a unit: the middle of its box where that is known and holds the unit's centre, else the centre."""
    placed = units.dropna(subset=["lat"])
    points = gpd.GeoSeries(gpd.points_from_xy(placed["lon"], placed["lat"]), index=placed.index, crs=4326).to_crs(
        METRES
    )
    own = boxes.reindex(points.index)
    boxed = (placed["place"] == "package") & own.notna() & points.within(own)
    return points.where(~boxed, own.centroid)


def _dissolve_forward(cells: gpd.GeoSeries, outline: shapely.Geometry) -> gpd.GeoSeries:
    """Cells of July 2025: those of the January units merged into each; a divided unit's cell is parted by centres.

    A special zone on islands without a predecessor is a disc.
    """
    units = load_units("2025-07")
    points = gpd.GeoSeries(gpd.points_from_xy(units["lon"], units["lat"]), index=units.index, crs=4326).to_crs(METRES)
    rows = load_crosswalk().query("to_vintage == '2025-07'")
    pieces = [(row.to_code, cells[row.from_code]) for row in rows.itertuples() if row.relation != "divided"]
    for from_code, parts in rows[rows["relation"] == "divided"].groupby("from_code"):
        share = build_cells(points[parts["to_code"]], outline)
        pieces += [(code, piece.intersection(cells[from_code])) for code, piece in share.items()]
    frame = gpd.GeoDataFrame(pd.DataFrame(pieces, columns=["code", "geometry"]), crs=METRES)
    merged = frame.dissolve("code").geometry
    alone = points.drop(merged.index)
    return pd.concat([merged, alone.buffer(_ISLAND_METRES)]).reindex(units.index)


if __name__ == "__main__":
    main(sys.argv[1:])
