"""How a run ended, in our own words, and the certificate that stands behind it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AimValue",
    "BlockReport",
    "CapValue",
    "Certificate",
    "FrontierPoint",
    "Stage",
    "Status",
    "is_within",
    "name_ending",
    "relative_gap",
]


class Status(StrEnum):
    """The word for how a solve ended."""

    OPTIMAL = "optimal"
    WITHIN_GAP = "within gap"
    FEASIBLE = "feasible"
    NO_PLAN = "no plan found"
    INFEASIBLE = "infeasible"
    INTERRUPTED = "interrupted"
    FAILED = "failed"
    MEASURED = "measured"


def relative_gap(cost: float, bound: float) -> float:
    """Return ``(cost - bound) / cost``, the gap of `design.md`; 0 where both agree.

    Examples
    --------
    >>> relative_gap(200.0, 199.0)
    0.005
    >>> relative_gap(float("inf"), 1.0)
    inf
    """
    if not math.isfinite(cost) or not math.isfinite(bound):
        return math.inf
    difference = max(0.0, cost - bound)
    if difference <= 1e-9 * max(1.0, abs(cost)):
        return 0.0
    return difference / abs(cost) if cost else math.inf


def is_within(gap: float, wanted: float) -> bool:
    """Say whether a gap is met, up to the rounding of the two sums that it compares.

    Examples
    --------
    >>> is_within(0.005000000000011815, 0.005), is_within(0.0051, 0.005)
    (True, False)
    """
    return gap <= wanted + 1e-9


_EQUAL = 1e-6
"""Relative difference below which cost and bound are called equal."""


def name_ending(cost: float, bound: float, wanted: float) -> Status:
    """Return the word for a plan by its gap, and by the gap that was asked for.

    Examples
    --------
    >>> name_ending(200.0, 200.0, 0.01), name_ending(200.0, 199.0, 0.01)
    (<Status.OPTIMAL: 'optimal'>, <Status.WITHIN_GAP: 'within gap'>)
    >>> name_ending(200.0, 150.0, 0.01)
    <Status.FEASIBLE: 'feasible'>
    """
    gap = relative_gap(cost, bound)
    if gap <= _EQUAL:
        return Status.OPTIMAL
    return Status.WITHIN_GAP if is_within(gap, wanted) else Status.FEASIBLE


_WHOLE = 1000
"""From here on a figure is told without decimals."""


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= _WHOLE else f"{value:,.6g}"


@dataclass(frozen=True, slots=True)
class AimValue:
    """One aim's part of the cost: ``weight * raw / reference``.

    Parameters
    ----------
    name
        The aim, such as ``"access"`` or ``"balance.population"``.
    unit
        Unit of ``raw``, such as ``"person-km"``.
    raw
        Value of the plan, in ``unit``.
    reference
        Value at the reference plan, in ``unit``: what 1.0 means.
    weight
        The scenario's weight.
    target
        What a balance aim measures the deviation from, in ``unit``; None for others.
    """

    name: str
    unit: str
    raw: float
    reference: float
    weight: float
    target: float | None = None

    @property
    def cost(self) -> float:
        """Contribution to the plan's cost, without unit."""
        return self.weight * self.raw / self.reference


@dataclass(frozen=True, slots=True)
class CapValue:
    """What a plan comes to where ``rules.at_most`` caps an aim.

    Parameters
    ----------
    name
        The aim, such as ``"access"``.
    unit
        Of ``raw`` and ``most``.
    raw
        Value of the plan.
    most
        The cap.
    """

    name: str
    unit: str
    raw: float
    most: float

    def sentence(self) -> str:
        """Return the cap as one line.

        Examples
        --------
        >>> CapValue("access", "person-km", 910_000.0, 950_000.0).sentence()
        'access is 910,000 person-km, of at most 950,000 person-km (rules.at_most).'
        """
        raw, most = (f"{_figure(value)} {self.unit}".strip() for value in (self.raw, self.most))
        return f"{self.name} is {raw}, of at most {most} (rules.at_most)."


@dataclass(frozen=True, slots=True)
class Stage:
    """What one group of aims in an order came to: minimised, then kept while others were.

    Parameters
    ----------
    aims
        Names of the group.
    value
        The group's part of the cost in the final plan, without unit.
    bound
        Proven: no plan that keeps the rules, and the limits of the groups before, has less.
    limit
        What the group was kept at while those behind it were minimised; infinite for the last.
    """

    aims: tuple[str, ...]
    value: float
    bound: float
    limit: float = math.inf

    @property
    def gap(self) -> float:
        """Relative gap ``(value - bound) / value``."""
        return relative_gap(self.value, self.bound)

    def sentence(self, place: int) -> str:
        """Return the stage as one line; ``place`` counts from 1.

        Examples
        --------
        >>> Stage(("access",), 0.505, 0.5, 0.506).sentence(1)
        'In the order, 1: access, cost 0.505, bound 0.5, gap 0.99 %, kept at most at 0.506.'
        """
        kept = f", kept at most at {self.limit:.6g}" if math.isfinite(self.limit) else ""
        return (
            f"In the order, {place}: {' and '.join(self.aims)}, cost {self.value:.6g}, "
            f"bound {max(0.0, self.bound):.6g}, gap {100 * self.gap:.2f} %{kept}."
        )


