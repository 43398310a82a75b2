"""Why no plan has more municipalities: what arithmetic claims holds for every partition."""

from __future__ import annotations

import json

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import amalgamation as am
from amalgamation.cli import main
from amalgamation.explain import explain_number
from amalgamation.explain.ground import Ground
from amalgamation.explain.number.part import count_part
from amalgamation.explain.number.room import find_room
from amalgamation.explain.this_plan import draw_plan
from amalgamation.model import build_problem
from amalgamation.plan import Plan
from amalgamation.status import Certificate, Status
from strategies import build_scenario, build_territory, build_unit_graph

MANY = {
    "solve.processes": 1,
    "solve.gap_percent": 0,
    "rules.municipalities": {"exactly": None, "min": 1},
    "aims.access": 0,
    "aims.number": {"weight": 1, "prefer": "many"},
}


def ground_of(people, ties, least=5000, **rules):
    territory = build_territory(people)
    graph = build_unit_graph(len(people), [(a, b, 10, 3) for a, b in ties])
    scenario = build_scenario({"population": {"min": least}, **rules}, {"access": 1.0})
    return Ground(scenario, territory, graph)


def partitions(graph, people, least):
    """Give every way to part connected units into connected groups of the minimum or more."""

    def split(rest):
        if not rest:
            yield ()
            return
        first, *others = rest
        for mask in range(1 << len(others)):
            group = (first, *(unit for at, unit in enumerate(others) if mask >> at & 1))
            if sum(people[unit] for unit in group) < least:
                continue
            if nx.is_connected(graph.subgraph(group)):
                left = [unit for unit in rest if unit not in group]
                for more in split(left):
                    yield (group, *more)

    yield from split(sorted(graph))


@st.composite
def territories(draw):
    """Draw up to seven units: a random tree, with a few ties more."""
    count = draw(st.integers(2, 7))
    people = draw(st.lists(st.integers(0, 9), min_size=count, max_size=count))
    ties = {(draw(st.integers(1, at - 1)), at) for at in range(2, count + 1)}
    more = draw(st.lists(st.tuples(st.integers(1, count), st.integers(1, count)), max_size=3))
    ties |= {(min(pair), max(pair)) for pair in more if pair[0] != pair[1]}
    return [1000 * size for size in people], sorted(ties), draw(st.sampled_from([3000, 5000, 8000]))


@given(territories())
def test_no_partition_has_more_than_the_room_and_pockets_are_with_their_gate(drawn):
    """The claim is one of proof: a single partition against it would make it a lie."""
    people, ties, least = drawn
    ground = ground_of(people, ties, least)
    (part,) = ground.parts
    room = find_room(ground, part, "population")
    of = dict(zip(part, people, strict=True))
    found = list(partitions(ground.walled, of, least))
    assert max(map(len, found), default=0) <= room.most <= room.plain
    for plan in found:
        home = {unit: at for at, group in enumerate(plan) for unit in group}
        for node in (*room.large, *room.nodes):
            assert {home[unit] for unit in node.pocket} <= {home[node.gate]}
        for piece in room.pieces:
            inside = [group for group in plan if set(group) <= set(piece.units)]
            assert len(inside) <= piece.room


def test_a_pocket_that_can_only_join_one_unit_takes_a_municipality_away():
    """12,000 / 5,000 allow two; but u1 and u2 can only join u3, and 3,500 are left beyond."""
    ground = ground_of([1000, 2500, 5000, 3500], [(1, 2), (2, 3), (3, 4)])
    (part,) = ground.parts
    counted = count_part(ground, part, 1)
    assert (counted.room.plain, counted.most) == (2, 1)
    line = counted.sentence(many=True, solved=False)
    assert "12,000 residents / 5,000 residents would allow 2, but the pocket of" in line
    assert "can only join" in line
    assert "the plan has 1, and no plan can have more" in line


def test_what_a_unit_has_above_the_minimum_is_lost_to_others():
    ground = ground_of([14000, 3000, 3000], [(1, 2), (2, 3)])
    (part,) = ground.parts
    counted = count_part(ground, part, 2)
    assert (counted.room.plain, counted.most) == (4, 2)
    assert "u1 (Unit 1) (14,000 residents) is one municipality, however large" in counted.sentence(
        many=True, solved=False
    )


