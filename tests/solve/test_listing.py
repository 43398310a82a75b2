"""Blocks of few units: every municipality listed, and the best choice among them."""

from dataclasses import replace
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation.model import build_problem
from amalgamation.road import answer, prepare
from amalgamation.solve import one_program
from amalgamation.solve.listing import LISTED, connected_sets, list_block
from amalgamation.solve.task import BlockTask
from amalgamation.status import Status
from solving import check_against_brute_force
from strategies import leaving_questions, questions

SMALL = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


def prepared(rules):
    return prepare("toy", overrides={"solve.processes": 1, "rules": rules})


def toy_problem(rules):
    ground = prepared(rules)
    return build_problem(ground.file.scenario, ground.territory, ground.graph)


@settings(deadline=None)
@given(st.integers(2, 8), st.data())
def test_every_connected_set_is_listed_once(size, data):
    """Held against all subsets of random graphs."""
    pairs = list(combinations(range(size), 2))
    ties = sorted(data.draw(st.lists(st.sampled_from(pairs), unique=True)))
    graph = nx.Graph(ties)
    graph.add_nodes_from(range(size))
    (toy,) = toy_problem({}).blocks
    block = replace(
        toy, ids=tuple(map(str, range(size))), ties=np.array(ties, np.int64).reshape(-1, 2)
    )
    listed = list(connected_sets(block))
    everything = (each for n in range(size) for each in combinations(range(size), n + 1))
    assert len(listed) == len(set(listed))
    assert set(listed) == {c for c in everything if nx.is_connected(graph.subgraph(c))}


@pytest.fixture
def _without_patience():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(one_program, "_LOOKS", 0)
        yield


@pytest.mark.usefixtures("_without_patience")
@SMALL
@given(st.one_of(questions(max_units=7), leaving_questions(max_units=6)))
def test_the_list_alone_agrees_with_every_partition(question):
    """The compact model gets no time: what is proven is proven by the list."""
    check_against_brute_force(question, "compact")


def test_a_minimum_that_barely_fails_is_proven_impossible():
    """Four of 11,500 among twelve units: the total would do, no choice of neighbours does."""
    ground = prepared({"municipalities": {"exactly": 4}, "population": {"min": 11_500}})
    assert ground.impossible == ()
    assert ground.territory.total("population") >= 4 * 11_500
    result = answer(ground)
    assert result.status is Status.INFEASIBLE
    (block,) = result.certificate.blocks
    assert "among all" in block.solver_status


def test_the_list_keeps_the_number_asked_for_and_pays_the_price():
    problem = toy_problem({"population": {"min": 3000}})
    assert len(problem.blocks[0]) <= LISTED
    free = list_block(problem, BlockTask(0))
    dear = list_block(problem, BlockTask(0, price=10.0))
    three = list_block(problem, BlockTask(0, number=(3, 3)))
    assert (free.status, dear.status, three.status) == (Status.OPTIMAL,) * 3
    assert dear.number < free.number
    assert three.number == 3
    assert dear.bound == pytest.approx(dear.priced_cost)
    assert three.cost >= free.cost


def test_a_list_that_is_broken_off_proves_nothing():
    found = list_block(toy_problem({}), BlockTask(0), stop=lambda: True)
    assert (found.status, found.seat_of) == (Status.NO_PLAN, {})
    assert found.bound == -np.inf
