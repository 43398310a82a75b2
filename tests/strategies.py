"""Hypothesis strategies: small territories made by hand, and questions to ask of them.

Thresholds are whole or half numbers, as the values are, so that no rule hangs on rounding.
"""

from __future__ import annotations

import math

import networkx as nx
import pandas as pd
from hypothesis import assume
from hypothesis import strategies as st

from amalgamation.graph import UnitGraph
from amalgamation.scenario.schema import LeaveOut, Scenario
from amalgamation.territory import Territory
from oracle import units_left_out

__all__ = [
    "build_scenario",
    "build_territory",
    "build_unit_graph",
    "lands",
    "leaving_questions",
    "questions",
    "references_of",
    "scenarios",
    "unit_id",
    "with_leave_out",
]

TYPES = ("town", "settlement", "rural_okrug")
RAYONS = ("11", "12", "21")
ZONES = ("steppe", "desert", "mountain")
SIDE = 3


def unit_id(number, count):
    """Return `u1`, `u2`, ...: with as many digits as the last, so that they sort."""
    return f"u{number:0{len(str(count))}d}"


def build_territory(population, *, area_km2=None, pupils=None, rayon=None, types=None, zone=None):
    """Build a table-only territory; values in the order of the units `u1`, `u2`, ..."""
    count = len(population)
    ids = pd.Index([unit_id(i + 1, count) for i in range(count)], name="unit_id")
    rayon = list(rayon) if rayon is not None else ["11"] * count
    units = pd.DataFrame(
        {
            "name": [f"Unit {i + 1}" for i in range(count)],
            "type": list(types) if types is not None else ["rural_okrug"] * count,
            "rayon": rayon,
            "oblast": [code[0] for code in rayon],
            "zone": list(zone) if zone is not None else ["steppe"] * count,
            "population": [float(v) for v in population],
            "area_km2": [float(v) for v in (area_km2 or [1.0] * count)],
            "pupils": [float(v) for v in (pupils or [0.0] * count)],
        },
        index=ids,
    )
    attributes = {"population": "residents", "area_km2": "km2", "pupils": "pupils"}
    return Territory("hand-made", units, ("rayon", "oblast"), attributes)


def build_unit_graph(count, ties):
    """Build a graph of `u1` to `u<count>`; ties are (a, b) or (a, b, km, border_km) from 1."""
    graph = nx.Graph()
    for i in range(count):
        graph.add_node(unit_id(i + 1, count), name=f"Unit {i + 1}")
    for a, b, *rest in ties:
        km, border_km = rest or (1.0, 1.0)
        tie = {"km": float(km), "border_km": float(border_km), "kind": "border", "reason": ""}
        graph.add_edge(unit_id(a, count), unit_id(b, count), **tie)
    return UnitGraph(graph)


def build_scenario(rules=None, aims=None, **sections):
    """Build a scenario of rules and aims on a territory that is given by hand."""
    return Scenario.model_validate(
        {
            "scenario": "hand-made",
            "territory": {"dataset": "toy"},
            "rules": rules or {},
            "aims": aims or {},
            **sections,
        }
    )


@st.composite
def lands(draw, min_units=1, max_units=9, connected=None):
    """Draw a territory and its graph: cells of a 3 x 3 board, some ties missing.

    `connected=True` draws connected ones only; None takes what comes.
    """
    count = draw(st.integers(min_units, max_units))
    ties = draw(_ties(count, connected=connected))
    one = lambda values: st.lists(values, min_size=count, max_size=count)  # noqa: E731
    territory = build_territory(
        draw(one(st.integers(0, 12).map(lambda v: 100 * v))),
        area_km2=draw(one(st.integers(1, 9))),
        pupils=draw(one(st.integers(0, 9))),
        rayon=draw(one(st.sampled_from(RAYONS))),
        types=draw(one(st.sampled_from(TYPES))),
        zone=draw(one(st.sampled_from(ZONES))),
    )
    return territory, build_unit_graph(count, ties)


@st.composite
def _ties(draw, count, *, connected):
    pairs = [
        (i + 1, i + 1 + step)
        for i in range(count)
        for step in (1, SIDE, SIDE + 1)
        if i + step < count and not (step != SIDE and (i + 1) % SIDE == 0)
    ]
    # a chain in the order of the units is planar with these pairs, and connects all of them
    chain = [(i, i + 1) for i in range(1, count)] if connected else []
    kept = [pair for pair in pairs if draw(st.integers(0, 4)) > 0]
    lengths = st.integers(1, 8).map(lambda v: v / 2)
    borders = st.integers(0, 6).map(float)
    return [(a, b, draw(lengths), draw(borders)) for a, b in sorted({*chain, *kept})]


@st.composite
def scenarios(draw, territory):
    """Draw rules and aims for a territory, in every combination of what there is."""
    return build_scenario(draw(_rules(territory)), draw(_aims(territory)))


