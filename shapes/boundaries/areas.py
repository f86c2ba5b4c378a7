"""Areas out of a file of boundaries as officers have them: GeoJSON, GeoPackage, zipped Shapefile.

Runs in the process of `shapes.boundaries.worker` only: a hostile file can make a geometry library hang, exhaust memory
or abort. Refusals are the rest of a Vietnamese sentence that begins with the file's name.
"""

import re
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FieldError
from pyproj.exceptions import CRSError

from data.processes.worker import RefusedError
from data.zips import ZIP_FAULTS
from shapes.boundaries.column_texts import decode_texts
from shapes.boundaries.limits import LARGEST_FILE, LONGEST_TEXT, MOST_COLUMNS, MOST_FEATURES, MOST_READ_VERTICES
from shapes.errors import ShapesError

_SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_LAYER_SUFFIXES = (".shp", ".gpkg", ".geojson", ".json")
_SQLITE = b"SQLite format 3\x00"
_CHUNK = 2**20
_CODE_PAGE = 100  # bytes of a .cpg that are read
_BLANK = " \t\r\n\0"  # not what str.strip takes: 0x85 and 0xA0 end letters of UTF-8
_AREAS = ("Polygon", "MultiPolygon")
_MOST_SYSTEMS = 10_000
_DEFINITION, _UNDEFINED = "definition", "undefined"
_SYSTEM = re.compile(r"[A-Z]+\s*\[")  # as well-known text begins: GEOGCS[…, PROJCRS[…


@dataclass(frozen=True)
class BoundaryFile:
    """Areas of a file as they stand in it.

    Attributes
    ----------
    name : str
        Name of the file.
    features : GeoDataFrame
        A row a shape, columns as texts or None, coordinates and reference system as in the file (`crs` may be None).
    notes : tuple of str
        What was done to read it, in Vietnamese.
    """

    name: str
    features: gpd.GeoDataFrame
    notes: tuple[str, ...]


def read_areas(source: Path, name: str) -> BoundaryFile:
    """Read the areas of a file that is called `name`; beside it is written.

    Raises
    ------
    ShapesError
        When the file is no readable GeoJSON, GeoPackage or zipped Shapefile with one layer of areas, or too large.
    """
    try:
        return _read(source, name)
    except RefusedError as refused:
        raise ShapesError(f"Tệp “{name}” {refused.what}") from refused


def _read(source: Path, name: str) -> BoundaryFile:
    code_page = ""
    if source.suffix.lower() == ".zip":
        source, code_page = _unpack(source, source.parent)
    layer = _find_layer(source)
    is_shapefile = source.suffix.lower() == ".shp"
    try:
        features = gpd.read_file(source, layer=layer, engine="pyogrio", encoding="ISO-8859-1" if is_shapefile else None)
    except CRSError as error:
        raise RefusedError("ghi hệ tọa độ không đọc được. Xuất lại tệp với hệ tọa độ có mã EPSG.") from error
    except (DataSourceError, DataLayerError, FieldError, ValueError, RuntimeError) as error:
        raise RefusedError("không đọc được địa giới. Xuất lại tệp rồi thử lại.") from error
    areas = _check_areas(features)
    texts = _as_texts(areas.drop(columns=areas.geometry.name))
    columns, notes = decode_texts(texts, is_shapefile, code_page)
    shapes = gpd.GeoSeries(areas.geometry.force_2d().to_numpy(), index=columns.index, crs=areas.crs)
    return BoundaryFile(name, gpd.GeoDataFrame(columns, geometry=shapes), tuple(notes))


