"""The ground of a report: ties, distances and outlines, in the order of the unit ids.

In: the subject of a report. Out: what a page needs to draw the map, to find the ways from
units to seats by itself, and to say whether a municipality hangs together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from amalgamation.show.outline import build_outline
from amalgamation.show.report.figures import to_figure

if TYPE_CHECKING:
    from scipy import sparse

    from amalgamation.graph import UnitGraph
    from amalgamation.show.outline import Outline
    from amalgamation.territory import Territory

__all__ = ["build_distance", "build_map", "build_ties"]

_MOST_PAIRS = 150_000
"""Pairs of a given matrix that a page carries: some 2 MB."""

_METRES = 1000.0


def build_ties(graph: UnitGraph) -> dict[str, Any]:
    """Build the ties: positions of both units, km, and shared border in km."""
    ties = graph.ties
    return {
        "a": [graph.index[unit] for unit in ties["a"]],
        "b": [graph.index[unit] for unit in ties["b"]],
        "km": [to_figure(km) for km in ties["km"]],
        "border": [to_figure(km) for km in ties["border_km"]],
    }


def build_distance(graph: UnitGraph) -> dict[str, Any]:
    """Build what distances to seats are computed from.

    Returns
    -------
    dict
        ``how`` (``along_ties``, ``straight``, ``matrix`` or ``none``) and ``unit``; besides,
        ``places`` (km) for straight ones, and for a matrix ``pairs``: for each unit, in
        turn, positions of seats and distances. A matrix too large for a page gives
        ``none``: access is then left to ``amalgamation measure``.
    """
    head = {"how": graph.distance, "unit": graph.distance_unit}
    if graph.distance == "straight" and graph.places is not None:
        return head | {"places": (graph.places / _METRES).tolist()}
    if graph.matrix is not None:
        if graph.matrix.nnz > _MOST_PAIRS:
            return head | {"how": "none"}
        head["how"] = "matrix"  # ways along roads were worked out before
        return head | {"pairs": [_row(graph.matrix, at) for at in range(len(graph.ids))]}
    return head


def _row(matrix: sparse.csr_array, at: int) -> list[float | int | None]:
    span = slice(matrix.indptr[at], matrix.indptr[at + 1])
    pairs = zip(matrix.indices[span], matrix.data[span], strict=True)
    return [part for seat, far in pairs for part in (int(seat), to_figure(far))]


def build_map(territory: Territory) -> dict[str, Any] | None:
    """Build outlines and seats' places; None where there is no geometry."""
    if not territory.has_geometry:
        return None
    outline = build_outline(territory.geometry)
    return outline.to_json() | {"seats": _seats(territory, outline)}


def _seats(territory: Territory, outline: Outline) -> list[list[int]]:
    inside = territory.geometry.representative_point()
    x = territory.units.get("seat_x", inside.x).fillna(inside.x)
    y = territory.units.get("seat_y", inside.y).fillna(inside.y)
    cells: list[list[int]] = outline.to_cells(np.column_stack([x, y])).tolist()
    return cells
