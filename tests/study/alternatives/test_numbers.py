"""Numbers are shared out so that blocks need not ask each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from amalgamation.model import NumberLimit
from amalgamation.study.alternatives.numbers import share_numbers


@dataclass
class _Block:
    units: int
    fewest: int = 1

    def __len__(self):
        return self.units


@dataclass
class _Problem:
    blocks: list
    limits: list


def test_what_a_limit_leaves_free_goes_to_blocks_by_their_own_numbers():
    blocks = [_Block(90), _Block(90), _Block(20)]
    limit = NumberLimit("rules.municipalities", (0, 1, 2), 20, 66)
    assert share_numbers(_Problem(blocks, [limit]), [40, 15, 5]) == [(14, 44), (5, 16), (2, 5)]


def test_a_block_alone_with_its_limit_has_all_of_it_and_without_limits_every_number():
    limit = NumberLimit("rules.municipalities", (0,), 2, 7)
    assert share_numbers(_Problem([_Block(9)], [limit]), [3]) == [(2, 7)]
    assert share_numbers(_Problem([_Block(9), _Block(4)], []), [3, 2]) == [(1, 9), (1, 4)]


@st.composite
def _shared(draw):
    numbers = draw(st.lists(st.integers(1, 6), min_size=1, max_size=3))
    blocks = [_Block(n + draw(st.integers(0, 3))) for n in numbers]
    limits = []
    for _ in range(draw(st.integers(0, 2))):
        inside = tuple(b for b in range(len(blocks)) if draw(st.booleans()))
        total = sum(numbers[b] for b in inside)
        least, most = total - draw(st.integers(0, 6)), total + draw(st.integers(0, 6))
        limits.append(NumberLimit("limit", inside, least, draw(st.sampled_from([most, None]))))
    return _Problem(blocks, limits), numbers


@settings(deadline=None)
@given(_shared())
def test_whatever_each_block_chooses_all_limits_hold(shared):
    problem, numbers = shared
    ranges = share_numbers(problem, numbers)
    assert all(least <= own <= most for own, (least, most) in zip(numbers, ranges, strict=True))
    for chosen in product(*(range(least, most + 1) for least, most in ranges)):
        assert all(limit.admits(chosen) for limit in problem.limits)
