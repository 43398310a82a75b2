"""Splits: one part becomes two, grown around two seats."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

from amalgamation.solve.search.moves import Move
from amalgamation.solve.search.score import LEAST_GAIN, Score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amalgamation.solve.search.draft import Draft
    from amalgamation.solve.search.values import Part, Values

__all__ = ["Splitter"]

_PLAIN = Score()
# Parts whose halves are remembered; a full memory is emptied.
_MEMORY = 50_000
# Ways to split that are looked at; of a part with more, every second, third, ... is.
_PLENTY = 1200


class Splitter:
    """Split parts in two, and remember how.

    Parameters
    ----------
    values
        What parts are worth.
    """

    def __init__(self, values: Values) -> None:
        self._values = values
        self._known: dict[int, tuple[Part, Part] | None] = {}

    def best_split(self, draft: Draft, score: Score, name: int) -> Move | None:
        """Return the best split of a part; None if none gains."""
        part = draft.parts[name]
        halves = self.halves(part)
        if halves is None:
            return None
        number = draft.number
        gain = score.of_parts([part]) - score.of_parts(halves)
        gain += score.of_number(number) - score.of_number(number + 1)
        return Move((name,), halves, gain) if gain > LEAST_GAIN else None

    def halves(self, part: Part) -> tuple[Part, Part] | None:
        """Return the two parts that score least together; None where nothing splits."""
        if part.mask not in self._known:
            if len(self._known) > _MEMORY:
                self._known.clear()
            self._known[part.mask] = self._find(part)
        return self._known[part.mask]

    def _find(self, part: Part) -> tuple[Part, Part] | None:
        best, least = None, math.inf
        for mask in self._offers(part):
            second = self._values.part(mask)
            rest = self._values.part(part.mask ^ mask) if second is not None else None
            if second is None or rest is None:
                continue
            value = _PLAIN.of_part(rest) + _PLAIN.of_part(second)
            if value < least - LEAST_GAIN:
                best, least = (rest, second), value
        return best

    def _offers(self, part: Part) -> Iterator[int]:
        """Grow a second part around each unit; give those that do not make matters worse."""
        lack, amounts, seen = self._values.lack, self._values.amounts, set()
        whole = [sum(each) for each in zip(*map(amounts, part.members), strict=True)]
        step = max(1, round(len(part.members) ** 2 / _PLENTY))
        for seat in part.members[::step]:
            grown, here = 0, [0.0] * len(whole)
            for position, unit in enumerate(self._order(part, seat)):
                grown |= 1 << unit
                here = [a + b for a, b in zip(here, amounts(unit), strict=True)]
                rest = part.mask ^ grown
                if not rest or grown in seen or position % step:
                    continue
                seen.add(grown)
                there = [a - b for a, b in zip(whole, here, strict=True)]
                if lack(grown, here) + lack(rest, there) <= part.lack:
                    yield grown

    def _order(self, part: Part, seat: int) -> Iterator[int]:
        """Walk from a unit through the part, taking what lies nearest it and far from the seat."""
        pair = self._values.pair
        neighbours = self._values.block.neighbours
        front = [(0.0, seat)]
        left = part.mask ^ 1 << seat
        while front:
            _, unit = heapq.heappop(front)
            yield unit
            for other in neighbours[unit]:
                if left >> other & 1:
                    left ^= 1 << other
                    heapq.heappush(front, (_lean(pair(other, seat), pair(other, part.seat)), other))


def _lean(here: float, there: float) -> float:
    """Return how much dearer a unit is here; infinite where it may not come."""
    return here - there if math.isfinite(here) else math.inf
