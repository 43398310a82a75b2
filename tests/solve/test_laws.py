"""Laws of the whole solve: what may change the plan, what may not, and what time does."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation import run
from amalgamation.graph import UnitGraph, build_graph
from amalgamation.model import build_problem
from amalgamation.scenario.schema import Scenario
from amalgamation.solve import solve_problem
from amalgamation.status import Status
from amalgamation.territory.grid import grid_territory, grid_ties
from amalgamation.verify import verify_plan
from strategies import build_scenario, questions

SOME = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


def solve(problem, **options):
    return solve_problem(problem, **{"gap": 0.0, "seconds": 300.0, "processes": 1, **options})


# --- the same plan --------------------------------------------------------------------

TABLES = """\
scenario: tables
territory:
  units: units.csv
  id: unit_id
  parents: {rayon: rayon}
graph: {ties: {file: ties.csv}}
rules:
  walls: [rayon]
  municipalities: {min: 7, max: 9}
  population: {min: 4000}
aims: {access: 1.0, ties_cut: 0.2}
solve: {gap_percent: 0, minutes: 1, seed: 3, processes: 1}
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    """A grid of 6 x 6 units in four rayons, as tables; the number is met across blocks."""
    grid = grid_territory(6, 6, with_geometry=False)
    grid.units.drop(columns="oblast").to_csv(tmp_path / "units.csv")
    grid_ties(6, 6).to_csv(tmp_path / "ties.csv", index=False)
    (tmp_path / "tables.yaml").write_text(TABLES)
    return tmp_path


def plan_of(folder, **overrides):
    result = run(folder / "tables.yaml", overrides=overrides)
    assert result.status is Status.OPTIMAL
    return result.plan


def test_the_order_of_the_input_rows_does_not_matter(folder):
    """Rows shuffled, ends of ties swapped: the same plan, seat by seat."""
    before = plan_of(folder)
    units = pd.read_csv(folder / "units.csv", dtype=str)
    units.sample(frac=1, random_state=5).to_csv(folder / "units.csv", index=False)
    ties = pd.read_csv(folder / "ties.csv", dtype=str).sample(frac=1, random_state=6)
    ties = ties.rename(columns={"from": "to", "to": "from"})
    ties.to_csv(folder / "ties.csv", index=False)
    assert plan_of(folder) == before


PRINT_PLAN = """\
import json, sys
import amalgamation as am
plan = am.run(sys.argv[1]).plan
print(json.dumps([dict(plan.municipality_of), dict(plan.seat_of)]))
"""


def plan_under(hash_seed, folder):
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, "-c", PRINT_PLAN, str(folder / "tables.yaml")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_order_of_sets_does_not_matter(folder):
    """Python shuffles its sets by PYTHONHASHSEED: nothing of it may reach a plan."""
    assert plan_under("1", folder) == plan_under("424242", folder)


def test_the_number_of_processes_does_not_matter(folder):
    assert plan_of(folder, **{"solve.processes": 2}) == plan_of(folder)


def test_the_toy_has_the_same_plan_from_one_process_and_two():
    plans = [run("toy", overrides={"solve.processes": count}).plan for count in (1, 2)]
    assert plans[0] == plans[1]


# --- the same cost --------------------------------------------------------------------


def relabelled(question, order):
    """Return a question with the units renamed: `order[i]` is the place of unit i's name."""
    scenario, territory, graph = question
    new = {old: territory.ids[place] for old, place in zip(territory.ids, order, strict=True)}
    units = territory.units.rename(index=new).sort_index().rename_axis("unit_id")
    other = nx.Graph()
    other.add_nodes_from((unit, {"name": unit}) for unit in units.index)
    other.add_edges_from((new[a], new[b], tie) for a, b, tie in graph.graph.edges(data=True))
    document = _renamed(scenario.model_dump(by_alias=True), new)
    return Scenario.model_validate(document), replace(territory, units=units), UnitGraph(other)


