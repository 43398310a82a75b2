"""Why this plan: figures that a reader can follow with a pencil."""

import pytest

from amalgamation.errors import InputError
from amalgamation.explain import explain_municipality, explain_unit, explain_whole
from amalgamation.explain.this_plan import draw_plan
from amalgamation.model import build_problem
from amalgamation.plan import Plan
from amalgamation.verify import plan_values
from strategies import build_scenario, build_territory, build_unit_graph


def draw_by_hand(question, seats, outside=()):
    """Draw a plan whose cost is what its aims amount to beside the problem's own references."""
    plan, problem = Plan.from_seats(seats, outside), build_problem(*question)
    raws = plan_values(plan, *question)
    cost = sum(aim.weight * raws[aim.name] / problem.references[aim.name] for aim in problem.aims)
    return draw_plan(problem, plan, *question[1:], cost)


@pytest.fixture
def chain():
    """Five units in a row, 10 km apart: 1 and 2 with seat 1; 3, 4 and 5 with seat 4.

    ``u1(3000) - u2(2120) - u3(1000) - u4(4000) - u5(500)``: at least 5,000 residents, at
    most 12 km.
    """
    territory = build_territory([3000, 2120, 1000, 4000, 500])
    graph = build_unit_graph(5, [(i, i + 1, 10, 3) for i in range(1, 5)])
    rules = {
        "population": {"min": 5000},
        "reach_km": {"max": 12},
        "municipalities": {"min": 2, "max": 4},
    }
    scenario = build_scenario(rules, {"access": 1.0})
    seats = {"u1": "u1", "u2": "u1", "u3": "u4", "u4": "u4", "u5": "u4"}
    return draw_by_hand((scenario, territory, graph), seats)


def slack_of(reasons):
    return {margin.key: margin.slack for margin in reasons.margins}


def test_limits_are_told_with_what_is_to_spare(chain):
    reasons = explain_unit(chain, "u2")
    assert slack_of(reasons) == {
        "rules.population.min": 120,
        "rules.reach_km.max": 2,
        "rules.municipalities.min": 0,
        "rules.municipalities.max": 2,
    }
    lines = "\n".join(reasons.sentences())
    assert "minimum 5,000 (rules.population.min): 5,120 residents, 120 to spare" in lines
    assert "maximum 12 (rules.reach_km.max): 10 km to u2 (Unit 2), 2 to spare" in lines
    assert reasons.place == "u2 (Unit 2) is in the municipality of u1 (Unit 1), with 1 other unit."


def test_moving_a_unit_is_priced_in_person_km_and_breaks_rules_by_so_much(chain):
    """u2 would lie 20 km from u4, not 10 from u1: 2,120 x 10 more, 8 km too far, 2,000 short."""
    (move,) = [c for c in explain_unit(chain, "u2").choices if c.kind == "move"]
    assert [(aim.name, aim.raw) for aim in move.aims] == [("access", 21200.0)]
    slack = {breach.key: breach.margin.slack for breach in move.breaks}
    assert slack == {"rules.population.min": -2000, "rules.reach_km.max": -8}
    assert move.cost / chain.cost == pytest.approx(21200 / (21200 + 10000 + 5000))
    line = next(s for s in explain_unit(chain, "u2").sentences() if "to the municipality" in s)
    assert "u2 (Unit 2) to the municipality of u4 (Unit 4): +21,200 person-km (access)" in line
    assert (
        "breaks rules.population.min by 2,000 residents (3,000 residents at u1 (Unit 1), at" in line
    )
    assert "rules.reach_km.max by 8 km (20 km to u2 (Unit 2), at most 12)" in line


def test_a_unit_in_the_middle_leaves_two_pieces_behind(chain):
    (alone,) = [c for c in explain_unit(chain, "u4").choices if c.kind == "alone"]
    assert "contiguity" in alone.keys
    assert any("2 pieces" in breach.found for breach in alone.breaks)


