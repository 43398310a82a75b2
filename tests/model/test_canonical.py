"""Where nobody asks for the seat, every connected set of units has exactly one."""

from itertools import combinations

from hypothesis import HealthCheck, given, settings

from amalgamation.model import build_problem
from amalgamation.model.canonical import canonical_pairs
from strategies import build_scenario, lands

MANY = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


def build_blocks_of(land):
    territory, graph = land
    return build_problem(build_scenario(), territory, graph).blocks


def connected_sets(block):
    for size in range(1, len(block) + 1):
        for members in combinations(range(len(block)), size):
            if len(block.pieces(members)) == 1:
                yield members


@MANY
@given(lands(max_units=7))
def test_each_connected_set_has_exactly_one_seat_that_all_its_units_may_go_to(land):
    """None would lose plans, two would make the solver meet each plan twice."""
    for block in build_blocks_of(land):
        pairs = canonical_pairs(block).distance_of
        for members in connected_sets(block):
            seats = [s for s in members if all((u, s) in pairs for u in members)]
            assert len(seats) == 1


@MANY
@given(lands(max_units=7))
def test_pairs_are_a_part_of_all_pairs_and_cost_no_distance(land):
    for block in build_blocks_of(land):
        pairs = canonical_pairs(block)
        assert set(pairs.distance_of) <= set(block.distances.distance_of)
        assert not pairs.distance.any()
        assert list(pairs.distance_of) == sorted(pairs.distance_of)
