"""Lay out equal hexagons, one a unit, for every province of every vintage.

Run `python -m shapes.derive.hexagons` after `shapes.derive.schematic`, with requirements-dev.txt installed.

The cells of a province are the hexagons that its outline covers most, as many as it has units. Units are assigned to
cells by least squared distance; each district then gets a compact block of cells around the mean of its units'
(least squares with capacities, which gives the convex cells of a power diagram, so that blocks hold together), and
its units are assigned within the block. Exchanges at last bring home cells that the outline’s bays cut off.
"""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.optimize import linear_sum_assignment

from data.units.lists import list_vintages, load_units
from shapes.derive.schematic import METRES
from shapes.layers.hexagons import centre, hexagon, neighbours
from shapes.layers.layers import load_layer
from shapes.paths import hexagons_path

_SMALL_PART = 0.05  # islands below this share of the outline take no cells of their own
_EXCHANGES_AT_MOST = 400

Cell = tuple[int, int]


def main() -> None:
    """Write shapes/hexagons/*.csv and print how many districts hold together."""
    for vintage in list_vintages().index:
        units = load_units(vintage)
        laid = [
            lay_out(of_province, load_layer(vintage, str(code)).units)
            for code, of_province in units.groupby("province_code")
        ]
        frame = pd.concat(laid)
        whole = [
            is_contiguous(list(zip(cells["column"], cells["row"], strict=True))) for _, cells in _by_district(frame)
        ]
        print(vintage, len(frame), "units;", sum(whole), "of", len(whole), "districts in one piece")
        hexagons_path(vintage).parent.mkdir(exist_ok=True)
        frame[["province_code", "column", "row"]].to_csv(hexagons_path(vintage), lineterminator="\n")


