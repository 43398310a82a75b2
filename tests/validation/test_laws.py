"""Metamorphic laws: what may not change the optimum, and what may only better it.

Beside those of `tests/solve/test_laws.py` (new names, order of rows, hash seeds, processes,
looser rules): other units of measure, other seeds of the solver, the number taken one by
one, a tie more, a wall less, the map moved, turned, mirrored and projected otherwise.
"""

import json
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import affinity

from amalgamation import run
from amalgamation.graph import UnitGraph, build_graph
from amalgamation.model import build_problem
from amalgamation.scenario.schema import Scenario
from amalgamation.solve import solve_problem
from amalgamation.status import Status
from amalgamation.territory.grid import grid_territory
from strategies import build_scenario, leaving_questions, questions

SOME = settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
TABLE = "Metamorphic laws"
ENGINES = st.sampled_from(["compact", "columns"])


def solve(problem, engine="compact", **options):
    settled = {"gap": 0.0, "seconds": 300.0, "processes": 1, **options}
    return solve_problem(problem, engine=engine, **settled).certificate


def is_same(one, other):
    """Hold two certificates of what must be one optimum against each other."""
    assert one.status is other.status
    assert one.status in (Status.OPTIMAL, Status.INFEASIBLE)
    assert other.cost == pytest.approx(one.cost, rel=1e-6, abs=1e-9)


def is_no_worse(before, after):
    """Hold the optimum of what allows more against that of what allows less."""
    assert after.cost <= before.cost * (1 + 1e-6) + 1e-9
    assert before.status is Status.INFEASIBLE or after.status is Status.OPTIMAL


def changed(document, place, factor):
    """Multiply the numbers at a place such as ``rules.population.min``; absent ones stay so."""
    key, _, rest = place.partition(".")
    if isinstance(document, list):
        for entry in document:
            changed(entry, place, factor)
    elif isinstance(document, dict):
        keys = list(document) if key == "*" else [key]
        for name in (name for name in keys if name in document):
            if rest:
                changed(document[name], rest, factor)
            elif document[name] is not None:
                document[name] *= factor


POPULATION = [
    *(f"rules.population.{end}" for end in ("min", "max")),
    *(f"rules.population.classes.*.{end}" for end in ("min", "max")),
    *(f"rules.{rule}.unless.population.min" for rule in ("population", "area_km2", "sums.*")),
    *(f"rules.ratios.*.{end}" for end in ("min", "max")),
    "rules.seats.or_population_min",
    "aims.balance.population.target",
    *(
        f"rules.leave_out.{word}.{name}.{end}"
        for word in ("always", "may")
        for name in ("population", "density")
        for end in ("min", "max")
    ),
]
LENGTH = [
    "rules.reach_km.max",
    *(
        f"rules.leave_out.{word}.nearest_km.{end}"
        for word in ("always", "may")
        for end in ("min", "max")
    ),
]


def with_factor(scenario, places, factor):
    document = scenario.model_dump(by_alias=True, exclude_defaults=True)
    ratios = document.get("rules", {}).get("ratios", {})
    free = {name for name, ratio in ratios.items() if ratio["of"] != "population"}
    for place in places:
        if place.startswith("rules.ratios.*."):
            end = place.rpartition(".")[2]
            for name in set(ratios) - free:
                changed(ratios[name], end, factor)
        else:
            changed(document, place, factor)
    return Scenario.model_validate(document)


def with_people(question, factor):
    """Count residents in another unit, thresholds too."""
    scenario, territory, graph = question
    units = territory.units.assign(population=territory.units["population"] * factor)
    return with_factor(scenario, POPULATION, factor), replace(territory, units=units), graph


def with_ties(graph, **factors):
    """Return a graph whose ties are so many times as long."""
    other = nx.Graph()
    other.add_nodes_from(graph.graph.nodes(data=True))
    for a, b, tie in graph.graph.edges(data=True):
        other.add_edge(a, b, **tie | {name: tie[name] * by for name, by in factors.items()})
    return UnitGraph(other)


ANY = st.one_of(questions(min_units=2, max_units=7), leaving_questions(max_units=6))


@SOME
@given(question=ANY, factor=st.sampled_from([0.5, 2.0, 3.0, 10.0, 1000.0]), engine=ENGINES)
def test_residents_counted_in_dozens_have_the_same_optimum(question, factor, engine):
    """Cost has no unit: aims are divided by references that grow with them."""
    other = with_people(question, factor)
    is_same(solve(build_problem(*question), engine), solve(build_problem(*other), engine))