def test_a_municipality_that_loses_its_seat_takes_the_one_at_which_it_costs_least(chain):
    """Without u1, u2 is all that is left, and its own seat."""
    (alone,) = [c for c in explain_unit(chain, "u1").choices if c.kind == "alone"]
    assert alone.seats == {"u1": "u1", "u2": "u2"}
    assert [aim.raw for aim in alone.aims] == [-21200.0]


def test_merging_with_a_neighbour_takes_the_best_seat_and_breaks_the_number(chain):
    """At u3, the least of all seats: 3000 x 20 + 2120 x 10 + 4000 x 10 + 500 x 20."""
    (merge,) = [c for c in explain_municipality(chain, "u1").choices if c.kind == "merge"]
    assert set(merge.seats.values()) == {"u3"}
    assert [aim.raw for aim in merge.aims] == [131200.0 - 36200.0]
    assert merge.keys == {"rules.reach_km.max", "rules.municipalities.min"}


def test_another_seat_is_priced_too(chain):
    seats = [c for c in explain_municipality(chain, "u4").choices if c.kind == "seat"]
    told = {c.to: (c.aims[0].raw, sorted(c.keys)) for c in seats}
    assert told["u3"] == (4000 * 10 + 500 * 20 - 15000, ["rules.reach_km.max"])
    assert told["u5"] == (1000 * 20 + 4000 * 10 - 15000, ["rules.reach_km.max"])


def test_a_rule_binds_where_it_alone_refuses_what_would_cost_less(chain):
    """u3 is as far from its seat as it would be alone is near; only residents are lacking."""
    reasons = explain_unit(chain, "u3")
    assert reasons.binding == {"rules.population.min": 1}
    told = "rules.population.min binds: it alone refuses 1 change that would cost less."
    assert told in reasons.sentences()


def test_the_whole_plan_names_the_municipality_with_least_to_spare(chain):
    overview = explain_whole(chain)
    least = {one.margin.key: (one.municipality, one.margin.slack) for one in overview.tightest}
    assert least["rules.population.min"] == ("u1", 120)
    assert least["rules.municipalities.max"] == ("", 2)
    told = "\n".join(overview.sentences())
    assert "120 to spare, in the municipality of u1 (Unit 1)" in told
    assert f"Of {len(overview.choices)} single changes" in told


def test_the_table_has_a_row_for_each_choice_and_a_column_for_each_aim(chain):
    table = explain_unit(chain, "u2").to_frame().set_index("kind")
    assert table.loc["move", "alternative"] == "u4"
    assert table.loc["move", "access"] == 21200.0
    assert table.loc["move", "breaks"] == "rules.population.min rules.reach_km.max"
    assert not table.loc["move", "allowed"]
    whole = explain_whole(chain).to_frame()
    assert whole["unit"].eq("").sum() == 1 + 1 + 2  # one merge; a seat at u2; seats at u3, u5


def test_a_plan_that_is_not_the_cheapest_says_so():
    """u2 lies nearer to u3: the gap allows the plan, and the reader is told."""
    territory, graph = (
        build_territory([900, 100, 900]),
        build_unit_graph(3, [(1, 2, 9, 1), (2, 3, 1, 1)]),
    )
    scenario = build_scenario({"municipalities": {"exactly": 2}}, {"access": 1.0})
    drawn = draw_by_hand((scenario, territory, graph), {"u1": "u1", "u2": "u1", "u3": "u3"})
    reasons = explain_unit(drawn, "u2")
    assert [choice.to for choice in reasons.cheaper] == ["u3"]
    assert "the plan is not the cheapest, which its gap allows" in "\n".join(reasons.sentences())


