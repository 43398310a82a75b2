"""A result shows itself in one voice, and draws what a run has."""

from __future__ import annotations

import pytest

import amalgamation as am
from amalgamation.errors import InputError

QUICK = {"solve.processes": 1, "write": ["csv", "png"]}
RANGE = {"rules.municipalities": {"exactly": None, "min": 3, "max": 5}}


@pytest.fixture(scope="module")
def ranged():
    return am.run("toy", overrides=QUICK | RANGE)


@pytest.fixture(scope="module")
def single():
    return am.run("toy", overrides=QUICK)


def test_its_facts_tell_of_engines_frontier_and_memory_in_every_view(ranged):
    facts = ranged._facts()
    assert facts["engines"] == "compact on 1 block"
    assert facts["frontier"] == "3 to 5 municipalities"
    assert facts["peak memory"].endswith(" MB")
    html = ranged._repr_html_()
    assert all(str(facts[name]) in html for name in ("engines", "frontier", "peak memory", "gap"))
    assert f"cost {facts['cost']}, gap {facts['gap']}" in repr(ranged)


def test_one_number_alone_is_no_frontier(single):
    assert single._facts()["frontier"] == "none"
    with pytest.raises(InputError, match="found 1 point; expected two points at least"):
        single.plot_frontier()


def test_what_was_refused_by_arithmetic_has_no_engine():
    refused = am.run("toy", overrides=QUICK | {"rules.population.min": 20_000})
    assert refused._facts()["engines"] == "none"
    assert "none" in refused._repr_html_()


def test_its_frontier_carries_title_and_chosen_number_and_takes_others(ranged):
    words = [text.get_text() for text in ranged.plot_frontier().axes[0].texts]
    assert "A toy territory of twelve units" in words
    assert any(text.startswith("4 municipalities, cost 1.01") for text in words)
    own = ranged.plot_frontier(title="Mine", chosen=None).axes[0].texts
    assert "Mine" in [text.get_text() for text in own]
    assert not any(text.get_text().startswith("4 municipalities") for text in own)
