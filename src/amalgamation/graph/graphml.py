"""Road networks in GraphML, as OSMnx writes them (`save_graphml`).

Nodes have ``x`` and ``y``, the graph has a ``crs``; an edge may have its ``length`` in
metres and, where it bends, its ``geometry`` as well-known text. A directed network has an
edge for each direction. networkx reads the file; nothing is downloaded.
"""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import shapely
from pyproj.exceptions import CRSError

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.territory.crs import with_crs
from amalgamation.territory.tables import MOST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from amalgamation.scenario.schema import RoadDistance
    from amalgamation.territory.ledger import Ledger

__all__ = ["LENGTH", "ONEWAY", "read_graphml"]

LENGTH = "length"
"""Column with the length of an edge in metres."""
ONEWAY = "oneway"
"""Column that says whether a road leads one way only."""

_CHUNK = 65536
_REMEDY = "write it again by osmnx.save_graphml, or export the roads as GeoPackage"


class _FoundError(Exception):
    """Stop the parser at the first thing that says what the file is."""


def read_graphml(path: Path, distance: RoadDistance, ledger: Ledger) -> gpd.GeoDataFrame:
    """Read the edges of a road network as lines.

    Parameters
    ----------
    path
        The file.
    distance
        Names the CRS where the network names none, and the one-way column, which says yes
        for each edge of a directed network.
    ledger
        Takes nodes without a place, and a CRS that is not there.

    Returns
    -------
    geopandas.GeoDataFrame
        A line for each edge, with its attributes, in the CRS of the network.

    Raises
    ------
    DataError
        If the file is too large, no GraphML, or has no edges.
    """
    _check_file(path)
    graph = _parse(path)
    edges = [(str(a), str(b), data) for a, b, data in graph.edges(data=True)]
    if not edges:
        raise DataError([_unreadable(path, "no edges")])
    places = _read_places(graph, path.name, ledger)
    ledger.refuse()
    table = pd.DataFrame([{str(key): value for key, value in data.items()} for _, _, data in edges])
    table[distance.oneway_column or ONEWAY] = "yes" if graph.is_directed() else "no"
    lines = _read_lines(edges, places, path)
    frame = gpd.GeoDataFrame(table.drop(columns="geometry", errors="ignore"), geometry=lines)
    return _placed(frame, graph.graph.get("crs"), path.name, distance.crs, ledger)


def _parse(path: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of types that it takes for text: so do we
            return nx.read_graphml(path, force_multigraph=True)
    except (nx.NetworkXException, SyntaxError, ValueError, LookupError, TypeError,
            AttributeError) as error:  # fmt: skip
        raise DataError([_unreadable(path, str(error))]) from error


def _check_file(path: Path) -> None:
    size = path.stat().st_size
    if size > MOST_BYTES:
        finding = Finding(
            "roads-size",
            path.name,
            f"a file of {size:,} bytes",
            f"at most {MOST_BYTES:,} bytes",
            "cut the network to the territory, or leave out small roads",
        )
        raise DataError([finding])
    root = _find_root(path)
    if root != "graphml":
        raise DataError([_unreadable(path, root)])


def _find_root(path: Path) -> str:
    """Return the name of the root; a document type, where entities unfold, comes before it."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def find(name: str, *_: object) -> None:
        raise _FoundError(name.rpartition(" ")[2])

    def refuse(*_: object) -> None:
        raise _FoundError("a document type declaration")

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = find, refuse
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003 - its own way of saying that this is all
    except _FoundError as found:
        return str(found)
    except (expat.ExpatError, LookupError, ValueError) as error:  # or an unknown encoding
        return str(error)
    return "nothing"


def _unreadable(path: Path, error: str) -> Finding:
    found = f"what is no road network ({error or 'nothing'})"
    return Finding("unreadable-roads", path.name, found, "GraphML with nodes and edges", _REMEDY)


def _read_places(graph: Any, name: str, ledger: Ledger) -> dict[str, tuple[float, float]]:
    places: dict[str, tuple[float, float]] = {}
    lost = []
    for node, data in graph.nodes(data=True):
        places[str(node)] = (_number(data.get("x")), _number(data.get("y")))
        if not all(map(math.isfinite, places[str(node)])):
            lost.append(str(node))
    if lost:
        ledger.error(
            "road-places",
            name,
            f"nodes without a place ({len(lost):,}): {name_some(sorted(lost))}",
            "x and y of each node",
            _REMEDY,
        )
    return places


def _number(text: object) -> float:
    try:
        return float(str(text))
    except ValueError:
        return math.nan


def _read_lines(
    edges: list[tuple[str, str, dict[str, Any]]], places: dict[str, tuple[float, float]], path: Path
) -> NDArray[np.object_]:
    """Return the geometry of each edge where it has one, else the straight line."""
    ends = np.array([[places[a], places[b]] for a, b, _ in edges], dtype=np.float64)
    lines: NDArray[np.object_] = shapely.linestrings(ends)
    bent = [at for at, (_, _, data) in enumerate(edges) if data.get("geometry")]
    try:
        with np.errstate(invalid="ignore"):  # coordinates that are no numbers: looked for below
            lines[bent] = shapely.from_wkt([str(edges[at][2]["geometry"]) for at in bent])
    except shapely.errors.ShapelyError as error:
        raise DataError([_unreadable(path, str(error))]) from error
    drawn = shapely.get_type_id(lines) == shapely.GeometryType.LINESTRING
    if not (drawn.all() and np.isfinite(shapely.bounds(lines)).all()):
        raise DataError([_unreadable(path, "edges whose geometry is no line")])
    return lines


def _placed(
    frame: gpd.GeoDataFrame, said: object, name: str, crs: str | None, ledger: Ledger
) -> gpd.GeoDataFrame:
    """Give lines the CRS of the network, else that of the scenario."""
    try:
        frame = frame if said is None else frame.set_crs(str(said))
    except CRSError:
        ledger.error("crs-unknown", name, str(said), "a CRS known to PROJ", _REMEDY)
        ledger.refuse()
    placed = with_crs(frame, name, crs, ledger, "graph.distance")
    ledger.refuse()
    return placed
