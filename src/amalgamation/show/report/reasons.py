"""Why the plan of a report is as it is: limits, and what each single change would cost.

In: rows that another room worked out, where units and municipalities are positions. Out: what
JSON holds of them; sentences of the program in every language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.language import LANGUAGES, Speech
from amalgamation.show.report.figures import to_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["KINDS", "NOBODY", "ReportReasons", "build_reasons"]

KINDS = ("move", "alone", "outside", "merge", "seat")
"""What a change is, in the order of the numbers that stand for it."""

NOBODY = -1
"""Stands for no unit and no municipality."""


@dataclass(frozen=True)
class ReportReasons:
    """Hold the reasons of a plan as rows of numbers; `NOBODY` stands where there is none.

    Parameters
    ----------
    cost
        Of the plan, without unit: what changes are told in per cent of.
    aims
        (name, unit, weight, reference) of each aim.
    limits
        (key of the rule, ``min`` or ``max``, limit, what is limited): each told once.
    rules
        (key, found, expected) of what rules without a number find: each told once.
    lifted
        Why limits do not count, as sentences.
    margins
        Of each municipality, in the order of the plan: (limit, found, whether it is kept, unit
        that decides, why it does not count).
    counts
        Of each block of the problem: its limits on the number of municipalities, as margins.
    block_of
        Position of the block of each unit; `NOBODY` where every plan leaves it out.
    choices
        (kind, unit, municipality, other municipality or new seat, seat of a merged one, change of
        each aim, what it breaks): a number that is missed as (limit, found, unit that decides,
        seat), anything else as (rule, seat).
    walled
        (unit, neighbour behind a wall, key of the rule).
    wishes
        Unmet wishes: (unit, other, whether together, reason).
    refused
        (unit or `NOBODY`, municipality or `NOBODY`, wish, cheapest choice that grants it): for
        whom a wish is told, and what grants it there.
    """

    cost: float
    aims: Sequence[tuple[str, str, float, float]]
    limits: Sequence[tuple[str, str, float, str]]
    rules: Sequence[tuple[str, str, str]]
    lifted: Sequence[str]
    margins: Sequence[Sequence[tuple[int, float, bool, int, int]]]
    counts: Sequence[Sequence[tuple[int, float, bool, int, int]]]
    block_of: Sequence[int]
    choices: Sequence[tuple[Any, ...]]
    walled: Sequence[tuple[int, int, str]]
    wishes: Sequence[tuple[int, int, bool, str]]
    refused: Sequence[tuple[int, int, int, int]]


def build_reasons(reasons: ReportReasons | None) -> dict[str, Any] | None:
    """Build what a page knows of reasons: the same rows; None where nothing was worked out."""
    if reasons is None:
        return None
    return {
        "kinds": KINDS,
        "cost": to_figure(reasons.cost),
        "aims": reasons.aims,
        "limits": [[key, side, to_figure(at), what] for key, side, at, what in reasons.limits],
        "rules": [[key, _told(found), _told(expected)] for key, found, expected in reasons.rules],
        "lifted": [_told(why) for why in reasons.lifted],
        "margins": [_plain(rows) for rows in reasons.margins],
        "counts": [_plain(rows) for rows in reasons.counts],
        "blockOf": reasons.block_of,
        "choices": _plain(reasons.choices),
        "walled": reasons.walled,
        "wishes": reasons.wishes,
        "refused": reasons.refused,
    }


def _told(sentence: str) -> dict[str, str]:
    return {code: Speech(code).tell(sentence) for code in LANGUAGES}


def _plain(value: Any) -> Any:
    """Return nested rows with their numbers as JSON has them, each digit kept."""
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, bool):
        return int(value)
    return to_figure(value) if isinstance(value, float) else value
