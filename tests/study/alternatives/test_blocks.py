"""Where walls cut the territory, each block has its own budget, and blocks go side by side."""

import pytest

from amalgamation.errors import InputError
from amalgamation.model import build_problem
from amalgamation.road import answer, prepare
from amalgamation.solve.given_start import start_answers
from amalgamation.study import find_alternatives

WALLED = {
    "rules.walls": ["rayon"],
    "rules.municipalities": {"exactly": None, "min": 3, "max": 6},
    "rules.population.min": 4000,
    "solve.processes": 1,
}
WITHIN = 10


@pytest.fixture(scope="module")
def ground():
    return prepare("toy", overrides=WALLED)


@pytest.fixture(scope="module")
def best(ground):
    return answer(ground).plan


@pytest.fixture(scope="module")
def found(ground, best):
    return find_alternatives(ground, best, within=WITHIN, number=3, probes=4)


def costs(ground, plan):
    problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    assert len(problem.blocks) == 2
    return [block.cost for block in start_answers(problem, plan, 1)]


def test_in_no_block_does_an_alternative_cost_more_than_its_share(ground, best, found):
    budgets = [cost * (1 + WITHIN / 100) for cost in costs(ground, best)]
    for made in found.found:
        spent = costs(ground, made.plan)
        assert all(cost <= budget for cost, budget in zip(spent, budgets, strict=True))
        assert sum(spent) == pytest.approx(made.certificate.cost)


def test_the_number_of_all_stays_in_its_range(found):
    assert all(3 <= number <= 6 for number in found.table["municipalities"])


def test_a_plan_of_too_many_municipalities_is_refused_as_the_users_not_as_our_fault(best):
    narrow = {"rules.municipalities": {"exactly": None, "min": 1, "max": 5}}
    with pytest.raises(InputError, match="numbers of municipalities that the rules refuse"):
        find_alternatives(prepare("toy", overrides=WALLED | narrow), best)


def test_ties_across_a_wall_are_cut_by_a_rule_and_no_choice(ground, found):
    rayon = ground.territory.units["rayon"]
    ties = found.certainty.ties
    across = ties["a"].map(rayon) != ties["b"].map(rayon)
    assert across.any()
    assert ties.loc[across, "reason"].eq("rule").all()
    assert ties.loc[across, "verdict"].eq("apart").all()
    assert not ties.loc[~across, "reason"].eq("rule").any()


def test_the_number_of_processes_changes_nothing(ground, best, found):
    asked = {"within": WITHIN, "number": 2, "probes": 0}
    beside = find_alternatives(ground, best, processes=2, **asked)
    assert [made.plan for made in beside.found] == [made.plan for made in found.found[:2]]
