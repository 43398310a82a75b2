"""Check that each municipality is one piece of the unit graph.

In: a view. Out: one finding for each municipality in pieces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from amalgamation.findings import name_some
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.verify.view import View

__all__ = ["check_contiguity"]


def check_contiguity(view: View) -> list[Finding]:
    """Check that each municipality's units hang together by ties among themselves."""
    findings = []
    for municipality in view.members:
        severed = _severed(view, municipality)
        if severed:
            units, names = count_of(len(severed), "unit"), name_some(view.labels(severed))
            found = f"{units} cut off from the seat: {names}"
            expected = "units that are connected by ties within the municipality"
            findings.append(view.breach("contiguity", found, expected, municipality, severed))
    return findings


def _severed(view: View, municipality: str) -> list[str]:
    units = view.members[municipality]
    inner = view.graph.graph.subgraph(units)
    pieces = sorted(nx.connected_components(inner), key=lambda piece: (-len(piece), min(piece)))
    seat = view.plan.seat_of[municipality]
    home = next((piece for piece in pieces if seat in piece), pieces[0])
    return sorted(set(units) - home)
