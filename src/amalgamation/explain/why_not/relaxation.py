"""A relaxation: one rule loosened so far that there is a plan, all others kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amalgamation.plan import Plan

__all__ = ["Relaxation"]


@dataclass(frozen=True)
class Relaxation:
    """Hold what makes a plan possible, with the plan that shows it.

    Parameters
    ----------
    key
        The rule's place in the scenario file; ``graph.links`` for a tie.
    words
        The relaxation as a condition, such as ``"a minimum of 3,760 residents"``.
    plan
        A verified plan of the units concerned that keeps the rule so loosened, and all others.
    asked, value
        The figure that the scenario asks for, and the one nearest to it that works; None
        where the rule has no figure.
    ruled_out
        The loosest figure that is proven not to do.
    subjects
        Units, such as the two of a tie; sorted.
    proven
        Whether nothing less does: no figure between ``asked`` and ``value``. Where the rule
        has no figure there is nothing less.
    """

    key: str
    words: str
    plan: Plan
    asked: float | None = None
    value: float | None = None
    ruled_out: float | None = None
    subjects: tuple[str, ...] = ()
    proven: bool = True

    def sentence(self) -> str:
        """Return the relaxation as one line: what works, and how sure it is that less does not."""
        if self.value is None:
            return f"{self.key}: with {self.words}"
        if self.proven:
            return f"{self.key}: with {self.words}, and with nothing less: this is proven"
        return (
            f"{self.key}: with {self.words}; whether less would do is open "
            f"(ruled out up to {self.ruled_out:,.12g})"
        )

    def to_object(self) -> dict[str, Any]:
        """Return the relaxation as JSON has it."""
        return {
            "key": self.key,
            "words": self.words,
            "asked": self.asked,
            "value": self.value,
            "ruled_out": self.ruled_out,
            "proven": self.proven,
            "subjects": list(self.subjects),
            "municipalities": len(self.plan.seat_of),
        }
