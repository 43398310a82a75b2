"""Make a synthetic territory of units and ties alone: `python tests/instances/make.py`.

Points are thrown on a square, tied where their Voronoi cells meet (Delaunay), but for the
longest fifth of the ties; residents are lognormal. Nothing in it is real.
"""

from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
from scipy.spatial import Delaunay

HERE = Path(__file__).parent
COUNT = 30
SEED = 1
KEPT = 0.8


def make_tables(count, seed):
    """Return units (`id, name, population`) and ties (`from, to`), both connected and sorted."""
    draw = np.random.default_rng(seed)
    points = draw.random((count, 2))
    ids = [f"u{number:02d}" for number in range(1, count + 1)]
    people = np.exp(draw.normal(np.log(2500), 0.6, count)).round(-1).astype(int)
    units = pd.DataFrame(
        {"id": ids, "name": [f"Synthetic {unit}" for unit in ids], "population": people}
    )
    kept = _keep_short(_delaunay(points), points)
    ties = pd.DataFrame([(ids[a], ids[b]) for a, b in kept], columns=["from", "to"])
    return units, ties


def _delaunay(points):
    corners = [sorted(map(int, corner)) for corner in Delaunay(points).simplices]
    return sorted({pair for a, b, c in corners for pair in ((a, b), (a, c), (b, c))})


def _keep_short(pairs, points):
    """Drop the longest ties, but none that holds the territory together."""
    graph = nx.Graph(pairs)
    by_length = sorted(pairs, key=lambda pair: -np.hypot(*(points[pair[0]] - points[pair[1]])))
    for a, b in by_length[: round((1 - KEPT) * len(pairs))]:
        graph.remove_edge(a, b)
        if not nx.has_path(graph, a, b):
            graph.add_edge(a, b)
    return sorted(tuple(sorted(pair)) for pair in graph.edges)


def main():
    """Write the tables of the instance beside this script."""
    units, ties = make_tables(COUNT, SEED)
    units.to_csv(HERE / "units.csv", index=False, lineterminator="\n")
    ties.to_csv(HERE / "ties.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