@st.composite
def questions(draw, min_units=1, max_units=9, connected=None):
    """Draw a scenario, a territory and a graph."""
    territory, graph = draw(lands(min_units, max_units, connected))
    return draw(scenarios(territory)), territory, graph


@st.composite
def leaving_questions(draw, min_units=2, max_units=7, connected=None):
    """Draw a question in which units stay outside, or may."""
    scenario, territory, graph = draw(questions(min_units, max_units, connected))
    section = {}
    _sometimes(draw, section, "always", st.lists(_conditions(), min_size=1, max_size=2))
    units = st.lists(st.sampled_from(territory.ids), min_size=1, max_size=2, unique=True)
    _sometimes(draw, section, "units", units)
    may = st.one_of(st.just("any"), st.lists(_conditions(), min_size=1, max_size=2))
    section["may"] = draw(may)
    scenario = with_leave_out(scenario, section, draw(st.integers(0, 4)) / 4)
    always, _ = units_left_out(scenario, territory, graph)
    rules = scenario.rules
    bound = {*rules.frozen, *(rules.seats.fixed if rules.seats else [])}
    bound |= {unit for group in rules.keep_together for unit in group.units}
    assume(not always & bound)
    assume(len(always) < len(territory.ids))
    return scenario, territory, graph


@st.composite
def _conditions(draw):
    """Draw conditions of which most hold for some units; halves keep clear of rounding."""
    section = {}
    tops = {"population": 1200, "density": 800, "nearest_km": 4, "area_km2": 9}
    names = st.lists(st.sampled_from(sorted(tops)), min_size=1, max_size=2, unique=True)
    for name in draw(names):
        word = draw(st.sampled_from(["min", "max"]))
        section[name] = {word: draw(st.integers(0, 2 * tops[name])) / 2}
    return section


def with_leave_out(scenario, section, weight):
    """Return a scenario with `rules.leave_out` and the weight of `aims.left_out`."""
    rules = scenario.rules.model_copy(update={"leave_out": LeaveOut.model_validate(section)})
    aims = scenario.aims.model_copy(update={"left_out": weight})
    return scenario.model_copy(update={"rules": rules, "aims": aims})


def references_of(scenario, scale=100.0):
    """Return a reference for every aim: what the oracle and the model divide by."""
    aims = scenario.aims
    names = ["access", "ties_cut", "left_out", *(f"balance.{name}" for name in aims.balance)]
    names += [f"crossings.{tier}" for tier in aims.crossings]
    names += [f"heterogeneity.{category}" for category in aims.heterogeneity]
    names += ["wishes"] if aims.wishes is not None else []
    names += [f"number.{aims.number.prefer}"] if aims.number is not None else []
    return {name: scale + position for position, name in enumerate(names)}


def _sometimes(draw, section, key, strategy, one_in=3):
    if draw(st.integers(1, one_in)) == 1:
        section[key] = draw(strategy)


@st.composite
def _rules(draw, territory):
    units = st.sampled_from(territory.ids)
    rules = {}
    _sometimes(draw, rules, "walls", st.sampled_from([["oblast"], ["rayon"], ["oblast", "rayon"]]))
    _sometimes(draw, rules, "like", st.sampled_from([["zone"], ["type"], ["zone", "type"]]), 5)
    _sometimes(draw, rules, "municipalities", _numbers(territory, rules.get("walls", [])))
    _sometimes(draw, rules, "population", _range(2000, 100), 2)
    _sometimes(draw, rules, "area_km2", _range(25, 1), 4)
    _sometimes(draw, rules, "sums", _range(18, 1).map(lambda rule: {"pupils": rule}), 4)
    _sometimes(draw, rules, "ratios", _ratio().map(lambda rule: {"ratio": rule}), 5)
    reach = st.integers(1, 8).map(lambda v: {"max": v / 2})
    _sometimes(draw, rules, "reach_km", reach)
    _sometimes(draw, rules, "seats", _seats(units))
    if len(territory.ids) > 1:
        group = st.lists(units, min_size=2, max_size=3, unique=True).map(lambda g: {"units": g})
        _sometimes(draw, rules, "keep_together", st.lists(group, min_size=1, max_size=2), 4)
        _sometimes(draw, rules, "keep_apart", st.lists(group, min_size=1, max_size=2), 4)
    _sometimes(draw, rules, "frozen", st.lists(units, min_size=1, max_size=2, unique=True), 5)
    _sometimes(draw, rules, "max_units", st.integers(1, 6), 5)
    return rules


@st.composite
def _number(draw, most):
    if draw(st.booleans()):
        return {"exactly": draw(st.integers(1, most))}
    low, high = sorted(draw(st.tuples(st.integers(1, most), st.integers(1, most))))
    section = {"min": low, "max": high}
    if draw(st.booleans()):
        del section[draw(st.sampled_from(["min", "max"]))]
    return section


