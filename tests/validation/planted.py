"""Planted optima: a solved piece, many times over; what one costs, all cost in sum.

Three dresses of the same question. ``apart``: the copies have no tie between them. ``walled``:
ties between copies, and a wall across each. ``bridged``: ties between copies that are longer
than the reach, so that all is one block for the engines and still none may cross.
"""

from __future__ import annotations

import math

import networkx as nx
import pandas as pd

from amalgamation.graph import UnitGraph
from amalgamation.territory import Territory
from oracle import every_plan
from strategies import build_scenario

DRESSES = ("apart", "walled", "bridged")
REACH = 6.0
BRIDGE = 2 * REACH


def copies(ground, count, dress):
    """Return so many copies of a territory and its graph, dressed as one territory."""
    territory, graph = ground
    frames, whole = [], nx.Graph()
    for n in range(count):
        new = {unit: f"{n:02d}{unit}" for unit in territory.ids}
        frame = territory.units.rename(index=new)
        frame["copy"] = f"{n:02d}"
        frames.append(frame)
        whole.update(nx.relabel_nodes(graph.graph, new))
    if dress != "apart":
        for n in range(count - 1):
            for unit in (territory.ids[0], territory.ids[-1]):
                tie = {"km": BRIDGE, "border_km": 0.0, "kind": "border", "reason": ""}
                whole.add_edge(f"{n:02d}{unit}", f"{n + 1:02d}{unit}", **tie)
    units = pd.concat(frames).sort_index().rename_axis("unit_id")
    tiers = (*territory.tiers, "copy")
    whole.add_nodes_from((unit, {"name": unit}) for unit in units.index)
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(whole.nodes(data=True)))
    ordered.add_edges_from(sorted(whole.edges(data=True), key=lambda tie: sorted(tie[:2])))
    return Territory("planted", units, tiers, territory.attributes), UnitGraph(ordered)


def dressed(rules, dress):
    """Return the rules of a piece as the copies in a dress must keep them."""
    return {**rules, "walls": ["copy"]} if dress == "walled" else rules


def costs_by_number(rules, aims, ground, references):
    """Return what a piece costs at least, by its number of municipalities: by brute force."""
    least = {}
    for cost, plan in every_plan(build_scenario(rules, aims), *ground, references, {}):
        number = len(set(plan.values()))
        least[number] = min(cost, least.get(number, math.inf))
    return least


def cost_of_all(by_number, count, low, high):
    """Return the least sum over so many copies whose numbers sum to between low and high."""
    sums = {0: 0.0}
    for _ in range(count):
        more = {}
        for number, cost in sums.items():
            for own, price in by_number.items():
                total = number + own
                more[total] = min(cost + price, more.get(total, math.inf))
        sums = more
    return min((cost for n, cost in sums.items() if low <= n <= high), default=math.inf)
