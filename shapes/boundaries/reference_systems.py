"""From the coordinates of a file to degrees of WGS 84: VN-2000 and its zones, files that state no system."""

import re
from collections.abc import Callable, Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from shapes.errors import ShapesError

VIETNAM = (100.0, 5.0, 118.0, 24.5)  # west, south, east, north in degrees, the archipelagos included
_MERIDIANS = {
    9205: "103°00′", 9206: "104°00′", 9207: "104°30′", 9208: "104°45′", 5897: "105°00′", 9209: "105°30′",
    9210: "105°45′", 9211: "106°00′", 9212: "106°15′", 9213: "106°30′", 9214: "107°00′", 9215: "107°15′",
    9216: "107°30′", 5899: "107°45′", 5898: "108°00′", 9217: "108°15′", 9218: "108°30′", 5896: "102°00′",
}  # fmt: skip
SYSTEMS = {
    **{f"EPSG:{code}": f"VN-2000, múi 3°, kinh tuyến trục {meridian}" for code, meridian in _MERIDIANS.items()},
    "EPSG:3405": "VN-2000, UTM múi 48 (kinh tuyến trục 105°, múi 6°)",
    "EPSG:3406": "VN-2000, UTM múi 49 (kinh tuyến trục 111°, múi 6°)",
    "EPSG:32648": "WGS 84, UTM múi 48",
    "EPSG:32649": "WGS 84, UTM múi 49",
    "EPSG:4326": "WGS 84, kinh độ và vĩ độ",
    "EPSG:4756": "VN-2000, kinh độ và vĩ độ",
}
_STATED = re.compile(r"(?:EPSG:)?(\d{4,6})", re.IGNORECASE)
_VN_2000 = 4756
_VN_2000_SCALES = (0.9999, 0.9996)
_NEAR_DEGREES = 0.15  # some 15 km: less than half of what two neighbouring zones lie apart
_FEWEST_NEAR = 0.5


class MissingSystemError(ShapesError):
    """The file states no reference system and its coordinates are no degrees; `likely`: systems that fit its units."""

    def __init__(self, message: str, likely: tuple[str, ...]):
        super().__init__(message)
        self.likely = likely


def read_system(text: str) -> CRS:
    """The system of `EPSG:9215` or `9215`.

    Raises
    ------
    ShapesError
        When it is none.
    """
    match = _STATED.fullmatch(text.strip())
    try:
        if match:
            return CRS.from_epsg(int(match.group(1)))
    except CRSError:
        pass
    raise ShapesError(f"Không có hệ tọa độ “{text[:40]}”. Ghi mã EPSG, ví dụ EPSG:9215 (VN-2000, kinh tuyến 107°15′).")


def locate(
    shapes: gpd.GeoSeries,
    file_name: str,
    chosen: str | None,
    places: Callable[[], Mapping[int, str]],
    units: pd.DataFrame,
) -> tuple[gpd.GeoSeries, list[str]]:
    """The shapes in degrees of WGS 84, and what was assumed, in Vietnamese.

    Parameters
    ----------
    shapes : GeoSeries
        As in the file.
    chosen : str, optional
        The system that the officer states (`EPSG:9215`); it goes before the file's own.
    places : callable
        Gives the unit code by position, of the shapes whose unit is known: tells which system fits where the file
        states none.
    units : DataFrame
        Index unit code, columns `lat`, `lon`.

    Raises
    ------
    MissingSystemError
        When no system is stated and the coordinates are no degrees.
    ShapesError
        When the coordinates do not lie in Vietnam.
    """
    try:
        degrees, notes = _to_degrees(shapes, file_name, chosen, places, units)
    except ProjError as error:  # of another planet, or such as no one can turn into degrees
        raise ShapesError(
            f"Tệp “{file_name}”: không đổi được hệ tọa độ ghi trong tệp sang kinh độ, vĩ độ. Chọn hệ tọa độ khi cài "
            "(EPSG:…), hoặc xuất lại tệp với hệ VN-2000 hay WGS 84."
        ) from error
    if not _lie_in_vietnam(degrees.total_bounds):
        raise ShapesError(
            f"Tệp “{file_name}”: tọa độ nằm ngoài Việt Nam. Có thể kinh độ và vĩ độ bị đổi chỗ, "
            "hoặc hệ tọa độ không đúng."
        )
    return degrees, notes


