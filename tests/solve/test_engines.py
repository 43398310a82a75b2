"""`auto` chooses by size and regime, and says why."""

import pytest

from amalgamation.model import build_problem
from amalgamation.solve.engines import choose_engine
from strategies import build_scenario, build_territory, build_unit_graph

MINIMUM = {"population": {"min": 3000.0}}
ACCESS = {"access": 1.0}
TIES = {"ties_cut": {"weight": 1.0, "by": "count"}}
CROWDING = {"ratios": {"density": {"of": "population", "to": "area_km2", "max": 2000.0}}}
SEATED = {"by": "type", "classes": {"rural_okrug": {"min": 3000.0}}}


def wishing(count):
    """Return an aim of so many wishes in a row of 70 units."""
    wishes = [{"unit": f"u{i:02d}", "with": f"u{i + 2:02d}"} for i in range(1, count + 1)]
    return {"wishes": {"weight": 1.0, "wishes": wishes}}


def choose(units, rules, aims, wanted="auto"):
    """Ask for the engine of a row of units of 1,000 residents."""
    territory = build_territory([1000.0] * units)
    graph = build_unit_graph(units, [(i, i + 1) for i in range(1, units)])
    problem = build_problem(build_scenario(rules, aims), territory, graph)
    return choose_engine(problem, 0, wanted)


@pytest.mark.parametrize(
    ("units", "rules", "aims", "engine", "why"),
    [
        (20, MINIMUM, ACCESS, "compact", "20 units are few"),
        (1, {}, ACCESS, "compact", "1 unit is few"),
        (70, {}, ACCESS, "compact", "no minimum"),
        (70, MINIMUM, ACCESS, "columns", "70 units and a minimum"),
        (70, {"population": {"min": 20_000.0}}, ACCESS, "compact", "20 units to a municipality"),
        (70, MINIMUM, ACCESS | TIES, "compact", "ties count"),
        (70, MINIMUM, ACCESS | wishing(40), "columns", "70 units and a minimum"),
        (70, MINIMUM | CROWDING, ACCESS, "columns", "70 units and a minimum"),
        (70, {"population": SEATED}, ACCESS, "columns", "70 units and a minimum"),
        (40, MINIMUM, TIES, "columns", "nothing but ties counts"),
        (30, MINIMUM, TIES, "compact", "30 units are few"),
    ],
)
def test_each_regime_has_its_engine_and_its_reason(units, rules, aims, engine, why):
    chosen, reason = choose(units, rules, aims)
    assert chosen == engine
    assert why in reason


def test_the_scenario_has_the_last_word():
    assert choose(5, {}, ACCESS, "search") == ("search", "as the scenario says")