@SOME
@given(question=ANY, factor=st.sampled_from([0.5, 2.0, 10.0]), engine=ENGINES)
def test_ways_and_borders_in_miles_have_the_same_optimum(question, factor, engine):
    scenario, territory, graph = question
    graph = with_ties(graph, km=factor, border_km=2 * factor)
    other = with_factor(scenario, LENGTH, factor), territory, graph
    is_same(solve(build_problem(*question), engine), solve(build_problem(*other), engine))


@SOME
@given(question=ANY, seeds=st.tuples(st.integers(1, 9), st.integers(10, 99)), engine=ENGINES)
def test_the_seed_does_not_change_the_optimum(question, seeds, engine):
    problem = build_problem(*question)
    is_same(*(solve(problem, engine, seed=seed) for seed in seeds))


@SOME
@given(question=questions(min_units=2, max_units=6), engine=ENGINES)
def test_the_optimum_is_the_least_of_its_numbers(question, engine):
    """Of all numbers asked for one by one the best is what is found where none is asked."""
    scenario, *ground = question
    rules = scenario.rules.model_dump(exclude_defaults=True, by_alias=True)
    rules.pop("municipalities", None)
    aims = scenario.aims.model_dump(exclude_defaults=True, by_alias=True)
    problem = build_problem(build_scenario(rules, aims), *ground)
    free = solve(problem, engine)
    costs = [math.inf]
    for number in range(1, len(ground[0].ids) + 1):
        one = build_scenario({**rules, "municipalities": {"exactly": number}}, aims)
        priced = replace(build_problem(one, *ground), references=problem.references)
        costs.append(solve(priced, engine).cost)
    assert min(costs) == pytest.approx(free.cost, rel=1e-6, abs=1e-9)


def without_ties_in_the_cost(question):
    """Return the question without aims that count ties, or wishes that they make possible."""
    scenario, *ground = question
    aims = scenario.aims.model_dump(exclude_defaults=True, by_alias=True)
    aims = {name: aim for name, aim in aims.items() if name not in ("ties_cut", "wishes")}
    rules = scenario.rules.model_dump(exclude_defaults=True, by_alias=True)
    return rules, aims, *ground


@SOME
@given(question=questions(min_units=3, max_units=7), engine=ENGINES, data=st.data())
def test_a_tie_more_never_costs_more_where_ties_do_not_cost(question, engine, data):
    rules, aims, territory, graph = without_ties_in_the_cost(question)
    missing = sorted(map(sorted, nx.non_edges(graph.graph)))
    if not missing:
        return
    more = nx.Graph()
    more.add_nodes_from(graph.graph.nodes(data=True))
    more.add_edges_from(graph.graph.edges(data=True))
    a, b = data.draw(st.sampled_from(missing))
    km = data.draw(st.integers(1, 8)) / 2
    more.add_edge(a, b, km=km, border_km=1.0, kind="border", reason="")
    scenario = build_scenario(rules, aims)
    problem = build_problem(scenario, territory, graph)
    wider = build_problem(scenario, territory, UnitGraph(more))
    wider = replace(wider, references=problem.references)
    is_no_worse(solve(problem, engine), solve(wider, engine))


@SOME
@given(
    question=questions(min_units=3, max_units=7),
    walls=st.sampled_from([["oblast"], ["rayon"], ["oblast", "rayon"]]),
    engine=ENGINES,
)
def test_a_wall_less_never_costs_more_where_ties_do_not_cost(question, walls, engine):
    """A number asked of one parent needs its wall, and is left out."""
    rules, aims, *ground = without_ties_in_the_cost(question)
    rules.get("municipalities", {}).pop("per_parent", None)
    problem = build_problem(build_scenario({**rules, "walls": walls}, aims), *ground)
    before = solve(problem, engine)
    for left in [walls[1:], walls[:-1]]:
        open_one = build_problem(build_scenario({**rules, "walls": left}, aims), *ground)
        is_no_worse(before, solve(replace(open_one, references=problem.references), engine))


LAWS = [
    test_residents_counted_in_dozens_have_the_same_optimum,
    test_ways_and_borders_in_miles_have_the_same_optimum,
    test_the_seed_does_not_change_the_optimum,
    test_the_optimum_is_the_least_of_its_numbers,
    test_a_tie_more_never_costs_more_where_ties_do_not_cost,
    test_a_wall_less_never_costs_more_where_ties_do_not_cost,
]


