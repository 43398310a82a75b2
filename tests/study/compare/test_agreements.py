"""Every pair of plans: figures worked by hand, and a square that mirrors what is mirrored."""

import math

import pytest

from amalgamation.plan import Plan
from amalgamation.study.compare import build_agreements, to_matrix

WHOLE = Plan.from_seats(dict.fromkeys("abcd", "a"))
HALVES = Plan.from_seats({"a": "a", "b": "a", "c": "c", "d": "c"})
ALONE = Plan.from_seats({"a": "a", "b": "b"}, outside="cd")
RESIDENTS = {"a": 10, "b": 20, "c": 30, "d": 40}


def test_a_row_for_every_pair_by_hand():
    """6 pairs in the whole, 2 in the halves, both of these in the whole."""
    found = build_agreements({"whole": WHOLE, "halves": HALVES, "alone": ALONE}, RESIDENTS)
    assert found[["first", "second"]].to_numpy().tolist() == [
        ["whole", "halves"],
        ["whole", "alone"],
        ["halves", "alone"],
    ]
    row = found.iloc[0]
    assert (row["pair_precision"], row["pair_recall"]) == (pytest.approx(2 / 6), 1.0)
    assert row["pair_f1"] == pytest.approx(2 * 2 / 8)
    assert (row["changing_units"], row["changing_percent"]) == (2, 30.0)
    assert row["identical_percent"] == 0.0
    # pairs weigh 200 + 300 + 400 + 600 + 800 + 1200, of which 200 + 1200 in the halves
    assert row["pair_f1_by_residents"] == pytest.approx(2 * 1400 / (3500 + 1400))


def test_units_outside_are_together_with_nobody():
    """They are no municipality of their own, so no pair and no identical one but with itself."""
    outside = Plan.from_seats({"a": "a"}, outside="bcd")
    found = build_agreements({"one": ALONE, "two": outside}, RESIDENTS).iloc[0]
    assert found["pair_f1"] == 1.0
    assert (found["changing_units"], found["changing_percent"]) == (1, 20.0)


def test_without_residents_shares_are_of_units():
    found = build_agreements({"whole": WHOLE, "halves": HALVES}).iloc[0]
    assert found["changing_percent"] == 50.0
    assert math.isnan(found["rand_index_by_residents"])


def test_the_square_turns_precision_into_recall_and_leaves_the_rest():
    found = build_agreements({"whole": WHOLE, "halves": HALVES}, RESIDENTS)
    precision = to_matrix(found, "pair_precision")
    assert precision.loc["halves", "whole"] == 1.0
    assert precision.loc["whole", "halves"] == pytest.approx(2 / 6)
    for measure, itself in (("rand_index", 1.0), ("identical_percent", 100.0)):
        square = to_matrix(found, measure)
        assert square.to_numpy().tolist() == square.T.to_numpy().tolist()
        assert square.loc["whole", "whole"] == itself
    assert to_matrix(found, "changing_percent").loc["whole", "whole"] == 0.0
    assert build_agreements({"whole": WHOLE}).empty
