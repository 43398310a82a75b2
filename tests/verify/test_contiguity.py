"""A municipality in pieces: the seat's own piece is at home, the others are cut off."""

import pytest

from amalgamation.plan import Plan
from amalgamation.verify import verify_plan
from strategies import build_scenario, build_territory, build_unit_graph


def cut_off(seats, ties):
    """Return the units that the judge names as cut off, the seat left out."""
    plan = Plan.from_seats(seats)
    territory, graph = build_territory([1, 1, 1, 1]), build_unit_graph(4, ties)
    findings = verify_plan(plan, build_scenario(), territory, graph)
    (found,) = [finding for finding in findings if finding.check == "contiguity"]
    return set(found.subjects) - set(seats.values())


def test_the_seats_piece_is_at_home_however_small():
    seats = dict.fromkeys(("u1", "u2", "u3", "u4"), "u4")
    assert cut_off(seats, [(1, 2), (2, 3)]) == {"u1", "u2", "u3"}


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ([(2, 3), (3, 4)], {"u1"}),  # the largest piece is at home
        ([(1, 4), (2, 3)], {"u2", "u3"}),  # of equals, that of the first unit
    ],
)
def test_under_a_seat_that_nobody_knows_the_largest_piece_is_at_home(ties, expected):
    """The unknown seat is named by another check; this one must not fail over it."""
    seats = dict.fromkeys(("u1", "u2", "u3", "u4", "ghost"), "ghost")
    assert cut_off(seats, ties) == expected
