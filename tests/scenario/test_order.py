"""An order of aims, and limits on them, say what they mean or are refused."""

import pytest
from pydantic import ValidationError

from amalgamation.scenario.schema import Scenario


def ask(aims=None, rules=None):
    sections = {"aims": aims or {}, "rules": rules or {}}
    return Scenario.model_validate({"scenario": "a", "territory": {"dataset": "toy"}, **sections})


def test_an_order_names_groups():
    aims = {"access": 1.0, "ties_cut": 0.5, "number": {"weight": 1.0}}
    groups = ask(aims | {"order": ["number", ["access", "ties_cut"]]}).aims.groups
    assert groups == (("number",), ("access", "ties_cut"))


@pytest.mark.parametrize(
    ("aims", "words"),
    [
        ({"access": 1.0, "order": ["access", "ties_cut"]}, "ties_cut that carries no weight"),
        ({"access": 1.0, "order": ["access", "access"]}, "access twice"),
        ({"access": 1.0, "ties_cut": 1.0, "order": ["access"]}, "an order without ties_cut"),
        ({"access": 1.0, "yield_percent": 2.0}, "`yield_percent` without `order`"),
    ],
)
def test_an_order_that_leaves_something_open_is_refused(aims, words):
    with pytest.raises(ValidationError, match=words):
        ask(aims)


def test_limits_have_the_names_of_aims():
    target = {"balance": {"population": {"weight": 0.0, "target": 9.0}}}
    rules = {"at_most": {"balance": {"population": 5.0}, "access": 7.0}}
    scenario = ask(target, rules)
    assert scenario.rules.at_most.amounts == {"access": 7.0, "balance.population": 5.0}
    assert scenario.attributes_used == ("population",)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"at_most": {"balance": {"population": 5.0}}}, "target"),
        ({"at_most": {"wishes": 1.0}}, "wishes to count"),
        ({"at_most": {"access": -1.0}}, "greater than or equal to 0"),
        ({"at_most": {"number": 5.0}}, "number"),
    ],
)
def test_a_limit_on_what_nobody_counts_is_refused(rules, words):
    with pytest.raises(ValidationError, match=words):
        ask(rules=rules)
