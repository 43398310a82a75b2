"""A family of counties that has no plan only because districts must hang together.

Rows and columns of counties, residents drawn at random, districts of nearly equal size: the
counties could be grouped so, but not in connected groups. Both facts are found here by
listing, which shares no line with the package; then each case is proven and explained.
"""

import itertools
import random

import networkx as nx
import pytest

from amalgamation.explain import explain_no_plan
from amalgamation.status import Status
from strategies import build_scenario, build_territory, build_unit_graph

ROWS, COLUMNS, DISTRICTS = 3, 4, 3
TOLERANCE = 0.01
UNITS = ROWS * COLUMNS


def grid():
    ties = [
        (r * COLUMNS + c + 1, r * COLUMNS + c + 2) for r in range(ROWS) for c in range(COLUMNS - 1)
    ]
    return ties + [(u, u + COLUMNS) for u in range(1, UNITS - COLUMNS + 1)]


def county_case(seed):
    """Return the residents of twelve counties."""
    draw = random.Random(seed)  # noqa: S311 - seeded, no secret
    return [draw.randrange(100, 1000) for _ in range(UNITS)]


def limits(people):
    mean = sum(people) / DISTRICTS
    return (1 - TOLERANCE) * mean, (1 + TOLERANCE) * mean


def groups_of_size(people):
    """List every set of counties of the right size."""
    low, high = limits(people)
    every = itertools.chain.from_iterable(
        itertools.combinations(range(1, UNITS + 1), n) for n in range(1, UNITS)
    )
    return [frozenset(s) for s in every if low <= sum(people[u - 1] for u in s) <= high]


def divides(groups):
    """Say whether three of the groups hold each county once."""
    known = set(groups)
    everyone = frozenset(range(1, UNITS + 1))
    first = [group for group in groups if 1 in group]
    return any(everyone - a - b in known for a in first for b in groups if not a & b)


def connected(groups):
    graph = nx.Graph(grid())
    return [group for group in groups if nx.is_connected(graph.subgraph(group))]


SEEDS = [3, 4, 5, 6]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_only_contiguity_forbids_is_proven_and_explained(seed):
    people = county_case(seed)
    groups = groups_of_size(people)
    assert divides(groups)
    assert not divides(connected(groups))

    low, high = limits(people)
    rules = {"municipalities": {"exactly": DISTRICTS}, "population": {"min": low, "max": high}}
    territory = build_territory(people)
    why = explain_no_plan(build_scenario(rules), territory, build_unit_graph(UNITS, grid()))
    assert why.status is Status.INFEASIBLE
    (reason,) = why.reasons
    assert reason.by_contiguity
    assert reason.confirmed
    assert reason.conflict.minimal
    assert any(line.startswith("Only contiguity stands in the way") for line in why.lines())
    # the figures that would do are those of real divisions into connected districts
    for one in reason.relaxations:
        if one.key in ("rules.population.min", "rules.population.max"):
            assert one.proven
            assert one.value == best_end(people, one.key, low, high)


def best_end(people, key, low, high):
    """Return the nearest end of the range at which three connected groups divide the counties."""
    graph = nx.Graph(grid())
    size = {}
    for n in range(1, UNITS):
        for s in itertools.combinations(range(1, UNITS + 1), n):
            total = sum(people[u - 1] for u in s)
            inside = total <= high if key.endswith("min") else total >= low
            if inside and nx.is_connected(graph.subgraph(s)):
                size[frozenset(s)] = total
    everyone = frozenset(range(1, UNITS + 1))
    found = [
        (size[a], size[b], size[everyone - a - b])
        for a in size
        if 1 in a
        for b in size
        if not a & b and everyone - a - b in size
    ]
    return max(map(min, found)) if key.endswith("min") else min(map(max, found))
