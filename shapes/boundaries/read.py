"""Files of boundaries as officers have them: GeoJSON, GeoPackage, zipped Shapefile, read within bounds."""

import hashlib
import shutil
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from data.processes.pool import Answerer, Pool, UnavailableError
from data.processes.worker import Cause, RefusedError, UnansweredError
from shapes.boundaries.column_texts import decode_texts
from shapes.boundaries.limits import LARGEST_FILE, SECONDS
from shapes.boundaries.worker import make_request
from shapes.errors import ShapesError

SUFFIXES = (".geojson", ".json", ".zip", ".gpkg")
_DRIVERS = {"GeoJSON", "GPKG", "ESRI Shapefile"}
_BROKEN = "không đọc được địa giới: tệp hỏng hoặc quá lớn. Xuất lại tệp rồi thử lại."
_WORDS: dict[Cause, str] = {
    "time": f"đọc quá {SECONDS} giây. Giảm số đỉnh hoặc tách theo tỉnh.",
    "memory": "quá lớn để đọc. Tách theo tỉnh, hoặc giảm số đỉnh, rồi cài từng tệp.",
    "death": _BROKEN,
    "fault": _BROKEN,
}


@cache
def list_other_drivers() -> list[str]:
    """GDAL's drivers for other formats: some of them open whatever files and addresses their text names."""
    return sorted(set(pyogrio.list_drivers()) - _DRIVERS)


readers: Answerer = Pool(
    (sys.executable, "-m", "shapes.boundaries.worker"),
    seconds=SECONDS,
    at_once=1,  # each may take as much memory as everything else together
    ahead=False,
    environment=lambda: {"GDAL_SKIP": ",".join(list_other_drivers()), "GDAL_PAM_ENABLED": "NO"},
)


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


def read_boundaries(path: Path) -> BoundaryFile:
    """Read a file of boundaries.

    Raises
    ------
    ShapesError
        When the file is no readable GeoJSON, GeoPackage or zipped Shapefile with one layer of areas, or too large.
    """
    if not path.is_file():
        raise ShapesError(f"Không tìm thấy tệp {path}.")
    _check_name_and_size(path.name, path.stat().st_size)
    with tempfile.TemporaryDirectory() as folder:
        return _read(path, Path(folder), path.name)


def read_upload(name: str, content: bytes) -> BoundaryFile:
    """As `read_boundaries`, for a file that came over the network under a name that is only shown."""
    name = Path(name.replace("\\", "/")).name[:255]
    _check_name_and_size(name, len(content))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{Path(name).suffix.lower()}"
        path.write_bytes(content)
        return _read(path, Path(folder), name)


def content_key(content: bytes) -> str:
    """What tells an upload from another one."""
    return hashlib.sha256(content).hexdigest()


def _check_name_and_size(name: str, size: int) -> None:
    if Path(name).suffix.lower() not in SUFFIXES:
        raise ShapesError(f"Tệp “{name}” không phải GeoJSON, GeoPackage hay Shapefile nén (.zip).")
    if size > LARGEST_FILE:
        raise ShapesError(f"Tệp “{name}” lớn hơn {LARGEST_FILE // 2**20} MB. Tách theo tỉnh rồi cài từng tệp.")


def _read(path: Path, folder: Path, name: str) -> BoundaryFile:
    own = folder / f"source{path.suffix.lower()}"
    shutil.copyfile(path, own)  # SQLite writes beside a GeoPackage, and the name is one of ours
    target = folder / "features.parquet"
    answer = _ask(make_request(own, target), name)
    areas = gpd.read_parquet(target)
    texts = pd.DataFrame(areas.drop(columns="geometry"))
    columns, notes = decode_texts(texts, answer["raw"], answer["code_page"])
    return BoundaryFile(name, gpd.GeoDataFrame(columns, geometry=areas.geometry, crs=areas.crs), tuple(notes))


def _ask(request: bytes, name: str) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = readers.ask(request)
        return answer
    except RefusedError as refused:
        raise ShapesError(f"Tệp “{name}” {refused.what}") from refused
    except UnansweredError as unanswered:
        raise ShapesError(f"Tệp “{name}” {_WORDS[unanswered.cause]}") from unanswered
    except UnavailableError as error:
        busy = f"Tệp “{name}” chưa đọc được vì máy chủ đang quá tải. Đợi một phút rồi thử lại."
        raise ShapesError(busy) from error
