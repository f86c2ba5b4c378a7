"""The installed boundaries of each vintage: stored at once with the file before as history, listed, taken back."""

import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import geopandas as gpd
import pandas as pd
import shapely

from data.units.lists import list_vintages, load_units
from shapes.errors import ShapesError
from shapes.paths import installed_path

_COLUMNS = ["code", "district_code", "province_code", "source", "installed_at", "geometry"]
_one_at_a_time = threading.Lock()  # sessions of one server; each reads what is there, adds its provinces, writes


def save_layer(layer: gpd.GeoDataFrame, vintage: str, source: str) -> None:
    """Put a layer in place, the provinces of earlier installations kept.

    Parameters
    ----------
    layer : GeoDataFrame
        Index `code`; columns `district_code`, `province_code`, geometry, in degrees.
    source : str
        Name of the file it comes from.
    """
    path = installed_path(vintage)
    path.parent.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC)
    installed = layer.reset_index().assign(source=source, installed_at=stamp.isoformat(timespec="seconds"))[_COLUMNS]
    with _one_at_a_time:
        if path.exists():
            before = gpd.read_parquet(path).reindex(columns=_COLUMNS)
            kept = before[~before["province_code"].isin(installed["province_code"].unique())]
            installed = gpd.GeoDataFrame(pd.concat([installed, kept], ignore_index=True), crs=4326)
        new = path.with_name(f"{path.stem}.{uuid4().hex}.new")
        installed.sort_values("province_code", kind="stable").to_parquet(new, compression="zstd", index=False)
        if path.exists():
            os.replace(path, path.with_name(f"{path.stem}.{stamp:%Y%m%dT%H%M%S%f}.before"))
        os.replace(new, path)


def list_installed() -> pd.DataFrame:
    """What is installed now, a row a vintage and province.

    Returns
    -------
    DataFrame
        `vintage`, `province_code`, `province`, `units` (with a shape), `listed` (units of the province), `vertices`,
        `source` (name of the file; None where it was not kept), `installed_at` (UTC, or NaT).
    """
    rows = []
    for vintage in list_vintages().index:
        path = installed_path(vintage)
        if not path.exists():
            continue
        listed = load_units(vintage)
        layer = gpd.read_parquet(path).reindex(columns=_COLUMNS)
        for code, of_layer in layer.groupby("province_code"):
            of_province = listed[listed["province_code"] == code]
            source = of_layer["source"].iloc[0]
            rows.append(
                {
                    "vintage": str(vintage),
                    "province_code": str(code),
                    "province": of_province["province"].iloc[0],
                    "units": len(of_layer),
                    "listed": len(of_province),
                    "vertices": int(shapely.get_num_coordinates(of_layer.geometry.to_numpy()).sum()),
                    "source": source if isinstance(source, str) else None,
                    "installed_at": pd.to_datetime(of_layer["installed_at"].iloc[0], utc=True),
                }
            )
    columns = ["vintage", "province_code", "province", "units", "listed", "vertices", "source", "installed_at"]
    return pd.DataFrame(rows, columns=columns)


def undo(vintage: str) -> str:
    """Take back the last installation; returns a sentence that says what is shown now.

    Raises
    ------
    ShapesError
        When nothing is installed.
    """
    path = installed_path(vintage)
    with _one_at_a_time:
        if not path.exists():
            raise ShapesError(f"Danh mục {vintage} đang dùng bản đồ sơ đồ, không có lần cài nào để bỏ.")
        history = _history(path)
        if history:
            os.replace(history[-1], path)
            return f"Đã trở lại địa giới {vintage} của lần cài trước."
        path.unlink()
    return f"Đã bỏ địa giới {vintage}; bản đồ trở lại dạng sơ đồ."


def count_earlier(vintage: str) -> int:
    """How many earlier installations of a vintage can still be gone back to."""
    return len(_history(installed_path(vintage)))


def _history(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.stem}.*.before"))
