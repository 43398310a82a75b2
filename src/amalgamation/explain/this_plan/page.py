"""The reasons of a whole plan in rows, as the page of a report holds them.

In: an overview of a plan, with every single change. Out: `ReportReasons`: the same figures that
`explain_unit` and `explain_municipality` give, with positions instead of ids.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from amalgamation.explain.this_plan.walls import find_walled
from amalgamation.explain.this_plan.weigh import number_margins
from amalgamation.explain.this_plan.wishes import find_refused
from amalgamation.model import measure_margins
from amalgamation.show import KINDS, NOBODY, ReportReasons

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from amalgamation.explain.this_plan.choice import Breach, Choice
    from amalgamation.explain.this_plan.drawn import Drawn
    from amalgamation.explain.this_plan.overview import Overview
    from amalgamation.explain.this_plan.wishes import Refused
    from amalgamation.model import Margin

__all__ = ["build_report_reasons"]

_MarginRow = tuple[int, float, bool, int, int]
_T = TypeVar("_T")


def build_report_reasons(overview: Overview) -> ReportReasons:
    """Build the rows of a report: limits of every municipality, and every single change.

    Parameters
    ----------
    overview
        As `explain_whole` gives it.

    Examples
    --------
    >>> import amalgamation as am
    >>> result = am.run("toy", overrides={"solve.processes": 1})
    >>> reasons = build_report_reasons(am.explain_whole(result.drawn))
    >>> len(reasons.margins), len(reasons.choices)
    (4, 39)
    """
    drawn, table = overview.drawn, _Table(overview.drawn)
    ranked = sorted(overview.choices, key=lambda c: (c.cost, c.kind, c.unit, c.to))
    margins = [table.margins(_own(drawn, name)) for name in drawn.plan.municipalities]
    blocks = range(len(drawn.problem.blocks))
    counts = [table.margins(number_margins(drawn, block)) for block in blocks]
    choices = [table.choice(choice) for choice in ranked]
    wishes, refused = _refused(ranked, table)
    units = table.unit
    return ReportReasons(
        cost=drawn.cost,
        aims=[
            (aim.name, aim.unit, aim.weight, drawn.problem.references[aim.name])
            for aim in drawn.problem.aims
        ],
        limits=list(table.limits),
        rules=list(table.rules),
        lifted=list(table.lifted),
        margins=margins,
        counts=counts,
        block_of=[drawn.block_of.get(unit, NOBODY) for unit in units],
        choices=choices,
        walled=[
            (units[one.unit], units[one.neighbour], one.key)
            for one in find_walled(drawn, drawn.block_of)
        ],
        wishes=wishes,
        refused=refused,
    )


def _own(drawn: Drawn, name: str) -> tuple[Margin, ...]:
    block = drawn.surroundings(drawn.plan.municipalities[name])
    return measure_margins(drawn.problem.rules, drawn.municipality(name, block))


@dataclass(frozen=True)
class _Table:
    """Number what is told more than once, in the order in which it is met."""

    drawn: Drawn
    limits: dict[tuple[str, str, float, str], int] = field(default_factory=dict)
    rules: dict[tuple[str, str, str], int] = field(default_factory=dict)
    lifted: dict[str, int] = field(default_factory=dict)

    @cached_property
    def unit(self) -> dict[str, int]:
        """Unit -> its position."""
        return {unit: at for at, unit in enumerate(self.drawn.territory.ids)}

    @cached_property
    def municipality(self) -> dict[str, int]:
        """Municipality -> its position."""
        return {name: at for at, name in enumerate(self.drawn.plan.seat_of)}

    @cached_property
    def labelled(self) -> Mapping[str, int]:
        """Unit as messages name it -> its position."""
        return {label: self.unit[unit] for unit, label in self.drawn.territory.labels.items()}

    def margins(self, margins: Iterable[Margin]) -> list[_MarginRow]:
        """Return margins as rows."""
        return [
            (
                self._limit(margin),
                margin.found,
                margin.kept,
                self.labelled.get(margin.at, NOBODY),
                _number(self.lifted, margin.lifted) if margin.lifted else NOBODY,
            )
            for margin in margins
        ]

    def _limit(self, margin: Margin) -> int:
        return _number(self.limits, (margin.key, margin.side, margin.limit, margin.what))

    def choice(self, choice: Choice) -> tuple[object, ...]:
        """Return a choice as a row."""
        places = self.unit if choice.kind == "seat" else self.municipality
        merged = next(iter(choice.seats.values())) if choice.kind == "merge" else ""
        return (
            KINDS.index(choice.kind),
            self.unit.get(choice.unit, NOBODY),
            self.municipality.get(choice.municipality, NOBODY),
            places.get(choice.to, NOBODY),
            self.unit.get(merged, NOBODY),
            tuple(aim.raw for aim in choice.aims),
            tuple(self._breach(breach) for breach in choice.breaks),
        )

    def _breach(self, breach: Breach) -> tuple[object, ...]:
        seat, margin = self.unit.get(breach.seat, NOBODY), breach.margin
        if margin is None:
            return (_number(self.rules, (breach.key, breach.found, breach.expected)), seat)
        at = self.labelled.get(margin.at, NOBODY)
        return (self._limit(margin), margin.found, at, seat)


def _number(known: dict[_T, int], value: _T) -> int:
    return known.setdefault(value, len(known))


def _refused(
    ranked: Sequence[Choice], table: _Table
) -> tuple[list[tuple[int, int, bool, str]], list[tuple[int, int, int, int]]]:
    """Return unmet wishes, and for each unit and municipality concerned what would grant them."""
    rows = []
    wishes: dict[tuple[int, int, bool, str], int] = {}
    place = {id(choice): at for at, choice in enumerate(ranked)}
    for unit, home, units, choices in _concerned(table.drawn, ranked):
        at = table.unit.get(unit, NOBODY), table.municipality.get(home, NOBODY)
        for one in find_refused(table.drawn, units, choices):
            granting = NOBODY if one.choice is None else place[id(one.choice)]
            rows.append((*at, _number(wishes, _wish(table, one)), granting))
    return list(wishes), rows


def _wish(table: _Table, one: Refused) -> tuple[int, int, bool, str]:
    return (table.unit[one.unit], table.unit[one.other], one.together, one.reason)


def _concerned(
    drawn: Drawn, ranked: Sequence[Choice]
) -> Iterator[tuple[str, str, tuple[str, ...], list[Choice]]]:
    """Give the units that have a wish, then their municipalities, with the choices of each."""
    wishes = [wish for aim in drawn.problem.aims for wish in getattr(aim, "wishes", ())]
    wishing = {unit for wish in wishes for unit in (wish.unit, str(wish.with_ or wish.against))}
    home_of, members = drawn.plan.municipality_of, drawn.plan.municipalities
    for unit in sorted(wishing & set(drawn.block_of)):
        home = home_of.get(unit, "")
        yield unit, "", (unit,), [one for one in ranked if _is_of_unit(one, unit, home)]
    for home in sorted({home_of[unit] for unit in wishing if unit in home_of}):
        own = [one for one in ranked if _is_of_municipality(one, home)]
        yield "", home, members[home], own


def _is_of_unit(choice: Choice, unit: str, home: str) -> bool:
    if choice.kind == "merge":
        return _is_of_municipality(choice, home)
    return choice.unit == unit or (choice.kind == "seat" and choice.to == unit)


def _is_of_municipality(choice: Choice, home: str) -> bool:
    merged = choice.kind == "merge" and choice.to == home
    return bool(home) and (choice.municipality == home or merged)
