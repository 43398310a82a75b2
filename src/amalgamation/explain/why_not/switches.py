"""Switches: rules that hold or do not hold, each turned off by itself.

In: the whole question, a place without a plan, and the rules that contradict each other
there. Out: looser questions, each with the words for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.ground import Ground
from amalgamation.explain.why_not.dials import range_key, with_range
from amalgamation.explain.why_not.new_ties import tie_switches
from amalgamation.explain.why_not.openings import like_switches, wall_switches
from amalgamation.explain.why_not.switch import Switch
from amalgamation.findings import name_some

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from amalgamation.explain.why_not.place import Place
    from amalgamation.explain.why_not.question import Question

__all__ = ["build_switches"]

_NEIGHBOURS = "with_neighbours"
_POLICIES = {"refuse": ("alone", _NEIGHBOURS), "alone": (_NEIGHBOURS,)}


def build_switches(place: Place, conflict: Collection[str]) -> tuple[Switch, ...]:
    """Return what could be turned off, and ties that could be declared.

    Parameters
    ----------
    place
        Units without a plan.
    conflict
        Clauses that contradict each other there: turning off another one cannot help, as
        these stay.
    """
    question = place.question
    rules = (
        *_group_switches(question, "keep_together"),
        *_group_switches(question, "keep_apart"),
        *_unit_switches(question),
        *_policy_switches(question),
        *wall_switches(place),
        *like_switches(place),
    )
    kept = [switch for switch in rules if not set(switch.clauses).isdisjoint(conflict)]
    return (*kept, *tie_switches(place))


def _labels(question: Question, units: Sequence[str]) -> str:
    return name_some([question.territory.labels[unit] for unit in sorted(units)], 3)


def _group_switches(question: Question, section: str) -> list[Switch]:
    groups = getattr(question.rules, section)
    word = "together" if section == "keep_together" else "apart"
    found = []
    for number, group in enumerate(groups):
        if len(group.units) > 1:
            key = f"rules.{section}[{number}]"
            without = [*groups[:number], group.model_copy(update={"units": []})]
            looser = question.changing(**{section: [*without, *groups[number + 1 :]]})
            words = f"{_labels(question, group.units)} no longer kept {word}"
            found.append(Switch(key, (key,), words, looser, tuple(sorted(group.units))))
    return found


def _unit_switches(question: Question) -> list[Switch]:
    """Return switches of units that are named one by one: frozen ones and fixed seats."""
    rules, found = question.rules, list[Switch]()
    for unit in rules.frozen:
        frozen = [other for other in rules.frozen if other != unit]
        words = f"{question.territory.labels[unit]} no longer frozen"
        looser = question.changing(frozen=frozen)
        clause = f"rules.frozen.{unit}"
        found.append(Switch("rules.frozen", (clause,), words, looser, (unit,)))
    seats = rules.seats
    for unit in seats.fixed if seats is not None else ():
        assert seats is not None  # noqa: S101 - it has just been asked
        fixed = [other for other in seats.fixed if other != unit]
        words = f"{question.territory.labels[unit]} no longer a fixed seat"
        looser = question.changing(seats=seats.model_copy(update={"fixed": fixed}))
        clause = f"rules.seats.fixed.{unit}"
        found.append(Switch("rules.seats.fixed", (clause,), words, looser, (unit,)))
    return found


def _policy_switches(question: Question) -> list[Switch]:
    """Return other policies for units above a maximum by themselves."""
    ground = Ground(question.scenario, question.territory, question.graph)
    found = []
    for name, rule in sorted(question.rules.ranges.items()):
        key = range_key(question.rules, name)
        for policy in _POLICIES.get(rule.oversize, ()) if ground.oversize[name] else ():
            changed = rule.model_copy(update={"oversize": policy})
            looser = question.asking(with_range(question.rules, name, changed))
            words = f"oversize: {policy} for {_labels(question, ground.oversize[name])}"
            units = ground.oversize[name]
            found.append(Switch(f"{key}.oversize", (f"{key}.max",), words, looser, units))
    return found
