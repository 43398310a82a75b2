"""Why there is no plan: each kind of answer on a case worked by hand."""

import pytest

from amalgamation.errors import InputError, VerificationError
from amalgamation.explain import explain_no_plan
from amalgamation.explain.why_not import confirm as confirming
from amalgamation.explain.why_not import explain as why_not
from amalgamation.explain.why_not import seek as seeking
from amalgamation.findings import Finding
from amalgamation.status import Status
from amalgamation.verify import verify_plan
from strategies import build_scenario, build_territory, build_unit_graph

CHAIN = [(1, 2), (2, 3), (3, 4)]


def explain(rules, ties=CHAIN, people=(1000, 200, 300, 4000), seconds=60.0, **columns):
    """Ask about units in a row: by default 1,000, 200, 300 and 4,000 residents."""
    columns = {"rayon": ["11", "11", "12", "21"], **columns}
    territory = build_territory(people, **columns)
    graph = build_unit_graph(len(people), ties)
    return explain_no_plan(build_scenario(rules), territory, graph, seconds=seconds)


def the_reason(why):
    (reason,) = why.reasons
    return reason


def ways(why):
    """Return the words of each way out, by the key that it loosens."""
    return {(one.key, one.words) for one in the_reason(why).relaxations}


def test_where_there_is_a_plan_nothing_stands_in_the_way():
    why = explain({"population": {"min": 1500}})
    assert why.status is Status.FEASIBLE
    assert why.first_line().startswith("Nothing stands in the way")
    assert why.reasons == ()
    question = why.question
    assert verify_plan(why.plan, question.scenario, question.territory, question.graph) == ()


def test_a_part_below_the_minimum_is_told_with_what_it_lacks_and_three_ways_out():
    """Oblast 1 has 1,500 residents of the 2,000 that are asked for."""
    why = explain({"walls": ["oblast"], "population": {"min": 2000}})
    assert why.status is Status.INFEASIBLE
    assert "1,500 residents in all" in why.first_line()
    assert "(500 residents short)" in why.first_line()
    assert ways(why) == {
        ("rules.population.min", "a minimum of 1,500 residents"),
        ("rules.walls", "the wall between 1 and 2 (oblast) open"),
    }
    reason = the_reason(why)
    assert reason.conflict.names == ("rules.walls.oblast", "rules.population.min")
    assert reason.conflict.minimal
    assert reason.by_arithmetic
    assert reason.units == ("u1", "u2", "u3")


def test_the_greatest_minimum_is_the_sum_of_a_real_plan_no_half_way_figure():
    """Two municipalities of a row: 1,000 + 200 + 300 beside 4,000 is the best there is."""
    why = explain({"municipalities": {"exactly": 2}, "population": {"min": 1600}})
    found = {one.key: one for one in the_reason(why).relaxations}
    minimum = found["rules.population.min"]
    assert (minimum.asked, minimum.value, minimum.proven) == (1600, 1500, True)
    assert minimum.ruled_out is not None
    assert 1500 < minimum.ruled_out <= 1600
    # one municipality is fewer than exactly two
    assert found["rules.municipalities.exactly"].value == 1
    assert the_reason(why).conflict.names == ("rules.municipalities.min", "rules.population.min")


def test_the_least_maximum_is_found_between_the_sizes_of_large_units():
    """Joined, the four have 5,500; no maximum below lets two units stay in one municipality."""
    together = [{"units": ["u1", "u2"]}]
    why = explain({"population": {"max": 1100}, "keep_together": together})
    found = {one.key: one.value for one in the_reason(why).relaxations}
    assert found["rules.population.max"] == 1200
    assert "rules.keep_together[0]" in found


def test_a_unit_above_a_maximum_is_named_and_its_policy_is_a_way_out():
    why = explain({"population": {"max": 3000, "oversize": "refuse"}})
    assert why.first_line().startswith("rules.population.max, unit u4 (Unit 4): 4,000 residents")
    assert ways(why) == {
        ("rules.population.max", "a maximum of 4,000 residents"),
        ("rules.population.oversize", "oversize: alone for u4 (Unit 4)"),
        ("rules.population.oversize", "oversize: with_neighbours for u4 (Unit 4)"),
    }


def test_a_pocket_behind_a_unit_is_proven_without_a_search():
    """u1 and u2 have 1,200 of 1,300: they must join u3, and 1,500 is too much for one."""
    rules = {"population": {"min": 1300, "max": 1400, "oversize": "refuse"}}
    why = explain(rules, people=(1000, 200, 300, 1300))
    reason = the_reason(why)
    assert reason.by_arithmetic
    assert "the pocket of 2 units u1 (Unit 1), u2 (Unit 2) behind u3 (Unit 3)" in why.first_line()
    assert reason.units == ("u1", "u2")


