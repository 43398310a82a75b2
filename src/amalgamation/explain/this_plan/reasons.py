"""The reasons of a plan: for a unit or a municipality, what binds and what else was possible.

In: a plan drawn into its problem. Out: `Reasons`, which tell themselves as sentences, as a
table and as an object for JSON.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.errors import InputError
from amalgamation.explain.this_plan.choices import choices_of_municipality, choices_of_unit
from amalgamation.explain.this_plan.overview import count_refusals
from amalgamation.explain.this_plan.table import build_reasons_table
from amalgamation.explain.this_plan.walls import find_walled
from amalgamation.explain.this_plan.weigh import number_margins
from amalgamation.explain.this_plan.wishes import find_refused
from amalgamation.explain.this_plan.words import (
    say_choice,
    say_margin,
    say_refused,
    say_share,
    say_walled,
)
from amalgamation.findings import Finding
from amalgamation.model import measure_margins
from amalgamation.territory.words import count_of, nearest

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from amalgamation.explain.this_plan.choice import Choice
    from amalgamation.explain.this_plan.drawn import Drawn
    from amalgamation.explain.this_plan.walls import Walled
    from amalgamation.explain.this_plan.wishes import Refused
    from amalgamation.model import Margin

__all__ = ["Reasons", "explain_municipality", "explain_unit"]

_EXACT = (
    "Each is one single change of this plan, all else as it is: its figures are exact. What "
    "others could do in answer is not searched here; a required wish is (--require)."
)


@dataclass(frozen=True)
class Reasons:
    """Hold what speaks for a municipality as it is, and what a change would cost.

    Parameters
    ----------
    drawn
        The plan.
    place
        The unit or municipality, in a sentence.
    margins
        How far its municipality, and the number of all, lie from each limit.
    choices
        Single changes, the cheapest first; those that break a rule among them.
    walled
        Neighbours behind a wall.
    refused
        Unmet wishes that concern it.
    """

    drawn: Drawn
    place: str
    margins: tuple[Margin, ...]
    choices: tuple[Choice, ...]
    walled: tuple[Walled, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def binding(self) -> dict[str, int]:
        """Rules that alone refuse a change which would cost less -> how many such changes."""
        return count_refusals(choice for choice in self.choices if choice.cost < 0)

    @property
    def cheaper(self) -> tuple[Choice, ...]:
        """Single changes that cost less and break nothing: the plan is not the cheapest."""
        least = -1e-9 * abs(self.drawn.cost)
        return tuple(c for c in self.choices if c.cost < least and not c.breaks)

    def sentences(self) -> list[str]:
        """Return the reasons as lines of text."""
        units = self.drawn.territory.attributes
        return [
            self.place,
            *_section("Limits:", [say_margin(margin, units) for margin in self.margins]),
            *self._what_binds(),
            *_section("Instead:", [say_choice(self.drawn, choice) for choice in self.choices]),
            *([_EXACT] if self.choices else []),
            *_section("Behind a wall:", [say_walled(self.drawn, one) for one in self.walled]),
            *_section("Wishes refused:", [say_refused(self.drawn, one) for one in self.refused]),
        ]

    def _what_binds(self) -> list[str]:
        told = [
            f"{key} binds: it alone refuses {count_of(number, 'change')} that would cost less."
            for key, number in self.binding.items()
        ]
        if self.cheaper:
            saved = say_share(self.cheaper[0].cost, self.drawn.cost)
            told.append(
                f"{count_of(len(self.cheaper), 'change')} would cost less and break no rule (the "
                f"best {saved}): the plan is not the cheapest, which its gap allows."
            )
        return told

    def to_frame(self) -> pd.DataFrame:
        """Return the choices as the table of ``reasons.csv``."""
        return build_reasons_table(self.drawn, self.choices)

    def to_object(self) -> dict[str, Any]:
        """Return the reasons as JSON has them."""
        return {
            "place": self.place,
            "limits": [asdict(margin) | {"slack": margin.slack} for margin in self.margins],
            "binding": self.binding,
            "choices": [_choice_object(self.drawn, choice) for choice in self.choices],
            "walled": [asdict(one) for one in self.walled],
            "refused": [_refused_object(self.drawn, one) for one in self.refused],
        }

    def __repr__(self) -> str:
        return f"<Reasons: {self.place} {count_of(len(self.choices), 'choice')} beside it>"

    def _repr_html_(self) -> str:
        return self.to_frame().to_html()


def _section(head: str, lines: list[str]) -> list[str]:
    return [head, *(f"  - {line}" for line in lines)] if lines else []


def _choice_object(drawn: Drawn, choice: Choice) -> dict[str, Any]:
    return {
        "kind": choice.kind,
        "unit": choice.unit,
        "municipality": choice.municipality,
        "to": choice.to,
        "cost": choice.cost,
        "share": choice.cost / drawn.cost if drawn.cost else None,
        "aims": {aim.name: {"unit": aim.unit, "raw": aim.raw} for aim in choice.aims},
        "breaks": [asdict(breach) for breach in choice.breaks],
        "sentence": say_choice(drawn, choice),
    }


def _refused_object(drawn: Drawn, refused: Refused) -> dict[str, Any]:
    return {
        "unit": refused.unit,
        "other": refused.other,
        "together": refused.together,
        "reason": refused.reason,
        "sentence": say_refused(drawn, refused),
    }


def explain_unit(drawn: Drawn, unit: str) -> Reasons:
    """Say why a unit is where it is: what binds its municipality, and what else it could do.

    Parameters
    ----------
    drawn
        The plan.
    unit
        Code of a unit.

    Raises
    ------
    InputError
        If the plan knows no such unit, or every plan leaves it out.
    """
    _check(unit, drawn.block_of, "unit", drawn)
    home = drawn.plan.municipality_of.get(unit, "")
    label = drawn.territory.labels[unit]
    if not home:
        return _reasons(drawn, f"{label} is outside every municipality.", "", [unit], unit)
    others = len(drawn.plan.municipalities[home]) - 1
    inside = f"{label} is in the municipality of {drawn.label(home)}"
    beside = f"with {count_of(others, 'other unit')}" if others else "alone"
    return _reasons(drawn, f"{inside}, {beside}.", home, [unit], unit)


def explain_municipality(drawn: Drawn, municipality: str) -> Reasons:
    """Say why a municipality is as it is, and what it and each of its units could be instead.

    Parameters
    ----------
    drawn
        The plan.
    municipality
        Its id in the plan.

    Raises
    ------
    InputError
        If the plan has no such municipality.
    """
    _check(municipality, drawn.plan.seat_of, "municipality", drawn)
    units = drawn.plan.municipalities[municipality]
    place = f"The municipality of {drawn.label(municipality)} has {count_of(len(units), 'unit')}."
    return _reasons(drawn, place, municipality, units)


def _reasons(
    drawn: Drawn, place: str, home: str, units: Collection[str], unit: str = ""
) -> Reasons:
    around = drawn.plan.municipalities[home] if home else tuple(units)
    block = drawn.surroundings(around)
    choices = [choice for one in units for choice in choices_of_unit(drawn, one, block)]
    margins = number_margins(drawn, drawn.block_of[around[0]])
    if home:
        margins = (*measure_margins(drawn.problem.rules, drawn.municipality(home, block)), *margins)
        whole = choices_of_municipality(drawn, home, block)
        choices += [one for one in whole if not unit or one.kind == "merge" or one.to == unit]
    ranked = sorted(choices, key=lambda c: (c.cost, c.kind, c.unit, c.to))
    walled, refused = find_walled(drawn, units), find_refused(drawn, units, ranked)
    return Reasons(drawn, place, margins, tuple(ranked), walled, refused)


def _check(name: str, known: Collection[str], kind: str, drawn: Drawn) -> None:
    if name in known:
        return
    left_out = name in drawn.problem.left_out
    found = f"{name}, which every plan leaves out" if left_out else f"no {kind} {name}"
    remedy = "see rules.leave_out" if left_out else nearest(name, sorted(known))
    expected = f"the id of a {kind} of this plan"
    raise InputError([Finding(f"unknown-{kind}", f"--{kind} {name}", found, expected, remedy)])
