"""Law: what is written reads back as the same scenario."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from amalgamation.scenario import json_schema, scenario_from_text, write_scenario_text
from amalgamation.scenario.schema import (
    Aims,
    AttributeRange,
    BalanceAim,
    Council,
    Cut,
    Equalisation,
    Graph,
    KeepApart,
    KeepTogether,
    Link,
    MatrixDistance,
    Municipalities,
    NumberAim,
    NumberRange,
    ParentPrefix,
    Range,
    RatioRange,
    Reach,
    RoadDistance,
    Rules,
    RunningCost,
    Scenario,
    ScorecardSection,
    Seats,
    Service,
    Solve,
    Table,
    TerritorySection,
    TieOptions,
    TiesCutAim,
    Wish,
    WishesAim,
)

# what YAML likes to take for something else, beside any text that YAML can hold
TRAPS = ["no", "010", "1e3", "12:30:00", "~", "null", "a: b", "- x", "# y", " z ", "5_0", ".inf"]
TEXT = st.sampled_from(TRAPS) | st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\ufeff"),
    max_size=9,
)
LINES = st.lists(TEXT, max_size=3).map("\n".join)
NAME = TEXT.filter(bool)
CODE = st.sampled_from(["010000000", "113230000", "A-1", "no"]) | NAME
FILE = st.sampled_from(["units.csv", "sub/матрица 1.csv"])
NUMBER = st.floats(0, 1e12) | st.integers(0, 10**12).map(float)
POSITIVE = st.floats(1e-6, 1e9)
COUNT = st.integers(1, 10**6)


def maybe(strategy):
    return st.none() | strategy


def many(strategy, least=0):
    return st.lists(strategy, min_size=least, max_size=3)


def named(strategy, names=NAME):
    return st.dictionaries(names, strategy, max_size=2)


def bounds(model, numbers=NUMBER, **fields):
    pair = st.lists(numbers, min_size=2, max_size=2).map(sorted)
    ends = st.tuples(pair, st.booleans(), st.booleans()).map(
        lambda drawn: {
            key: value
            for key, value, kept in zip(("min", "max"), drawn[0], drawn[1:], strict=True)
            if kept
        }
    )
    return st.builds(
        lambda ends, rest: model(**ends, **rest), ends, st.fixed_dictionaries({}, optional=fields)
    )


RANGE = bounds(AttributeRange, unless=named(bounds(Range)), oversize=st.just("refuse")) | st.builds(
    AttributeRange, by=NAME, classes=st.dictionaries(NAME, bounds(Range), min_size=1, max_size=2)
)
COUNTS = bounds(NumberRange, COUNT) | st.builds(NumberRange, exactly=COUNT)
TERRITORY = st.builds(TerritorySection, dataset=NAME) | st.builds(
    TerritorySection,
    units=FILE,
    layer=maybe(TEXT),
    parents=named(TEXT | st.builds(ParentPrefix, prefix=COUNT)),
    tables=many(st.builds(Table, path=FILE, id=TEXT, columns=named(TEXT, TEXT))),
    attributes=named(TEXT),
    where=named(many(CODE)),
    synthetic=st.booleans(),
)
GRAPH = st.builds(
    Graph,
    ties=st.builds(TieOptions, min_border_m=NUMBER, file=maybe(FILE)),
    links=many(st.builds(Link, units=st.lists(CODE, min_size=2, max_size=2), reason=NAME)),
    cuts=many(st.builds(Cut, units=st.lists(CODE, min_size=2, max_size=2), reason=NAME)),
    distance=st.just("straight")
    | st.builds(MatrixDistance, matrix=FILE, unit=st.just("minutes"))
    | st.builds(RoadDistance, roads=FILE, layer=maybe(TEXT), far_km=NUMBER.filter(bool)),
)
RULES = st.builds(
    Rules,
    walls=st.just(["oblast"]),
    municipalities=bounds(
        Municipalities, COUNT, per_parent=st.fixed_dictionaries({"oblast": named(COUNTS, CODE)})
    ),
    population=maybe(RANGE),
    sums=named(RANGE, st.sampled_from(["tax", "no"])),
    ratios=named(st.builds(RatioRange, of=NAME, to=NAME, min=maybe(NUMBER))),
    like=many(NAME),
    reach_km=maybe(st.builds(Reach, max=POSITIVE)),
    seats=maybe(st.builds(Seats, types=many(TEXT), fixed=many(CODE))),
    keep_together=many(st.builds(KeepTogether, units=many(CODE, 2), reason=TEXT)),
    keep_apart=many(st.builds(KeepApart, units=many(CODE, 2))),
    frozen=many(CODE),
    max_units=maybe(COUNT),
)
WISH = st.tuples(st.lists(NAME, min_size=2, max_size=2, unique=True), TEXT).flatmap(
    lambda drawn: st.sampled_from(["with", "against"]).map(
        lambda word: Wish(unit=drawn[0][0], reason=drawn[1], **{word: drawn[0][1]})
    )
)
AIMS = st.builds(
    Aims,
    access=NUMBER,
    balance=named(NUMBER | st.builds(BalanceAim, weight=NUMBER, target=maybe(POSITIVE))),
    ties_cut=NUMBER | st.builds(TiesCutAim, weight=NUMBER, by=st.just("count")),
    crossings=named(NUMBER),
    heterogeneity=named(NUMBER),
    wishes=maybe(st.builds(WishesAim, weight=NUMBER, wishes=many(WISH, 1))),
    number=maybe(st.builds(NumberAim, weight=NUMBER, prefer=st.just("many"))),
)
SCORECARD = st.builds(
    ScorecardSection,
    thresholds=st.lists(POSITIVE, max_size=3, unique=True).map(sorted),
    running_cost=st.builds(RunningCost, attribute=NAME, one_off_per_unit=maybe(NUMBER)),
    equalisation=st.just("ukraine") | st.builds(Equalisation, paid=st.floats(0, 1)),
    council=st.builds(Council, factor=POSITIVE, minimum=COUNT),
    services=st.lists(
        st.builds(Service, attribute=NAME, min=POSITIVE, title=NAME),
        max_size=2,
        unique_by=lambda s: (s.attribute, s.min),
    ),
    bodies=maybe(NAME),
)
SCENARIOS = st.builds(
    Scenario,
    scenario=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,9}", fullmatch=True),
    title=LINES,
    question=LINES,
    territory=TERRITORY,
    graph=GRAPH,
    rules=RULES,
    aims=AIMS,
    solve=st.builds(
        Solve, minutes=POSITIVE, seed=st.integers(0, 2**31 - 1), processes=maybe(COUNT)
    ),
    scorecard=SCORECARD,
    write=st.just(["csv"]),
)


@given(SCENARIOS)
@settings(deadline=None)
def test_a_written_scenario_reads_back_as_itself(scenario):
    assert scenario_from_text(write_scenario_text(scenario)) == scenario


@given(SCENARIOS)
@settings(deadline=None, max_examples=30)
def test_writing_is_stable_so_that_records_of_equal_runs_are_equal(scenario):
    text = write_scenario_text(scenario)
    assert write_scenario_text(scenario_from_text(text)) == text


@given(SCENARIOS)
@settings(deadline=None, max_examples=30)
def test_whatever_we_write_the_published_schema_accepts(scenario):
    Draft202012Validator(json_schema()).validate(
        YAML(typ="safe", pure=True).load(write_scenario_text(scenario))
    )
