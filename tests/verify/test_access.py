"""Person-km can be counted only where every inhabited unit has a way to its seat."""

import pytest

from amalgamation.plan import Plan
from amalgamation.verify import plan_values, verify_plan
from strategies import build_scenario, build_territory, build_unit_graph

APART = Plan.from_seats({"u1": "u1", "u2": "u1", "u3": "u1"})


def judge(residents, access=1.0):
    """Judge one municipality whose third unit lies on an island of its own."""
    territory = build_territory([500, 200, residents])
    scenario = build_scenario(aims={"access": access, "ties_cut": 1.0})
    findings = verify_plan(APART, scenario, territory, build_unit_graph(3, [(1, 2)]))
    return {finding.check: finding for finding in findings}


@pytest.mark.parametrize("residents", [1, 300])
def test_an_inhabited_unit_without_a_way_to_its_seat_is_named(residents):
    findings = judge(residents)
    assert set(findings) == {"aims.access", "contiguity"}
    found = findings["aims.access"]
    assert found.found == "no distance to the seat from 1 unit: u3 (Unit 3)"
    assert found.expected == "a distance for each unit"
    assert found.subjects == ("u3",)


@pytest.mark.parametrize(("residents", "access"), [(0, 1.0), (300, 0.0)])
def test_nobody_misses_a_way_that_nobody_goes_or_counts(residents, access):
    """A unit without residents costs no person-km; without the aim, none are counted."""
    assert set(judge(residents, access)) == {"contiguity"}


def test_person_km_are_summed_over_those_who_go():
    """One resident goes 1 km; the empty unit lies on an island and costs nothing."""
    territory = build_territory([500, 1, 0])
    scenario = build_scenario(aims={"access": 1.0})
    values = plan_values(APART, scenario, territory, build_unit_graph(3, [(1, 2)]))
    assert values == {"access": 1.0}


def test_a_unit_without_a_way_is_endlessly_far_from_its_seat():
    scenario = build_scenario({"reach_km": {"max": 5}})
    territory, graph = build_territory([500, 200, 300]), build_unit_graph(3, [(1, 2)])
    findings = verify_plan(APART, scenario, territory, graph)
    found = {finding.check: finding.found for finding in findings}
    assert found["rules.reach_km.max"] == "u3 (Unit 3) at inf km from the seat"
