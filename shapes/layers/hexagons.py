"""Equal hexagons, one a unit, laid out by place: a small ward is as visible as a large commune."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from shapes.paths import hexagons_path

_HALF_WIDTH = np.sqrt(3) / 2


def load_hexagons(vintage: str, province: str) -> gpd.GeoDataFrame:
    """The hexagons of a province's units.

    Returns
    -------
    GeoDataFrame
        Index `code`; regular hexagons with pointed tops in a plane whose unit is a hexagon's side, y upwards, outer
        rings clockwise; neighbours share their edges exactly.

    Raises
    ------
    KeyError
        For a province without a layout.
    """
    cells = pd.read_csv(hexagons_path(vintage), dtype={"code": "str", "province_code": "str"})
    cells = cells[cells["province_code"] == province].set_index("code")
    if cells.empty:
        raise KeyError(province)
    hexagons = [hexagon(column, row) for column, row in zip(cells["column"], cells["row"], strict=True)]
    return gpd.GeoDataFrame(geometry=hexagons, index=cells.index)


def centre(column: np.ndarray | int, row: np.ndarray | int) -> tuple[np.ndarray, np.ndarray]:
    """Centre of a cell: odd rows are shifted right by half a hexagon."""
    return (2 * column + np.mod(row, 2)) * _HALF_WIDTH, np.multiply(row, 1.5)


def hexagon(column: int, row: int) -> shapely.Polygon:
    """The hexagon of a cell; corners are computed from whole numbers so that neighbours share them exactly."""
    left, bottom = 2 * column + row % 2, 3 * row
    corners = [(0, 2), (1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1)]
    return shapely.Polygon([((left + x) * _HALF_WIDTH, (bottom + y) / 2) for x, y in corners])


def neighbours(column: int, row: int) -> list[tuple[int, int]]:
    """The six cells that share an edge with a cell."""
    shift = row % 2
    return [
        (column - 1, row),
        (column + 1, row),
        (column - 1 + shift, row + 1),
        (column + shift, row + 1),
        (column - 1 + shift, row - 1),
        (column + shift, row - 1),
    ]
