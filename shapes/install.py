"""Official boundaries in place of the schematic layer: matched by unit code, simplified once, with undo."""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyogrio.errors import DataSourceError

from data.units import load_units
from shapes.errors import ShapesError
from shapes.layers import orient
from shapes.paths import installed_path

LARGEST_FILE = 200 * 2**20
MOST_VERTICES = 20_000  # of a province: what a browser redraws within a second
_CODE_NAMES = ("code", "ma", "ma_xa", "maxa", "ma_dvhc", "madvhc", "unit_code", "ward_code", "wardcode", "xa_code")
_VIETNAM = (100.0, 5.0, 118.0, 24.5)  # west, south, east, north in degrees, the archipelagos included
_METRES = 32648  # UTM 48N
_FINEST_METRES, _COARSEST_METRES = 1.0, 5000.0
_SUFFIXES = (".geojson", ".json", ".zip", ".gpkg")


@dataclass(frozen=True)
class InstallReport:
    """What was installed: codes with a shape, units of the same provinces without one, codes that are no unit."""

    vintage: str
    provinces: tuple[str, ...]
    matched: tuple[str, ...]
    without_shape: tuple[str, ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]
    vertices: int

    def text(self) -> str:
        """The report in Vietnamese."""
        lines = [
            f"Đã cài địa giới {self.vintage}: {len(self.matched)} đơn vị của {', '.join(self.provinces)}, "
            f"{self.vertices} đỉnh."
        ]
        if self.without_shape:
            lines.append(f"Chưa có hình: {len(self.without_shape)} đơn vị ({_some(self.without_shape)}).")
        if self.unknown:
            lines.append(f"Bỏ qua {len(self.unknown)} mã không thuộc danh mục {self.vintage} ({_some(self.unknown)}).")
        return "\n".join([*lines, *self.notes])


def install(path: Path, vintage: str) -> InstallReport:
    """Install the boundaries of a file for the provinces whose units it holds; other provinces keep theirs.

    Parameters
    ----------
    path : Path
        GeoJSON, GeoPackage or zipped Shapefile, in any stated reference system, a property holding the unit code.
    vintage : str
        The unit list that the codes belong to.

    Raises
    ------
    ShapesError
        When nothing usable is in the file; nothing is changed then.
    """
    try:
        units = load_units(vintage)
    except KeyError:
        raise ShapesError(f"Không có danh mục đơn vị {vintage}. Các danh mục: 2020, 2025-01, 2025-07.") from None
    features = _read(Path(path))
    column = _code_column(features)
    notes: list[str] = []
    codes = _restore_zeros(features[column], notes)
    shapes = _as_degrees(features, path.name)
    known = codes.isin(units.index)
    if not known.any():
        raise ShapesError(
            f"Tệp “{path.name}”: không mã nào trong cột “{column}” thuộc danh mục {vintage}. "
            "Kiểm tra lại cột mã đơn vị và danh mục (--vintage)."
        )
    shapes = shapes[known].set_axis(codes[known].to_numpy())
    shapes = _unite_parts(shapes, notes)
    provinces = sorted(units.loc[shapes.index, "province_code"].unique())
    layer = _simplify(shapes, units)
    _save(layer, vintage)
    of_provinces = units[units["province_code"].isin(provinces)]
    return InstallReport(
        vintage=vintage,
        provinces=tuple(of_provinces["province"].unique()),
        matched=tuple(layer["code"]),
        without_shape=tuple(of_provinces.index.difference(layer["code"], sort=False)),
        unknown=tuple(codes[~known].unique()),
        notes=tuple(notes),
        vertices=int(shapely.get_num_coordinates(layer.geometry.to_numpy()).sum()),
    )


def undo(vintage: str) -> str:
    """Take back the last installation; returns a sentence that says what is shown now.

    Raises
    ------
    ShapesError
        When nothing is installed.
    """
    path = installed_path(vintage)
    if not path.exists():
        raise ShapesError(f"Danh mục {vintage} đang dùng bản đồ sơ đồ, không có lần cài nào để bỏ.")
    history = _history(path)
    if history:
        os.replace(history[-1], path)
        return f"Đã trở lại địa giới {vintage} của lần cài trước."
    path.unlink()
    return f"Đã bỏ địa giới {vintage}; bản đồ trở lại dạng sơ đồ."


