"""The doctor must find a solver that lies, or it is no doctor."""

from dataclasses import replace

import pytest

from amalgamation.solve import doctor
from amalgamation.solve.highs import Outcome
from amalgamation.status import Status


def test_this_machine_is_healthy():
    found = doctor.examine()
    assert [each.name for each in found if not each.healthy] == []
    assert len(found) == 5


@pytest.mark.parametrize(
    "lie",
    [
        Outcome(Status.OPTIMAL, -20.0, -20.0, {"x0": 1.0}, "Optimal"),  # a wrong optimum
        Outcome(Status.FEASIBLE, -21.0, -30.0, {"x0": 1.0}, "Time limit reached"),
        Outcome(Status.INFEASIBLE, float("inf"), float("inf"), {}, "Infeasible"),
    ],
)
def test_a_wrong_answer_is_named_with_what_was_expected(monkeypatch, lie):
    monkeypatch.setattr(doctor, "_knapsack", lambda: lie)
    (ill,) = [each for each in doctor.examine() if not each.healthy]
    assert ill.name == "integer program"
    assert ill.expected == "optimal, -21"
    assert "highspy" in ill.remedy


@pytest.mark.parametrize(
    ("version", "healthy"), [("1.14.0", False), ("1.15.1", True), ("2.0", True)]
)
def test_versions_that_gave_wrong_optima_are_refused(monkeypatch, version, healthy):
    monkeypatch.setattr(doctor, "version", lambda _: version)
    first = doctor.examine()[0]
    assert (first.healthy, first.found) == (healthy, version)
    assert "1.15" in first.expected


def test_an_examination_is_a_plain_fact():
    fact = doctor.examine()[0]
    assert replace(fact) == fact
