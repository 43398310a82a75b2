"""The unit graph: units as nodes, ties as edges, and the distances along them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.findings import Finding
    from amalgamation.provenance import Source

__all__ = ["UnitGraph"]


@dataclass(frozen=True)
class UnitGraph:
    """Hold the ties between units and the distances between them.

    Parameters
    ----------
    graph
        Undirected ``networkx.Graph``. Nodes: unit ids, with ``name``. Edges: ``km``
        (distance between the two seats, > 0), ``border_km`` (shared border, >= 0; 0 for
        declared links), ``kind`` (``"border"`` or ``"link"``), ``reason`` (text, may be
        empty).
    distance
        ``"along_ties"``, ``"straight"``, ``"matrix"`` or ``"roads"``.
    distance_unit
        ``"km"`` or ``"minutes"``.
    matrix
        Given distances, (n x n) sparse in the order of ``ids``, entry (i, j) from unit i
        to seat j; an absent entry is out of reach; None unless ``distance`` is
        ``"matrix"`` or ``"roads"``.
    places
        Seats' places in metres, (n x 2) in the order of ``ids``; None without places.
    findings
        Warnings and notes of the building: islands, near misses, far links.
    sources
        Files read (ties, barriers, matrix, roads), with hashes.

    Raises
    ------
    ValueError
        If nodes are not sorted strings, or a tie lacks ``km`` > 0 or ``border_km`` >= 0.
    """

    graph: nx.Graph[str]
    distance: str = "along_ties"
    distance_unit: str = "km"
    matrix: sparse.csr_array | None = None
    places: np.ndarray | None = None
    findings: tuple[Finding, ...] = ()
    sources: tuple[Source, ...] = ()
    _cache: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        nodes = list(self.graph.nodes)
        if nodes != sorted(nodes):
            msg = "nodes of the unit graph must be in sorted order"
            raise ValueError(msg)
        for a, b, tie in self.graph.edges(data=True):
            if not tie.get("km", 0) > 0 or tie.get("border_km", -1) < 0 or a == b:
                msg = f"tie {a} - {b}: needs km > 0 and border_km >= 0, found {tie}"
                raise ValueError(msg)

    @property
    def ids(self) -> tuple[str, ...]:
        """Unit ids, sorted; the order of every array here."""
        return tuple(self.graph.nodes)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Unit id -> position in ``ids``."""
        return {unit: position for position, unit in enumerate(self.ids)}

    @property
    def components(self) -> list[tuple[str, ...]]:
        """Connected components, each sorted, ordered by first unit."""
        return sorted(tuple(sorted(part)) for part in nx.connected_components(self.graph))

    @property
    def islands(self) -> tuple[str, ...]:
        """Units without any tie."""
        return tuple(sorted(nx.isolates(self.graph)))

    @cached_property
    def ties(self) -> pd.DataFrame:
        """Ties as a table: ``a``, ``b`` (a < b), ``km``, ``border_km``, ``kind``, ``reason``."""
        columns = ["a", "b", "km", "border_km", "kind", "reason"]
        rows = sorted(
            (
                min(a, b),
                max(a, b),
                t["km"],
                t["border_km"],
                t.get("kind", "border"),
                t.get("reason", ""),
            )
            for a, b, t in self.graph.edges(data=True)
        )
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def lengths(self) -> sparse.csr_array:
        """Lengths of the ties, ``km``: symmetric (n x n), in the order of ``ids``."""
        a = self.ties["a"].map(self.index).to_numpy(np.intp)
        b = self.ties["b"].map(self.index).to_numpy(np.intp)
        km = self.ties["km"].to_numpy(np.float64)
        both = (np.concatenate([a, b]), np.concatenate([b, a]))
        return sparse.csr_array((np.concatenate([km, km]), both), shape=(len(self.index),) * 2)

    def to_networkx(self) -> nx.Graph[str]:
        """Return a copy of the graph that may be changed freely."""
        return self.graph.copy()

    def _facts(self) -> dict[str, Any]:
        return {
            "units": self.graph.number_of_nodes(),
            "ties": self.graph.number_of_edges(),
            "components": nx.number_connected_components(self.graph),
            "islands": len(self.islands),
            "distance": f"{self.distance} ({self.distance_unit})",
        }

    def __repr__(self) -> str:
        facts = self._facts()
        counts = [
            count_of(facts[f"{noun}s"], noun) for noun in ("unit", "tie", "component", "island")
        ]
        return f"<UnitGraph: {', '.join(counts)}, distance {facts['distance']}>"

    def _repr_html_(self) -> str:
        return pd.Series(self._facts(), name="UnitGraph").to_frame().to_html()
