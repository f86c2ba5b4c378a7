"""Map layers ready to draw: units and districts of a province, boundaries or equal hexagons."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import geopandas as gpd
import pandas as pd
import shapely

from data.units.lists import load_units
from shapes.layers.hexagons import load_hexagons
from shapes.paths import installed_path, schematic_path

View = Literal["boundaries", "hexagons"]

_SCHEMATIC_SOURCE = (
    "Bản đồ sơ đồ: ranh giới tự tính từ điểm trung tâm của các đơn vị (gói vietnamadminunits, đường bao quốc gia "
    "Natural Earth), không phải địa giới hành chính."
)
_INSTALLED_SOURCE = "Địa giới do đơn vị sử dụng cài đặt."
_HEXAGON_SOURCE = "Mỗi ô lục giác là một đơn vị, xếp gần vị trí thật; các ô bằng nhau, không theo diện tích."


@dataclass(frozen=True)
class Layer:
    """Shapes of units, ready to draw.

    Attributes
    ----------
    units : GeoDataFrame
        Index `code`, columns `district_code`, geometry; outer rings clockwise, as Vega wants them.
    schematic : bool
        Whether any of it is schematic, not official.
    source : str
        What the map must say of where its shapes come from.
    without_place : tuple of str
        Codes of units that have no shape: counted beside the map, not dropped.
    projection : dict
        Arguments of Altair's `project`.
    empty_districts : GeoDataFrame
        Index `district_code`: island districts that have no unit (Hoàng Sa before July 2025); only their outline shows.
    """

    units: gpd.GeoDataFrame
    schematic: bool
    source: str
    without_place: tuple[str, ...]
    projection: dict[str, Any]
    empty_districts: gpd.GeoDataFrame

    @cached_property
    def districts(self) -> gpd.GeoDataFrame:
        """Outlines of districts, dissolved from their units; index `district_code`."""
        known = self.units[self.units["district_code"] != ""]
        dissolved = known.dissolve("district_code")[["geometry"]]
        return orient(gpd.GeoDataFrame(pd.concat([dissolved, self.empty_districts]), crs=self.units.crs))

    def geojson(self, values: pd.DataFrame) -> dict[str, Any]:
        """A FeatureCollection of the units in `values` that have a shape.

        `values`: index unit code; its columns become properties beside `code`, missing values null.
        """
        drawn = values[values.index.isin(self.units.index)]
        known = drawn.astype(object).where(drawn.notna(), None)
        rows = known.to_dict("records") if len(known.columns) else [{} for _ in range(len(known))]
        return _collection(
            ({"code": code, **row}, self._unit_geometries[code]) for code, row in zip(known.index, rows, strict=True)
        )

    def district_geojson(self, codes: Iterable[str]) -> dict[str, Any]:
        """A FeatureCollection of the outlines of districts, and of those without units."""
        drawn = {*codes, *self.empty_districts.index}
        outlines = self._district_geometries
        return _collection(({"code": code}, shape) for code, shape in outlines.items() if code in drawn)

    @cached_property
    def _unit_geometries(self) -> dict[str, Any]:
        return _geometries(self.units)

    @cached_property
    def _district_geometries(self) -> dict[str, Any]:
        return _geometries(self.districts)


def load_layer(vintage: str, province: str | None = None, view: View = "boundaries") -> Layer:
    """The layer of a province, or of the nation without one.

    Installed official boundaries come first; provinces that have none fall back to the schematic layer.

    Raises
    ------
    ValueError
        For hexagons of the whole nation: they are laid out per province.
    """
    units = load_units(vintage, province)
    if view == "hexagons":
        if province is None:
            raise ValueError("hexagons are laid out per province")
        hexagons = load_hexagons(vintage, province)
        return _layer(hexagons, units, True, _HEXAGON_SOURCE, {"type": "identity", "reflectY": True})
    installed = _read(installed_path(vintage), province)
    schematic = _read(schematic_path(vintage), province)
    empty_districts = None if schematic is None else schematic[~schematic.index.isin(units.index)]
    if installed is not None:
        official = set(installed["province_code"])
        schematic = schematic[~schematic["province_code"].isin(official)] if schematic is not None else None
    parts = [part for part in (installed, schematic) if part is not None and len(part)]
    some_schematic = schematic is not None and len(schematic) > 0
    source = _SCHEMATIC_SOURCE if some_schematic else _INSTALLED_SOURCE
    if not parts:
        shapes = gpd.GeoDataFrame({"district_code": []}, geometry=[], crs=4326, index=pd.Index([], name="code"))
    else:
        shapes = gpd.GeoDataFrame(pd.concat(parts), crs=4326)
    return _layer(shapes, units, some_schematic, source, {"type": "mercator"}, empty_districts)


def installed_version(vintage: str) -> float:
    """Changes when boundaries are installed or taken back; caches of layers are keyed by it."""
    path = installed_path(vintage)
    return path.stat().st_mtime if path.exists() else 0.0


def orient(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Outer rings clockwise: with the other orientation Vega fills everything outside a shape."""
    return shapes.set_geometry(shapely.orient_polygons(shapes.geometry.to_numpy(), exterior_cw=True), crs=shapes.crs)


def _geometries(shapes: gpd.GeoDataFrame) -> dict[str, Any]:
    """Geometry of each shape as GeoJSON, by index."""
    texts = shapely.to_geojson(shapes.geometry.to_numpy())
    return {code: json.loads(text) for code, text in zip(shapes.index, texts, strict=True)}


def _collection(parts: Iterable[tuple[dict[str, Any], Any]]) -> dict[str, Any]:
    features = [{"type": "Feature", "properties": properties, "geometry": shape} for properties, shape in parts]
    return {"type": "FeatureCollection", "features": features}


def _read(path: Any, province: str | None) -> gpd.GeoDataFrame | None:
    if not path.exists():
        return None
    filters = None if province is None else [("province_code", "==", province)]
    return gpd.read_parquet(path, filters=filters).set_index("code")


def _layer(
    shapes: gpd.GeoDataFrame,
    units: pd.DataFrame,
    schematic: bool,
    source: str,
    projection: dict[str, Any],
    empty_districts: gpd.GeoDataFrame | None = None,
) -> Layer:
    known = shapes[shapes.index.isin(units.index) & shapes.geometry.notna() & ~shapes.geometry.is_empty]
    known = orient(known[["geometry"]]).join(units[["district_code"]])
    missing = tuple(code for code in units.index if code not in known.index)
    if empty_districts is None:
        empty_districts = shapes.iloc[:0]
    outlines = empty_districts[["geometry"]].rename_axis("district_code")
    return Layer(known[["district_code", "geometry"]], schematic, source, missing, projection, outlines)