@dataclass(frozen=True, slots=True)
class BlockReport:
    """What the engine reached on one block.

    Parameters
    ----------
    name
        The block, named by its wall or its first unit.
    units, municipalities
        Counts.
    cost, bound
        Without unit, in the scenario's normalised aims; the bound is that of the block
        at the number of municipalities that it has in the plan.
    rounds, cuts
        Solve - separate - solve rounds and contiguity inequalities.
    seconds
        Wall time.
    solver_status
        The solver's own words, raw.
    engine, why
        Which engine solved the block, and why that one.
    columns, nodes
        Columns generated and nodes of their pricing; 0 for engines without.
    """

    name: str
    units: int
    municipalities: int
    status: Status
    cost: float
    bound: float
    rounds: int
    cuts: int
    seconds: float
    solver_status: str
    engine: str = "compact"
    why: str = ""
    columns: int = 0
    nodes: int = 0

    @property
    def gap(self) -> float:
        """Relative gap of the block."""
        return relative_gap(self.cost, self.bound)


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """What is known of plans with exactly so many municipalities.

    Parameters
    ----------
    number
        Municipalities of the whole plan.
    cost
        Of the best plan known; infinite where none is.
    bound
        Proven lower bound on the cost of any such plan; infinite where none can be.
    """

    number: int
    cost: float
    bound: float

    @property
    def gap(self) -> float:
        """Relative gap ``(cost - bound) / cost``; infinite without a plan."""
        return relative_gap(self.cost, self.bound) if math.isfinite(self.cost) else math.inf


@dataclass(frozen=True, slots=True)
class Certificate:
    """Status, cost, bound and gap of a run, and what the bound rests on.

    Parameters
    ----------
    aims
        The parts of the cost, with raw values in their units.
    blocks
        One report per block.
    assumptions
        Sentences: what limits the claim (reach, rules that the bound relaxes).
    frontier
        One point per number of municipalities that the rules leave possible, ordered;
        empty where limits on several parents make it more than a line.
    peak_mb
        Most memory that the processes held together, in MB of 1,000,000 bytes; each at
        its own peak, so that the sum is never told smaller than it was. 0 if unknown.
    caps
        What the plan comes to where ``rules.at_most`` caps an aim.
    stages
        Of an order of aims, the first first; then the bound is the sum of their bounds.
    """

    status: Status
    cost: float
    bound: float
    aims: tuple[AimValue, ...] = ()
    blocks: tuple[BlockReport, ...] = ()
    assumptions: tuple[str, ...] = ()
    seconds: float = 0.0
    seed: int = 0
    frontier: tuple[FrontierPoint, ...] = ()
    peak_mb: float = 0.0
    caps: tuple[CapValue, ...] = ()
    stages: tuple[Stage, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """Relative gap ``(cost - bound) / cost``."""
        return relative_gap(self.cost, self.bound)

    def sentence(self) -> str:
        """Return the certificate as one line.

        Examples
        --------
        >>> Certificate(Status.OPTIMAL, 2.0, 2.0).sentence()
        'optimal: cost 2, bound 2, gap 0.00 %'
        """
        if self.status is Status.MEASURED:
            return "measured: no solve, so no bound"
        if not math.isfinite(self.cost):
            return f"{self.status}"
        gap = f"{self.gap:.2%}".replace("%", " %")
        return f"{self.status}: cost {self.cost:.6g}, bound {self.bound:.6g}, gap {gap}"

    def meaning(self) -> str:
        """Return what the bound says of this plan, in one sentence without terms.

        Examples
        --------
        >>> Certificate(Status.WITHIN_GAP, 2.02, 2.0).meaning()
        'No plan that keeps these rules can cost less than 2; this one costs at most 1.00 % more.'
        """
        if self.status is Status.INFEASIBLE:
            return "No plan keeps these rules: this is proven."
        if self.status is Status.MEASURED:
            return "This plan was given: it was measured, and no better one was searched for."
        if not math.isfinite(self.cost):
            return "There is no plan to judge."
        if not (math.isfinite(self.bound) and self.bound > 0):
            return "Nothing was proven of how much less another plan could cost."
        kept = "these rules and the order of the aims" if self.stages else "these rules"
        if self.status is Status.OPTIMAL:
            return f"No plan that keeps {kept} costs less: this is proven."
        # never told smaller than it is
        more = math.ceil(1e4 * (self.cost / self.bound - 1) - 1e-9) / 100
        return (
            f"No plan that keeps {kept} can cost less than {self.bound:.6g}; "
            f"this one costs at most {more:.2f} % more."
        )

    def _facts(self) -> dict[str, Any]:
        return {
            "status": str(self.status),
            "cost": self.cost,
            "bound": self.bound,
            "gap": self.gap,
            "blocks": len(self.blocks),
            "rounds": sum(block.rounds for block in self.blocks),
            "cuts": sum(block.cuts for block in self.blocks),
            "columns": sum(block.columns for block in self.blocks),
            "nodes": sum(block.nodes for block in self.blocks),
            "seconds": round(self.seconds, 1),
        }