@pytest.mark.whole
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__.removeprefix("test_"))
def test_each_law_holds_many_times_over(law, figure):
    for _ in range(4):  # others are drawn each time
        law()
    name = law.__name__.removeprefix("test_").replace("_", " ")
    figure(TABLE, name, "4 times 12 questions", "holds in each")


# --- the map ----------------------------------------------------------------------------

RULES = {"population": {"min": 9000}, "reach_km": {"max": 45}}
AIMS = {"access": 1.0, "ties_cut": 0.2}


def cost_on(territory):
    scenario = build_scenario(RULES, AIMS)
    graph = build_graph(territory, scenario.graph, Path())
    return solve(build_problem(scenario, territory, graph))


def moved(territory, matrix):
    """Return a territory whose polygons and seats went through an affine map (a, b, d, e, x, y)."""
    units = territory.units.copy()
    units["geometry"] = units.geometry.map(lambda one: affinity.affine_transform(one, matrix))
    a, b, d, e, x, y = matrix
    east, north = units["seat_x"], units["seat_y"]
    units["seat_x"], units["seat_y"] = a * east + b * north + x, d * east + e * north + y
    return replace(territory, units=units)


@pytest.mark.parametrize(
    "matrix",
    [(1, 0, 0, 1, 4096, -8192), (-1, 0, 0, 1, 0, 0), (0, -1, 1, 0, 0, 0), (0, 1, 1, 0, 512, 0)],
    ids=["moved", "mirrored", "turned", "turned and mirrored"],
)
def test_the_map_moved_or_turned_has_the_same_optimum(matrix):
    territory = grid_territory(3, 4, seed=3)
    is_same(cost_on(territory), cost_on(moved(territory, matrix)))


FILE = """\
scenario: projected
territory: {units: UNITS, id: unit_id, parents: {rayon: rayon}}
rules: {population: {min: 9000}, reach_km: {max: 45}}
aims: {access: 1.0}
solve: {gap_percent: 0, minutes: 5, processes: 1}
"""


def plan_of_file(folder, frame, crs, name):
    frame.to_crs(crs).to_file(folder / name)
    (folder / "question.yaml").write_text(FILE.replace("UNITS", name))
    return run(folder / "question.yaml")


def uneven(places):
    """Move corners by some kilometres, so that no two ways are of one length."""
    east, north = places[:, 0], places[:, 1]
    bent = np.column_stack([np.sin(north / 9000 + east / 31000), np.cos(east / 7000)])
    return places + 2500 * bent


def test_the_same_map_in_another_projection_has_the_same_plan(tmp_path):
    """Degrees, a conformal and an equal-area map: lengths agree to a thousandth, plans wholly."""
    units = grid_territory(3, 4, seed=3).units.drop(columns=["seat_x", "seat_y", "oblast"])
    frame = gpd.GeoDataFrame(units).reset_index()
    frame["geometry"] = shapely.transform(frame.geometry.to_numpy(), uneven)
    results = [
        plan_of_file(tmp_path, frame, crs, f"units{n}.gpkg")
        for n, crs in enumerate([frame.crs, "EPSG:4326", "EPSG:32642"])
    ]
    assert {result.status for result in results} == {Status.OPTIMAL}
    assert results[0].plan == results[1].plan == results[2].plan
    costs = [result.certificate.cost for result in results]
    assert costs == pytest.approx([costs[0]] * 3, rel=1e-3)


# --- the machine ------------------------------------------------------------------------

PRINT = """\
import json, sys
from amalgamation.model import build_problem
from amalgamation.solve import solve_problem
from strategies import build_scenario
from validation import counties
ground = counties.county(5, 4, 5)
question = build_scenario(*counties.questions(ground[0], 5)["minimum"]), *ground
solution = solve_problem(build_problem(*question), gap=0.0, seconds=600.0,
                         processes=int(sys.argv[2]), engine=sys.argv[1])
print(json.dumps([dict(solution.plan.seat_of), solution.certificate.cost]))
"""


def printed(engine, processes, **environment):
    paths = os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", PRINT, engine, str(processes)],
        env={**os.environ, "PYTHONPATH": paths, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["compact", "columns"])
def test_hash_seeds_processes_and_threads_change_neither_plan_nor_cost(engine, figure):
    one = printed(engine, 1, PYTHONHASHSEED="1", NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1")
    other = printed(engine, 2, PYTHONHASHSEED="4242", NUMBA_NUM_THREADS="2", OMP_NUM_THREADS="2")
    assert one == other
    figure(TABLE, f"hash seed, processes, threads ({engine})", f"{one[1]:.9g}", f"{other[1]:.9g}")
