"""Seeded counties of some dozens of units, made up, and questions of every kind to ask of them."""

from __future__ import annotations

import networkx as nx
import numpy as np

from strategies import RAYONS, TYPES, ZONES, build_territory, build_unit_graph, unit_id


def county(seed, rows, cols):
    """Return a made-up territory and its graph: a board with diagonals, some ties missing.

    Populations are lognormal, in hundreds; ties are 0.5 to 4 km long.
    """
    chance = np.random.default_rng(seed)
    count = rows * cols
    board = nx.grid_2d_graph(rows, cols)
    board.add_edges_from(
        ((r, c), (r + 1, c + 1))
        for r in range(rows - 1)
        for c in range(cols - 1)
        if chance.random() < 0.3
    )
    order = {place: n for n, place in enumerate(sorted(board), start=1)}
    graph = nx.relabel_nodes(board, order)
    for a, b in sorted(graph.edges):
        graph[a][b]["chance"] = chance.random()
    kept = set(map(_sorted, nx.minimum_spanning_tree(graph, weight="chance").edges))
    kept |= {_sorted((a, b)) for a, b, one in graph.edges(data="chance") if one > 0.15}
    ties = [
        (a, b, int(chance.integers(1, 9)) / 2, float(chance.integers(1, 7)))
        for a, b in sorted(kept)
    ]
    pick = lambda words: [str(chance.choice(words)) for _ in range(count)]  # noqa: E731
    territory = build_territory(
        np.ceil(chance.lognormal(0.0, 0.8, count) * 10) * 100,
        area_km2=list(map(int, chance.integers(1, 10, count))),
        pupils=list(map(int, chance.integers(0, 10, count))),
        rayon=pick(RAYONS),
        types=pick(TYPES),
        zone=pick(ZONES),
    )
    return territory, build_unit_graph(count, ties)


def _sorted(pair):
    return tuple(sorted(pair))


def questions(territory, seed):
    """Return name -> (rules, aims): questions that suit a county's own figures."""
    chance = np.random.default_rng(seed)
    total, count = territory.total("population"), len(territory.ids)
    few, some = max(2, count // 8), max(3, count // 5)
    units = [unit_id(int(n) + 1, count) for n in chance.permutation(count)]
    least = round(0.6 * total / some, -2)
    minimum = {"population": {"min": least}}
    ranged = {"population": {"min": least, "max": 2.2 * total / some, "oversize": "alone"}}
    apart = [{"units": units[:2]}, {"units": units[2:4]}]
    wish = [
        {"unit": units[2 * n], word: units[2 * n + 1], "weight": 1.0 + n}
        for n, word in enumerate(["with", "against", "with", "against"])
    ]
    access = {"access": 1.0}
    return {
        "minimum": (minimum, access),
        "range and number": (ranged | {"municipalities": {"exactly": some}}, access),
        "reach and exception": (
            {
                "reach_km": {"max": 4.0},
                "population": {"min": least, "unless": {"area_km2": {"min": 12.0}}},
            },
            access | {"balance": {"population": {"weight": 0.5, "target": total / some}}},
        ),
        "ties by length": (minimum | {"municipalities": {"max": some}}, access | {"ties_cut": 0.5}),
        "ties by number": (
            ranged | {"municipalities": {"exactly": few}},
            {"ties_cut": {"weight": 1.0, "by": "count"}},
        ),
        "seats and crossings": (
            minimum | {"seats": {"types": ["town"], "or_population_min": least / 2}},
            access | {"crossings": {"rayon": 0.5}, "heterogeneity": {"zone": 0.25}},
        ),
        "wishes, together, apart": (
            minimum | {"keep_apart": apart, "keep_together": [{"units": units[4:6]}]},
            access | {"wishes": {"weight": 0.5, "wishes": wish}},
        ),
        "classes and ratio": (
            {
                "population": {
                    "min": least / 2,
                    "by": "type",
                    "classes": {"town": {"min": least}},
                },
                "ratios": {"pupils": {"of": "pupils", "to": "area_km2", "min": 0.4}},
            },
            access,
        ),
        "left out": (
            minimum | {"leave_out": {"may": "any"}, "max_units": 7},
            access | {"left_out": 0.5, "ties_cut": 0.25},
        ),
        "many": ({"population": {"min": least / 2}}, {"number": {"weight": 1.0, "prefer": "many"}}),
    }