def test_a_pocket_behind_a_frozen_unit_is_reached_by_a_tie_across():
    why = explain({"population": {"min": 700}, "frozen": ["u3"]}, people=(600, 50, 900, 4000))
    found = ways(why)
    assert ("rules.frozen", "u3 (Unit 3) no longer frozen") in found
    assert ("rules.population.min", "a minimum of 650 residents") in found
    assert ("graph.links", "a tie between u2 (Unit 2) and u4 (Unit 4)") in found
    tie = next(one for one in the_reason(why).relaxations if one.key == "graph.links")
    assert tie.subjects in {("u1", "u4"), ("u2", "u4")}


def test_the_reach_is_loosened_to_a_distance_that_there_is():
    """Two municipalities at most, ways of 3 km: one must reach 3 km."""
    ties = [(1, 2, 3, 1), (2, 3, 3, 1), (3, 4, 3, 1)]
    why = explain({"municipalities": {"max": 1}, "reach_km": {"max": 2}}, ties)
    found = {one.key: one.value for one in the_reason(why).relaxations}
    assert found["rules.reach_km.max"] == pytest.approx(6.0)
    assert found["rules.municipalities.max"] == 4


def test_seats_too_few_are_told_with_the_size_that_would_give_enough():
    rules = {"municipalities": {"min": 3}, "seats": {"types": ["town"]}}
    types = ["town", "rural_okrug", "rural_okrug", "town"]
    why = explain(rules, types=types)
    assert "2 units that may be seats" in why.first_line()
    found = {one.key: one.value for one in the_reason(why).relaxations}
    assert found == {"rules.municipalities.min": 2, "rules.seats.or_population_min": 300}


def test_wishes_that_contradict_each_other_are_each_a_way_out():
    rules = {
        "keep_together": [{"units": ["u1", "u2"]}, {"units": ["u2", "u3"]}],
        "keep_apart": [{"units": ["u3", "u4"]}, {"units": ["u1", "u3"]}],
    }
    why = explain(rules)
    assert the_reason(why).conflict.names == (
        "rules.keep_together[0]",
        "rules.keep_together[1]",
        "rules.keep_apart[1]",
    )
    assert {key for key, _ in ways(why)} == set(the_reason(why).conflict.names)


def test_a_wish_across_a_wall_may_be_dropped_or_the_wall_opened():
    rules = {"walls": ["oblast"], "keep_together": [{"units": ["u3", "u4"]}]}
    assert ways(explain(rules)) == {
        ("rules.keep_together[0]", "u3 (Unit 3), u4 (Unit 4) no longer kept together"),
        ("rules.walls", "the wall between 1 and 2 (oblast) open"),
    }


def test_a_category_that_is_not_mixed_is_a_wall_too():
    why = explain(
        {"like": ["zone"], "population": {"min": 1300}},
        zone=["steppe", "steppe", "desert", "desert"],
    )
    assert ("rules.like", "values of zone mixed") in ways(why)
    assert the_reason(why).conflict.names == ("rules.like.zone", "rules.population.min")


def test_a_ratio_is_loosened_to_that_of_the_whole():
    why = explain(
        {"ratios": {"density": {"of": "population", "to": "area_km2", "min": 200}}},
        area_km2=[1, 20, 3, 4],
    )
    (way,) = the_reason(why).relaxations
    assert way.key == "rules.ratios.density.min"
    assert way.value == pytest.approx(5500 / 28)
    assert way.words == "a minimum of 196.428571 for density"


def test_units_that_a_municipality_may_have_are_counted():
    why = explain({"max_units": 1, "population": {"min": 250}})
    found = {one.key: one.value for one in the_reason(why).relaxations}
    assert found == {"rules.max_units": 2, "rules.population.min": 200}


def test_only_the_block_without_a_plan_is_explained():
    """Oblast 2 is one unit with enough residents; only oblast 1 has a reason."""
    why = explain({"walls": ["oblast"], "population": {"min": 2000}})
    assert the_reason(why).place.units == ("u1", "u2", "u3")
    both = explain({"walls": ["oblast"], "population": {"min": 5000}})
    assert both.first_line().endswith("(and 1 place more without a plan)")
    assert [reason.place.units for reason in both.reasons] == [("u1", "u2", "u3"), ("u4",)]


