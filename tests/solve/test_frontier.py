"""The frontier shares numbers out over the blocks as well as any hand could."""

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from amalgamation.model import NumberLimit, build_problem
from amalgamation.solve import solve_problem
from amalgamation.solve.allocate import Curve
from amalgamation.solve.compact import Tangent
from amalgamation.solve.frontier import build_frontier
from amalgamation.solve.task import BlockAnswer, BlockTask
from amalgamation.status import Status
from strategies import build_scenario, build_territory, build_unit_graph


@st.composite
def curves(draw):
    """Draw a curve of known plans above a straight bound."""
    curve = Curve(1, draw(st.integers(1, 4)))
    slope = draw(st.integers(0, 3))
    curve.tangents.append(Tangent(float(draw(st.integers(0, 9))), float(slope), 1.0))
    for number in draw(st.sets(st.integers(1, curve.highest))):
        cost = curve.bound(number) + draw(st.integers(0, 5))
        seats = {unit: unit for unit in range(number)}
        curve.learn(BlockAnswer(BlockTask(0), Status.FEASIBLE, seats, cost, -math.inf))
    return curve


@given(st.lists(curves(), min_size=1, max_size=3), st.integers(1, 9))
def test_each_point_is_the_least_sum_over_all_ways_to_share_the_number_out(found, most):
    limit = NumberLimit("rules.municipalities", tuple(range(len(found))), None, most)
    points = {point.number: point for point in build_frontier(found, [limit])}
    ways = list(itertools.product(*(range(1, curve.highest + 1) for curve in found)))
    assert set(points) == {sum(way) for way in ways if sum(way) <= most}
    for number, point in points.items():
        shared = [way for way in ways if sum(way) == number]
        costs = [
            sum(
                c.plans[k].cost if k in c.plans else math.inf for c, k in zip(found, w, strict=True)
            )
            for w in shared
        ]
        bounds = [sum(c.bound(k) for c, k in zip(found, w, strict=True)) for w in shared]
        assert point.cost == min(costs)
        assert point.bound == min([*bounds, point.cost])


def test_a_limit_on_some_blocks_leaves_no_frontier():
    limit = NumberLimit("rules.municipalities.per_parent.rayon.11", (0, 1), 2, None)
    assert build_frontier([Curve(1, 2), Curve(1, 2), Curve(1, 2)], [limit]) == ()


def test_points_asked_for_are_solved_and_every_bound_is_honest():
    """Rows of six units: at each number the least cost is known from solving just that."""
    territory = build_territory([900.0, 2100.0, 700.0, 1500.0, 800.0, 1900.0])
    graph = build_unit_graph(6, [(i, i + 1, 7.0 + i, 1.0) for i in range(1, 6)])
    scenario = build_scenario({}, {"access": 1.0})
    problem = build_problem(scenario, territory, graph)
    solution = solve_problem(problem, gap=0.0, seconds=300.0, processes=1, points=6)
    points = solution.certificate.frontier
    assert [point.number for point in points] == [1, 2, 3, 4, 5, 6]
    for point in points:
        rules = {"municipalities": {"exactly": point.number}}
        exact = build_problem(build_scenario(rules, {"access": 1.0}), territory, graph)
        least = solve_problem(exact, gap=0.0, seconds=300.0, processes=1)
        raw = least.certificate.aims[0].raw / problem.references["access"]
        assert point.bound <= raw + 1e-9
        assert point.cost >= raw - 1e-9
    assert sum(point.gap < 1e-6 for point in points) >= 3
