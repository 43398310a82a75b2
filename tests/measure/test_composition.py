"""Urban, mixed or rural, at the cut points and beside them."""

from __future__ import annotations

import numpy as np
import pytest

from amalgamation.measure import KINDS, Context, measure_kind, national_measures
from rows import subject_of


@pytest.mark.parametrize(
    ("town", "kind"), [(86, "urban"), (85, "urban"), (84, "mixed"), (50, "mixed"), (49, "rural")]
)
def test_a_municipality_at_a_cut_point_has_reached_it(town, kind):
    row = subject_of("aa", population=[town, 100 - town], type=["town", "village"])
    assert measure_kind(row).to_dict() == {"a": kind}


def test_a_municipality_of_an_unknown_type_is_not_counted_as_rural():
    row = subject_of("abb", population=[9, 5, 5], type=["city", "village", "commune"])
    assert measure_kind(row)["a"] == "urban"
    assert measure_kind(row).isna()["b"]
    counts = {m.name: m.compute for m in national_measures(Context({}))}
    assert [np.isnan(counts[f"{kind}_municipalities"](row)) for kind in KINDS] == [True] * 3
