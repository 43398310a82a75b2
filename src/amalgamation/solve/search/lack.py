"""Lack: how far a set of units is from what the rules ask of a municipality.

A rule's judge says yes or no, which is no slope to walk down. Here the rules that bind
sets (sums, wishes, most units) are read as amounts: 0 where the rule is kept, about 1
where nothing of it is. Whatever depends on the seat stands in the block's pairs. A plan is
never handed out on this reading: the rules' own judges have the last word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from amalgamation.model import Municipality
from amalgamation.model.rules.contiguity import Contiguity
from amalgamation.model.rules.like import Like
from amalgamation.model.rules.most_units import MostUnits
from amalgamation.model.rules.ranges import AttributeRule
from amalgamation.model.rules.ratios import RatioRule
from amalgamation.model.rules.reach import Reach
from amalgamation.model.rules.seats import EligibleSeats, FixedSeats
from amalgamation.model.rules.thresholds import at_least, at_most, slack
from amalgamation.model.rules.walls import Walls
from amalgamation.model.rules.wishes import Apart, Frozen, Together
from amalgamation.solve.search.masks import mask_of, units_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from amalgamation.model import Block
    from amalgamation.model.rules import Rule

__all__ = ["Lacks"]

# Blocks, pairs and connected sets keep these by construction.
_KEPT = (Contiguity, Walls, Like, Reach, EligibleSeats, FixedSeats, Frozen)

# Sums of the attributes, the set as a mask, and its seat (any unit where it has none).
Lack: TypeAlias = "Callable[[Sequence[float], int, int], float]"


class Lacks:
    """Measure what sets of units of one block lack.

    Parameters
    ----------
    rules, block
        What to read, and for which units.

    Attributes
    ----------
    attributes
        Names of the attributes whose sums are asked for, sorted.
    kinds
        Units of one kind are alike as seats, as far as sums are asked for; empty where all
        are.
    """

    def __init__(self, rules: Sequence[Rule], block: Block) -> None:
        asked = [rule for rule in rules if not isinstance(rule, _KEPT)]
        self.attributes = sorted({name for rule in asked for name in _attributes_of(rule)})
        self._lacks = [_build_lack(rule, block, self.attributes) for rule in asked]
        classes = [rule.limits.by for rule in asked if isinstance(rule, AttributeRule)]
        by = sorted({name for name in classes if name is not None})
        self.kinds = list(zip(*(block.categories[name] for name in by), strict=True))

    def measure(self, sums: Sequence[float], mask: int, seat: int) -> float:
        """Return what a set lacks: 0 where it keeps every rule.

        Parameters
        ----------
        sums
            Over the set, in the order of ``attributes``.
        mask, seat
            The set, and its seat, or any of its units where it has none.
        """
        lacking = 0.0
        for lack in self._lacks:
            lacking += lack(sums, mask, seat)
        return lacking


def _attributes_of(rule: Rule) -> list[str]:
    match rule:
        case AttributeRule():
            return [rule.attribute, *rule.limits.unless]
        case RatioRule():
            return [rule.limits.of, rule.limits.to]
        case _:
            return []


def _build_lack(rule: Rule, block: Block, attributes: list[str]) -> Lack:
    match rule:
        case AttributeRule():
            return _RangeLack(rule, block, attributes)
        case RatioRule():
            return _RatioLack(rule, attributes)
        case MostUnits():
            return lambda _, mask, __: max(0.0, mask.bit_count() / rule.most - 1)
        case Together():
            group, whole = mask_of(block.positions(rule.codes)), len(set(rule.codes))
            return lambda _, mask, __: _torn((mask & group).bit_count(), whole)
        case Apart():
            foes = mask_of(block.positions(rule.codes))
            return lambda _, mask, __: max(0.0, (mask & foes).bit_count() - 1.0)
        case _:
            return lambda _, mask, seat: _judged(
                rule, Municipality(block, tuple(units_of(mask)), seat)
            )


def _torn(inside: int, whole: int) -> float:
    return 1.0 - inside / whole if inside else 0.0


def _judged(rule: Rule, municipality: Municipality) -> float:
    return 0.0 if rule.judge(municipality) is None else 1.0


class _RangeLack:
    """How far a sum lies outside its range, as a share of the threshold."""

    def __init__(self, rule: AttributeRule, block: Block, attributes: list[str]) -> None:
        place, ranges = attributes.index(rule.attribute), rule.at(block).ranges
        self._exempt = mask_of(rule.exempt(block))
        intervals = {id(limits): _Interval(limits, place) for limits in ranges}
        self._own = [intervals[id(limits)] for limits in ranges]
        self._unless = [
            _Interval(inner, attributes.index(name)) for name, inner in rule.limits.unless.items()
        ]

    def __call__(self, sums: Sequence[float], mask: int, seat: int) -> float:
        below, above = self._own[seat].below(sums), self._own[seat].above(sums)
        if above and mask & self._exempt:
            above = 0.0
        if below and self._unless:
            below = min(below, sum(each.below(sums) + each.above(sums) for each in self._unless))
        return below + above


class _RatioLack:
    """How far a sum lies from a threshold times another, as a share of that."""

    def __init__(self, rule: RatioRule, attributes: list[str]) -> None:
        self._of, self._to = (attributes.index(n) for n in (rule.limits.of, rule.limits.to))
        self._least, self._most = rule.limits.min, rule.limits.max

    def __call__(self, sums: Sequence[float], _: int, __: int) -> float:
        of, to, lacking = sums[self._of], sums[self._to], 0.0
        if self._least is not None and not at_least(of, self._least * to):
            lacking += (self._least * to - of) / (abs(self._least * to) or 1.0)
        if self._most is not None and not at_most(of, self._most * to):
            lacking += (of - self._most * to) / (abs(self._most * to) or 1.0)
        return lacking


class _Interval:
    """A range of one of the sums."""

    def __init__(self, limits: Any, place: int) -> None:
        self._place = place
        self._least, self._most = limits.min or 0.0, limits.max or 0.0
        self._floor = -float("inf") if limits.min is None else limits.min - slack(limits.min)
        self._roof = float("inf") if limits.max is None else limits.max + slack(limits.max)

    def below(self, sums: Sequence[float]) -> float:
        total = sums[self._place]
        return 0.0 if total >= self._floor else (self._least - total) / (abs(self._least) or 1.0)

    def above(self, sums: Sequence[float]) -> float:
        total = sums[self._place]
        return 0.0 if total <= self._roof else (total - self._most) / (abs(self._most) or 1.0)
