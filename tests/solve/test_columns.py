"""The parts of the column engine, each held against what can be counted by hand."""

import itertools
import math
import random

import networkx as nx
import numpy as np
import pytest

from amalgamation.model import Municipality, Valuer, build_problem
from amalgamation.model.shares import Deviation
from amalgamation.solve import compact
from amalgamation.solve.columns.bound import Ledger
from amalgamation.solve.columns.branch import LEAF, Ask, Nodes, explore
from amalgamation.solve.columns.carried import Carried, grain_values
from amalgamation.solve.columns.engine import solve_block
from amalgamation.solve.columns.kernel import find_gates, fix_units, order_tree, solve_tree
from amalgamation.solve.columns.master import Relaxed
from amalgamation.solve.columns.pricing import Column, Duals, Effort, Pricer
from amalgamation.solve.columns.subset_rows import find_subset_rows
from amalgamation.solve.task import BlockTask
from amalgamation.status import Status
from strategies import build_scenario, build_territory, build_unit_graph

NO_ROWS = np.zeros((0, 3), dtype=np.int64), np.zeros(0)


def rows_of(graph):
    """Return the ties of a graph over 0 to n - 1 as compressed rows."""
    lists = [sorted(graph[unit]) for unit in sorted(graph)]
    ptr = np.cumsum([0, *map(len, lists)]).astype(np.int64)
    return ptr, np.array([o for row in lists for o in row], dtype=np.int64)


def random_land(seed, size):
    """Draw a connected graph with ties, costs, weights and triples."""
    rng = random.Random(seed)  # noqa: S311 - a drawn land keeps no secret
    graph = nx.gnm_random_graph(size, int(1.5 * size), seed=seed)
    graph.add_edges_from(zip(range(size - 1), range(1, size), strict=True))
    for ends in graph.edges:
        graph.edges[ends]["km"] = rng.choice([0.0, 0.5, 1.0])
    weight = np.array([rng.randint(1, 5) for _ in range(size)], dtype=np.int64)
    base = np.array([rng.uniform(-2, 2) for _ in range(size)])
    triples = np.array([sorted(rng.sample(range(size), 3)) for _ in range(4)], dtype=np.int64)
    return graph, weight, base, triples, np.array([rng.uniform(0.2, 1.0) for _ in range(4)])


@pytest.mark.parametrize("seed", range(30))
def test_the_search_of_a_seat_finds_the_cheapest_connected_set(seed):
    """Ties, subset rows, a minimum and a deviation together, against all subsets."""
    size, least, target, rate, constant = 9, 8.0, 12.0, 0.1, 0.7
    graph, weight, base, triples, penalty = random_land(seed, size)
    ptr, adj = rows_of(graph)
    tie = np.array([graph.edges[u, o]["km"] for u in sorted(graph) for o in sorted(graph[u])])
    states = np.arange(31)
    terminal = np.where(states >= least, rate * abs(states - target) + constant, np.inf)
    people = weight.astype(float)
    ask = Ask(
        ptr, adj, tie, weight, base, triples, penalty,
        people[None, :], np.array([target]), np.array([rate]),
        constant, terminal, rate, people, least, math.inf,
    )  # fmt: skip
    nodes = Nodes(
        np.zeros((400, size), np.int8),
        np.zeros((400, size), np.bool_),
        np.zeros(400),
        np.zeros(1),
        np.empty((size + 1, 31)),
    )
    nodes.states[0, 0] = 1

    def cost(members):
        inner = graph.subgraph(members)
        return (
            constant
            + base[list(members)].sum()
            - sum(km for _, _, km in inner.edges(data="km"))
            + sum(p for t, p in zip(triples, penalty, strict=True) if len({*t} & {*members}) > 1)
            + rate * abs(weight[list(members)].sum() - target)
        )

    sets = [
        (0, *others)
        for count in range(size)
        for others in itertools.combinations(range(1, size), count)
    ]
    costs = [
        cost(members)
        for members in sets
        if weight[list(members)].sum() >= least and nx.is_connected(graph.subgraph(members))
    ]
    code, node, _, bound, _ = explore(ask, nodes, (0, -1, -1), 1e9, (400, False))
    assert code == LEAF
    assert bound == pytest.approx(min(costs))
    assert cost(np.flatnonzero(nodes.chosen[node])) == pytest.approx(min(costs))


