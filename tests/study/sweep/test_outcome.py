"""Outcomes: what is written down reads back; what goes wrong is one."""

import math

from hypothesis import given
from hypothesis import strategies as st

from amalgamation.study.sweep import Figure, Outcome, read_question
from amalgamation.study.sweep import task as task_module
from amalgamation.study.sweep.task import Task, run_task
from studies import LEAST

NUMBER = st.floats(allow_nan=False)
TEXT = st.text(max_size=20)
FIGURES = st.lists(st.builds(Figure, TEXT, TEXT, TEXT, NUMBER, NUMBER), max_size=3).map(tuple)
OUTCOMES = st.builds(
    Outcome,
    TEXT,
    TEXT,
    cost=st.floats(0, 1e9) | st.just(math.inf),
    bound=st.floats(0, 1e9) | st.just(-math.inf),
    gap=st.floats(0, 1),
    municipalities=st.none() | st.integers(0, 9),
    reason=TEXT,
)


@given(OUTCOMES)
def test_an_outcome_reads_back_as_itself(outcome):
    assert Outcome.from_object(outcome.to_object()) == outcome


@given(FIGURES)
def test_figures_read_back_and_what_is_not_finite_is_unknown(figures):
    again = Outcome.from_object(Outcome("a", "optimal", figures=figures).to_object()).figures
    for before, after in zip(figures, again, strict=True):
        assert (before.name, before.title, before.unit) == (after.name, after.title, after.unit)
        for one, other in ((before.today, after.today), (before.plan, after.plan)):
            assert one == other if math.isfinite(one) else math.isnan(other)


def answer(**changes):
    question = read_question("toy", over={LEAST: [8000]}, overrides=changes)
    (case,) = question.cases
    task = Task(case.variant.name, case.land, case.file, case.given)
    return run_task(question.lands[case.land], task)


def test_an_answer_brings_the_files_of_a_run_and_its_national_measures():
    found = answer(write=["csv", "xlsx"])
    assert set(found.files) == {
        *("assignment.csv", "national.csv", "run.json", "scorecard.csv", "scorecard.xlsx")
    }
    assert found.status == "optimal"
    assert found.gap == 0
    assert found.municipalities == 4
    measures = {figure.name: figure.plan for figure in found.figures}
    assert measures["municipalities"] == 4
    assert found.seconds >= found.solve_seconds > 0
    assert found.peak_mb > 50
    assert "ynthetic" in found.notice


def test_a_question_without_an_answer_is_finished_and_says_why():
    found = answer(**{"rules.municipalities.exactly": 12})
    assert (found.status, found.is_finished, found.files) == ("infeasible", True, {})
    assert "8,000" in found.reason
    assert found.municipalities is None


def test_a_rule_on_what_is_not_there_is_bad_input_and_ends_no_study():
    found = answer(**{"rules.keep_together": [{"units": ["nobody", "else"]}]})
    assert (found.status, found.bad_input, found.is_finished) == ("failed", True, False)
    assert "nobody" in found.reason


def test_our_fault_is_an_outcome_too(monkeypatch):
    def breaks(_):
        message = "it broke"
        raise RuntimeError(message)

    monkeypatch.setattr(task_module, "answer", breaks)
    found = answer()
    assert (found.status, found.reason) == ("failed", "RuntimeError: it broke")
    assert not found.bad_input


def test_a_plan_that_is_given_is_measured():
    found = answer(plan="today")
    assert (found.status, found.municipalities) == ("measured", 12)
    assert math.isnan(found.gap)
    assert "breaches" in found.reason
