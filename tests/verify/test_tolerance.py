"""How far two numbers may lie apart: by the rounding of sums, and no further."""

import pytest

from amalgamation.verify.tolerance import agree, is_at_least, is_at_most, spell


@pytest.mark.parametrize(
    ("found", "expected", "same"),
    [
        (1e6, 1e6 + 0.9, True),
        (1e6, 1e6 + 1.1, False),
        (0.0, 0.9e-9, True),  # of nothing, no share can be taken
        (0.0, 1.1e-9, False),
    ],
)
def test_two_values_agree_within_a_millionth_or_a_hair(found, expected, same):
    assert agree(found, expected) is same
    assert agree(expected, found) is same


@pytest.mark.parametrize(
    ("limit", "beyond", "kept"),
    [
        (5000.0, 0.0049, True),
        (5000.0, 0.0051, False),
        (0.0, 0.9e-9, True),
        (0.0, 1.1e-9, False),
        (-5000.0, 0.0049, True),
        (-5000.0, 0.0051, False),
    ],
)
def test_a_threshold_may_be_missed_by_what_the_solver_calls_feasible(limit, beyond, kept):
    assert is_at_least(limit - beyond, limit) is kept
    assert is_at_most(limit + beyond, limit) is kept
    assert is_at_least(limit + beyond, limit)
    assert is_at_most(limit - beyond, limit)


@pytest.mark.parametrize(
    ("number", "unit", "shown"),
    [
        (5000, "", "5,000"),
        (1240.5, "residents", "1,240.5 residents"),
        (0.25, "km", "0.25 km"),
        (10.0, "", "10"),
        (100, "km2", "100 km2"),
        (1234567.8912345, "", "1,234,567.891235"),
        (0.0, "", "0"),
    ],
)
def test_a_number_is_shown_without_idle_digits(number, unit, shown):
    assert spell(number, unit) == shown
