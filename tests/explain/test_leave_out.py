"""What may be left out is no proof against a plan; what is left out contradicts who keeps it."""

import pytest
from hypothesis import HealthCheck, given, settings

from amalgamation.explain import check_arithmetic, check_references, explain_impossible
from amalgamation.findings import errors_in
from oracle import every_plan
from strategies import (
    build_scenario,
    build_territory,
    build_unit_graph,
    leaving_questions,
    references_of,
)

QUIET = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def ground(rules, people=(1000, 100, 1000), ties=((1, 2), (2, 3)), **columns):
    territory = build_territory(people, **columns)
    return build_scenario(rules), territory, build_unit_graph(len(people), ties)


def proofs(rules, **land):
    return [finding.check for finding in check_arithmetic(*ground(rules, **land))]


@pytest.mark.parametrize(
    ("rules", "land"),
    [
        ({"population": {"min": 500}}, {"ties": ((1, 3),)}),
        ({"population": {"max": 90, "oversize": "refuse"}}, {"people": (50, 100, 60)}),
        ({"reach_km": {"max": 1.5}, "seats": {"or_population_min": 1000}}, {"ties": ((1, 3),)}),
        ({"municipalities": {"max": 2}}, {"ties": ()}),
        ({"population": {"max": 1000}, "municipalities": {"max": 2}}, {}),
        ({"max_units": 1, "municipalities": {"max": 2}}, {}),
    ],
)
def test_what_only_a_unit_that_may_be_left_out_makes_impossible_is_not_claimed(rules, land):
    """u2 is the culprit of each proof; where it may be left out, the proof falls."""
    assert proofs(rules, **land)
    assert not proofs(
        rules | {"leave_out": {"may": [{"density": {"max": 100, "min": 100}}]}}, **land
    )
    assert not proofs(rules | {"leave_out": {"units": ["u2"]}}, **land)


def test_a_number_that_only_units_left_out_would_allow_is_impossible():
    rules = {"municipalities": {"min": 3}, "leave_out": {"units": ["u2"]}}
    (finding,) = check_arithmetic(*ground(rules))
    assert finding.check == "rules.municipalities.min"
    assert "at most 2 municipalities possible" in finding.found


def test_a_number_asked_of_a_parent_that_is_left_out_whole_is_impossible():
    rules = {
        "walls": ["rayon"],
        "municipalities": {"per_parent": {"rayon": {"12": {"min": 1}}}},
        "leave_out": {"units": ["u3"]},
    }
    (finding,) = check_arithmetic(*ground(rules, rayon=["11", "11", "12"]))
    assert "all its units are left out" in finding.found


@pytest.mark.parametrize(
    "rules",
    [
        {"frozen": ["u2"]},
        {"seats": {"fixed": ["u2"]}},
        {"keep_together": [{"units": ["u1", "u2"]}]},
    ],
)
def test_a_unit_that_is_left_out_and_kept_at_once_is_a_contradiction(rules):
    always = {"leave_out": {"always": [{"population": {"max": 100}}]}}
    (finding,) = check_references(*ground(rules | always))
    assert (finding.check, finding.subjects) == ("left-out-and-bound", ("u2",))
    # a condition under which it may be left out gives way
    assert not check_references(*ground(rules | {"leave_out": {"may": "any"}}))


def test_a_scenario_that_leaves_out_everybody_is_refused():
    rules = {"leave_out": {"always": [{"nearest_km": {"min": 0}}]}}
    assert [finding.check for finding in check_references(*ground(rules))] == ["all-left-out"]


@QUIET
@given(leaving_questions(max_units=6))
def test_what_is_called_impossible_has_no_plan(question):
    """Soundness: a proof is worth nothing if one plan contradicts it."""
    scenario, territory, graph = question
    if errors_in(explain_impossible(scenario, territory, graph)):
        plans = every_plan(scenario, territory, graph, references_of(scenario), {})
        assert next(plans, None) is None