def test_a_number_over_several_blocks_is_a_reason_of_all_of_them():
    why = explain({"walls": ["oblast"], "municipalities": {"max": 1}})
    assert the_reason(why).place.is_everything
    assert the_reason(why).conflict.names == ("rules.walls.oblast", "rules.municipalities.max")


def test_what_is_said_of_a_block_does_not_count_a_number_over_all_and_says_so():
    rules = {"walls": ["oblast"], "population": {"min": 2000}, "municipalities": {"max": 3}}
    assert any("over several blocks" in line for line in explain(rules).caveats())
    rules.pop("municipalities")
    assert explain(rules).caveats() == []


def test_a_claim_of_the_solver_alone_is_confirmed_by_a_second_way(monkeypatch):
    """No sum shows it: 700 + 300 and 500 + 500 would do, and are not in a row."""
    monkeypatch.setattr(confirming, "has_scip", lambda: False)
    rules = {"municipalities": {"exactly": 2}, "population": {"min": 950, "max": 1050}}
    ring = [(1, 2), (2, 3), (3, 4), (1, 4)]
    why = explain(rules, ring, people=(700, 500, 300, 500), rayon=["11"] * 4)
    reason = the_reason(why)
    assert not reason.by_arithmetic
    assert reason.confirmed
    assert "again by it in a second way" in reason.proof()
    assert reason.by_contiguity
    assert any(line.startswith("Only contiguity") for line in why.lines())


def test_a_claim_of_the_solver_alone_is_confirmed_by_another_solver_where_there_is_one():
    pytest.importorskip("pyscipopt")
    ring = [(1, 2), (2, 3), (3, 4), (1, 4)]
    rules = {"municipalities": {"exactly": 2}, "population": {"min": 950, "max": 1050}}
    reason = the_reason(explain(rules, ring, people=(700, 500, 300, 500), rayon=["11"] * 4))
    assert reason.confirmed
    assert reason.proof() == "Proven by the solver, and again by another one (SCIP)."


def test_a_claim_that_no_second_way_reaches_in_the_time_is_called_unconfirmed(monkeypatch):
    monkeypatch.setattr(why_not, "confirm", lambda *_: "")
    reason = the_reason(explain({"population": {"min": 6000}}))
    assert reason.by_arithmetic
    assert reason.confirmed
    ring = [(1, 2), (2, 3), (3, 4), (1, 4)]
    rules = {"municipalities": {"exactly": 2}, "population": {"min": 950, "max": 1050}}
    reason = the_reason(explain(rules, ring, people=(700, 500, 300, 500), rayon=["11"] * 4))
    assert not reason.confirmed
    assert "unconfirmed" in reason.proof()


def test_a_plan_that_breaks_a_rule_is_our_fault_and_nothing_is_claimed(monkeypatch):
    broken = Finding("rules.population.min", "municipality u1", "too few")
    monkeypatch.setattr(seeking, "verify_plan", lambda *_: (broken,))
    with pytest.raises(VerificationError, match="too few"):
        explain({"population": {"min": 1500}})


def test_without_time_what_arithmetic_proves_is_still_told_and_the_rest_is_called_open():
    proven = explain({"walls": ["oblast"], "population": {"min": 2000}}, seconds=1e-9)
    assert proven.status is Status.INFEASIBLE
    assert not the_reason(proven).conflict.minimal
    assert the_reason(proven).open != ()
    assert any("not settled in the time" in line for line in proven.lines())
    unknown = explain({"population": {"min": 1500}}, seconds=1e-9)
    assert unknown.status is Status.NO_PLAN
    assert unknown.first_line().startswith("Not settled in the time")
    assert unknown.open == ("hand-made (4 units)",)


def test_a_territory_of_units_that_may_all_be_left_out_has_a_plan_elsewhere():
    rules = {
        "walls": ["oblast"],
        "population": {"min": 2000},
        "leave_out": {"may": [{"population": {"max": 1000}}]},
    }
    assert explain(rules).status is Status.FEASIBLE


def test_each_way_out_comes_with_a_plan_that_has_its_units():
    why = explain({"walls": ["oblast"], "population": {"min": 2000}})
    minimum, wall = the_reason(why).relaxations
    assert set(minimum.plan.municipality_of) == {"u1", "u2", "u3"}
    assert set(wall.plan.municipality_of) == {"u1", "u2", "u3", "u4"}


