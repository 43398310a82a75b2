"""The valuer says of a set of units what aims and rules say of it one by one."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation.model import Municipality, Valuer, build_problem
from strategies import build_scenario, build_territory, build_unit_graph, questions

MANY = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


@MANY
@given(questions(max_units=7), st.data())
def test_a_set_is_valued_at_its_cheapest_admitted_seat(question, data):
    scenario, territory, graph = question
    problem = build_problem(scenario, territory, graph)
    position = data.draw(st.integers(0, len(problem.blocks) - 1))
    block = problem.blocks[position]
    members = tuple(sorted(data.draw(st.sets(st.integers(0, len(block) - 1), min_size=1))))
    known = block.pairs.distance_of
    seats = [seat for seat in members if all((unit, seat) in known for unit in members)]
    options = [
        (
            any(rule.judge(Municipality(block, members, seat)) for rule in problem.rules),
            problem.cost([Municipality(block, members, seat)]),
        )
        for seat in seats
    ]
    valued = Valuer(problem, position).value(members)
    if not options:
        assert valued is None
        return
    refused, cost = min(options)
    assert valued.admitted is not refused
    assert valued.cost == pytest.approx(cost, rel=1e-9, abs=1e-12)


def test_shares_of_every_aim_add_up_to_its_value():
    zone = ["steppe", "steppe", "desert"]
    territory = build_territory([5.0, 7.0, 11.0], rayon=["11", "11", "12"], zone=zone)
    graph = build_unit_graph(3, [(1, 2, 3.0, 2.0), (2, 3, 5.0, 4.0)])
    scenario = build_scenario(
        aims={
            "access": 1.0,
            "balance": {"population": {"weight": 2.0, "target": 10.0}},
            "ties_cut": 0.5,
            "crossings": {"rayon": 0.25},
            "number": {"weight": 0.125, "prefer": "many"},
            "heterogeneity": {"zone": 0.25},
            "wishes": {
                "weight": 1.0,
                "wishes": [
                    {"unit": "u1", "with": "u2", "weight": 3.0},
                    {"unit": "u1", "with": "u3", "weight": 5.0},
                    {"unit": "u1", "against": "u3", "weight": 7.0},
                    {"unit": "u1", "against": "u2", "weight": 11.0},
                ],
            },
        }
    )
    problem = build_problem(scenario, territory, graph)
    block = problem.blocks[0]
    municipality = Municipality(block, (0, 2), 0)
    at = np.isin(block.pairs.unit, [0, 2]) & (block.pairs.seat == 0)
    for aim in problem.aims:
        shares = aim.shares(block)
        total = float(shares.pair[at].sum()) if len(shares.pair) else 0.0
        total += float(shares.tie.sum()) / 2 if len(shares.tie) else 0.0
        total += shares.each + sum(d.value(16.0) for d in shares.deviations)
        halves = [link.value / 2 for link in shares.apart if (link.first, link.second) == (0, 1)]
        whole = [link.value for link in shares.joined if (link.first, link.second) == (0, 2)]
        total += sum([*halves, *whole])
        assert total == pytest.approx(aim.value(municipality)), aim.name
