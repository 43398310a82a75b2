"""A solved piece, many times over: the optimum is the sum, whatever stands between the copies.

The piece is solved by brute force, at every number of municipalities, so that the sum is
known also where the copies share a number. Brute force ends at nine units; the planted
territories have up to 54 and more, in one block or in many.
"""

import math
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation.model import build_problem
from amalgamation.solve import solve_problem
from amalgamation.status import Status
from amalgamation.verify import verify_plan
from strategies import build_scenario, lands
from validation import planted

FEW = settings(deadline=None, max_examples=6, suppress_health_check=list(HealthCheck))
TABLE = "Planted optima"


@st.composite
def pieces(draw, least, most):
    """Draw a connected territory, rules and aims, of which the sum of copies is known.

    Ties count by number, where bridges count as any tie does, or not at all; a bridge is
    severed in every plan, and is left out of the count below.
    """
    ground = draw(lands(least, most, connected=True))
    rules = {"reach_km": {"max": draw(st.integers(2, int(planted.REACH)))}}
    if draw(st.booleans()):
        rules["population"] = {"min": draw(st.sampled_from([300.0, 600.0, 1000.0]))}
    if draw(st.booleans()):
        rules["max_units"] = draw(st.integers(2, 5))
    aims = {"access": draw(st.integers(1, 4)) / 4}
    if draw(st.booleans()):
        aims["balance"] = {"population": {"weight": 0.5, "target": 900.0}}
    if draw(st.booleans()):
        aims["ties_cut"] = 0.5  # by length: a bridge has no border
    return ground, rules, aims


def check(piece, count, number, engine):
    """Hold all dresses of the copies of a piece against the sum; return whether it has a plan.

    ``number``: which part of the possible range of the number is asked, or None for any.
    """
    ground, rules, aims = piece
    references = build_problem(build_scenario(rules, aims), *ground).references
    by_number = planted.costs_by_number(rules, aims, ground, references)
    low, high = 0, math.inf
    if number is not None and by_number:
        fewest, most = count * min(by_number), count * max(by_number)
        low = high = fewest + round(number * (most - fewest))
        rules = {**rules, "municipalities": {"exactly": low}}
    least = planted.cost_of_all(by_number, count, low, high)
    for dress in planted.DRESSES:
        question = (
            build_scenario(planted.dressed(rules, dress), aims),
            *planted.copies(ground, count, dress),
        )
        problem = replace(build_problem(*question), references=references)
        assert len(problem.blocks) == (1 if dress == "bridged" else count)
        solution = solve_problem(problem, gap=0.0, seconds=300.0, processes=1, engine=engine)
        certificate = solution.certificate
        if math.isinf(least):
            assert certificate.status is Status.INFEASIBLE, dress
            continue
        assert certificate.status is Status.OPTIMAL, dress
        assert certificate.cost == pytest.approx(least, rel=1e-6, abs=1e-9), dress
        assert certificate.bound <= least * (1 + 1e-6) + 1e-9, dress
        assert verify_plan(solution.plan, *question) == (), dress
    return math.isfinite(least)


NUMBERS = st.one_of(st.none(), st.sampled_from([0.0, 0.3, 0.5, 0.9, 1.0]))


@pytest.mark.parametrize("engine", ["compact", "columns"])
@FEW
@given(piece=pieces(3, 6), count=st.integers(2, 3), number=NUMBERS)
def test_the_optimum_of_copies_is_the_sum(engine, piece, count, number):
    check(piece, count, number, engine)


@pytest.mark.whole
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("engine", ["compact", "columns"])
@pytest.mark.parametrize(("units", "count"), [((3, 6), 4), ((7, 9), 3), ((7, 8), 6)])
def test_the_optimum_of_many_copies_is_the_sum(engine, units, count, figure):
    seen = Counter()

    @settings(FEW, max_examples=20 if units[1] < 7 else 4)
    @given(piece=pieces(*units), number=NUMBERS)
    def law(piece, number):
        seen["plan" if check(piece, count, number, engine) else "none"] += 1

    law()
    what = f"{count} copies of {units[0]} to {units[1]} units, three dresses ({engine})"
    tried = sum(seen.values())
    figure(TABLE, what, f"{tried} sums, {seen['none']} without a plan", f"{tried} agree")
