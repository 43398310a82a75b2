"""Separators: they cut off what is broken, and nothing that hangs together."""

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation.model import build_problem
from amalgamation.model.block import OUTSIDE
from amalgamation.model.rules import find_separators
from amalgamation.model.rules.contiguity import minimal_separator
from strategies import build_scenario, build_territory, build_unit_graph, lands

MANY = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


def build_block(count, ties):
    """Build the block of a hand-drawn connected graph; unit `u1` is position 0."""
    ground = build_territory([100.0] * count), build_unit_graph(count, ties)
    (block,) = build_problem(build_scenario(), *ground).blocks
    return block


PATH = [(1, 2), (2, 3), (3, 4), (4, 5)]
RING = [(1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (1, 6)]
STAR = [(1, 2), (1, 3), (1, 4), (1, 5)]
BOARD = [(a, a + 1) for a in (1, 2, 4, 5, 7, 8)] + [(a, a + 3) for a in range(1, 7)]


@pytest.mark.parametrize(
    ("count", "ties", "piece", "seat", "gate"),
    [
        (5, PATH, {4}, 0, (3,)),  # a path: the neighbour on the way
        (5, PATH, {2}, 0, (1,)),  # what lies behind the piece does not separate it
        (5, PATH, {3, 4}, 0, (2,)),
        (6, RING, {3}, 0, (2, 4)),  # a ring: both ways
        (5, STAR, {4}, 1, (0,)),  # a star: its middle
        (9, BOARD, {8}, 0, (5, 7)),  # a corner of the board
        (9, BOARD, {7, 8}, 0, (4, 5, 6)),
        (9, BOARD, {6, 7, 8}, 1, (3, 4, 5)),
    ],
)
def test_the_gate_is_what_the_way_from_the_seat_meets_first(count, ties, piece, seat, gate):
    assert minimal_separator(build_block(count, ties), piece, seat) == gate


def test_every_unit_of_every_piece_is_cut_off_from_a_seat_that_it_does_not_reach():
    """Seat u4 of a path of seven: u1 and u2 lie behind u3, u6 and u7 behind u5."""
    block = build_block(7, [*PATH, (5, 6), (6, 7)])
    seat_of = {0: 3, 1: 3, 2: 2, 3: 3, 4: 4, 5: 3, 6: 3}
    found = find_separators(block, seat_of)
    assert [(one.unit, one.seat, one.gate) for one in found] == [
        (0, 3, (2,)),
        (1, 3, (2,)),
        (5, 3, (4,)),
        (6, 3, (4,)),
    ]


def test_units_left_out_need_not_hang_together():
    block = build_block(5, PATH)
    assert find_separators(block, {0: OUTSIDE, 1: 1, 2: 1, 3: 1, 4: OUTSIDE}) == []


def broken_assignments(block):
    """Draw unit -> seat with two seats; pieces as they come."""
    size = len(block)
    seats = st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True)
    sides = st.lists(st.booleans(), min_size=size, max_size=size)
    return st.tuples(seats, sides).map(
        lambda drawn: {
            unit: unit if unit in drawn[0] else drawn[0][side] for unit, side in enumerate(drawn[1])
        }
    )


def is_kept(separator, seat, members):
    """Say whether a municipality satisfies `x_ij <= sum of x_sj over the gate`."""
    inside = separator.unit in members and seat == separator.seat
    return not inside or bool(set(separator.gate) & set(members))


@MANY
@given(lands(min_units=3, max_units=8, connected=True), st.data())
def test_a_separator_cuts_off_the_broken_and_keeps_every_connected_municipality(land, data):
    block = build_problem(build_scenario(), *land).blocks[0]
    seat_of = data.draw(broken_assignments(block))
    members = {s: [u for u in seat_of if seat_of[u] == s] for s in sorted(set(seat_of.values()))}
    separators = find_separators(block, seat_of)
    in_pieces = any(len(block.pieces(units)) > 1 for units in members.values())
    assert bool(separators) == in_pieces
    for separator in separators:
        assert not is_kept(separator, separator.seat, members[separator.seat])
        assert all(
            is_kept(separator, separator.seat, connected)
            for connected in connected_sets_with(block, separator.seat)
        )


def connected_sets_with(block, seat):
    others = [unit for unit in range(len(block)) if unit != seat]
    for size in range(len(block)):
        for chosen in combinations(others, size):
            if len(block.pieces([seat, *chosen])) == 1:
                yield [seat, *chosen]


@MANY
@given(lands(min_units=3, max_units=8, connected=True), st.data())
def test_a_separator_is_minimal(land, data):
    """With any unit of the gate opened, the seat reaches the piece: the row is not weaker."""
    block = build_problem(build_scenario(), *land).blocks[0]
    for separator in find_separators(block, data.draw(broken_assignments(block))):
        closed = set(separator.gate)
        everything = set(range(len(block)))
        assert separator.unit not in block.flood(separator.seat, everything - closed)
        for unit in separator.gate:
            reached = block.flood(separator.seat, everything - (closed - {unit}))
            assert separator.unit in reached
