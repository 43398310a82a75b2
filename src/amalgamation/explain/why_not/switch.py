"""A switch: a looser question, and what was turned off to get it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amalgamation.explain.why_not.question import Question

__all__ = ["Switch"]


@dataclass(frozen=True)
class Switch:
    """Hold a question with one thing turned off.

    Parameters
    ----------
    key
        Place in the scenario file of what is changed.
    clauses
        Clauses of which it loosens at least one (`list_clauses`); empty for what rules never
        ask, such as contiguity.
    words
        The change as a condition, such as ``"the wall between A and B open"``.
    question
        The looser question, of all the units that it then concerns.
    subjects
        Units that the change names; sorted.
    """

    key: str
    clauses: tuple[str, ...]
    words: str
    question: Question
    subjects: tuple[str, ...] = ()