def _to_degrees(
    shapes: gpd.GeoSeries,
    file_name: str,
    chosen: str | None,
    places: Callable[[], Mapping[int, str]],
    units: pd.DataFrame,
) -> tuple[gpd.GeoSeries, list[str]]:
    notes: list[str] = []
    if chosen:
        system = read_system(chosen)
        if (
            shapes.crs is not None
            and not shapes.crs.equals(system, ignore_axis_order=True)
            and not _are_degrees(shapes)
        ):
            notes.append(f"Đã dùng hệ tọa độ {chosen.upper()} do người cài chọn, không theo hệ ghi trong tệp.")
        located = shapes.set_crs(system, allow_override=True)
    elif shapes.crs is None or (shapes.crs.is_geographic and not _are_degrees(shapes)):
        if not _are_degrees(shapes):
            raise _missing(shapes, file_name, places(), units)
        notes.append("Tệp không ghi hệ tọa độ; tọa độ là kinh độ, vĩ độ nên được hiểu là WGS 84.")
        located = shapes.set_crs(4326, allow_override=True)
    else:
        located = shapes.set_crs(_with_datum(shapes.crs, notes), allow_override=True)
    return located.to_crs(4326), notes


def rank_systems(shapes: gpd.GeoSeries, places: Mapping[int, str], units: pd.DataFrame) -> tuple[str, ...]:
    """Systems of `SYSTEMS` that put the known shapes near the centre points of their units, best first."""
    known = {feature: code for feature, code in places.items() if not np.isnan(units.at[code, "lon"])}
    if not known:
        return ()
    points = shapely.centroid(shapes.to_numpy()[list(known)])
    centres = units.loc[list(known.values()), ["lon", "lat"]].to_numpy()
    apart: dict[str, float] = {}
    for name in SYSTEMS:
        units_there = gpd.GeoSeries(points, crs=read_system(name)).to_crs(4326)
        distances = np.hypot(units_there.x.to_numpy() - centres[:, 0], units_there.y.to_numpy() - centres[:, 1])
        if np.isfinite(distances).all() and (distances < _NEAR_DEGREES).mean() >= _FEWEST_NEAR:
            apart[name] = float(np.median(distances))
    return tuple(sorted(apart, key=lambda name: apart[name]))


def metric_system(degrees: gpd.GeoSeries) -> CRS:
    """A system in metres, true to area, around the shapes."""
    west, south, east, north = degrees.total_bounds
    return CRS.from_proj4(
        f"+proj=laea +lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f} +datum=WGS84 +units=m"
    )


def _missing(
    shapes: gpd.GeoSeries, file_name: str, places: Mapping[int, str], units: pd.DataFrame
) -> MissingSystemError:
    likely = rank_systems(shapes, places, units)
    hint = f" Hợp nhất với vị trí các đơn vị: {likely[0]} ({SYSTEMS[likely[0]]})." if likely else ""
    west, south, _, _ = shapes.total_bounds
    return MissingSystemError(
        f"Tệp “{file_name}” không ghi hệ tọa độ và tọa độ không phải độ (bắt đầu ở {west:.0f}; "
        f"{south:.0f}). Kèm tệp .prj, hoặc chọn hệ tọa độ VN-2000 khi cài (--crs EPSG:…).{hint}",
        likely,
    )


def _are_degrees(shapes: gpd.GeoSeries) -> bool:
    west, south, east, north = shapes.total_bounds
    return bool(max(abs(west), abs(south), abs(east), abs(north)) <= 180)  # so are swapped ones


def _lie_in_vietnam(bounds: np.ndarray) -> bool:
    west, south, east, north = VIETNAM
    inside = bounds[0] >= west and bounds[1] >= south and bounds[2] <= east and bounds[3] <= north
    return bool(np.isfinite(bounds).all() and inside)


def _with_datum(system: CRS, notes: list[str]) -> CRS:
    """The system with the datum VN-2000 where it has VN-2000's projection on a datum that the libraries do not know.

    Hand-made .prj files name the datum at will; without its parameters every place would lie 190 m too far west.
    """
    if "Ballpark" not in Transformer.from_crs(system, 4326, always_xy=True).description:
        return system
    operation = system.coordinate_operation if system.is_projected else None
    values = {param.name: param.value for param in operation.params} if operation else {}
    is_transverse_mercator = operation is not None and operation.method_name == "Transverse Mercator"
    if not is_transverse_mercator or values.get("Scale factor at natural origin") not in _VN_2000_SCALES:
        notes.append("Hệ tọa độ của tệp dựa trên một hệ quy chiếu chưa biết: vị trí có thể lệch vài trăm mét.")
        return system
    notes.append("Hệ tọa độ của tệp có phép chiếu của VN-2000 nhưng không ghi rõ tên: được hiểu là VN-2000.")
    replaced = system.to_json_dict()
    replaced["base_crs"] = CRS.from_epsg(_VN_2000).to_json_dict()
    return CRS.from_json_dict(replaced)
