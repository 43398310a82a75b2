"""The same models by other solvers: CBC, and SCIP where the extra is there.

They get what ``amalgamation export-model`` writes, and contiguity as a flow (Shirabe 2009),
written here. Same optimum, same impossibility: then neither HiGHS, nor the separators, nor
the exported file is wrong alone.
"""

import importlib.util
import math

import pytest

from amalgamation import prepare
from amalgamation.cli import main
from amalgamation.model import build_problem
from amalgamation.solve import solve_problem
from amalgamation.status import Status
from strategies import build_scenario
from validation import counties, others

TABLE = "Other solvers on exported models"
SOLVERS = {"cbc": (".mps", others.solve_by_cbc), "scip": (".lp", others.solve_by_scip)}

needs_scip = pytest.mark.skipif(
    importlib.util.find_spec("pyscipopt") is None, reason="needs the extra `scip`"
)
SOLVED_BY = ["cbc", pytest.param("scip", marks=needs_scip)]


def ties_of(graph):
    """Return the ties as positions among the sorted units: how an exported model counts them."""
    place = {unit: n for n, unit in enumerate(sorted(graph.ids))}
    return sorted(tuple(sorted((place[a], place[b]))) for a, b in graph.graph.edges)


def solve_elsewhere(solver, problem, graph, folder):
    """Write the model of the one block, and let another solver find its least cost."""
    suffix, by = SOLVERS[solver]
    path = folder / f"model{suffix}"
    problem.build_model(0, problem.own_range(0)).write(path)
    return by(path, ties_of(graph))


def compare(solver, question, folder):
    """Hold our optimum against another solver's; return both."""
    problem = build_problem(*question)
    assert len(problem.blocks) == 1
    solution = solve_problem(problem, gap=0.0, seconds=300.0, processes=1, engine="compact")
    least = solve_elsewhere(solver, problem, question[2], folder)
    certificate = solution.certificate
    if math.isinf(least):
        assert certificate.status is Status.INFEASIBLE
        return least, math.inf
    assert certificate.status is Status.OPTIMAL
    assert certificate.cost == pytest.approx(least, rel=1e-6, abs=1e-9)
    return least, certificate.cost


KINDS = list(counties.questions(counties.county(1, 3, 4)[0], 1))


def asked(kind, seed, rows, cols):
    ground = counties.county(seed, rows, cols)
    return build_scenario(*counties.questions(ground[0], seed)[kind]), *ground


@pytest.mark.parametrize("solver", SOLVED_BY)
@pytest.mark.parametrize("kind", KINDS)
def test_another_solver_finds_the_same_optimum(solver, kind, tmp_path):
    """Twelve units are beyond the brute force, and take a second."""
    compare(solver, asked(kind, 1, 3, 4), tmp_path)


@pytest.mark.whole
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("solver", SOLVED_BY)
@pytest.mark.parametrize("kind", KINDS)
def test_another_solver_finds_the_same_optimum_on_sixteen_units(solver, kind, tmp_path, figure):
    costs = [compare(solver, asked(kind, seed, 4, 4), tmp_path) for seed in (2, 3, 4)]
    known = ", ".join("none" if math.isinf(one) else f"{one:.6g}" for one, _ in costs)
    found = ", ".join("none" if math.isinf(one) else f"{one:.6g}" for _, one in costs)
    figure(TABLE, f"three times 16 units, {kind} ({solver})", known, found)


@pytest.mark.parametrize("solver", SOLVED_BY)
def test_without_the_flow_the_other_solver_parts_a_municipality(solver, tmp_path):
    """A ring whose only division of equal size is in pieces: so the flow is what forbids it."""
    question = build_scenario(
        {"municipalities": {"exactly": 2}, "population": {"min": 950, "max": 1050}}
    )
    people, ring = (700, 500, 300, 500), [(1, 2), (2, 3), (3, 4), (1, 4)]
    territory = counties.build_territory(people)
    graph = counties.build_unit_graph(4, ring)
    problem = build_problem(question, territory, graph)
    suffix, by = SOLVERS[solver]
    path = tmp_path / f"model{suffix}"
    problem.build_model(0, problem.own_range(0)).write(path)
    assert by(path, ties_of(graph), contiguous=False) == 0
    assert by(path, ties_of(graph)) == math.inf


@pytest.mark.parametrize("solver", SOLVED_BY)
def test_what_the_command_exports_has_the_optimum_that_the_run_found(solver, tmp_path):
    suffix, by = SOLVERS[solver]
    path = tmp_path / f"toy{suffix}"
    assert main(["export-model", "toy", "--block", "1", "--output", str(path)]) == 0
    ground = prepare("toy")
    problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    found = solve_problem(problem, gap=0.0, seconds=60.0, processes=1).certificate.cost
    assert by(path, ties_of(ground.graph)) == pytest.approx(found, rel=1e-6)
