"""Overlap of the schematic cells with real boundaries, beside plain Voronoi cells of the same centre points."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from data.paths import PROJECT_ROOT
from data.units.lists import load_units
from shapes.layers.layers import load_layer

_REAL = PROJECT_ROOT.parent / "shared" / "geo"
_CASES = (
    ("Lạng Sơn", "2020", "20", "lang_son_2020.geojson"),
    ("Lạng Sơn", "2025-07", "20", "lang_son_2025-07.geojson"),
    ("cả nước", "2025-07", None, "vietnam_2025-07.geojson"),
)
_METRES = 32648  # UTM 48N
_LEAST = 0.5


def run() -> None:
    """Print the median overlap of each case, its ratio to that of plain Voronoi cells, and whether it is enough."""
    for name, vintage, province, file_name in _CASES:
        path = _REAL / file_name
        if not path.is_file():
            print(f"{name} {vintage}: skipped, no {path}")
            continue
        real = _read_real(path)
        layer = load_layer(vintage, province)
        if not layer.schematic:
            print(f"{name} {vintage}: skipped, official boundaries are installed")
            continue
        cells = layer.units.geometry.to_crs(_METRES)
        ours = overlap(cells, real).median()
        plain = overlap(_plain_cells(vintage, real.index, cells.union_all()), real).median()
        print(
            f"{name} {vintage}: {len(real)} units, median IoU {ours:.3f} (at least {_LEAST}: "
            f"{'yes' if ours >= _LEAST else 'NO'}), plain Voronoi {plain:.3f}, ratio {ours / plain:.2f}"
        )


def overlap(cells: gpd.GeoSeries, real: gpd.GeoSeries) -> pd.Series:
    """Intersection over union of each real unit with its cell; 0 for a unit without a cell."""
    synthetic = cells.reindex(real.index, fill_value=shapely.Polygon())
    return synthetic.intersection(real).area / synthetic.union(real).area


def _read_real(path: Path) -> gpd.GeoSeries:
    return gpd.read_file(path).set_index("code").geometry.make_valid().to_crs(_METRES)


def _plain_cells(vintage: str, codes: pd.Index, outline: shapely.Geometry) -> gpd.GeoSeries:
    """Voronoi cells of the centre points of the whole nation, those of `codes`, cut to the same outline as ours."""
    units = load_units(vintage).dropna(subset=["lat"])
    degrees = gpd.points_from_xy(units["lon"], units["lat"])
    points = gpd.GeoSeries(degrees, index=units.index, crs=4326).to_crs(_METRES)
    cells = points.voronoi_polygons().to_numpy()
    point, cell = shapely.STRtree(cells).query(points.to_numpy(), predicate="within")
    synthetic = gpd.GeoSeries(cells[cell], index=points.index[point], crs=_METRES)
    return synthetic[synthetic.index.isin(codes)].intersection(outline)
