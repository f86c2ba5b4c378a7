"""Files of boundaries as officers have them: read, checked and planned within bounds, in a process of its own."""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pyogrio

from data.processes.pool import Answerer, Pool, UnavailableError
from data.processes.worker import Cause, RefusedError, UnansweredError
from data.units.lists import list_vintages, load_units
from shapes.boundaries.limits import LARGEST_FILE, SECONDS
from shapes.boundaries.packing import unpack_plan
from shapes.boundaries.plan import InstallPlan
from shapes.boundaries.reference_systems import MissingSystemError
from shapes.errors import ShapesError

SUFFIXES = (".geojson", ".json", ".zip", ".gpkg")
_DRIVERS = {"GeoJSON", "GPKG", "ESRI Shapefile"}
_BROKEN = "không đọc được địa giới: tệp hỏng hoặc quá lớn. Xuất lại tệp rồi thử lại."
_SMALLER = "Giảm số đỉnh, sửa các hình tự cắt trong phần mềm bản đồ, hoặc tách theo tỉnh rồi cài từng tệp."
_WORDS: dict[Cause, str] = {
    "time": f"cần hơn {SECONDS} giây để đọc và kiểm tra. {_SMALLER}",
    "memory": f"cần quá nhiều bộ nhớ để đọc và kiểm tra. {_SMALLER}",
    "death": _BROKEN,
    "fault": _BROKEN,
}
_NOBODY = "127.0.0.1:0"  # a proxy that nothing can listen at: what a library asks of an address goes nowhere


@cache
def list_other_drivers() -> list[str]:
    """GDAL's drivers for other formats: some of them open whatever files and addresses their text names."""
    return sorted(set(pyogrio.list_drivers()) - _DRIVERS)


def shut_environment() -> dict[str, str]:
    """Variables under which GDAL and PROJ know three formats and reach no network, and little memory is set aside."""
    return {
        "GDAL_SKIP": ",".join(list_other_drivers()),
        "GDAL_PAM_ENABLED": "NO",
        "GDAL_HTTP_PROXY": _NOBODY,
        "GDAL_HTTPS_PROXY": _NOBODY,
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{noext}",
        "CPL_VSIL_CURL_ALLOWED_FILENAME": "/vsicurl/none",
        "PROJ_NETWORK": "OFF",
        "ALL_PROXY": _NOBODY,
        "NO_PROXY": "",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OPENBLAS_NUM_THREADS": "1",
    }


readers: Answerer = Pool(
    (sys.executable, "-m", "shapes.boundaries.worker"),
    seconds=SECONDS,
    once=True,
    at_once=min(2, os.cpu_count() or 1),
    ahead=False,
    environment=shut_environment,
)


def plan_file(path: Path, vintage: str, crs: str | None, accept_suggestions: bool = False) -> InstallPlan:
    """Plan the installation of a file of boundaries.

    Parameters
    ----------
    vintage : str
        Vintage of units to match with.
    crs : str, optional
        The reference system (`EPSG:9215`) of a file that states none or a wrong one.
    accept_suggestions : bool
        Take the proposal of every shape that is not certain.

    Raises
    ------
    MissingSystemError
        When no reference system is stated and the coordinates are no degrees.
    ShapesError
        When the file is no readable GeoJSON, GeoPackage or zipped Shapefile with one layer of areas, takes too much,
        holds no unit, or lies outside Vietnam.
    """
    if not path.is_file():
        raise ShapesError(f"Không tìm thấy tệp {path}.")
    _check_name_and_size(path.name, path.stat().st_size)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"source{path.suffix.lower()}"
        shutil.copyfile(path, copy)  # SQLite writes beside a GeoPackage, and the name is one of ours
        return _ask(copy, path.name, vintage, crs, {}, accept_suggestions)


def plan_upload(
    name: str, content: bytes, vintage: str, crs: str | None, decisions: Mapping[int, str | None]
) -> InstallPlan:
    """As `plan_file`, for a file that came over the network under a name that is only shown.

    `decisions`: the officer's answers by position of the shape: a unit code, or None to leave the shape out.
    """
    name = Path(name.replace("\\", "/")).name[:255]
    _check_name_and_size(name, len(content))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"source{Path(name).suffix.lower()}"
        path.write_bytes(content)
        return _ask(path, name, vintage, crs, decisions)


def content_key(content: bytes) -> str:
    """What tells an upload from another one."""
    return hashlib.sha256(content).hexdigest()


def _check_name_and_size(name: str, size: int) -> None:
    if Path(name).suffix.lower() not in SUFFIXES:
        raise ShapesError(f"Tệp “{name}” không phải GeoJSON, GeoPackage hay Shapefile nén (.zip).")
    if size > LARGEST_FILE:
        raise ShapesError(f"Tệp “{name}” lớn hơn {LARGEST_FILE // 2**20} MB. Tách theo tỉnh rồi cài từng tệp.")


def _ask(
    path: Path,
    name: str,
    vintage: str,
    crs: str | None,
    decisions: Mapping[int, str | None],
    accept_suggestions: bool = False,
) -> InstallPlan:
    if vintage not in list_vintages().index:
        raise ShapesError(f"Không có danh mục đơn vị {vintage}. Có: {', '.join(list_vintages().index)}.")
    request = {
        "source": str(path),
        "name": name,
        "vintage": vintage,
        "crs": crs,
        "decisions": list(decisions.items()),
        "accept_suggestions": accept_suggestions,
    }
    try:
        packed = readers.ask(json.dumps(request).encode())
    except RefusedError as refused:
        if "likely" in refused.words:
            raise MissingSystemError(refused.what, tuple(refused.words["likely"])) from refused
        raise ShapesError(refused.what) from refused
    except UnansweredError as unanswered:
        raise ShapesError(f"Tệp “{name}” {_WORDS[unanswered.cause]}") from unanswered
    except UnavailableError as error:
        busy = f"Tệp “{name}” chưa đọc được vì máy chủ đang quá tải. Đợi một phút rồi thử lại."
        raise ShapesError(busy) from error
    try:
        return unpack_plan(packed, load_units(vintage))
    except Exception as error:  # nothing that `pack_plan` made: the file got the better of its process
        raise ShapesError(f"Tệp “{name}” {_BROKEN}") from error