def test_a_neighbour_behind_a_wall_is_named_with_both_sides():
    territory = build_territory([100, 100], rayon=["11", "21"])
    graph = build_unit_graph(2, [(1, 2)])
    scenario = build_scenario({"walls": ["oblast"]}, {"access": 1.0})
    drawn = draw_by_hand((scenario, territory, graph), {"u1": "u1", "u2": "u2"})
    reasons = explain_unit(drawn, "u1")
    (walled,) = reasons.walled
    assert (walled.neighbour, walled.key, walled.sides) == ("u2", "rules.walls", ("1", "2"))
    assert "  - u1 (Unit 1) with u2 (Unit 2): rules.walls (1 and 2)" in reasons.sentences()


WISH = {"unit": "u2", "with": "u3", "reason": "one school"}


@pytest.mark.parametrize("unit", ["u2", "u3"])
def test_a_refused_wish_is_told_with_the_change_that_grants_it(unit):
    """u2 and u3 lie 5 km apart, on both sides of the border: to join is 4 km farther for u2."""
    territory = build_territory([500, 100, 500])
    graph = build_unit_graph(3, [(1, 2, 1, 1), (2, 3, 5, 1)])
    aims = {"access": 1.0, "wishes": {"weight": 0.1, "wishes": [WISH]}}
    scenario = build_scenario({"municipalities": {"exactly": 2}}, aims)
    drawn = draw_by_hand((scenario, territory, graph), {"u1": "u1", "u2": "u1", "u3": "u3"})
    (refused,) = explain_unit(drawn, unit).refused
    told = next(s for s in explain_unit(drawn, unit).sentences() if "one school" in s)
    assert told.startswith("  - u2 (Unit 2) with u3 (Unit 3) (one school): granted by ")
    if unit == "u2":
        assert refused.choice.kind == "move"
        assert {aim.name: aim.raw for aim in refused.choice.aims} == {"access": 400, "wishes": -1}
        assert not refused.choice.breaks


def test_an_unknown_name_is_refused_with_the_nearest(chain):
    with pytest.raises(InputError, match=r"no unit u9.*use one of u1, u2"):
        explain_unit(chain, "u9")
    with pytest.raises(InputError, match=r"no municipality u2.*use one of u1, u4"):
        explain_municipality(chain, "u2")


def test_a_unit_that_every_plan_leaves_out_has_no_choices():
    territory, graph = build_territory([900, 100]), build_unit_graph(2, [(1, 2)])
    scenario = build_scenario({"leave_out": {"units": ["u2"]}}, {"access": 1.0})
    drawn = draw_by_hand((scenario, territory, graph), {"u1": "u1"}, ["u2"])
    with pytest.raises(InputError, match="u2, which every plan leaves out"):
        explain_unit(drawn, "u2")


def test_a_unit_outside_by_choice_is_told_what_joining_would_cost():
    territory, graph = build_territory([900, 100]), build_unit_graph(2, [(1, 2, 7, 1)])
    scenario = build_scenario({"leave_out": {"may": "any"}}, {"access": 1.0, "left_out": 1.0})
    drawn = draw_by_hand((scenario, territory, graph), {"u1": "u1"}, ["u2"])
    reasons = explain_unit(drawn, "u2")
    assert reasons.place == "u2 (Unit 2) is outside every municipality."
    raws = {c.kind: {aim.name: aim.raw for aim in c.aims} for c in reasons.choices}
    assert raws["move"] == {"access": 700, "left_out": -100}
    assert raws["alone"] == {"access": 0, "left_out": -100}
    (back,) = [c for c in explain_unit(drawn, "u1").choices if c.kind == "outside"]
    assert back.aims[1].raw == 900


def test_a_plan_across_a_wall_is_not_explained():
    territory = build_territory([100, 100], rayon=["11", "21"])
    graph, scenario = build_unit_graph(2, [(1, 2)]), build_scenario({"walls": ["oblast"]})
    with pytest.raises(InputError, match="both sides of a wall"):
        draw_by_hand((scenario, territory, graph), {"u1": "u1", "u2": "u1"})
