"""Conflict: a smallest set of rules that contradict each other.

Whatever is not needed for the contradiction is left away, half by half (Junker 2004 calls
the idea QuickXplain): the clauses that stay have no plan together, and without any one of
them there is a plan. Contiguity and that each unit is in one municipality are not asked
about: they are what a plan is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from amalgamation.explain.why_not.clauses import Clause, list_clauses
from amalgamation.explain.why_not.seek import Sought, seek
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from amalgamation.explain.why_not.budget import Budget
    from amalgamation.explain.why_not.place import Place
    from amalgamation.explain.why_not.question import Question

__all__ = ["Conflict", "find_conflict"]


@dataclass(frozen=True)
class Conflict:
    """Hold rules that no plan keeps together.

    Parameters
    ----------
    clauses
        In the order of the rules: the units of the place have no plan that keeps them, neither
        by themselves nor with units from which these clauses do not separate them.
    minimal
        Whether it is proven that without any one of them there is a plan.
    """

    clauses: tuple[Clause, ...]
    minimal: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the clauses."""
        return tuple(clause.name for clause in self.clauses)

    def words(self) -> str:
        """Return the clauses as messages name them."""
        return ", ".join(f"{clause.words} ({clause.name})" for clause in self.clauses)

    def to_object(self) -> dict[str, Any]:
        """Return the conflict as JSON has it."""
        rules = [{"name": clause.name, "words": clause.words} for clause in self.clauses]
        return {"rules": rules, "minimal": self.minimal}


def find_conflict(place: Place, budget: Budget) -> Conflict:
    """Find a smallest set of clauses without a plan of a place.

    Clauses that arithmetic names stay if they can, so that the set explains its proof.

    Parameters
    ----------
    place
        There is no plan of it: this is proven.
    budget
        Time and seed; what it cannot settle stays in the set, which is then not called
        minimal.
    """
    clauses = list_clauses(place.question.rules, place.whole.territory)
    search = _Search(place, budget, clauses)
    named = [c for c in clauses if any(c.name in proof.check for proof in place.proofs)]
    others = [c for c in clauses if c not in named]
    needed = search.reduce([*others, *named], [])
    if place.has_seats_by_grace:
        needed = search.tighten(needed)
    kept = tuple(clause for clause in clauses if clause in needed)
    return Conflict(kept, minimal=not search.open)


@dataclass
class _Search:
    """What is left of the clauses."""

    place: Place
    budget: Budget
    clauses: tuple[Clause, ...]
    open: bool = field(default=False, init=False)

    def reduce(self, doubtful: Sequence[Clause], needed: Sequence[Clause]) -> list[Clause]:
        """Return those of some clauses that a contradiction with the needed ones takes.

        Parameters
        ----------
        doubtful, needed
            Together they have no plan.
        """
        if not doubtful or self._is_impossible(needed, lone=len(doubtful) == 1):
            return []
        if len(doubtful) == 1:
            return list(doubtful)
        half = len(doubtful) // 2
        first, second = doubtful[:half], doubtful[half:]
        kept = self.reduce(first, [*needed, *second])
        return [*kept, *self.reduce(second, [*needed, *kept])]

    def tighten(self, needed: list[Clause]) -> list[Clause]:
        """Return a contradiction of which each clause was asked about by itself.

        Where fewer rules may leave fewer plans, that a clause was needed beside others does
        not say that it is needed without them.
        """
        for clause in needed:
            rest = [other for other in needed if other is not clause]
            if self._is_impossible(rest, lone=True):
                return self.tighten(rest)
        return needed

    def _is_impossible(self, kept: Collection[Clause], *, lone: bool) -> bool:
        sought = self._seek(kept)
        # a set in doubt is taken for possible: its clauses stay
        self.open |= lone and sought.status is Status.NO_PLAN
        return sought.is_impossible

    def _seek(self, kept: Collection[Clause]) -> Sought:
        gone = [clause for clause in self.clauses if clause not in kept]
        alone = seek(_without(self.place.question, gone), self.budget)
        if alone.is_possible or not any(clause.separates for clause in gone):
            return alone
        # units beyond what no longer separates may help; mostly those beside are enough
        near = seek(self._asked_of(gone, self.place.wider), self.budget)
        if near.is_possible or self.place.wider == self.place.whole.units:
            return near
        return seek(self._asked_of(gone, self.place.whole.units), self.budget)

    def _asked_of(self, gone: Sequence[Clause], units: Sequence[str]) -> Question:
        """Return what is left of the place's rules, asked of more units."""
        wider = self.place.whole.within(units)
        rules = _without(self.place.question, gone).rules
        left = {"leave_out": wider.rules.leave_out}
        return wider.asking(rules.model_copy(update=left))


def _without(question: Question, gone: Sequence[Clause]) -> Question:
    rules = question.rules
    for clause in gone:
        rules = clause.without(rules)
    return question.asking(rules)
