"""Why there is no plan, held against every plan there is, on random small territories."""

from dataclasses import replace
from itertools import chain, combinations

import networkx as nx
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from amalgamation.explain import explain_no_plan
from amalgamation.explain.why_not.clauses import list_clauses
from amalgamation.explain.why_not.dials import build_dials
from amalgamation.findings import errors_in
from amalgamation.status import Status
from amalgamation.verify import verify_plan
from oracle import every_plan
from strategies import build_scenario, lands, leaving_questions, questions

SOME = settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
HAIR = 1e-5


def has_plan(question):
    """Ask the brute force for any plan."""
    parts = (question.scenario, question.territory, question.graph)
    return next(every_plan(*parts, {}, {}), None) is not None


def explain(question):
    """Explain a question without aims, which the brute force need not value."""
    scenario, territory, graph = question
    bare = scenario.model_copy(update={"aims": type(scenario.aims)()})
    return explain_no_plan(bare, territory, graph, seconds=300.0)


def impossible_places(why):
    assume(why.reasons)
    return [reason.place for reason in why.reasons]


@SOME
@given(questions(max_units=6))
def test_there_is_a_reason_exactly_where_no_plan_exists(question):
    why = explain(question)
    assert why.status is not Status.NO_PLAN
    assert has_plan(why.question) == (why.status is Status.FEASIBLE)
    for place in (reason.place for reason in why.reasons):
        assert not has_plan(place.question)


@SOME
@given(questions(max_units=6))
def test_the_smallest_relaxation_of_each_figure_equals_brute_force(question):
    """With it there is a plan; with any tighter figure that plans could have there is none."""
    why = explain(question)
    impossible_places(why)
    for reason in why.reasons:
        found = {(one.key, one.words): one for one in reason.relaxations}
        for dial in build_dials(reason.place.question):
            mine = [one for one in found.values() if is_of(one, dial)]
            assert len(mine) <= 1
            check_dial(dial, mine[0] if mine else None)


def is_of(relaxation, dial):
    """Two dials of an exact number share its key; the figure lies on the side of one."""
    if relaxation.key != dial.key or relaxation.value is None:
        return False
    return dial.sign * (relaxation.value - dial.asked) > 0


def check_dial(dial, relaxation):
    limit = None
    if relaxation is not None:
        assert relaxation.proven
        assert has_plan(loosened(dial, relaxation.value))
        broken = verify_plan(relaxation.plan, *parts_of(loosened(dial, relaxation.value)))
        assert errors_in(broken) == []
        limit = relaxation.value
    for figure in figures(dial):
        tighter = limit is None or dial.sign * (limit - figure) > HAIR * max(1, abs(limit))
        if dial.sign * (figure - dial.asked) > 0 and tighter:
            assert not has_plan(loosened(dial, figure)), (dial.key, figure)


def loosened(dial, figure):
    return dial.question().asking(dial.at(figure))


def parts_of(question):
    return question.scenario, question.territory, question.graph


def figures(dial):
    """Return every figure that a plan could have: sums, ratios, ways, whole numbers."""
    question = dial.question()
    units = question.units
    sets = list(chain.from_iterable(combinations(units, n) for n in range(1, len(units) + 1)))
    name = dial.key.split(".")
    if name[1] in ("municipalities", "max_units"):
        return range(1, len(units) + 1)
    if name[1].startswith("reach"):
        blocks = question.changing(reach_km=None).problem.blocks
        return sorted({far for block in blocks for far in block.distances.distance.tolist()})
    if name[1] == "seats":
        return sorted(set(question.territory.values("population")))
    if name[1] == "ratios":
        rule = question.rules.ratios[name[2]]
        of, to = (question.territory.values(each) for each in (rule.of, rule.to))
        return sorted({of[list(s)].sum() / to[list(s)].sum() for s in sets})
    values = question.territory.values(name[2] if name[1] == "sums" else name[1])
    return sorted({values[list(units)].sum() for units in sets})


@SOME
@given(questions(max_units=6))
def test_the_conflict_is_one_and_without_any_of_its_rules_there_is_a_plan(question):
    why = explain(question)
    impossible_places(why)
    for reason in why.reasons:
        names = set(reason.conflict.names)
        assert reason.conflict.minimal
        assert not any(map(has_plan, asked(reason.place, names)))
        for name in names:
            assert any(map(has_plan, asked(reason.place, names - {name}))), name


def asked(place, names):
    """Return what some clauses ask of the place, and beyond it where nothing separates it."""
    clauses = list_clauses(place.question.rules, place.whole.territory)
    rules = place.question.rules
    for clause in clauses:
        if clause.name not in names:
            rules = clause.without(rules)
    alone = place.question.asking(rules)
    if all(clause.name in names for clause in clauses if clause.separates):
        return [alone]
    wider = [place.whole.within(units) for units in (place.wider, place.whole.units)]
    beyond = [
        one.asking(rules.model_copy(update={"leave_out": one.rules.leave_out})) for one in wider
    ]
    return [alone, *beyond]


@SOME
@given(questions(max_units=6))
def test_a_wish_is_a_way_out_exactly_where_brute_force_says_so(question):
    why = explain(question)
    impossible_places(why)
    for reason in why.reasons:
        own = reason.place.question
        wishes = {
            clause.name: has_plan(own.asking(clause.without(own.rules)))
            for clause in list_clauses(own.rules, why.question.territory)
            if clause.name.startswith("rules.keep_")
        }
        dropped = {one.key for one in reason.relaxations if one.key.startswith("rules.keep_")}
        assert dropped == {name for name, possible in wishes.items() if possible}


@SOME
@given(lands(min_units=3, max_units=6, connected=True), st.integers(1, 12))
def test_a_wall_is_a_way_out_exactly_where_brute_force_says_so(land, hundreds):
    """Each rayon must stand by itself, on at least so many residents."""
    territory, graph = land
    rules = {"walls": ["rayon"], "population": {"min": 100.0 * hundreds}}
    why = explain((build_scenario(rules), territory, graph))
    impossible_places(why)
    rayon = territory.units["rayon"]
    for reason in why.reasons:
        home = rayon[reason.place.units[0]]
        opened = [one.words for one in reason.relaxations if one.key == "rules.walls"]
        near = {rayon[v] for u in reason.place.units for v in graph.graph[u]} - {home}
        works = {code for code in near if has_plan(joined(reason.place, code))}
        assert sorted(opened) == [
            f"the wall between {home} and {c} (rayon) open" for c in sorted(works)
        ]


def joined(place, code):
    """Return the question of a place and those pieces of another rayon that touch it."""
    whole, rayon = place.whole, place.whole.territory.units["rayon"]
    inner = whole.graph.graph.subgraph(rayon.index[rayon == code])
    pieces = [set(piece) for piece in nx.connected_components(inner)]
    beside = {v for u in place.units for v in whole.graph.graph[u]}
    units = {*place.units, *(v for piece in pieces if piece & beside for v in piece)}
    frame = whole.territory.units.assign(rayon="one")
    return replace(whole.within(units), territory=replace(whole.territory, units=frame))


@SOME
@given(leaving_questions(max_units=6))
def test_units_that_may_be_left_out_are_no_reason_and_those_that_are_left_out_no_help(question):
    why = explain(question)
    assert why.status is not Status.NO_PLAN
    assert has_plan(why.question) == (why.status is Status.FEASIBLE)
    for place in (reason.place for reason in why.reasons):
        assert not has_plan(place.question)
