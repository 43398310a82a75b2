"""Check the graph's files and codes alone, where the territory itself could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from amalgamation.errors import DataError
from amalgamation.findings import errors_in
from amalgamation.graph.barriers import read_barriers
from amalgamation.graph.declared import check_declared
from amalgamation.graph.pairs import read_matrix, read_ties
from amalgamation.graph.roads import read_roads
from amalgamation.scenario.schema import MatrixDistance, RoadDistance
from amalgamation.territory.ledger import Ledger
from amalgamation.territory.territory import Territory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from amalgamation.findings import Finding
    from amalgamation.scenario.schema import Graph

__all__ = ["check_graph_files"]


def check_graph_files(
    section: Graph, folder: Path, ids: Sequence[str], encoding: str | None = None
) -> list[Finding]:
    """Check ties, distances, roads, barriers, links and cuts against the codes of the units.

    What needs polygons or a sound territory is left out.

    Parameters
    ----------
    section
        The scenario's graph section.
    folder
        Folder that its files are relative to.
    ids
        Codes of the units, as far as they are known.
    encoding
        Of text that is not UTF-8 and does not say its own.

    Examples
    --------
    >>> from pathlib import Path
    >>> from amalgamation.scenario.schema import Graph
    >>> ferry = Graph.model_validate({"links": [{"units": ["a", "x"], "reason": "ferry"}]})
    >>> [finding.found for finding in check_graph_files(ferry, Path(), ["a", "b"])]
    ['unknown unit x']
    """
    known = list(ids)
    units = pd.DataFrame({"name": known}, index=pd.Index(known, name="unit_id", dtype="str"))
    bare = Territory("units", units, (), {})
    declared = check_declared(section, bare.labels, {})
    findings = [one for one in errors_in(declared) if one.check != "cut-of-no-tie"]
    if section.ties.file is not None:
        findings += _try(lambda: read_ties(section.ties, folder, bare, Ledger(), encoding))
    distance = section.distance
    if isinstance(distance, MatrixDistance):
        findings += _try(lambda: read_matrix(distance, folder, bare, Ledger(), encoding))
    if isinstance(distance, RoadDistance):
        findings += _try(lambda: read_roads(distance, folder, Ledger(), encoding))
    barriers = section.barriers
    if barriers is not None:
        findings += _try(lambda: read_barriers(barriers, folder, Ledger(), encoding))
    return findings


def _try(read: Callable[[], object]) -> list[Finding]:
    try:
        read()
    except DataError as error:
        return list(error.findings)
    return []
