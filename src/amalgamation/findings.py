"""A finding: where something is, what was found, what was expected, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Finding", "Severity", "errors_in", "name_some"]


class Severity(StrEnum):
    """How grave a finding is: an error refuses, a warning goes on, a note tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Say one thing that is wrong or worth knowing, in the user's own names.

    Parameters
    ----------
    check
        Stable short name of the check, such as ``"duplicate-id"``.
    where
        File, line, key, or unit code and name.
    found, expected, remedy
        The three other parts of every message; ``expected`` and ``remedy`` may be
        empty for notes.
    severity
        Error, warning or note.
    subjects
        Codes of the units (or keys) concerned, sorted.

    Examples
    --------
    >>> Finding("too-small", "unit 113230000 (Akmola 07)", "1,240 residents",
    ...         "at least 5,000", "lower the minimum").sentence()
    'unit 113230000 (Akmola 07): found 1,240 residents; expected at least 5,000; lower the minimum'
    """

    check: str
    where: str
    found: str
    expected: str = ""
    remedy: str = ""
    severity: Severity = Severity.ERROR
    subjects: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Return the finding as one line of text."""
        parts = [f"found {self.found}"]
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.remedy:
            parts.append(self.remedy)
        return f"{self.where}: " + "; ".join(parts)


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that refuse the input, in their order."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def name_some(names: Sequence[str], most: int = 10) -> str:
    """Return the first names and how many more there are.

    Examples
    --------
    >>> name_some(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    shown = ", ".join(names[:most])
    more = len(names) - most
    return f"{shown} and {more} more" if more > 0 else shown
