"""Single changes of a plan: the judge's own arithmetic finds the same prices and breaches."""

import pytest
from hypothesis import assume, given, settings

from amalgamation.explain.this_plan import all_choices, apply_choice
from amalgamation.verify import plan_values, verify_plan
from reopening import draw_solved
from strategies import leaving_questions, questions

FEW = settings(max_examples=20, deadline=None)


def check_every_choice(question):
    """Change the best plan, and let the verifier recompute aims and rules of the whole."""
    drawn = draw_solved(question)
    assume(drawn is not None)
    targets = {aim.attribute: aim.target for aim in drawn.problem.aims if hasattr(aim, "attribute")}
    before = plan_values(drawn.plan, *question, targets)
    spared = 1e-6 * max(1.0, abs(drawn.cost))
    for choice in all_choices(drawn):
        changed = apply_choice(drawn.plan, choice)
        after = plan_values(changed, *question, targets)
        for aim in choice.aims:
            assert aim.raw == pytest.approx(after[aim.name] - before[aim.name], abs=1e-6)
        assert bool(choice.breaks) == bool(verify_plan(changed, *question)), choice
        assert choice.breaks or choice.cost >= -spared, "the best plan is not the best"


@FEW
@given(questions(min_units=2, max_units=7))
def test_a_change_costs_and_breaks_what_the_judge_finds_of_the_changed_plan(question):
    check_every_choice(question)


@FEW
@given(leaving_questions(max_units=6))
def test_units_outside_change_the_plan_as_the_judge_finds_it(question):
    check_every_choice(question)