def _read(path: Path) -> gpd.GeoDataFrame:
    if not path.is_file():
        raise ShapesError(f"Không tìm thấy tệp {path}.")
    if path.suffix.lower() not in _SUFFIXES:
        raise ShapesError(f"Tệp “{path.name}” không phải GeoJSON, GeoPackage hay Shapefile nén (.zip).")
    unpacked = path.stat().st_size
    source = str(path)
    if path.suffix.lower() == ".zip":
        try:
            with ZipFile(path) as archive:
                unpacked = sum(one.file_size for one in archive.infolist())
        except BadZipFile:
            raise ShapesError(f"Tệp “{path.name}” là tệp nén bị hỏng. Nén lại rồi thử lại.") from None
        source = f"zip://{path}"
    if unpacked > LARGEST_FILE:
        raise ShapesError(f"Tệp “{path.name}” lớn hơn {LARGEST_FILE // 2**20} MB. Tách theo tỉnh rồi cài từng tệp.")
    try:
        features = gpd.read_file(source)
    except (DataSourceError, ValueError, RuntimeError) as error:
        raise ShapesError(f"Không đọc được địa giới trong tệp “{path.name}”. Xuất lại tệp rồi thử lại.") from error
    if not isinstance(features, gpd.GeoDataFrame) or features.empty or features.geometry.isna().all():
        raise ShapesError(f"Tệp “{path.name}” không có hình nào.")
    areas = features.geometry.geom_type.isin(("Polygon", "MultiPolygon"))
    if not areas.all():
        raise ShapesError(f"Tệp “{path.name}” có {int((~areas).sum())} hình không phải vùng (Polygon). Xuất lớp vùng.")
    return features


def _code_column(features: gpd.GeoDataFrame) -> str:
    names = {str(name).casefold(): str(name) for name in features.columns if name != features.geometry.name}
    for wanted in _CODE_NAMES:
        if wanted in names:
            return names[wanted]
    raise ShapesError(
        f"Không thấy cột mã đơn vị. Các cột có trong tệp: {', '.join(names.values()) or 'không có cột nào'}. "
        "Đổi tên cột mã thành “code”."
    )


def _restore_zeros(raw: pd.Series, notes: list[str]) -> pd.Series:
    text = raw.map(lambda value: re.sub(r"\.0$", "", str(value).strip()))
    short = text.str.fullmatch(r"\d{1,4}")
    if short.any():
        notes.append(f"Đã thêm số 0 ở đầu {int(short.sum())} mã đơn vị.")
    return text.where(~short, text.str.zfill(5))


def _as_degrees(features: gpd.GeoDataFrame, file_name: str) -> gpd.GeoSeries:
    shapes = features.geometry
    if shapes.crs is None:
        shapes = shapes.set_crs(4326)
    bounds = shapes.to_crs(4326).total_bounds
    west, south, east, north = _VIETNAM
    if not np.isfinite(bounds).all() or bounds[0] < west or bounds[2] > east or bounds[1] < south or bounds[3] > north:
        raise ShapesError(
            f"Tệp “{file_name}”: tọa độ nằm ngoài Việt Nam. Có thể kinh độ và vĩ độ bị đổi chỗ, "
            "hoặc tệp không ghi đúng hệ tọa độ."
        )
    return shapes.to_crs(4326).make_valid()


def _unite_parts(shapes: gpd.GeoSeries, notes: list[str]) -> gpd.GeoSeries:
    repeated = shapes.index[shapes.index.duplicated()].unique()
    if len(repeated):
        notes.append(f"{len(repeated)} đơn vị có nhiều hình đã được gộp lại ({_some(tuple(repeated))}).")
    frame = gpd.GeoDataFrame(geometry=shapes)
    return frame.dissolve(level=0).geometry if len(repeated) else shapes


def _simplify(shapes: gpd.GeoSeries, units: pd.DataFrame) -> gpd.GeoDataFrame:
    """Each province within the budget of vertices, simplified as one coverage so that no gap opens."""
    provinces = units.loc[shapes.index, "province_code"]
    parts = [_within_budget(shapes[provinces == one]) for one in sorted(provinces.unique())]
    simple = pd.concat(parts)
    frame = gpd.GeoDataFrame(units.loc[simple.index, ["district_code", "province_code"]], geometry=simple, crs=4326)
    return orient(frame).rename_axis("code").reset_index()


def _within_budget(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    if shapely.get_num_coordinates(shapes.to_numpy()).sum() <= MOST_VERTICES:
        return shapes
    metres = shapes.to_crs(_METRES).to_numpy()
    low, high = _FINEST_METRES, _COARSEST_METRES
    while high / low > 1.2:
        middle = np.sqrt(low * high)
        count = shapely.get_num_coordinates(shapely.coverage_simplify(metres, middle)).sum()
        low, high = (low, middle) if count <= MOST_VERTICES else (middle, high)
    return gpd.GeoSeries(shapely.coverage_simplify(metres, high), index=shapes.index, crs=_METRES).to_crs(4326)


def _save(layer: gpd.GeoDataFrame, vintage: str) -> None:
    """Put the layer in place at once, the provinces of earlier installations kept, the file before it as history."""
    path = installed_path(vintage)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        before = gpd.read_parquet(path)
        kept = before[~before["province_code"].isin(layer["province_code"].unique())]
        layer = gpd.GeoDataFrame(pd.concat([layer, kept], ignore_index=True), crs=4326)
    new = path.with_suffix(".new")
    layer.sort_values("province_code", kind="stable").to_parquet(new, compression="zstd", index=False)
    if path.exists():
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        os.replace(path, path.with_name(f"{path.stem}.{stamp}.before"))
    os.replace(new, path)


def _history(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.stem}.*.before"))


def _some(codes: tuple[str, ...]) -> str:
    return ", ".join(codes[:5]) + (" …" if len(codes) > 5 else "")
