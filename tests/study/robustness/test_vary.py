"""Robustness: what survives in the answers to variants, and what is not counted."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module

import pandas as pd
import pytest

from amalgamation.errors import InputError
from amalgamation.status import Status
from amalgamation.study import Variant, vary

home = import_module("amalgamation.study.robustness.vary")
ONE_PROCESS = {"solve.processes": 1}
VARIANTS = [
    Variant("noise", disturb={"population": 3}),
    Variant("three", overrides={"rules.municipalities": {"exactly": 3}}),
    Variant("too-many", overrides={"rules.municipalities": {"exactly": 12}}),
]


@pytest.fixture(scope="module")
def found():
    return vary("toy", VARIANTS, overrides=ONE_PROCESS)


def test_each_variant_is_answered_and_one_without_a_plan_is_told_and_not_counted(found):
    assert found.table["status"].to_list() == ["optimal", "optimal", "optimal", "infeasible"]
    assert list(found.plans) == ["base", "noise", "three"]
    assert found.certainty.plans == 3
    assert "too-many: infeasible; not counted." in found.sentences()


def test_the_base_agrees_with_itself_and_others_as_far_as_their_municipalities_are_the_same(found):
    table = found.table
    assert table.loc["base", ["rand_index", "same_percent"]].to_list() == [1, 100]
    units = found.certainty.units["population"]
    base, three = found.plans["base"], found.plans["three"]
    same = set(base.municipalities.values()) & set(three.municipalities.values())
    share = sum(units[list(group)].sum() for group in same) / units.sum()
    assert table.loc["three", "same_percent"] == pytest.approx(100 * share)
    assert pd.isna(table.loc["too-many", "cost"])


def test_a_merger_survives_as_often_as_plans_have_the_very_same(found):
    groups = [set(plan.municipalities.values()) for plan in found.plans.values()]
    for name, units in found.plans["base"].municipalities.items():
        expected = 100 * sum(units in plan for plan in groups) / 3
        assert found.certainty.municipalities.loc[name, "same_percent"] == pytest.approx(expected)


def test_names_that_clash_and_variants_in_vain_are_refused_before_the_solve():
    with pytest.raises(InputError, match="two variants of one name"):
        vary("toy", [Variant("a"), Variant("a")])
    with pytest.raises(InputError, match="variant base"):
        vary("toy", [Variant("base")])
    with pytest.raises(InputError, match="a name that no file can have"):
        vary("toy", [Variant("a/b")])
    with pytest.raises(InputError, match="no variant"):
        vary("toy", [])
    wrong = [
        Variant("a", disturb={"populaton": 1}),
        Variant("b", overrides={"rules.popuation.min": 1}),
    ]
    with pytest.raises(InputError) as refused:
        vary("toy", wrong, overrides=ONE_PROCESS)
    assert len(refused.value.findings) == 2


def test_variants_of_other_units_and_of_a_plan_that_is_given_are_refused():
    with pytest.raises(InputError, match="other units than the base"):
        vary(
            "toy",
            [
                Variant(
                    "half",
                    overrides={
                        "territory.where": {"oblast": ["990000000"]},
                        "territory.aggregate": "rayon",
                    },
                )
            ],
        )
    with pytest.raises(InputError, match="a plan that is given"):
        vary("toy", [Variant("a")], overrides={"plan": "today"})


def test_a_base_without_a_plan_is_refused():
    impossible = {"rules.municipalities": {"exactly": 12}, **ONE_PROCESS}
    with pytest.raises(InputError, match="status infeasible: no plan to compare with"):
        vary("toy", [Variant("a", overrides={"solve.seed": 2})], overrides=impossible)


def test_an_interruption_between_two_answers_keeps_those_at_hand():
    def interrupt(line):
        if line.startswith("base"):
            raise KeyboardInterrupt

    found = vary("toy", VARIANTS, overrides=ONE_PROCESS, report=interrupt)
    assert found.interrupted
    assert list(found.plans) == ["base"]
    assert found.skipped == ("noise", "three", "too-many")
    assert "Interrupted: noise, three, too-many not answered." in found.sentences()


def test_an_answer_that_was_interrupted_is_not_counted(monkeypatch):
    """Its plan is unfinished: it would speak of the time, not of the variant."""
    calm = home.answer

    def answer(ground):
        result = calm(ground)
        if ground.file.scenario.rules.municipalities.exactly != 3:
            return result
        return replace(result, certificate=replace(result.certificate, status=Status.INTERRUPTED))

    monkeypatch.setattr(home, "answer", answer)
    found = vary("toy", [VARIANTS[1], VARIANTS[0]], overrides=ONE_PROCESS)
    assert list(found.plans) == ["base"]
    assert found.skipped == ("three", "noise")


def test_the_folder_holds_the_plans_and_what_survives(found, tmp_path):
    found.write(tmp_path / "study")
    names = {path.name for path in (tmp_path / "study").iterdir()}
    assert {"robustness.json", "robustness.csv", "assignment-noise.csv"} <= names
    record = json.loads((tmp_path / "study" / "robustness.json").read_text("utf-8"))
    assert record["plans"][3]["cost"] is None
    assert record["certainty"]["plans"] == 3
