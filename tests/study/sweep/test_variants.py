"""Variants: products of lists, draws with a seed, names that are folders."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amalgamation.errors import ScenarioError
from amalgamation.scenario import read_scenario, scenario_from_text
from amalgamation.scenario.schema import Sample, Sweep
from amalgamation.study.sweep import build_variants
from amalgamation.study.sweep.sample import draw_sample

TOY = "scenario: small\nterritory: {dataset: toy}\n"


def test_lists_are_multiplied_in_the_order_in_which_they_stand():
    sweep = Sweep(over={"rules.population.min": [1, 2], "rules.reach_km.max": [40.0, 60.5]})
    assert [dict(variant.changes) for variant in build_variants(sweep)] == [
        {"rules.population.min": least, "rules.reach_km.max": most}
        for least in (1, 2)
        for most in (40.0, 60.5)
    ]
    first = build_variants(sweep)[0]
    assert first.name == "population.min-1_reach_km.max-40"
    assert first.title == "population.min 1, reach_km.max 40"


def test_each_draw_is_combined_with_each_combination():
    sample = {"number": 10, "between": {"aims.access": {"min": 0.5, "max": 1.0}}}
    sweep = Sweep.model_validate({"over": {"rules.walls": [["oblast"], []]}, "sample": sample})
    variants = build_variants(sweep)
    assert sweep.number == len(variants) == 20
    assert [variant.name for variant in variants[8:11]] == [
        "walls-oblast_sample-09",
        "walls-oblast_sample-10",
        "walls-none_sample-01",
    ]
    draws = [variant.changes["aims.access"] for variant in variants]
    assert draws[:10] == draws[10:]
    assert all(0.5 <= draw <= 1.0 for draw in draws)


ENDS = st.tuples(st.floats(0, 1e3), st.floats(0, 1e3)).map(sorted)


@given(st.integers(1, 40), st.integers(0, 99), st.lists(ENDS, min_size=1, max_size=3))
@settings(deadline=None)  # the first draw imports scipy.stats
def test_a_latin_hypercube_has_one_draw_in_each_strip_of_each_key(number, seed, ends):
    """The law that gives it its name; rounding to six digits may cross a strip's edge."""
    between = {f"k{i}": {"min": a, "max": b} for i, (a, b) in enumerate(ends)}
    sample = Sample.model_validate({"number": number, "seed": seed, "between": between})
    drawn = draw_sample(sample)
    assert drawn == draw_sample(sample)
    for key, (least, most) in zip(between, ends, strict=True):
        slack = 1e-5 * max(1.0, most)
        for strip, value in enumerate(sorted(draw[key] for draw in drawn)):
            low, high = (least + (most - least) * part / number for part in (strip, strip + 1))
            assert low - slack <= value <= high + slack


def test_random_draws_follow_the_seed_and_do_not_keep_to_strips():
    ends = {"aims.access": {"min": 0.0, "max": 1.0}}
    base = {"method": "random", "number": 50, "between": ends}
    one, again, other = (
        draw_sample(Sample.model_validate(base | {"seed": seed})) for seed in (1, 1, 2)
    )
    assert one == again != other
    assert len({int(50 * draw["aims.access"]) for draw in one}) < 50


VALUE = (
    st.integers(-(10**6), 10**6)
    | st.floats(-1e6, 1e6)
    | st.text(max_size=80)
    | st.booleans()
    | st.none()
    | st.lists(st.text(max_size=9), max_size=3)
    | st.dictionaries(st.text(max_size=9), st.integers(), max_size=2)
)


VALUES = st.lists(VALUE, min_size=1, max_size=3)


@given(st.dictionaries(st.text(min_size=1, max_size=70), VALUES, max_size=3))
@settings(deadline=None)
def test_names_are_their_own_on_any_disk_and_names_of_scenarios(over):
    """Whatever varies: a name is a folder, and no two differ in case alone."""
    try:
        sweep = Sweep(over=over)
    except ValueError:
        return
    names = [variant.name for variant in build_variants(sweep)]
    assert len({name.casefold() for name in names}) == len(names) == sweep.number
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", name)
        assert not name.endswith(".")


def test_a_name_follows_from_what_varies_so_that_a_study_can_grow():
    few = build_variants(Sweep(over={"rules.population.min": [3000, 5000]}))
    more = build_variants(Sweep(over={"rules.population.min": [1000, 3000, 5000]}))
    assert [variant.name for variant in more[1:]] == [variant.name for variant in few]


@pytest.mark.parametrize(
    ("section", "where", "told"),
    [
        ("{}", "sweep", "neither `over` nor `sample`"),
        ("{over: {rules.population.min: []}}", "sweep.over.rules.population.min", "a list of 0"),
        ("{over: {rules.population.min: 5}}", "sweep.over.rules.population.min", "the number 5"),
        ("{over: {a: [1, 1]}}", "sweep.over", "a value of `a` twice"),
        ("{over: {scenario: [a, b]}}", "sweep", "`scenario` varied"),
        ("{ovr: {a: [1]}}", "sweep.ovr", "did you mean `over`"),
        ("{sample: {number: 0, between: {a: {min: 0, max: 1}}}}", "sweep.sample.number", "0"),
        ("{sample: {number: 2, between: {a: {min: 2, max: 1}}}}", "between.a", "min 2 above max 1"),
        ("{sample: {number: 2, method: latin, between: {a: {min: 0, max: 1}}}}", "method", "latin"),
        (
            "{over: {a: [1]}, sample: {number: 2, between: {a: {min: 0, max: 1}}}}",
            "sweep",
            "`a` in `over` and in `sample.between`",
        ),
        (
            "{over: {a: [1, 2, 3]}, sample: {number: 90000, between: {b: {min: 0, max: 1}}}}",
            "sweep",
            "270,000 variants",
        ),
    ],
)
def test_a_slip_in_the_section_is_told_with_its_place(section, where, told):
    with pytest.raises(ScenarioError) as refused:
        scenario_from_text(f"{TOY}sweep: {section}\n")
    (finding,) = refused.value.findings
    assert where in finding.where
    assert told in finding.sentence()


def test_a_section_in_a_file_may_be_changed_by_a_variant_of_the_file(tmp_path):
    (tmp_path / "base.yaml").write_text(f"{TOY}sweep: {{over: {{rules.max_units: [2, 3]}}}}\n")
    (tmp_path / "more.yaml").write_text(
        "extends: base.yaml\nsweep: {over: {rules.reach_km.max: [50, 60]}}\n"
    )
    sweep = read_scenario(tmp_path / "more.yaml").scenario.sweep
    assert sweep.over == {"rules.max_units": [2, 3], "rules.reach_km.max": [50, 60]}
