"""Handing out: as many at once as there is room, again where a worker died, then a reason."""

import pytest

from amalgamation.study.sweep import read_question
from amalgamation.study.sweep.pool import run_tasks
from amalgamation.study.sweep.task import Task
from studies import NAMES, OVER, HerePool


@pytest.fixture(scope="module")
def question():
    return read_question("toy", over=OVER)


def tasks(question):
    return [Task(case.variant.name, case.land, case.file) for case in question.cases]


def answer(question, pool):
    return {outcome.name: outcome for outcome in run_tasks(tasks(question), pool)}


def test_all_are_answered_and_never_more_at_once_than_there_is_room(question):
    seen = []
    pool = HerePool(question.lands, side_by_side=2)
    found = list(run_tasks(tasks(question), pool, lambda names: seen.append(len(names))))
    assert sorted(outcome.name for outcome in found) == sorted(NAMES)
    assert {outcome.status for outcome in found} == {"optimal"}
    assert max(seen) == pool.most_at_once == 2


def test_a_worker_that_dies_loses_one_variant_which_is_handed_out_again(question):
    pool = HerePool(question.lands, loses={NAMES[1]: 2})
    found = answer(question, pool)
    assert {name: outcome.status for name, outcome in found.items()} == dict.fromkeys(
        NAMES, "optimal"
    )
    assert sorted(pool.handed_out) == sorted([*NAMES, NAMES[1], NAMES[1]])


def test_a_variant_whose_workers_always_die_has_a_reason_and_the_others_their_answers(question):
    found = answer(question, HerePool(question.lands, loses={NAMES[0]: 99}))
    assert found[NAMES[0]].status == "failed"
    assert found[NAMES[0]].reason == "its worker died"
    assert not found[NAMES[0]].is_finished
    assert {found[name].status for name in NAMES[1:]} == {"optimal"}