@st.composite
def _numbers(draw, territory, walls):
    section = draw(_number(len(territory.ids) + 1))
    if walls and draw(st.booleans()):
        tier = draw(st.sampled_from(walls))
        codes = sorted(set(territory.units[tier]))
        section["per_parent"] = {tier: {draw(st.sampled_from(codes)): draw(_number(3))}}
    return section


@st.composite
def _range(draw, top, step):
    amounts = st.integers(1, top // step).map(lambda v: float(v * step))
    low, high = sorted(draw(st.tuples(amounts, amounts)))
    kinds = ("refuse", "alone", "with_neighbours")
    rule = {"min": low, "max": high, "oversize": draw(st.sampled_from(kinds))}
    left_out = draw(st.sampled_from(["min", "max", None]))
    if left_out is not None:
        del rule[left_out]
    if "min" in rule and draw(st.booleans()):
        rule["unless"] = draw(_unless())
    if draw(st.integers(1, 3)) == 1:
        rule |= draw(_classes(rule, amounts))
    return rule


@st.composite
def _classes(draw, rule, amounts):
    """Draw ranges of some classes of seats: one end, or both, beside the general range."""
    by, values = draw(st.sampled_from([("zone", ZONES), ("type", TYPES)]))
    classes = {}
    for value in draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)):
        end = draw(st.sampled_from(["min", "max"]))
        own = {end: draw(amounts)}
        both = {key: rule[key] for key in ("min", "max") if key in rule} | own
        if both.get("min", 0.0) > both.get("max", math.inf):
            own = {"min": both["max"], "max": both["min"]}
        classes[value] = own
    return {"by": by, "classes": classes}


@st.composite
def _ratio(draw):
    """Draw a ratio of two sums, with ends that lie among those of small lands."""
    of, to, scale = draw(
        st.sampled_from([("population", "area_km2", 100.0), ("pupils", "area_km2", 1.0)])
    )
    low, high = sorted(draw(st.tuples(st.integers(0, 8), st.integers(0, 8))))
    rule = {"of": of, "to": to, "min": low / 2 * scale, "max": high / 2 * scale}
    gone = draw(st.sampled_from(["min", "max", "max", None]))
    return {key: value for key, value in rule.items() if key != gone}


@st.composite
def _unless(draw):
    area = draw(st.integers(2, 20).map(float))
    word = draw(st.sampled_from(["min", "max"]))
    section = {"area_km2": {word: area}}
    if draw(st.booleans()):
        section["population"] = {"min": draw(st.integers(1, 6).map(lambda v: 100.0 * v))}
    return section


@st.composite
def _seats(draw, units):
    section = {}
    _sometimes(draw, section, "types", st.lists(st.sampled_from(TYPES), min_size=1, unique=True), 2)
    _sometimes(draw, section, "or_population_min", st.integers(0, 12).map(lambda v: 100.0 * v), 2)
    _sometimes(draw, section, "fixed", st.lists(units, min_size=1, max_size=2, unique=True))
    return section


@st.composite
def _aims(draw, territory):
    weights = st.integers(1, 4).map(lambda v: v / 4)
    aims = {}
    _sometimes(draw, aims, "access", weights, 2)
    _sometimes(draw, aims, "balance", _balance(weights), 2)
    cuts = st.builds(
        lambda weight, by: {"weight": weight, "by": by},
        weights,
        st.sampled_from(["length", "count"]),
    )
    _sometimes(draw, aims, "ties_cut", st.one_of(weights, cuts), 2)
    tiers = st.sampled_from(["rayon", "oblast"])
    _sometimes(draw, aims, "crossings", st.dictionaries(tiers, weights, min_size=1), 3)
    categories = st.sampled_from(["zone", "type"])
    _sometimes(draw, aims, "heterogeneity", st.dictionaries(categories, weights, min_size=1), 4)
    if len(territory.ids) > 1:
        _sometimes(draw, aims, "wishes", _wishes(territory, weights), 3)
    prefers = st.sampled_from(["few", "many"])
    number = st.builds(
        lambda weight, prefer: {"weight": weight, "prefer": prefer}, weights, prefers
    )
    _sometimes(draw, aims, "number", number)
    return aims


@st.composite
def _wishes(draw, territory, weights):
    wishes = []
    for _ in range(draw(st.integers(1, 3))):
        units = st.lists(st.sampled_from(territory.ids), min_size=2, max_size=2, unique=True)
        unit, other = draw(units)
        word = draw(st.sampled_from(["with", "against"]))
        wishes.append({"unit": unit, word: other, "weight": draw(weights)})
    return {"weight": draw(weights), "wishes": wishes}


@st.composite
def _balance(draw, weights):
    section = {}
    for attribute, top in (("population", 2000), ("area_km2", 20), ("pupils", 20)):
        targets = st.integers(1, top).map(float)
        if draw(st.booleans()):
            section[attribute] = {"weight": draw(weights), "target": draw(targets)}
    return section or {"population": {"weight": draw(weights), "target": 1000.0}}
