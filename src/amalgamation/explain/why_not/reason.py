"""The reason why a place has no plan, and what would give it one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from amalgamation.explain.why_not.words import either
from amalgamation.findings import name_some

if TYPE_CHECKING:
    from amalgamation.explain.why_not.conflict import Conflict
    from amalgamation.explain.why_not.place import Place
    from amalgamation.explain.why_not.relaxation import Relaxation

__all__ = ["Reason"]


_SHOWN = 4
_CONTIGUITY = "Only contiguity stands in the way: if units need not hang together, there is a plan."


@dataclass(frozen=True)
class Reason:
    """Say why units have no plan.

    Parameters
    ----------
    place
        Which units; with the findings of arithmetic, where it alone proves it.
    conflict
        Rules that contradict each other there.
    relaxations
        What would make a plan possible, each by itself; verified.
    confirmed
        Whether a second way has proven it too; True where arithmetic has.
    again
        The second way, in words; empty where none was needed, or none ended in the time.
    by_contiguity
        Whether units that need not hang together could be grouped so; None if not known.
    open
        What could not be settled in the time.
    """

    place: Place
    conflict: Conflict
    relaxations: tuple[Relaxation, ...] = ()
    confirmed: bool = True
    again: str = ""
    by_contiguity: bool | None = None
    open: tuple[str, ...] = field(default=())

    @property
    def by_arithmetic(self) -> bool:
        """Whether figures alone prove it, without any search."""
        return bool(self.place.proofs)

    @property
    def units(self) -> tuple[str, ...]:
        """Units that the proof speaks of: those that arithmetic names, or the whole place."""
        named = self.place.proofs[0].subjects if self.place.proofs else ()
        return tuple(unit for unit in named if unit in self.place.units) or self.place.units

    def cause(self) -> str:
        """Return the cause as one clause."""
        if self.by_arithmetic:
            return f"{self.place.proofs[0].where}: {self._found()}"
        return f"{self.place.name}: no plan keeps all of {self.conflict.words()}"

    def plain_cause(self) -> str:
        """Return the cause without the key of the rule, as a map tells it."""
        if not self.by_arithmetic:
            rules = ", ".join(clause.words for clause in self.conflict.clauses)
            return f"{self.place.name}: no plan keeps all of {rules}"
        proof = self.place.proofs[0]
        where = proof.where.removeprefix(f"{proof.check}, ").removeprefix(proof.check)
        words = f"{where}: {self._found()}".removeprefix(": ")
        return words[:1].upper() + words[1:]

    def _found(self) -> str:
        proof = self.place.proofs[0]
        return f"{proof.found}; expected {proof.expected}"

    def sentence(self) -> str:
        """Return cause and ways out as one line."""
        ways = either([f"with {one.words}" for one in self.relaxations])
        return f"{self.cause()}; it works {ways}" if ways else self.cause()

    def proof(self) -> str:
        """Return how sure the cause is, as a sentence."""
        if self.by_arithmetic:
            return "Proven by arithmetic alone, without a search."
        if self.confirmed:
            return f"Proven by the solver, and again {self.again}."
        return "Proven by the solver; unconfirmed: a second way did not end in the time."

    def lines(self) -> list[str]:
        """Return the whole reason as lines of text."""
        more = self.place.proofs[1:]
        minimal = "" if self.conflict.minimal else " (perhaps fewer)"
        rules = [f"  - {clause.name}: {clause.words}" for clause in self.conflict.clauses]
        ways = [f"  - {one.sentence()}" for one in self.relaxations]
        return [
            f"where: {self.place.name}",
            *(f"  also {proof.sentence()}" for proof in more[:_SHOWN]),
            *([f"  and {len(more) - _SHOWN:,} proofs more"] if len(more) > _SHOWN else []),
            self.proof(),
            *([_CONTIGUITY] if self.by_contiguity else []),
            f"rules that contradict each other here{minimal}:",
            *rules,
            *(["what would make a plan possible, each by itself:", *ways] if ways else []),
            *(
                []
                if ways or self.open
                else ["no single rule, loosened alone, makes a plan possible"]
            ),
            *([f"not settled in the time: {name_some(self.open, _SHOWN)}"] if self.open else []),
        ]

    def to_object(self) -> dict[str, Any]:
        """Return the reason as JSON has it."""
        return {
            "place": self.place.name,
            "units": list(self.units),
            "cause": self.cause(),
            "by_arithmetic": self.by_arithmetic,
            "confirmed": self.confirmed,
            "confirmed_again": self.again,
            "by_contiguity": self.by_contiguity,
            "proofs": [proof.sentence() for proof in self.place.proofs],
            "conflict": self.conflict.to_object(),
            "relaxations": [one.to_object() for one in self.relaxations],
            "open": list(self.open),
        }
