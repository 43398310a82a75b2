"""The compact model: one binary variable per pair (unit, seat), as a PuLP problem.

``x_i_j = 1`` if unit i goes to seat j, only for admitted pairs; every unit goes to one
seat, and only to a seat that is open (``x_i_j <= x_j_j``; Hess et al. 1965). A unit that
may be left out has a variable of its own instead: ``sum_j x_i_j + o_i = 1``. Rules add
their rows, aims their terms. Two families of inequalities are too many to write down and
are added when a solution breaks them: separators (contiguity) and severed ties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulp

from amalgamation.model.block import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from amalgamation.model.aims import Aim
    from amalgamation.model.block import Block
    from amalgamation.model.caps import Cap, SeatsWithin
    from amalgamation.model.cuts import Cut
    from amalgamation.model.rules import Rule

__all__ = ["CompactModel"]

Row = dict[str, float]

# A binary of the solver is 0 or 1 up to its tolerance; a fraction this small is 0.
_CHOSEN = 0.5
_NOTHING = 1e-9


class CompactModel:
    """Hold the PuLP model of one block.

    Parameters
    ----------
    block
        The block.
    rules
        Rules that constrain it.
    aims
        Aims with their references: each is weighed as ``weight / reference``.
    references
        Aim name -> raw value at the reference plan.
    number
        Least and greatest number of municipalities of this block; None is free.
    price
        Cost of each municipality on top of the aims, without unit: how the country's
        number reaches into a block.
    on_plan
        Rules on the plan as a whole.

    Attributes
    ----------
    problem
        The ``pulp.LpProblem``.
    objective
        Variable -> coefficient, prices included.
    cuts
        Inequalities added since.
    """

    def __init__(
        self,
        block: Block,
        rules: Sequence[Rule],
        aims: Sequence[Aim],
        references: Mapping[str, float],
        number: tuple[int | None, int | None] = (None, None),
        price: float = 0.0,
        on_plan: Sequence[Cap | SeatsWithin] = (),
    ) -> None:
        self.block = block
        self.number = number
        self.problem = pulp.LpProblem("amalgamation", pulp.LpMinimize)
        self._variables: dict[str, Any] = {}
        self._names: dict[tuple[int, int], str] = {}
        self._severed: dict[int, str] = {}
        self._outside: dict[int, str] = {}
        self.cuts: list[Cut] = []
        self._expressed: dict[str, Row] = {}
        self._add_pairs()
        self._add_outside()
        self._assign_each_unit()
        self._open_seats()
        self._count_seats(*number)
        for rule in rules:
            rule.constrain(self)
        for limit in on_plan:
            limit.constrain(self)
        self.objective = self._build_objective(aims, references, price)
        self.problem.setObjective(self._expression(self.objective))

    # --- what rules and aims are written with ------------------------------------------

    @property
    def seats(self) -> list[int]:
        """Units that may be seats."""
        return self.block.pairs.seats

    @property
    def outside(self) -> Mapping[int, str]:
        """Unit -> variable that is 1 where it is left out, for the units that may be."""
        return self._outside

    def units_of(self, seat: int) -> list[int]:
        """Return the units that may go to a seat."""
        return self.block.pairs.units_of_seat[seat]

    def name_of(self, unit: int, seat: int) -> str | None:
        """Return the variable of a pair, or None where the pair is not admitted."""
        return self._names.get((unit, seat))

    def pair_names(self) -> Iterator[tuple[tuple[int, int], str, float]]:
        """Yield ((unit, seat), variable, distance) of every pair."""
        distances = self.block.pairs.distance.tolist()
        for (pair, name), distance in zip(self._names.items(), distances, strict=True):
            yield pair, name, distance

    def terms(self, pairs: Iterable[tuple[int, int]]) -> Row:
        """Return a row with a one on each of these pairs that is admitted."""
        return {self._names[pair]: 1.0 for pair in pairs if pair in self._names}

    def extend(self, row: Row, unit: int, seat: int, value: float) -> None:
        """Add a value on a pair to a row; a pair that is not admitted counts as zero."""
        name = self._names.get((unit, seat))
        if name is not None:
            row[name] = row.get(name, 0.0) + value

    def total(self, attribute: str, seat: int, per: float = 1.0) -> Row:
        """Return the row that sums an attribute over the units that go to a seat.

        Parameters
        ----------
        attribute, seat
            What is summed, and where.
        per
            Unit of measure, such as the threshold that the sum is held against: the
            solver's tolerances are absolute, so rows should be of the size of 1.
        """
        values = self.block.attributes[attribute]
        return {
            self._names[unit, seat]: float(values[unit]) / per
            for unit in self.units_of(seat)
            if values[unit] > 0
        }

    def add_row(self, row: Row, *, lower: float | None = None, upper: float | None = None) -> None:
        """Add a constraint ``lower <= row <= upper``; equal sides make an equation."""
        expression = self._expression(row)
        if lower is not None and lower == upper:
            self.problem.addConstraint(expression == lower)
            return
        if lower is not None:
            self.problem.addConstraint(expression >= lower)
        if upper is not None:
            self.problem.addConstraint(expression <= upper)

    def add_switch(self, seat: int) -> str:
        """Add a binary variable that can only be 1 where a seat is open; return its name."""
        name = self._add_variable(f"e_{len(self._variables)}", 1.0, pulp.LpBinary)
        row = {name: 1.0}
        self.extend(row, seat, seat, -1.0)
        self.add_row(row, upper=0.0)
        return name

    def express(self, aim: Aim) -> Row:
        """Return an aim's raw value in the model's variables; each aim has them once."""
        if aim.name not in self._expressed:
            self._expressed[aim.name] = aim.express(self)
        return self._expressed[aim.name]

    def add_amount(self) -> str:
        """Add a variable that is not negative; return its name."""
        return self._add_variable(f"a_{len(self._variables)}", None, pulp.LpContinuous)

    def severed(self, tie: int) -> str:
        """Return the variable that is 1 where a tie is severed."""
        if tie not in self._severed:
            # Binary without need, so that the solver sees when a cost can only be whole.
            self._severed[tie] = self._add_variable(f"s_{tie}", 1.0, pulp.LpBinary)
        return self._severed[tie]

    # --- what is added when a solution breaks it ----------------------------------------

    @property
    def severed_ties(self) -> Mapping[int, str]:
        """Tie -> variable, for the ties that an aim counts."""
        return self._severed

    def add_cut(self, cut: Cut) -> None:
        """Add an inequality that every plan satisfies, and remember it."""
        self.add_row(cut.row(self), upper=0.0)
        self.cuts.append(cut)

    # --- reading, writing ---------------------------------------------------------------

    def read_assignment(self, values: Mapping[str, float]) -> dict[int, int]:
        """Return unit -> seat from the values of an integer solution; `OUTSIDE` if left out."""
        left = {unit: OUTSIDE for unit, name in self._outside.items() if values[name] > _CHOSEN}
        return left | {
            unit: seat for (unit, seat), name in self._names.items() if values[name] > _CHOSEN
        }

    def read_pairs(self, values: Mapping[str, float]) -> dict[tuple[int, int], float]:
        """Return the pairs that are not zero in a fractional solution."""
        return {pair: values[name] for pair, name in self._names.items() if values[name] > _NOTHING}

    def start_values(self, seat_of: Mapping[int, int]) -> dict[str, float]:
        """Return the values of the variables of pairs and of units left out."""
        left = ((unit, OUTSIDE, name) for unit, name in self._outside.items())
        pairs = ((unit, seat, name) for (unit, seat), name in self._names.items())
        return {name: 1.0 if seat_of[unit] == seat else 0.0 for unit, seat, name in (*pairs, *left)}

    def write(self, path: Path) -> None:
        """Write the model as ``.lp`` or ``.mps``, by the path's suffix."""
        if path.suffix == ".mps":
            self.problem.writeMPS(str(path))
        else:
            self.problem.writeLP(str(path))

    # --- construction -------------------------------------------------------------------

    def _add_variable(self, name: str, upper: float | None, category: str) -> str:
        self._variables[name] = self.problem.add_variable(name, 0.0, upper, category)
        return name

    def _expression(self, row: Row) -> Any:
        return pulp.LpAffineExpression(
            {self._variables[name]: value for name, value in row.items() if value != 0}
        )

    def _add_pairs(self) -> None:
        pairs = self.block.pairs
        for unit, seat in zip(pairs.unit.tolist(), pairs.seat.tolist(), strict=True):
            self._names[unit, seat] = self._add_variable(f"x_{unit}_{seat}", 1.0, pulp.LpBinary)

    def _add_outside(self) -> None:
        for unit in self.block.leavable:
            self._outside[unit] = self._add_variable(f"o_{unit}", 1.0, pulp.LpBinary)

    def _assign_each_unit(self) -> None:
        for unit in range(len(self.block)):
            row = self.terms((unit, seat) for seat in self.block.pairs.seats_of_unit.get(unit, []))
            if unit in self._outside:
                row[self._outside[unit]] = 1.0
            self.add_row(row, lower=1.0, upper=1.0)

    def _open_seats(self) -> None:
        for (unit, seat), name in self._names.items():
            if unit != seat:
                row = {name: 1.0}
                self.extend(row, seat, seat, -1.0)
                self.add_row(row, upper=0.0)

    def _count_seats(self, least: int | None, most: int | None) -> None:
        if least is None and most is None:
            return
        row = self.terms((seat, seat) for seat in self.seats)
        self.add_row(row, lower=least, upper=most)

    def _build_objective(
        self, aims: Sequence[Aim], references: Mapping[str, float], price: float
    ) -> Row:
        objective: Row = {}
        for aim in aims:
            scale = aim.weight / references[aim.name]
            for name, value in self.express(aim).items():
                objective[name] = objective.get(name, 0.0) + scale * value
        if price:
            for seat in self.seats:
                self.extend(objective, seat, seat, price)
        return objective
