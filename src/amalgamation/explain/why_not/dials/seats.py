"""Dials of seats: how far units may be from them, and how small they may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.explain.ground import Ground
from amalgamation.explain.why_not.dials.dial import grain_of
from amalgamation.explain.why_not.words import round_loose
from amalgamation.graph import distance_to_seat
from amalgamation.scenario.schema import Reach
from amalgamation.verify.tolerance import spell

if TYPE_CHECKING:
    from amalgamation.explain.why_not.question import Question
    from amalgamation.plan import Plan
    from amalgamation.scenario.schema import Rules

__all__ = ["ReachDial", "SeatSizeDial"]


@dataclass(frozen=True)
class ReachDial:
    """Allow longer ways to the seat.

    Parameters
    ----------
    of
        The question.
    unit
        ``"km"`` or ``"minutes"``.
    """

    of: Question
    unit: str
    sign: int = 1
    grain: float = 0.0

    def question(self) -> Question:
        """Return the question that the dial belongs to."""
        return self.of

    @property
    def key(self) -> str:
        """Place in the scenario file."""
        return f"rules.reach_{self.unit}.max"

    @property
    def clause(self) -> str:
        """The clause that it loosens."""
        return self.key

    @property
    def asked(self) -> float:
        """The reach that is asked for."""
        return float(getattr(self.of.rules, f"reach_{self.unit}").max)

    def tops(self) -> tuple[float, ...]:
        """Return the longest way there is in the question, or the reach if none is longer."""
        endless = {f"reach_{self.unit}": None}
        blocks = self.of.asking(self.of.rules.model_copy(update=endless)).problem.blocks
        ways = [float(block.distances.distance.max(initial=0.0)) for block in blocks]
        return (max(self.asked, *ways),)

    def at(self, figure: float) -> Rules:
        """Return the rules with a reach."""
        reach = Reach.model_construct(max=figure)
        return self.of.rules.model_copy(update={f"reach_{self.unit}": reach})

    def read(self, plan: Plan, top: float) -> float:  # noqa: ARG002 - one stretch
        """Return the longest way of any unit to its seat."""
        seats = {unit: plan.seat_of_unit(unit) for unit in plan.municipality_of}
        return float(distance_to_seat(self.of.graph, seats).max())

    def words(self, figure: float) -> str:
        """Return a figure as a condition."""
        return f"a reach of {spell(round_loose(figure, self.sign), self.unit)}"


@dataclass(frozen=True)
class SeatSizeDial:
    """Let smaller units be seats."""

    of: Question
    key: str = "rules.seats.or_population_min"
    clause: str = "rules.seats"
    sign: int = -1

    def question(self) -> Question:
        """Return the question that the dial belongs to."""
        return self.of

    @property
    def grain(self) -> float:
        """Populations are multiples of it."""
        return grain_of(self.of.values("population"))

    @property
    def asked(self) -> float:
        """Residents that make a seat; more than any unit has, where only types do."""
        rule = self.of.rules.seats
        if rule is not None and rule.or_population_min is not None:
            return rule.or_population_min
        return max(self.of.values("population")) + (self.grain or 1.0)

    def tops(self) -> tuple[float, ...]:
        """Return no residents: any unit may be a seat."""
        return (0.0,)

    def at(self, figure: float) -> Rules:
        """Return the rules with units of so many residents as seats."""
        rule = self.of.rules.seats
        assert rule is not None  # noqa: S101 - a dial stands where there is a rule
        seats = rule.model_copy(update={"or_population_min": figure})
        return self.of.rules.model_copy(update={"seats": seats})

    def read(self, plan: Plan, top: float) -> float:  # noqa: ARG002 - one stretch
        """Return the residents of the smallest seat that could be none before."""
        values = self.of.territory.values("population")
        used = [float(values[seat]) for seat in plan.seat_of.values() if seat not in self._before]
        return min([self.asked, *used])

    @property
    def _before(self) -> frozenset[str]:
        ground = Ground(self.of.scenario, self.of.territory, self.of.graph)
        return ground.eligible | frozenset(ground.alone)

    def words(self, figure: float) -> str:
        """Return a figure as a condition."""
        return f"seats of {spell(round_loose(figure, self.sign), 'residents')} or more"