def _unpack(source: Path, folder: Path) -> tuple[Path, str]:
    """The one layer of a zip, unpacked under names of our own, and what its .cpg says."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = [one for one in archive.infolist() if not _is_hidden(one)]
            if sum(one.file_size for one in entries) > LARGEST_FILE:
                raise RefusedError(f"lớn hơn {LARGEST_FILE // 2**20} MB sau khi giải nén. Tách theo tỉnh.")
            main = _choose_main(entries)
            path = PurePosixPath(main.filename.replace("\\", "/"))
            stem = str(path.with_suffix("")).casefold()
            parts = {
                own.suffix.lower(): one
                for one in entries
                if str((own := PurePosixPath(one.filename.replace("\\", "/"))).with_suffix("")).casefold() == stem
            }
            wanted = _SHAPEFILE_PARTS if path.suffix.lower() == ".shp" else (path.suffix.lower(),)
            if ".shp" in wanted and not {".dbf", ".shx"} <= parts.keys():
                raise RefusedError("thiếu phần của Shapefile. Nén đủ các tệp .shp, .shx, .dbf, .prj rồi thử lại.")
            left = LARGEST_FILE
            for suffix in wanted:
                if suffix in parts:
                    left -= _copy(archive, parts[suffix], folder / f"layer{suffix}", left)
    except (*ZIP_FAULTS, ValueError) as error:
        raise RefusedError("là tệp nén bị hỏng hoặc có mật khẩu. Nén lại rồi thử lại.") from error
    page = folder / "layer.cpg"
    code_page = page.read_bytes()[:_CODE_PAGE].decode("ascii", "ignore") if page.exists() else ""
    page.unlink(missing_ok=True)
    return folder / f"layer{path.suffix.lower()}", code_page


def _is_hidden(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    return entry.is_dir() or path.name.startswith(".") or "__MACOSX" in path.parts


def _choose_main(entries: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    found = [one for one in entries if one.filename.lower().endswith(_LAYER_SUFFIXES)]
    if not found:
        raise RefusedError("không có lớp bản đồ nào bên trong (.shp, .gpkg hay .geojson). Nén đủ tệp rồi thử lại.")
    if len(found) > 1:
        raise RefusedError(
            f"có {len(found)} lớp: {_listed(PurePosixPath(one.filename).name for one in found)}. "
            "Chỉ để lại lớp xã, phường, thị trấn rồi nén lại."
        )
    return found[0]


def _copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, most: int) -> int:
    """Unpack one file, counting what really comes out: the size that a zip states can lie."""
    written = 0
    with archive.open(entry) as packed, target.open("wb") as plain:
        while chunk := packed.read(_CHUNK):
            written += len(chunk)
            if written > most:
                raise RefusedError(f"lớn hơn {LARGEST_FILE // 2**20} MB sau khi giải nén. Tách theo tỉnh.")
            plain.write(chunk)
    return written


def _find_layer(source: Path) -> str:
    """The name of the one layer of areas."""
    with source.open("rb") as opened:
        head = opened.read(4096).removeprefix(b"\xef\xbb\xbf")
    suffix = source.suffix.lower()
    looks_right = {".gpkg": head.startswith(_SQLITE), ".shp": head.startswith(b"\x00\x00\x27\x0a")}
    if not looks_right.get(suffix, head.lstrip().startswith(b"{")):
        raise RefusedError("không đọc được địa giới: nội dung không đúng định dạng của đuôi tệp. Xuất lại tệp.")
    if suffix == ".gpkg":
        _check_tables(source)
    try:
        layers = pyogrio.list_layers(source)
    except (DataSourceError, RuntimeError, ValueError) as error:
        raise RefusedError("không đọc được địa giới. Xuất lại tệp rồi thử lại.") from error
    areas = [str(name) for name, kind in layers if kind is not None and ("Polygon" in kind or kind == "Unknown")]
    drawn = [str(name) for name, kind in layers if kind is not None]
    if len(areas) > 1:
        raise RefusedError(f"có {len(areas)} lớp vùng: {_listed(areas)}. Xuất riêng lớp xã, phường, thị trấn.")
    if not drawn:
        raise RefusedError("không có hình nào.")
    return areas[0] if areas else drawn[0]


def _check_tables(source: Path) -> None:
    """Refuse a GeoPackage whose rows are computed, or whose reference systems are no systems but say where to ask."""
    try:
        with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
            views = opened.execute("SELECT 1 FROM sqlite_master WHERE type = 'view' LIMIT 1").fetchone()
            if views:  # whose rows may have no end
                raise RefusedError("có bảng ảo (view). Xuất lớp xã, phường, thị trấn ra một tệp GeoPackage mới.")
            systems = opened.execute("SELECT * FROM gpkg_spatial_ref_sys LIMIT ?", (_MOST_SYSTEMS,))
            columns = [place for place, column in enumerate(systems.description) if column[0].startswith(_DEFINITION)]
            stated = [str(row[place] or _UNDEFINED).strip() for row in systems for place in columns]
    except (sqlite3.Error, OverflowError) as error:
        raise RefusedError("không đọc được địa giới. Xuất lại tệp rồi thử lại.") from error
    if any(text.casefold() != _UNDEFINED and not _SYSTEM.match(text) for text in stated):
        raise RefusedError("ghi hệ tọa độ không đọc được. Xuất lại tệp với hệ tọa độ có mã EPSG.")


def _check_areas(features: pd.DataFrame) -> gpd.GeoDataFrame:
    if not isinstance(features, gpd.GeoDataFrame) or features.empty or features.geometry.isna().all():
        raise RefusedError("không có hình nào.")
    if len(features) > MOST_FEATURES:
        raise RefusedError(f"có hơn {MOST_FEATURES:,} hình. Tách theo tỉnh.".replace(",", "."))
    kinds = features.geometry.geom_type
    wrong = kinds.notna() & ~kinds.isin(_AREAS)
    if wrong.any():
        raise RefusedError(f"có {int(wrong.sum())} hình không phải vùng (Polygon). Xuất lớp vùng.")
    shapes = features.geometry.to_numpy()
    if shapely.get_num_coordinates(shapes).sum() > MOST_READ_VERTICES:
        raise RefusedError(f"có hơn {MOST_READ_VERTICES:,} đỉnh. Giảm số đỉnh hoặc tách theo tỉnh.".replace(",", "."))
    if not np.isfinite(shapely.get_coordinates(shapes)).all():
        raise RefusedError("có tọa độ không phải số. Xuất lại tệp rồi thử lại.")
    return features


def _as_texts(columns: pd.DataFrame) -> pd.DataFrame:
    kept = columns.iloc[:, :MOST_COLUMNS]
    names = Counter[str]()
    texts: dict[str, list[str | None]] = {}
    for place, name in enumerate(kept.columns):
        names[str(name)] += 1
        unique = str(name) if names[str(name)] == 1 else f"{name} ({names[str(name)]})"
        values = kept.iloc[:, place]
        texts[unique] = [None if pd.isna(one) else _text(one) for one in values.astype(object)]
    return pd.DataFrame(texts, index=columns.index, dtype=object)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip(_BLANK)[:LONGEST_TEXT]


def _listed(names: object) -> str:
    shown = [f"“{name[:60]}”" for name in names]  # type: ignore[attr-defined]
    return ", ".join(shown[:5]) + (" …" if len(shown) > 5 else "")