def lay_out(units: pd.DataFrame, shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    """Columns and rows of a province's units.

    Parameters
    ----------
    units : DataFrame
        Index `code`, columns `district_code`, `province_code`, `lat`, `lon`.
    shapes : GeoDataFrame
        Their shapes, for the outline.

    Returns
    -------
    DataFrame
        Index `code`; `province_code`, `district_code`, `column`, `row`.
    """
    outline = _main_parts(shapes.to_crs(METRES).union_all())
    cells = _choose_cells(outline, len(units))
    side = _side(outline, len(units))
    places = np.column_stack(centre(*np.array(cells).T)) * side + _origin(outline)
    points = _points(units)
    targets = np.empty_like(points)
    rows, chosen = linear_sum_assignment(_squares(points, places))
    targets[rows] = places[chosen]
    districts = units["district_code"].to_numpy()
    block = _assign_blocks(districts, targets, places)
    block = _mend_blocks(block, cells, places, _means(districts, targets))
    result = np.empty(len(units), dtype=int)
    for district in np.unique(districts):
        own_units, own_cells = np.flatnonzero(districts == district), np.flatnonzero(block == district)
        rows, chosen = linear_sum_assignment(_squares(points[own_units], places[own_cells]))
        result[own_units[rows]] = own_cells[chosen]
    laid = np.array(cells)[result] - np.array(cells).min(axis=0) // 2 * 2
    return units[["province_code", "district_code"]].assign(column=laid[:, 0], row=laid[:, 1])


def is_contiguous(cells: list[Cell]) -> bool:
    """Whether the cells hang together by their edges."""
    return len(_components(set(cells))) <= 1


def _main_parts(outline: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(outline)
    areas = shapely.area(parts)
    return shapely.union_all(parts[areas >= _SMALL_PART * areas.sum()])


def _side(outline: shapely.Geometry, count: int) -> float:
    """Side of a hexagon of which `count` cover the outline's area."""
    return float(np.sqrt(outline.area / count * 2 / (3 * np.sqrt(3))))


def _origin(outline: shapely.Geometry) -> np.ndarray:
    return np.array(outline.bounds[:2])


def _choose_cells(outline: shapely.Geometry, count: int) -> list[Cell]:
    side = _side(outline, count)
    scaled = shapely.transform(outline, lambda xy: (xy - _origin(outline)) / side)
    width, height = scaled.bounds[2:]
    candidates = [
        (column, row) for row in range(-2, int(height / 1.5) + 3) for column in range(-2, int(width / np.sqrt(3)) + 3)
    ]
    covered = shapely.area(shapely.intersection([hexagon(*cell) for cell in candidates], scaled))
    best = np.argsort(-covered, kind="stable")[:count]
    return [candidates[number] for number in sorted(best)]


def _points(units: pd.DataFrame) -> np.ndarray:
    """Places in metres; a unit without one lies in the middle of its district, else of the province."""
    lat_lon = units[["lat", "lon"]]
    filled = lat_lon.fillna(lat_lon.groupby(units["district_code"]).transform("mean")).fillna(lat_lon.mean())
    points = gpd.GeoSeries(gpd.points_from_xy(filled["lon"], filled["lat"]), crs=4326).to_crs(METRES)
    return np.column_stack((points.x, points.y))


def _squares(points: np.ndarray, places: np.ndarray) -> np.ndarray:
    return ((points[:, None, :] - places[None, :, :]) ** 2).sum(axis=2)


def _means(districts: np.ndarray, targets: np.ndarray) -> dict[str, np.ndarray]:
    return {district: targets[districts == district].mean(axis=0) for district in np.unique(districts)}


def _assign_blocks(districts: np.ndarray, targets: np.ndarray, places: np.ndarray) -> np.ndarray:
    """District of each cell."""
    means = _means(districts, targets)
    sites = np.array([means[district] for district in districts])
    rows, chosen = linear_sum_assignment(_squares(sites, places))
    block = np.empty(len(places), dtype=districts.dtype)
    block[chosen] = districts[rows]
    return block


def _mend_blocks(block: np.ndarray, cells: list[Cell], places: np.ndarray, means: dict[str, np.ndarray]) -> np.ndarray:
    """Exchange the districts of two cells while that leaves fewer strays, the best and cheapest exchange first."""
    block = block.copy()
    number_of = {cell: number for number, cell in enumerate(cells)}
    for _ in range(_EXCHANGES_AT_MOST):
        best = min(_exchanges(block, cells, number_of, places, means), default=None)
        if best is None:
            break
        _, _, number, other = best
        block[number], block[other] = block[other], block[number]
    return block


def _exchanges(
    block: np.ndarray, cells: list[Cell], number_of: dict[Cell, int], places: np.ndarray, means: dict[str, np.ndarray]
) -> Iterator[tuple[int, float, int, int]]:
    """Exchanges that leave fewer strays: change in strays, in squared distance, the two cells."""
    for district in np.unique(block):
        pieces = sorted(_components({cells[number] for number in np.flatnonzero(block == district)}), key=len)
        for stray in (cell for piece in pieces[:-1] for cell in piece):
            number = number_of[stray]
            border = {near for cell in pieces[-1] for near in neighbours(*cell) if near in number_of}
            for other in sorted(number_of[cell] for cell in border if block[number_of[cell]] != district):
                change = _change_in_strays(block, cells, number, other)
                if change < 0:
                    yield change, _cost_of_exchange(block, places, means, number, other), number, other


def _change_in_strays(block: np.ndarray, cells: list[Cell], number: int, other: int) -> int:
    pair = (block[number], block[other])
    before = _count_strays(block, cells, pair)
    exchanged = block.copy()
    exchanged[number], exchanged[other] = pair[1], pair[0]
    return _count_strays(exchanged, cells, pair) - before


def _count_strays(block: np.ndarray, cells: list[Cell], districts: tuple[str, ...]) -> int:
    """Cells of the districts that lie outside their largest piece."""
    strays = 0
    for district in districts:
        pieces = _components({cells[number] for number in np.flatnonzero(block == district)})
        strays += sum(map(len, pieces)) - max(map(len, pieces))
    return strays


def _cost_of_exchange(
    block: np.ndarray, places: np.ndarray, means: dict[str, np.ndarray], number: int, other: int
) -> float:
    def cost(district: str, number: int) -> float:
        return float(((means[district] - places[number]) ** 2).sum())

    after = cost(block[other], number) + cost(block[number], other)
    return after - cost(block[number], number) - cost(block[other], other)


def _components(cells: set[Cell]) -> list[set[Cell]]:
    left, components = set(cells), []
    while left:
        component, edge = set(), [min(left)]
        while edge:
            cell = edge.pop()
            if cell in left:
                left.remove(cell)
                component.add(cell)
                edge += neighbours(*cell)
        components.append(component)
    return components


def _by_district(frame: pd.DataFrame) -> Iterator[tuple[object, pd.DataFrame]]:
    return iter(frame.groupby(["province_code", "district_code"]))


if __name__ == "__main__":
    main()
