"""Edges of the colour classes of totals, where a standard names none."""

from collections.abc import Collection

MOST_EDGES = 5
_PARTS = 10  # of the standard's points, each as wide as a class beside the minimum totals


def choose_edges(total_points: int, minimum_totals: Collection[int]) -> tuple[int, ...]:
    """Totals at which a class begins, ascending, above 0 and at most `total_points`.

    Minimum totals are edges, so that no colour spans one. Below them, and above them where there is no room below, the
    classes are a tenth of the points wide.
    """
    edges = _thin_out(sorted(set(minimum_totals)))
    step = max(1, round(total_points / _PARTS))
    while len(edges) < MOST_EDGES and edges[0] > step:
        edges.insert(0, edges[0] - step)
    while len(edges) < MOST_EDGES and edges[-1] + step <= total_points:
        edges.append(edges[-1] + step)
    return tuple(edges)


def _thin_out(edges: list[int]) -> list[int]:
    """As many edges as there may be, from the first to the last."""
    last = len(edges) - 1
    if last < MOST_EDGES:
        return edges
    return [edges[round(position * last / (MOST_EDGES - 1))] for position in range(MOST_EDGES)]
