"""A territory without a map: the fewest ties cut, proven by two roads that share no line.

The second road lists every connected set of units whose residents lie in the range, and
picks six of them that partition the units (Garfinkel and Nemhauser 1970).
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from amalgamation import run
from amalgamation.api import prepare
from amalgamation.scenario import read_scenario
from amalgamation.status import Status
from amalgamation.verify import verify_plan
from amalgamation.write import read_assignment

HERE = Path(__file__).parent
SCENARIO = HERE / "graph-only.yaml"
OPTIMUM = 18
"""Ties cut at least, by both roads."""


@pytest.fixture(scope="module")
def result():
    return run(SCENARIO)


def test_the_fewest_ties_cut_are_found_and_proven(result):
    assert result.status is Status.OPTIMAL
    assert result.gap == 0.0
    (ties,) = result.certificate.aims
    assert (ties.name, ties.unit, ties.raw) == ("ties_cut", "ties", OPTIMUM)
    verified = verify_plan(
        result.plan, result.scenario, result.territory, result.graph, result.certificate
    )
    assert verified == ()


def test_the_listing_of_every_connected_set_finds_the_same_number():
    """Six sets out of all that are connected and of the right size."""
    units = pd.read_csv(HERE / "units.csv")
    place = {unit: position for position, unit in enumerate(units["id"])}
    ties = pd.read_csv(HERE / "ties.csv").map(place.get).to_numpy()
    rules = read_scenario(SCENARIO).scenario.rules
    limits = rules.population.min, rules.population.max
    sets = list_connected_sets(units["population"].to_list(), ties, limits)
    cut = [sum((a in each) != (b in each) for a, b in ties.tolist()) / 2 for each in sets]
    assert pick_partition(sets, cut, len(units), rules.municipalities.exactly) == OPTIMUM


def list_connected_sets(people, ties, limits):
    """Grow each set from its first unit; a unit passed over stays out of what follows."""
    near = [set() for _ in people]
    for a, b in ties.tolist():
        near[a].add(b)
        near[b].add(a)
    found = []

    def grow(inside, total, front, closed):
        if total >= limits[0]:
            found.append(inside)
        passed = set(closed)
        for unit in sorted(front):
            passed.add(unit)
            if total + people[unit] <= limits[1]:
                fresh = front | near[unit]
                grow(inside | {unit}, total + people[unit], fresh - passed - inside, set(passed))

    for first in range(len(people)):
        if people[first] <= limits[1]:
            closed = set(range(first + 1))
            grow(frozenset([first]), people[first], near[first] - closed, closed)
    return found


def pick_partition(sets, cost, count, number):
    """Return the least sum of costs over `number` sets that hold each unit once."""
    rows = [unit for each in sets for unit in sorted(each)]
    columns = np.repeat(np.arange(len(sets)), [len(each) for each in sets])
    cover = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(count, len(sets)))
    answer = milp(
        np.array(cost),
        constraints=[
            LinearConstraint(cover, 1, 1),
            LinearConstraint(np.ones((1, len(sets))), number, number),
        ],
        integrality=np.ones(len(sets)),
        bounds=Bounds(0, 1),
    )
    assert answer.success
    return round(answer.fun)


def test_the_tables_are_what_the_script_makes(make):
    units, ties = make.make_tables(make.COUNT, make.SEED)
    assert units.astype(str).equals(pd.read_csv(HERE / "units.csv", dtype=str))
    assert ties.equals(pd.read_csv(HERE / "ties.csv", dtype=str))


@pytest.fixture
def make(monkeypatch):
    monkeypatch.syspath_prepend(str(HERE))
    import make  # noqa: PLC0415 - a script beside the test, no package

    return make


def test_no_map_is_drawn_and_the_plan_comes_back_from_its_table(result, tmp_path):
    folder = tmp_path / "run"
    result.write(folder)
    assert read_assignment(folder / "assignment.csv") == result.plan
    drawn = [path.name for path in folder.iterdir() if path.suffix in (".png", ".gpkg", ".geojson")]
    assert drawn == []


def test_a_table_of_units_and_ties_is_read_whole():
    ground = prepare(SCENARIO)
    assert not ground.territory.has_geometry
    assert ground.territory.synthetic
    assert (len(ground.graph.ids), len(ground.graph.ties)) == (30, 62)
    assert len(ground.graph.components) == 1
