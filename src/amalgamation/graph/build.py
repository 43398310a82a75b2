"""Build the unit graph: ties, links and cuts, islands, and how distance is meant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from amalgamation.findings import name_some
from amalgamation.graph.barriers import cut_by_barriers
from amalgamation.graph.choose import choose_distance
from amalgamation.graph.declared import check_declared, check_far_links, to_pair
from amalgamation.graph.far_ties import check_lengths, find_far_ties, tell_far_ties
from amalgamation.graph.islands import ISLAND_REASON, check_islands, find_nearest
from amalgamation.graph.pairs import read_ties
from amalgamation.graph.ties import find_near_misses, find_ties
from amalgamation.graph.unit_graph import UnitGraph
from amalgamation.scenario.schema import Graph
from amalgamation.territory.ledger import Ledger
from amalgamation.territory.territory import SEAT_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from amalgamation.territory import Territory

__all__ = ["build_graph"]

_SHORTEST_KM = 0.001
"""Two seats in one place are a metre apart: every tie has a length above zero."""

_UNKNOWN_KM = 1.0
"""Length of a tie where neither a file nor places give one."""

_Ties = dict[tuple[str, str], dict[str, Any]]


def build_graph(
    territory: Territory,
    section: Graph | None = None,
    folder: Path | None = None,
    *,
    encoding: str | None = None,
) -> UnitGraph:
    """Build the graph of a territory's units.

    Ties come from ``section.ties.file`` where given, else from shared borders
    (`find_ties`); then those across ``section.barriers`` and declared cuts are taken away,
    declared links are added, ties that are no link and longer than ``section.ties.max_km``
    are taken away, and islands are treated by the named policy. A tie's ``km`` is the
    straight distance between the two seats, at least a metre, unless a file or a link
    gives another.

    Parameters
    ----------
    territory
        The units.
    section
        The scenario's graph section; None takes its defaults.
    folder
        Folder that the section's files are relative to; None is the working directory.
    encoding
        Of the section's files where they are not UTF-8 and do not say theirs: the
        scenario's ``territory.encoding``.

    Raises
    ------
    DataError
        If there is neither geometry nor a file of ties, if links, cuts, the file of ties
        or the matrix name what is not there, if roads cannot be used, if ties are limited
        in km though nothing gives their lengths, or if an island is refused; all problems of
        a step at once.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> build_graph(grid_territory(3, 4))
    <UnitGraph: 12 units, 17 ties, 1 component, 0 islands, distance along_ties (km)>
    """
    section = section or Graph()
    folder = folder or Path()
    ledger = Ledger()
    places = _places(territory)
    ties = _find(territory, section, folder, ledger, encoding)
    ledger.add(check_declared(section, territory.labels, ties))
    ledger.add(check_lengths(ties, section.ties.max_km, known=places is not None))
    ledger.refuse()
    linked = {to_pair(link.units) for link in section.links}
    free = set(ties) - linked
    for pair in cut_by_barriers(free, territory, section, folder, ledger, encoding):
        del ties[pair]
    _set_lengths(ties, territory, places)
    _declare(ties, section, territory, places, ledger)
    _drop_far(ties, section, territory, ledger)
    _join_islands(ties, section.islands, territory, places, ledger)
    graph = _to_networkx(territory, ties)
    _note_parts(graph, territory, ledger)
    distance = choose_distance(territory, section, folder, places, ties, ledger, encoding=encoding)
    return UnitGraph(
        graph,
        **distance,
        places=places,
        findings=tuple(ledger.findings),
        sources=tuple(ledger.sources),
    )


def _places(territory: Territory) -> np.ndarray | None:
    if not set(SEAT_COLUMNS) <= set(territory.units.columns):
        return None
    return territory.units[list(SEAT_COLUMNS)].to_numpy(np.float64)


def _find(
    territory: Territory, section: Graph, folder: Path, ledger: Ledger, encoding: str | None
) -> _Ties:
    if section.ties.file is not None:
        frame = read_ties(section.ties, folder, territory, ledger, encoding)
        lengths = frame["km"].to_numpy()
    elif territory.has_geometry:
        shapes, options = territory.geometry, section.ties
        frame = find_ties(shapes, options.min_border_m, options.tolerance_m)
        misses = find_near_misses(shapes, frame, options.min_border_m, options.tolerance_m)
        _tell_misses(misses, section, territory, ledger)
        lengths = np.full(len(frame), np.nan)
    else:
        ledger.error(
            "no-ties",
            territory.name,
            "a table of units without geometry, and no file of ties",
            "one of the two",
            "name a CSV with the columns from,to,km,border_km as graph.ties.file"
            + _between(territory),
        )
        ledger.refuse()
    return {
        (a, b): {"km": km, "border_km": float(border), "kind": "border", "reason": ""}
        for a, b, km, border in zip(
            frame["a"], frame["b"], lengths.tolist(), frame["border_km"], strict=True
        )
    }


def _between(territory: Territory) -> str:
    tier = territory.aggregated
    return f", between the codes of the tier {tier} (territory.aggregate)" if tier else ""


def _tell_misses(
    misses: pd.DataFrame, section: Graph, territory: Territory, ledger: Ledger
) -> None:
    declared = {to_pair(link.units) for link in section.links}
    declared |= {to_pair(cut.units) for cut in section.cuts}
    pairs = [pair for pair in zip(misses["a"], misses["b"], strict=True) if pair not in declared]
    if pairs:
        named = [f"{territory.labels[a]} - {territory.labels[b]}" for a, b in pairs]
        ledger.warn(
            "near-miss",
            "graph.ties",
            f"borders that run close but tie nobody ({len(pairs):,}): {name_some(named)}",
            "close the gaps, raise graph.ties.tolerance_m, or declare links",
            *sorted({unit for pair in pairs for unit in pair}),
        )


def _set_lengths(ties: _Ties, territory: Territory, places: np.ndarray | None) -> None:
    for pair, tie in ties.items():
        if np.isnan(tie["km"]):
            tie["km"] = _length(pair, territory, places)


def _length(pair: tuple[str, str], territory: Territory, places: np.ndarray | None) -> float:
    if places is None:
        return _UNKNOWN_KM
    a, b = map(territory.units.index.get_loc, pair)
    return max(_SHORTEST_KM, float(np.hypot(*(places[a] - places[b]))) / 1000)


def _declare(
    ties: _Ties,
    section: Graph,
    territory: Territory,
    places: np.ndarray | None,
    ledger: Ledger,
) -> None:
    for cut in section.cuts:
        ties.pop(to_pair(cut.units), None)  # a barrier may have cut it before
    for link in section.links:
        pair = to_pair(link.units)
        length = _length(pair, territory, places)
        tie = ties.setdefault(pair, {"km": length, "border_km": 0.0, "kind": "link"})
        tie["reason"] = link.reason
        tie["km"] = link.km or tie["km"]
    linked = {to_pair(link.units): ties[to_pair(link.units)]["km"] for link in section.links}
    ledger.add(check_far_links(linked, territory.labels))


def _drop_far(ties: _Ties, section: Graph, territory: Territory, ledger: Ledger) -> None:
    linked = {to_pair(link.units) for link in section.links}
    far = find_far_ties(ties, section.ties.max_km, linked)
    ledger.add(tell_far_ties(far, section.ties.max_km, len(ties), territory.labels))
    for pair in far:
        del ties[pair]


def _join_islands(
    ties: _Ties,
    policy: str,
    territory: Territory,
    places: np.ndarray | None,
    ledger: Ledger,
) -> None:
    tied = {unit for pair in ties for unit in pair}
    alone = [unit for unit in territory.ids if unit not in tied]
    if len(territory.ids) == 1 or not alone:
        return
    found = find_nearest(territory, alone)
    ledger.add(check_islands(found, policy, territory))
    ledger.refuse()
    if policy != "nearest":
        return
    for island in found:
        pair = to_pair([island.unit, str(island.nearest)])
        length = _length(pair, territory, places)
        ties[pair] = {"km": length, "border_km": 0.0, "kind": "link", "reason": ISLAND_REASON}


def _to_networkx(territory: Territory, ties: _Ties) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    for unit, name in territory.units["name"].items():
        graph.add_node(str(unit), name=name)
    graph.add_edges_from((a, b, tie) for (a, b), tie in sorted(ties.items()))
    return graph


def _note_parts(graph: nx.Graph[str], territory: Territory, ledger: Ledger) -> None:
    parts = [sorted(part) for part in nx.connected_components(graph) if len(part) > 1]
    if len(parts) > 1:
        named = [f"{len(part):,} around {territory.labels[part[0]]}" for part in sorted(parts)]
        ledger.note(
            "components", "graph", f"{len(parts)} parts that no tie joins: {name_some(named)}"
        )
