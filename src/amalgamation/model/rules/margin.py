"""Margins: how far a municipality lies from the limits of the rules that count something.

A judge says yes or no; whoever must defend a plan asks by how much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.model.block import Municipality

__all__ = ["Counting", "Margin", "measure_margins"]


@dataclass(frozen=True, slots=True)
class Margin:
    """Say what a municipality has where a rule sets a limit.

    Parameters
    ----------
    key
        The limit's place in the scenario file, such as ``"rules.population.min"``.
    side
        Whether the limit is a least or a greatest value.
    limit, found
        In the unit of ``what``.
    what
        Attribute, ratio, or unit of what is counted: ``"population"``, ``"km"``, ``"units"``.
    kept
        Whether the judge admits it, within his tolerance or by an exception.
    at
        The unit that decides, as messages name it; empty where all do.
    lifted
        Why the limit does not count here; empty where it does.
    """

    key: str
    side: Literal["min", "max"]
    limit: float
    found: float
    what: str
    kept: bool
    at: str = ""
    lifted: str = ""

    @property
    def slack(self) -> float:
        """How much is to spare; negative where the limit is missed.

        Examples
        --------
        >>> Margin("rules.population.min", "min", 5000, 5120, "population", True).slack
        120
        """
        over = self.found - self.limit
        return over if self.side == "min" else -over


@runtime_checkable
class Counting(Protocol):
    """A rule whose limits are numbers."""

    def margins(self, municipality: Municipality) -> tuple[Margin, ...]:
        """Return what a municipality has at each limit of the rule."""
        ...


def measure_margins(rules: Iterable[object], municipality: Municipality) -> tuple[Margin, ...]:
    """Return the margins of a municipality at every limit that is a number, in their order."""
    counting = [rule for rule in rules if isinstance(rule, Counting)]
    return tuple(margin for rule in counting for margin in rule.margins(municipality))