def test_an_exception_without_a_minimum_of_its_own_claims_nothing():
    """A municipality that may be excused may be of any size."""
    excused = {"population": {"min": 5000, "unless": {"area_km2": {"min": 1}}}}
    ground = ground_of([1000, 2500, 5000], [(1, 2), (2, 3)], **excused)
    assert find_room(ground, ground.parts[0], "population") is None
    assert count_part(ground, ground.parts[0], 3).most == 3


@pytest.fixture(scope="module")
def proven():
    return am.run("toy", overrides={**MANY, "rules.population.min": 9000})


def test_the_most_municipalities_are_proven_by_arithmetic_where_it_reaches_them(proven):
    reason = proven.explain_number()
    assert (reason.number, reason.arithmetic, reason.solved) == (4, 4, 4)
    assert reason.proof == "arithmetic"
    first, line = reason.sentences()
    assert first.startswith("The plan has 4 municipalities, and no plan can have more")
    assert "48,900 people / 9,000 people would allow 5, but" in line


def test_where_only_the_solver_knows_it_says_so():
    reason = am.run("toy", overrides={**MANY, "rules.population.min": 5000}).explain_number()
    assert reason.proof == "solver"
    assert reason.number == reason.solved < reason.arithmetic
    assert "no reason as short as a picture" in reason.sentences()[1]
    assert not reason.highlights().title.startswith("Why"), "a map that is no reason claims none"


def test_where_nobody_knows_nothing_is_claimed():
    """Access was looked for, not the number: a plan of more municipalities may well be there."""
    free = {"exactly": None, "min": 2, "max": 9}
    overrides = {"solve.processes": 1, "rules.municipalities": free, "aims.number": None}
    reason = am.run("toy", overrides={**overrides, "aims.ties_cut": 5}).explain_number()
    assert reason.solved is None
    assert reason.proof == "none"
    assert "is not proven" in reason.sentences()[0]
    assert "what lies between is not proven" in reason.sentences()[1]


def test_a_number_that_the_rules_set_is_told_as_such():
    reason = am.run("toy", overrides={"solve.processes": 1}).explain_number()
    assert reason.proof == "rule"
    assert "rules.municipalities allows no more" in reason.sentences()[0]


def test_few_are_bounded_from_below():
    few = {**MANY, "aims.number": {"weight": 1, "prefer": "few"}}
    limits = {"rules.population": {"min": 5000, "max": 20000}}
    reason = am.run("toy", overrides={**few, **limits}).explain_number()
    assert (reason.prefer, reason.number, reason.arithmetic) == ("few", 3, 3)
    assert "48,900 people, at most 20,000 people each" in reason.sentences()[1]


def test_of_many_parts_those_that_one_rule_decides_are_told_in_one_line():
    """Islands of one unit each: that none can be two needs no sentence of its own."""
    ground = ground_of([6000] * 14 + [9000, 2000], [(15, 16)])
    seats = {unit: unit for unit in ground.territory.ids[:15]} | {"u16": "u15"}
    question = ground.scenario, ground.territory, ground.graph
    drawn = draw_plan(build_problem(*question), Plan.from_seats(seats), *question[1:], 1.0)
    reason = explain_number(drawn, ground.scenario, Certificate(Status.FEASIBLE, 1.0, 0.5))
    assert reason.proof == "arithmetic"
    first, *others = reason.sentences()
    assert first.startswith("The plan has 15 municipalities, and no plan can have more")
    pocket, rest = others
    assert "the pocket of u16 (Unit 16) (2,000 residents) can only join u15 (Unit 15)" in pocket
    assert rest == "  - 14 other parts: one rule by itself allows no more than the plan has"


def test_the_map_shows_each_part_that_units_play_and_no_unit_twice(proven):
    shown = proven.explain_number().highlights()
    units = [unit for _, members in shown.roles for unit in members]
    assert len(units) == len(set(units)) == 12
    roles = dict(shown.roles)
    assert roles["one municipality, however large"] == ("990101000",)
    assert "34,700 people" in shown.sentence


def test_the_command_tells_it_and_writes_the_picture(proven, tmp_path, capsys):
    run = tmp_path / "run"
    proven.write(run)
    assert main(["explain", str(run)]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert "no plan can have more" in last
    assert "--number" in last
    assert main(["explain", str(run), "--number", "-o", str(tmp_path / "why"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["proof"] == "arithmetic"
    names = sorted(path.name for path in (tmp_path / "why").iterdir())
    assert names == ["explanation.json", "reason.geojson", "reason.png"]
    assert main(["explain", str(run), "--number", "--prices", "-q"]) == 2
