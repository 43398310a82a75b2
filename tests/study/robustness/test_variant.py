"""Variants change what they say, by as much as they say, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amalgamation.errors import InputError
from amalgamation.study import Variant
from amalgamation.study.robustness import change_territory, variants_from_text
from amalgamation.territory import grid_territory
from strategies import build_territory

TERRITORY = build_territory([100, 200, 300], pupils=[10, 20, 30])


def test_a_projection_takes_the_place_of_figures_and_growth_multiplies_them():
    projected = change_territory(TERRITORY, Variant("a", project={"population": "pupils"}))
    assert projected.values("population").to_list() == [10, 20, 30]
    grown = change_territory(TERRITORY, Variant("a", grow={"population": "pupils"}))
    assert grown.values("population").to_list() == [1000, 4000, 9000]
    assert grown.values("pupils").to_list() == [10, 20, 30]
    assert TERRITORY.values("population").to_list() == [100, 200, 300]


def test_noise_is_the_same_for_a_seed_and_another_for_another():
    draws = [
        change_territory(TERRITORY, Variant("a", disturb={"population": 5}, seed=seed))
        .values("population")
        .to_list()
        for seed in (1, 1, 2)
    ]
    assert draws[0] == draws[1] != draws[2]


@settings(deadline=None, max_examples=20)
@given(st.sampled_from([1.0, 5.0, 20.0]), st.integers(0, 99))
def test_noise_has_mean_one_and_the_stated_spread(percent, seed):
    """Lognormal: whoever doubled the spread, or let the mean drift, is found out on 2,500 units."""
    territory = grid_territory(50, 50)
    changed = change_territory(territory, Variant("a", disturb={"population": percent}, seed=seed))
    factors = (changed.values("population") / territory.values("population")).to_numpy()
    share = percent / 100
    assert factors.min() > 0
    assert factors.mean() == pytest.approx(1, abs=5 * share / 50)
    assert factors.std() == pytest.approx(share, rel=0.15)
    assert np.log(factors).mean() == pytest.approx(-np.log1p(share**2) / 2, abs=5 * share / 50)


def test_all_that_a_variant_asks_in_vain_is_told_at_once():
    variant = Variant(
        "a",
        disturb={"populaton": 5, "pupils": -1},
        project={"population": "population_2050"},
        grow={"pupils": "name"},
    )
    with pytest.raises(InputError) as refused:
        change_territory(TERRITORY, variant)
    told = [finding.sentence() for finding in refused.value.findings]
    assert len(told) == 4
    assert "found populaton; expected attribute of the units; did you mean population" in told[0]
    assert "column: found population_2050" in told[1]
    assert "column name: found 3 units without a figure" in told[2]
    assert "disturbance of pupils: found -1 %; expected a per cent above 0" in told[3]


def test_texts_become_variants_noise_together_the_others_one_by_one():
    variants = variants_from_text(
        disturb=["population=5", "pupils=10%"],
        number=2,
        seeds=1,
        vary=["aims.access=0.5, 2", "rules.walls=[oblast]"],
        project=["population=pupils"],
        grow=["pupils=rate"],
    )
    assert {variant.name: variant.overrides for variant in variants} == {
        "noise-1": {},
        "noise-2": {},
        "population=pupils": {},
        "pupils+rate": {},
        "aims.access=0.5": {"aims.access": 0.5},
        "aims.access=2": {"aims.access": 2},
        "rules.walls=-oblast-": {"rules.walls": ["oblast"]},
        "seed-2": {"solve.seed": 2},
    }
    assert variants[0].disturb == {"population": 5.0, "pupils": 10.0}
    assert [variant.seed for variant in variants[:2]] == [1, 2]


def test_texts_that_cannot_be_read_are_told_at_once():
    with pytest.raises(InputError) as refused:
        variants_from_text(disturb=["population", "pupils=much"], project=["=x"])
    assert [finding.where for finding in refused.value.findings] == [
        "option --disturb",
        "option --disturb",
        "option --project",
    ]
    with pytest.raises(InputError, match="no variant"):
        variants_from_text()