@pytest.mark.parametrize("seed", range(20))
def test_gates_are_the_dominators_of_networkx(seed):
    graph = random_land(seed, 12)[0]
    ptr, adj = rows_of(graph)
    state = np.zeros(12, np.int8)
    state[[3, 7]] = -1
    inside = graph.subgraph(set(graph) - {3, 7}).to_directed()
    wanted = nx.immediate_dominators(inside, 0)
    gate = find_gates(ptr, adj, state)
    for unit in range(1, 12):
        assert gate[unit] == wanted.get(unit, -1)


def test_the_tree_of_gates_puts_each_unit_after_its_gate_and_inside_its_subtree():
    gate = np.array([0, 0, 1, 1, 0, 4, -1])
    state = np.array([1, 0, 0, 1, 0, 0, 0], dtype=np.int8)
    units, ends, must = order_tree(gate, state)
    assert units.tolist() == [0, 1, 2, 3, 4, 5]
    assert ends.tolist() == [6, 4, 3, 4, 6, 6]
    assert must.tolist() == [True, True, False, True, False, False]


@pytest.mark.parametrize("seed", range(40))
def test_only_what_every_cheap_set_takes_or_leaves_is_fixed(seed):
    """Against all sets in which each unit has its gate: also where a whole branch is left."""
    rng = random.Random(seed)  # noqa: S311 - a drawn tree keeps no secret
    size, cap = 8, 20
    gate = np.array([0, *(rng.randrange(unit) for unit in range(1, size))])
    cost = np.array([rng.choice([-25.0, -3.0, 1.0, 4.0, 25.0]) for _ in range(size)])
    weight = np.array([rng.randint(1, 4) for _ in range(size)], dtype=np.int64)
    terminal = np.where(np.arange(cap + 1) >= 5, 0.0, np.inf)
    state = np.array([1] + [0] * (size - 1), dtype=np.int8)
    units, ends, must = order_tree(gate, state)
    table, chosen = np.empty((size + 1, cap + 1)), np.zeros(size, np.bool_)
    least = solve_tree(units, ends, must, weight, cost, terminal, 0.0, table, chosen)
    sets = [
        {0, *others}
        for count in range(size)
        for others in itertools.combinations(range(1, size), count)
    ]
    value = {
        tuple(sorted(taken)): cost[list(taken)].sum()
        for taken in sets
        if all(gate[unit] in taken for unit in taken) and weight[list(taken)].sum() >= 5
    }
    assert least == pytest.approx(min(value.values(), default=math.inf))
    cutoff = min(value.values(), default=0.0) + rng.choice([2.0, 6.0, 12.0])
    fix_units(units, ends, must, weight, cost, 0.0, table, cutoff, state)
    cheap = [taken for taken, cost_of in value.items() if cost_of < cutoff]
    for unit in range(1, size):
        with_it = [unit in taken for taken in cheap]
        assert (state[unit] == -1) == (not any(with_it))
        if any(with_it):
            assert (state[unit] == 1) == all(with_it)


def test_grains_bound_every_cost_from_below():
    values = np.array([1234.5, 310.0, 2750.25, 999.0])
    way = Carried("population", least=2000.0, most=math.inf)
    deviations = [Deviation("population", 3000.0, 0.01)]
    for states in (16, 64, 4096):
        grains = grain_values(values, way, deviations, states, free=False)
        cap = len(grains.terminal) - 1
        for count in range(1, 5):
            for members in itertools.combinations(range(4), count):
                total = values[list(members)].sum()
                if total < 2000:
                    continue
                state = int(grains.weight[list(members)].sum())
                beyond = max(0, state - cap)
                least = grains.terminal[min(state, cap)] + (beyond and grains.over * beyond)
                assert least <= deviations[0].value(total) + 1e-9


def test_a_ledger_bounds_each_number_by_the_least_reduced_costs_of_so_many_seats():
    ledger = Ledger(1, 3, np.full(3, np.inf))
    duals = Duals(np.array([5.0, 6.0, 7.0]), 0.0, *NO_ROWS)
    ledger.learn(duals, 0.0, np.array([1.0, -2.0, 4.0]))
    assert ledger.floors(0.0, 1.0) == {1: 16.0, 2: 17.0, 3: 21.0}
    assert ledger.best == 16.0
    ledger.learn(Duals(np.array([5.0, 5.0, 5.0]), 0.0, *NO_ROWS), 0.0, np.array([4.0, 4.0, 4.0]))
    assert ledger.floors(0.0, 1.0) == {1: 19.0, 2: 23.0, 3: 27.0}


