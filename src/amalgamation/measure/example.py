"""A subject made of plain figures, so that examples and tests show all that they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pandas as pd

from amalgamation.graph import UnitGraph
from amalgamation.measure.subject import Subject
from amalgamation.plan import Plan
from amalgamation.territory import Territory

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["example_subject"]


def example_subject(seats: str, **figures: Sequence[float]) -> Subject:
    """Build units ``a, b, c, ...`` without geometry and ties, and a plan of them.

    Parameters
    ----------
    seats
        The seat of each unit, one letter each: ``"aac"`` joins the first two.
    **figures
        Attribute -> one figure per unit.

    Examples
    --------
    >>> example_subject("aac", population=[300, 200, 400]).total_of("population").to_dict()
    {'a': 500.0, 'c': 400.0}
    """
    units = [chr(ord("a") + at) for at in range(len(seats))]
    table = pd.DataFrame(figures, pd.Index(units, name="unit_id", dtype="str"), dtype="float64")
    table.insert(0, "name", units)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(units)
    territory = Territory("example", table, (), dict.fromkeys(figures, ""))
    return Subject(
        Plan.from_seats(dict(zip(units, seats, strict=True))), territory, UnitGraph(graph)
    )
