"""Two measures against each other: the Pareto set, and what cannot be an axis."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import amalgamation as am
from amalgamation.errors import InputError
from amalgamation.study.compare import Axis, build_trade_off, find_pareto

FIGURES = hnp.arrays(
    np.float64,
    st.tuples(st.integers(1, 7), st.just(2)),
    elements=st.one_of(st.integers(0, 4).map(float), st.just(np.nan)),
)
WAYS = st.tuples(st.booleans(), st.booleans())


def beats(one, other, ways):
    better = [a > b if way else a < b for a, b, way in zip(one, other, ways, strict=True)]
    worse = [a < b if way else a > b for a, b, way in zip(one, other, ways, strict=True)]
    return any(better) and not any(worse)


@given(FIGURES, WAYS)
def test_the_set_is_that_of_the_definition(figures, ways):
    known = [row for row in figures if not np.isnan(row).any()]
    expected = [
        not np.isnan(row).any() and not any(beats(other, row, ways) for other in known)
        for row in figures
    ]
    assert find_pareto(figures, ways).tolist() == expected


@given(FIGURES, WAYS)
def test_there_is_always_somebody_whom_nobody_beats(figures, ways):
    known = ~np.isnan(figures).any(axis=1)
    assert find_pareto(figures, ways).any() == known.any()


TABLE = pd.DataFrame(
    {"mean_km": [3.0, 5.0, 6.0, np.nan], "number": [9, 4, 7, 1], "status": list("abcd")},
    index=["w", "x", "y", "z"],
)
KNOWN = {"mean_km": Axis("mean_km", "Way", "km", higher_is_better=False)}


def test_a_measure_brings_its_direction_and_others_are_told_theirs():
    found = build_trade_off(TABLE, ["mean_km", "number:min"], KNOWN, "Made up.")
    assert found.pareto == ("w", "x")
    assert found.left_out == ("z",)
    assert build_trade_off(TABLE, ["mean_km", "number:max"], KNOWN).pareto == ("w",)
    assert build_trade_off(TABLE, ["mean_km:min", " number:max "], KNOWN).pareto == ("w",)
    for text in (repr(found), found._repr_html_(), found.to_json(), found.to_text()):
        assert "Made up." in text
    assert found.to_csv().splitlines()[:2] == [",mean_km,number,pareto,synthetic", "w,3,9,1,True"]
    points = json.loads(found.to_json())["points"]
    assert points[1] == {"plan": "x", "mean_km": 5.0, "number": 4.0, "pareto": True}
    assert found._repr_png_()[1:4] == b"PNG"


@pytest.mark.parametrize(
    ("axes", "told"),
    [
        (["mean_km", "number"], "say number:min or number:max"),
        (["mean_km:max", "number:min"], "expected mean_km:min, the better direction"),
        (["mean_kn", "number:min"], "did you mean `mean_km`?"),
        (["status:min", "number:min"], "`status` without a number"),
        (["mean_km"], "two different measures"),
        (["number:min", "number:max"], "two different measures"),
        ([], "found `none`"),
        (["mean_km", "number:min", "status"], "two different measures"),
    ],
)
def test_what_cannot_be_an_axis_is_told(axes, told):
    with pytest.raises(InputError, match="measures of the trade-off") as refused:
        build_trade_off(TABLE, axes, KNOWN)
    assert told in str(refused.value)


def test_both_axes_are_told_at_once_and_one_plan_is_no_choice():
    with pytest.raises(InputError) as refused:
        build_trade_off(TABLE, ["mean_kn", "number"], KNOWN)
    assert len(refused.value.findings) == 2
    with pytest.raises(InputError, match="1 plans with a figure for both"):
        build_trade_off(TABLE.loc[["w", "z"]], ["mean_km", "number:min"], KNOWN)


def test_a_table_of_ones_own_is_taken_as_it_is():
    assert am.trade_off(TABLE, "mean_km:min", "number:min").pareto == ("w", "x")
