"""Units in a row, 10 km from one to the next: every figure can be worked out by hand."""

from __future__ import annotations

import string
from itertools import pairwise

import networkx as nx
import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st

from amalgamation.graph import UnitGraph
from amalgamation.measure import Subject
from amalgamation.plan import Plan
from amalgamation.territory import Territory

MANY = settings(deadline=None, max_examples=60)
"""For the laws below: a country is slower than a number."""


def subject_of(seats, *, tiers=("rayon", "oblast"), borders=None, **columns):
    """Build a subject of units a, b, c ... in a row.

    ``seats`` has a letter per unit, the unit's seat, and ``-`` for a unit outside; columns
    have a letter or a number per unit: numbers are attributes, letters parents or categories.
    """
    ids = list(string.ascii_lowercase[: len(seats)])
    table = pd.DataFrame({name: list(values) for name, values in columns.items()}, index=ids)
    units = table.rename_axis("unit_id").assign(name=ids)
    numbers = {name: "" for name in columns if pd.api.types.is_numeric_dtype(units[name])}
    graph = nx.Graph()
    graph.add_nodes_from(ids)
    for at, (a, b) in enumerate(pairwise(ids)):
        graph.add_edge(a, b, km=10.0, border_km=borders[at] if borders else 1.0)
    territory = Territory("row", units, tuple(t for t in tiers if t in columns), numbers)
    plan = Plan.from_seats({a: b for a, b in zip(ids, seats, strict=True) if b != "-"})
    return Subject(plan, territory, UnitGraph(graph))


@st.composite
def rows(draw, *, outside=True):
    """Draw a row of units with residents and rayons, in any grouping, some of them outside."""
    size = draw(st.integers(1, 8))
    ids = string.ascii_lowercase[:size]
    groups = draw(st.lists(st.integers(-1 if outside else 0, 3), min_size=size, max_size=size))
    first = {group: ids[at] for at, group in reversed(list(enumerate(groups)))}
    return subject_of(
        ["-" if group < 0 else first[group] for group in groups],
        population=draw(st.lists(st.integers(0, 9999), min_size=size, max_size=size)),
        rayon=draw(st.lists(st.sampled_from("RST"), min_size=size, max_size=size)),
        zone=draw(st.lists(st.sampled_from("xyz"), min_size=size, max_size=size)),
    )