def _renamed(value, new):
    if isinstance(value, dict):
        return {key: _renamed(entry, new) for key, entry in value.items()}
    if isinstance(value, list):
        return [_renamed(entry, new) for entry in value]
    return new.get(value, value) if isinstance(value, str) else value


@SOME
@given(questions(min_units=3, max_units=7), st.data())
def test_new_names_for_the_units_do_not_change_the_optimum(question, data):
    """References are kept: among equals, the reference plan chooses its seats by name."""
    problem = build_problem(*question)
    order = data.draw(st.permutations(range(len(question[1].ids))))
    renamed = build_problem(*relabelled(question, order))
    before = solve(problem).certificate
    after = solve(replace(renamed, references=problem.references)).certificate
    assert after.status is before.status
    assert after.cost == pytest.approx(before.cost, rel=1e-6, abs=1e-9)


def loosened(rules):
    """Return the rules that can be loosened, each as the rules with it loosened.

    Left as they are: walls and like categories (without one more ties and wishes are
    counted), and what makes a seat eligible by standing alone.
    """
    ways = {}
    whole = ("municipalities", "reach_km", "keep_together", "keep_apart", "max_units", "seats")
    for key in (*whole, "ratios"):
        if key in rules:
            ways[key] = {name: rule for name, rule in rules.items() if name != key}
    for key in ("population", "area_km2"):
        if "min" in rules.get(key, {}):
            open_rule = {name: v for name, v in rules[key].items() if name not in ("min", "unless")}
            for own in open_rule.get("classes", {}).values():
                own.pop("min", None)
            ways[f"{key}.min"] = {**rules, key: open_rule}
    return ways


@SOME
@given(questions(min_units=3, max_units=7), st.data())
def test_a_looser_rule_never_costs_more(question, data):
    scenario, *ground = question
    ways = loosened(scenario.rules.model_dump(exclude_defaults=True, by_alias=True))
    if not ways:
        return
    rules = ways[data.draw(st.sampled_from(sorted(ways)))]
    looser = build_scenario(rules, scenario.aims.model_dump(exclude_defaults=True, by_alias=True))
    problem = build_problem(*question)
    tight = solve(problem).certificate
    loose = solve(
        replace(build_problem(looser, *ground), references=problem.references)
    ).certificate
    assert loose.cost <= tight.cost * (1 + 1e-6) + 1e-9
    assert tight.status is Status.INFEASIBLE or loose.status is Status.OPTIMAL


# --- little time ----------------------------------------------------------------------


def grid_question(side, rules):
    scenario = build_scenario(rules, {"access": 1.0, "ties_cut": 0.3})
    territory = grid_territory(side, side)
    return scenario, territory, build_graph(territory, scenario.graph, Path())


@pytest.mark.parametrize("seconds", [0.06, 0.5, 2.0])
@pytest.mark.parametrize(
    "rules",
    [
        {"population": {"min": 10000, "max": 25000}},
        {"walls": ["rayon"], "municipalities": {"min": 20, "max": 26}, "population": {"min": 5000}},
    ],
)
def test_too_little_time_gives_no_plan_or_a_verified_one(seconds, rules):
    """Never a plan of zeros, never a bound above the cost, never the word optimal for it."""
    question = grid_question(9, rules)
    solution = solve(build_problem(*question), gap=0.001, seconds=seconds)
    certificate = solution.certificate
    assert certificate.bound <= certificate.cost
    if solution.plan is None:
        assert certificate.status is Status.NO_PLAN
        return
    assert certificate.status in (Status.FEASIBLE, Status.WITHIN_GAP, Status.OPTIMAL)
    assert verify_plan(solution.plan, *question, certificate) == ()


def test_the_time_limit_is_kept_to_within_a_few_seconds():
    question = grid_question(10, {"population": {"min": 14000, "max": 15500}})
    solution = solve(build_problem(*question), seconds=4.0)
    assert solution.certificate.seconds < 4.0 + 6.0
