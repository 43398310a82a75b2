"""The whole plan at a glance: where its limits are tightest, and which rules hold it in place."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.explain.this_plan.choices import all_choices
from amalgamation.explain.this_plan.table import build_reasons_table
from amalgamation.explain.this_plan.weigh import number_margins
from amalgamation.explain.this_plan.words import say_choice, say_margin
from amalgamation.model import measure_margins
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from amalgamation.explain.this_plan.choice import Choice
    from amalgamation.explain.this_plan.drawn import Drawn
    from amalgamation.model import Margin

__all__ = [
    "Overview",
    "Tightest",
    "count_refusals",
    "explain_whole",
    "find_tightest",
    "say_tightest",
]

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Tightest:
    """Name the municipality that has least to spare at a limit.

    Parameters
    ----------
    margin
        What it has there.
    municipality
        Its id; empty for the number of municipalities.
    """

    margin: Margin
    municipality: str = ""


@dataclass(frozen=True)
class Overview:
    """Hold what holds a whole plan in place.

    Parameters
    ----------
    drawn
        The plan.
    tightest
        One entry per limit that is a number.
    choices
        Single changes, all of them.
    """

    drawn: Drawn
    tightest: tuple[Tightest, ...]
    choices: tuple[Choice, ...]

    @property
    def cheaper(self) -> tuple[Choice, ...]:
        """Single changes that would cost less, the cheapest first."""
        least = -_ROUNDING * abs(self.drawn.cost)
        return tuple(sorted((c for c in self.choices if c.cost < least), key=lambda c: c.cost))

    @property
    def binding(self) -> dict[str, int]:
        """Rules that alone refuse a change which would cost less -> how many such changes."""
        return count_refusals(self.cheaper)

    def sentences(self) -> list[str]:
        """Return the overview as lines of text."""
        return [*say_tightest(self.drawn, self.tightest), *self._what_binds(), *self._open()]

    def _what_binds(self) -> list[str]:
        many = f"{count_of(len(self.choices), 'single change')} of this plan"
        head = f"Of {many}, {len(self.cheaper):,} would cost less:"
        alone = [f"  - {number:,} refused by {key} alone" for key, number in self.binding.items()]
        several = sum(len(choice.keys) > 1 for choice in self.cheaper)
        alone += [f"  - {several:,} refused by several rules at once"] if several else []
        free = sum(not choice.breaks for choice in self.cheaper)
        alone += [f"  - {free:,} refused by no rule: the gap allows it"] if free else []
        return [head, *alone] if alone else [f"Of {many}, none would cost less."]

    def _open(self) -> list[str]:
        free = next((choice for choice in self.cheaper if not choice.breaks), None)
        return [] if free is None else [f"The best of these: {say_choice(self.drawn, free)}."]

    def to_frame(self) -> pd.DataFrame:
        """Return all single changes as the table of ``reasons.csv``."""
        return build_reasons_table(self.drawn, self.choices)

    def to_object(self) -> dict[str, Any]:
        """Return the overview as JSON has it."""
        return {
            "limits": [
                asdict(one.margin) | {"slack": one.margin.slack, "municipality": one.municipality}
                for one in self.tightest
            ],
            "changes": len(self.choices),
            "cheaper": len(self.cheaper),
            "binding": self.binding,
        }

    def __repr__(self) -> str:
        return f"<Overview: {count_of(len(self.choices), 'single change')}>"


def count_refusals(choices: Iterable[Choice]) -> dict[str, int]:
    """Return rule -> how many of some choices it alone refuses, sorted by rule."""
    alone = [next(iter(choice.keys)) for choice in choices if len(choice.keys) == 1]
    return dict(sorted(Counter(alone).items()))


def explain_whole(drawn: Drawn) -> Overview:
    """Look at every municipality's limits, and at every single change of a plan."""
    return Overview(drawn, find_tightest(drawn), tuple(all_choices(drawn)))


def find_tightest(drawn: Drawn) -> tuple[Tightest, ...]:
    """Return, for each limit that is a number, the municipality with least to spare, by key.

    Exceptions are passed over: where a limit does not count, nothing is tight.
    """
    least: dict[str, Tightest] = {}
    for name in drawn.plan.municipalities:
        block = drawn.block(drawn.plan.seat_of[name])
        for margin in measure_margins(drawn.problem.rules, drawn.municipality(name, block)):
            known = least.get(margin.key)
            if not margin.lifted and (known is None or margin.slack < known.margin.slack):
                least[margin.key] = Tightest(margin, name)
    for position in range(len(drawn.problem.blocks)):
        least |= {margin.key: Tightest(margin) for margin in number_margins(drawn, position)}
    return tuple(least[key] for key in sorted(least))


def say_tightest(drawn: Drawn, tightest: Iterable[Tightest]) -> list[str]:
    """Return, for each limit, which municipality has least to spare, as lines of text."""
    units = drawn.territory.attributes
    lines = [f"  - {say_margin(one.margin, units)}{_where(drawn, one)}" for one in tightest]
    return ["Where limits are tightest:", *lines] if lines else []


def _where(drawn: Drawn, one: Tightest) -> str:
    return f", in the municipality of {drawn.label(one.municipality)}" if one.municipality else ""
