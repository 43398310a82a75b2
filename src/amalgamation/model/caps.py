"""Caps: the most that an aim, or a group of aims, may come to over the whole plan.

A cap is no condition on one municipality: it binds all blocks together, as a limit on the
number does. Each cap is constraint (a row of the compact model) and judge (of a plan) in
one place; what prices it over several blocks stands in `amalgamation.solve.capped`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from amalgamation.model.aims import build_aims, value_outside
from amalgamation.model.rules.thresholds import TOLERANCE
from amalgamation.scenario.schema import Aims, BalanceAim, TiesCutAim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amalgamation.model.aims import Aim
    from amalgamation.model.block import Block, Municipality
    from amalgamation.model.compact import CompactModel
    from amalgamation.scenario.schema import Scenario
    from amalgamation.territory import Territory

__all__ = ["Cap", "SeatsWithin", "build_caps"]

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Cap:
    """Keep a weighted sum of aims at most at an amount.

    Parameters
    ----------
    key
        Place in the scenario file, such as ``"rules.at_most.access"``.
    terms
        (aim, factor): the sum is that of ``factor * raw value``; factors are above 0.
    most
        In the unit of the sum.
    size
        A value of the sum's own size, above 0: the solver's tolerances are absolute.
    """

    key: str
    terms: tuple[tuple[Aim, float], ...]
    most: float
    size: float

    @property
    def unit(self) -> str:
        """Unit of the sum; empty for a sum of several aims, which has none."""
        (aim, factor), *others = self.terms
        return "" if others or factor != 1 else aim.unit

    def value(
        self, block: Block, municipalities: Sequence[Municipality], outside: Sequence[int]
    ) -> float:
        """Return what a plan of a block comes to.

        Parameters
        ----------
        block, municipalities
            The plan's municipalities in the block.
        outside
            Positions of the units that it leaves out.
        """
        return sum(
            factor * (sum(map(aim.value, municipalities)) + value_outside(aim, block, outside))
            for aim, factor in self.terms
        )

    def keeps(
        self, block: Block, municipalities: Sequence[Municipality], outside: Sequence[int]
    ) -> bool:
        """Say whether a plan of a block, with nothing outside it, keeps the cap."""
        return self.admits(self.value(block, municipalities, outside))

    def admits(self, total: float) -> bool:
        """Say whether a sum over the whole plan keeps the cap."""
        # relative, as the verifier has it: the cost of a group in an order may be small
        return total <= self.most * (1 + TOLERANCE) + _ROUNDING

    def constrain(self, model: CompactModel) -> None:
        """Add ``sum of factor * raw value <= most`` to the model of all units."""
        row: dict[str, float] = {}
        for aim, factor in self.terms:
            for name, value in model.express(aim).items():
                row[name] = row.get(name, 0.0) + factor * value / self.size
        model.add_row(row, upper=self.most / self.size)


@dataclass(frozen=True)
class SeatsWithin:
    """Bound the number of municipalities among some units of a block that joins several.

    Parameters
    ----------
    key
        Place in the scenario file.
    units
        Positions; no municipality has units on both sides.
    least, most
        None is free.
    """

    key: str
    units: frozenset[int]
    least: int | None
    most: int | None

    def keeps(
        self,
        block: Block,  # noqa: ARG002 - as every rule on a plan
        municipalities: Sequence[Municipality],
        outside: Sequence[int],  # noqa: ARG002
    ) -> bool:
        """Say whether a plan has as many municipalities among the units as it should."""
        count = sum(municipality.seat in self.units for municipality in municipalities)
        return (self.least is None or count >= self.least) and (
            self.most is None or count <= self.most
        )

    def constrain(self, model: CompactModel) -> None:
        """Add the range as a row over the seats among the units."""
        row = model.terms((seat, seat) for seat in model.seats if seat in self.units)
        model.add_row(
            row,
            lower=None if self.least is None else float(self.least),
            upper=None if self.most is None else float(self.most),
        )


def build_caps(
    scenario: Scenario, territory: Territory, number: int, distance_unit: str
) -> tuple[Cap, ...]:
    """Build the caps of ``rules.at_most``, their sizes still those of the amounts.

    Parameters
    ----------
    scenario, territory
        The question and its units.
    number, distance_unit
        As `build_aims` takes them.
    """
    amounts = scenario.rules.at_most.amounts
    if not amounts:
        return ()
    aims = build_aims(_weighed(scenario.aims, amounts), territory, number, distance_unit)
    by_name = {aim.name: replace(aim, weight=1.0) for aim in aims}  # type: ignore[type-var]
    return tuple(
        Cap(f"rules.at_most.{name}", ((by_name[name], 1.0),), most, most or 1.0)
        for name, most in amounts.items()
    )


def _weighed(aims: Aims, names: Iterable[str]) -> Aims:
    """Return the aims' section with weight 1 for the named ones, as they are described there."""
    section = aims.model_dump(by_alias=True, exclude={"order", "yield_percent"})
    for name in names:
        kind, _, detail = name.partition(".")
        if kind == "wishes":
            section[kind]["weight"] = 1.0
        elif kind == "ties_cut":
            cut = aims.ties_cut
            by = cut.by if isinstance(cut, TiesCutAim) else "length"
            section[kind] = {"weight": 1.0, "by": by}
        elif kind == "balance":
            aim = aims.balance[detail]
            target = aim.target if isinstance(aim, BalanceAim) else None
            section[kind][detail] = {"weight": 1.0, "target": target}
        elif detail:
            section[kind][detail] = 1.0
        else:
            section[kind] = 1.0
    return Aims.model_validate(section)