def test_three_halves_of_a_triangle_break_its_subset_row():
    columns = (Column((0, 1), 0, 1.0), Column((1, 2), 1, 1.0), Column((0, 2), 2, 1.0))
    duals = Duals(np.zeros(4), 0.0, *NO_ROWS)
    relaxed = Relaxed(1.5, duals, columns, np.full(3, 0.5), covered=True)
    assert find_subset_rows(relaxed, 4, 10).tolist() == [[0, 1, 2]]


def test_a_whole_plan_breaks_no_subset_row():
    columns = (Column((0, 1), 0, 1.0), Column((2, 3), 2, 1.0))
    duals = Duals(np.zeros(4), 0.0, *NO_ROWS)
    relaxed = Relaxed(2.0, duals, columns, np.ones(2), covered=True)
    assert find_subset_rows(relaxed, 4, 10).tolist() == []


def a_row_of_towns(rules, aims):
    """Build the problem of eight units in a row, each 1,000 residents and 10 km on."""
    territory = build_territory([1000.0 + 100 * i for i in range(8)])
    graph = build_unit_graph(8, [(i, i + 1, 10.0, 1.0) for i in range(1, 8)])
    return build_problem(build_scenario(rules, aims), territory, graph)


def test_pricing_lists_every_municipality_below_the_cutoff_when_asked_for_all():
    problem = a_row_of_towns({"population": {"min": 2000.0}}, {"access": 1.0})
    valuer = Valuer(problem, 0)
    pricer = Pricer(problem, 0, valuer, 1.0)
    duals = Duals(np.full(8, 0.02), 0.0, *NO_ROWS)
    listed = set()
    for position in range(8):
        priced = pricer.price(position, duals, Effort(100, 5000, every=True), 0.1)
        assert priced.exact
        listed |= {(column.members, column.seat) for column in priced.columns}
    wanted = set()
    for first in range(8):
        for last in range(first, 8):
            members = tuple(range(first, last + 1))
            for seat in members:
                municipality = Municipality(problem.blocks[0], members, seat)
                admitted = all(rule.judge(municipality) is None for rule in problem.rules)
                if admitted and problem.cost([municipality]) - 0.02 * len(members) < 0.1:
                    wanted.add((members, seat))
    assert listed == wanted


def test_an_exception_lets_a_small_municipality_through():
    rules = {"population": {"min": 2000.0, "unless": {"area_km2": {"min": 1.0}}}}
    problem = a_row_of_towns(rules, {"access": 1.0})
    answer = solve_block(problem, BlockTask(0))
    assert answer.status is Status.OPTIMAL
    assert answer.number == 8


def test_the_bound_at_every_number_lies_below_what_the_compact_model_proves():
    problem = a_row_of_towns({"population": {"min": 1500.0}}, {"access": 1.0, "ties_cut": 0.3})
    answer = solve_block(problem, BlockTask(0))
    for number, floor in answer.floors.items():
        exact = compact.solve_block(problem, BlockTask(0, number=(number, number)))
        if exact.status is not Status.INFEASIBLE:
            assert floor <= exact.cost + 1e-9


def test_a_minimum_above_the_total_is_found_impossible():
    problem = a_row_of_towns({"population": {"min": 50_000.0}}, {"access": 1.0})
    assert solve_block(problem, BlockTask(0)).status is Status.INFEASIBLE


def price_all(problem, duals, cutoff, *, every=True):
    """Price each seat; return (bound, sets found) per seat."""
    pricer = Pricer(problem, 0, Valuer(problem, 0), 1.0)
    effort = Effort(100, 5000, every=every)
    found = {}
    for position, region in enumerate(pricer.regions):
        priced = pricer.price(position, duals, effort, cutoff)
        assert priced.exact
        found[region.seat] = (priced.bound, {column.members for column in priced.columns})
    return found


