"""A plan to start from helps a solve and never decides it."""

import pytest

import amalgamation as am
from amalgamation.solve import compact
from amalgamation.solve.task import BlockTask
from amalgamation.status import Status

MOST = {
    "rules": {"walls": ["rayon"], "population": {"min": 5000}},
    "aims": {"number": {"weight": 1.0, "prefer": "many"}},
}
# eleven municipalities of the 18 units of this rayon, where twelve can be
START = {0: 5, 1: 1, 2: 2, 3: 6, 4: 5, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 10: 8, 11: 11, 12: 12, 13: 13}
START |= {14: 9, 15: 8, 16: 12, 17: 17}


@pytest.fixture(scope="module")
def problem(tmp_path_factory):
    from ruamel.yaml import YAML  # noqa: PLC0415 - as users write it

    path = tmp_path_factory.mktemp("most") / "most.yaml"
    YAML().dump({"scenario": "most", "territory": {"dataset": "kazakhstan-2021"}} | MOST, path)
    ground = am.prepare(path)
    return am.build_problem(ground.file.scenario, ground.territory, ground.graph)


def solve(problem, **changes):
    (block,) = [b for b, one in enumerate(problem.blocks) if one.name == "Zhambyl rayon 048"]
    return compact.solve_block(problem, BlockTask(block, seed=1, seconds=60.0, **changes))


def test_the_solver_does_not_call_the_start_optimal_that_it_was_given(problem):
    """HiGHS 1.16.0 does here: it tells the objective of twelve and hands back the eleven."""
    answer = solve(problem, start=START)
    assert answer.status is Status.OPTIMAL
    assert answer.number == 12
    assert answer.cost == solve(problem).cost


def test_a_start_of_another_number_than_is_asked_for_proves_nothing_wrong(problem):
    """Thirteen are impossible; the eleven of the start do not speak against it."""
    answer = solve(problem, start=START, number=(13, 13))
    assert answer.status is Status.INFEASIBLE
    assert answer.seat_of == {}
