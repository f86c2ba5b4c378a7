"""Layers for small maps: the same units with few corners, and equal shapes told by their centres alone."""

from dataclasses import replace

import numpy as np
import pandas as pd
import shapely

from shapes.boundaries.coverage import count_vertices
from shapes.layers.layers import Layer, orient

_HALVINGS = 12
_SHARE_OF_WIDTH = 0.1  # the coarsest tolerance, of the layer's width
_DECIMALS = 3  # of a degree: 100 m, less than a pixel of a small map


def coarse_layer(layer: Layer, vertices: int) -> Layer:
    """The layer with at most `vertices` corners, where its neighbours can be kept together with so few.

    Points where three units meet always stay, so that no gap opens: a layer can keep more corners than asked for.
    """
    shapes = layer.units.geometry.to_numpy()
    if count_vertices(layer.units.geometry) <= vertices:
        return layer
    left, _, right, _ = layer.units.total_bounds
    fine, rough = 0.0, (right - left) * _SHARE_OF_WIDTH
    best = shapely.coverage_simplify(shapes, rough)
    for _ in range(_HALVINGS):
        middle = (fine + rough) / 2
        simplified = shapely.coverage_simplify(shapes, middle)
        if shapely.get_num_coordinates(simplified).sum() <= vertices:
            best, rough = simplified, middle
        else:
            fine = middle
    rounded = shapely.transform(best, lambda corners: corners.round(_DECIMALS))
    return replace(layer, units=orient(layer.units.set_geometry(rounded, crs=layer.units.crs)))


def list_centres(layer: Layer) -> pd.DataFrame:
    """A point inside each unit's shape (the centre of a hexagon): index `code`, columns `x`, `y`."""
    shapes = layer.units.geometry.to_numpy()
    points = shapely.centroid(shapes) if find_common_shape(layer) else shapely.point_on_surface(shapes)
    return pd.DataFrame(shapely.get_coordinates(points).round(_DECIMALS), index=layer.units.index, columns=["x", "y"])


def find_common_shape(layer: Layer) -> list[tuple[float, float]] | None:
    """Corners, around the centre, of the one shape that all units have; None where their shapes differ."""
    shapes = layer.units.geometry.to_numpy()
    counts = shapely.get_num_coordinates(shapes)
    if len(shapes) == 0 or (counts != counts[0]).any():
        return None
    corners = shapely.get_coordinates(shapes).reshape(len(shapes), counts[0], 2)
    around = corners - shapely.get_coordinates(shapely.centroid(shapes))[:, None, :]
    if not np.allclose(around, around[0]):
        return None
    return [(float(x), float(y)) for x, y in around[0].round(_DECIMALS)]