def row_of(problem, seat, duals, cutoff):
    """Return (least reduced cost, sets below the cutoff) of a row of units at one seat."""
    block = problem.blocks[0]
    costs = {}
    for first in range(seat + 1):
        for last in range(seat, len(block)):
            members = tuple(range(first, last + 1))
            municipality = Municipality(block, members, seat)
            if all(rule.judge(municipality) is None for rule in problem.rules):
                costs[members] = problem.cost([municipality]) - duals.unit[list(members)].sum()
    below = {members for members, cost in costs.items() if cost < cutoff}
    return min(costs.values(), default=math.inf), below


WISHES = [
    {"unit": "u1", "with": "u2", "weight": 2.0},  # they touch
    {"unit": "u2", "with": "u6", "weight": 3.0},  # they do not
    {"unit": "u4", "against": "u5", "weight": 1.0},
    {"unit": "u3", "against": "u7", "weight": 4.0},
]
SEATS = {"min": 2000.0, "by": "zone", "classes": {"desert": {"min": 3000.0, "max": 5000.0}}}
CLASSED = [("steppe", "desert")[i % 2] for i in range(8)]


def a_row_that_wishes(rules, wishes):
    territory = build_territory([1000.0 + 100 * i for i in range(8)], zone=CLASSED)
    graph = build_unit_graph(8, [(i, i + 1, 10.0, 1.0) for i in range(1, 8)])
    aims = {"access": 1.0, "heterogeneity": {"zone": 0.25}}
    if wishes:
        aims["wishes"] = {"weight": 0.5, "wishes": wishes}
    return build_problem(build_scenario(rules, aims), territory, graph)


@pytest.mark.parametrize(
    ("rules", "wishes"),
    [
        ({"population": {"min": 2000.0}}, [WISHES[0]]),
        ({"population": {"min": 2000.0}}, [WISHES[0], *WISHES[2:]]),
        ({"population": SEATS}, []),
        ({"population": SEATS}, [WISHES[0], *WISHES[2:]]),
    ],
    ids=["with", "against", "classes", "all"],
)
def test_pricing_is_exact_with_classes_and_with_wishes_of_neighbours(rules, wishes):
    """A wish of two units that touch is part of their tie; one against, a row of two."""
    problem = a_row_that_wishes(rules, wishes)
    for worth in (0.01, 0.05, 0.1):
        duals = Duals(np.full(8, worth), 0.0, *NO_ROWS)
        for seat, (bound, _) in price_all(problem, duals, 1e9, every=False).items():
            assert bound == pytest.approx(row_of(problem, seat, duals, 1e9)[0])
        for seat, (_, listed) in price_all(problem, duals, 0.1).items():
            assert listed == row_of(problem, seat, duals, 0.1)[1]


def test_pricing_bounds_wishes_of_units_that_do_not_touch_and_lists_all_below_the_cutoff():
    """It may leave such a wish out: then it finds more than it must, and bounds from below."""
    problem = a_row_that_wishes({"population": {"min": 2000.0}}, WISHES)
    duals = Duals(np.full(8, 0.05), 0.0, *NO_ROWS)
    for seat, (bound, listed) in price_all(problem, duals, 0.1).items():
        least, below = row_of(problem, seat, duals, 0.1)
        assert bound <= max(least, 0.1) + 1e-9
        assert listed >= below


def test_a_ratio_that_the_knapsack_does_not_know_is_kept_by_every_column():
    """Crowded is what lies in the east; the bound is that of the sets that are admitted."""
    ratio = {"of": "population", "to": "area_km2", "max": 1350.0}
    problem = a_row_of_towns(
        {"population": {"min": 2000.0}, "ratios": {"density": ratio}}, {"access": 1.0}
    )
    duals = Duals(np.full(8, 0.05), 0.0, *NO_ROWS)
    for seat, (bound, _) in price_all(problem, duals, 1e9, every=False).items():
        least, _ = row_of(problem, seat, duals, 1e9)
        assert bound == pytest.approx(least) or (math.isinf(least) and bound >= 1e9)


def test_the_column_engine_proves_a_land_of_classes_ratios_and_wishes_that_compact_proves():
    """At every number, and with wishes that its pricing leaves out."""
    rules = {
        "population": SEATS,
        "ratios": {"density": {"of": "population", "to": "area_km2", "min": 1100.0}},
    }
    problem = a_row_that_wishes(rules, WISHES)
    columns = solve_block(problem, BlockTask(0))
    exact = compact.solve_block(problem, BlockTask(0))
    assert columns.status is exact.status is Status.OPTIMAL
    assert columns.cost == pytest.approx(exact.cost)