def test_it_shows_itself_in_words_html_and_json():
    why = explain({"walls": ["oblast"], "population": {"min": 2000}})
    assert repr(why).startswith("<WhyNot hand-made: infeasible; rules.population.min, ")
    page = why._repr_html_()
    assert "1,500 residents in all" in page
    assert "<th>status</th><td>infeasible</td>" in page
    content = why.to_object()
    assert content["status"] == "infeasible"
    (reason,) = content["reasons"]
    assert reason["relaxations"][0]["value"] == 1500
    assert reason["conflict"]["minimal"]


def test_a_map_needs_a_reason_and_polygons():
    possible = explain({"population": {"min": 1500}})
    with pytest.raises(InputError, match="a reason to draw"):
        possible.plot()
    impossible = explain({"walls": ["oblast"], "population": {"min": 2000}})
    with pytest.raises(InputError, match="a table of units"):
        impossible.plot()
    with pytest.raises(InputError, match="1 reasons"):
        impossible.plot(1)


def test_the_aims_do_not_change_the_answer():
    rules = {"walls": ["oblast"], "population": {"min": 2000}}
    territory = build_territory([1000, 200, 300, 4000], rayon=["11", "11", "12", "21"])
    aims = {"access": 1.0, "ties_cut": 0.5}
    scenario = build_scenario(rules, aims)
    why = explain_no_plan(scenario, territory, build_unit_graph(4, CHAIN))
    assert ways(why) == ways(explain(rules))


def test_parts_that_water_holds_apart_are_joined_by_a_tie_across():
    """u1 and u2 have 1,200 of 2,000; beyond the water there are 4,300."""
    why = explain({"population": {"min": 2000}}, ties=[(1, 2), (3, 4)])
    found = ways(why)
    assert ("rules.population.min", "a minimum of 1,200 residents") in found
    across = [one for one in the_reason(why).relaxations if one.key == "graph.links"]
    assert ("u1", "u3") in {one.subjects for one in across}
    for one in across:
        assert set(one.plan.municipality_of) == {"u1", "u2", "u3", "u4"}


def test_too_few_residents_within_reach_of_every_seat_are_shown_by_arithmetic():
    """Within 1 km of u2, the middle of its three, there are 1,500 residents."""
    ties = [(1, 2, 1, 1), (2, 3, 1, 1), (3, 4, 5, 1)]
    why = explain({"population": {"min": 1600}, "reach_km": {"max": 1}}, ties)
    reason = the_reason(why)
    assert reason.by_arithmetic
    assert why.first_line().startswith(
        "rules.reach_km.max and rules.population.min, unit u1 (Unit 1): at most 1,500 residents "
        "within 1 km of any seat that it reaches; expected at least 1,600 residents"
    )
    found = {one.key: one.value for one in reason.relaxations}
    assert found["rules.population.min"] == 1500
    # all four around u3: u4 has the longest way, 5 km
    assert found["rules.reach_km.max"] == pytest.approx(5.0)


@pytest.mark.parametrize("grace", [{"frozen": ["u1"]}, {"area_km2": {"max": 5}}])
def test_a_rule_that_grants_a_seat_does_not_hide_the_way_out(grace):
    """u1 is no town, and may be its own seat only as it is frozen, or too vast to be merged.

    Without that rule it has no seat at all, so that seats and zones contradict each other by
    themselves; yet what helps, with all rules kept, is a lower minimum.
    """
    rules = {"like": ["zone"], "population": {"min": 1250}, "seats": {"types": ["town"]}}
    why = explain(
        rules | grace,
        people=(1200, 400, 500, 400),
        area_km2=[9, 1, 1, 1],
        types=["rural_okrug", "town", "town", "town"],
        zone=["steppe", "desert", "desert", "desert"],
        rayon=["11"] * 4,
    )
    (reason, *_) = why.reasons
    found = {one.key: one.value for one in reason.relaxations}
    assert reason.place.units == ("u1",)
    assert found["rules.population.min"] == 1200
    assert reason.conflict.minimal


def test_what_contradicts_itself_elsewhere_is_not_taken_for_the_reason_here():
    """u4 is above the maximum; that says nothing of zone steppe, where residents are too few."""
    rules = {"like": ["zone"], "population": {"min": 1300, "max": 3000, "oversize": "refuse"}}
    zones = ["steppe", "steppe", "desert", "desert"]
    steppe, desert = explain(rules, zone=zones).reasons
    assert "rules.population.min" in steppe.conflict.names
    assert desert.conflict.names == ("rules.population.max",)
    assert {one.key: one.value for one in steppe.relaxations}["rules.population.min"] == 1200
