"""The restricted master: each unit covered once, by the columns known so far.

A unit that may be left out is covered by a column of its own as well, at what leaving it
out costs; it counts for no municipality, and a subset row does not see it.

Rows: one per unit, one for the number of municipalities, and subset rows (Jepsen,
Petersen, Spoorendonk and Pisinger 2008): of the municipalities that hold at least two of
three units there is at most one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model import OUTSIDE
from amalgamation.solve.columns.pricing import Column, Duals
from amalgamation.solve.highs import GrowingModel, Solved
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from amalgamation.solve.columns.compiled import Flags, Ints, Reals

__all__ = ["Master", "Relaxed"]

_NOTHING = 1e-7


@dataclass(frozen=True)
class Relaxed:
    """The master's relaxation, solved.

    Parameters
    ----------
    cost
        With prices; scaled.
    duals
        What pricing asks.
    columns, values
        Those in use, and how much.
    covered
        Whether no unit is left to an artificial column.
    """

    cost: float
    duals: Duals
    columns: tuple[Column, ...]
    values: Reals
    covered: bool


class Master:
    """Hold the columns of one block and the program that chooses among them.

    Parameters
    ----------
    units
        Number of units.
    number
        Least and greatest number of municipalities; None is free.
    price
        Of each municipality; scaled.
    outside
        Unit -> cost of leaving it out, for the units that may be; scaled.
    scale
        Factor on the costs of columns.
    penalty
        Cost of leaving a unit uncovered, or of covering it once too often, and of each
        municipality short of the number or beyond it; scaled.
    seed, stop
        For the solver.
    """

    def __init__(  # noqa: PLR0913 - what the program is made of, and how it is solved
        self,
        units: int,
        number: tuple[int | None, int | None],
        price: float,
        outside: Mapping[int, float],
        *,
        scale: float,
        penalty: float,
        seed: int,
        stop: Callable[[], bool],
    ) -> None:
        self._units, self._price, self._scale = units, price, scale
        self._model = GrowingModel(seed, stop)
        nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
        for _ in range(units):
            self._model.add_row(1.0, 1.0, *nothing)
        least, most = number
        upper = math.inf if most is None else float(most)
        self._number_row = self._model.add_row(float(least or 0), upper, *nothing)
        self._artificial = np.array(
            [
                self._model.add_column(penalty, np.array([row]), np.array([sign]), integer=False)
                for row in (*range(units), self._number_row)
                for sign in (1.0, -1.0)
            ]
        )
        self._outside = {
            self._model.add_column(cost, np.array([unit]), np.ones(1)): unit
            for unit, cost in outside.items()
        }
        # Municipalities come after these in the program.
        self._first = len(self._artificial) + len(self._outside)
        self.columns: list[Column] = []
        self._known: set[tuple[tuple[int, ...], int]] = set()
        self._inside = np.zeros((1024, units), dtype=bool)
        self.triples = np.zeros((0, 3), dtype=np.int64)
        self._triple_rows: list[int] = []

    def add(self, columns: Iterable[Column]) -> int:
        """Add the columns that are new; return how many there were."""
        before = len(self.columns)
        for column in columns:
            if (column.members, column.seat) not in self._known:
                self._add(column)
        return len(self.columns) - before

    def _add(self, column: Column) -> None:
        position = len(self.columns)
        if position == len(self._inside):
            self._inside = np.vstack([self._inside, np.zeros_like(self._inside)])
        self._inside[position, list(column.members)] = True
        met = _holds_two(self._inside[position][self.triples])
        rows = [*column.members, self._number_row, *np.array(self._triple_rows)[met].tolist()]
        self._model.add_column(
            column.cost * self._scale + self._price,
            np.array(rows, dtype=np.int64),
            np.ones(len(rows)),
        )
        self._known.add((column.members, column.seat))
        self.columns.append(column)

    def add_subset_rows(self, triples: Ints) -> None:
        """Add a row per triple of units, shape (t, 3)."""
        count = len(self.columns)
        for triple in triples:
            met = np.flatnonzero(_holds_two(self._inside[:count][:, triple]))
            row = self._model.add_row(
                -math.inf, 1.0, met.astype(np.int64) + self._first, np.ones(len(met))
            )
            self._triple_rows.append(row)
        self.triples = np.vstack([self.triples, triples])

    def relax(self, seconds: float) -> Relaxed | None:
        """Solve the relaxation; None if time is over first."""
        solved = self._model.solve_relaxation(seconds)
        if solved.status is not Status.OPTIMAL:
            return None
        values = solved.values[self._first :]
        used = np.flatnonzero(values > _NOTHING)
        duals = Duals(
            solved.duals[: self._units],
            self._price - float(solved.duals[self._number_row]),
            self.triples,
            np.maximum(0.0, -solved.duals[self._triple_rows]),
        )
        return Relaxed(
            solved.cost,
            duals,
            tuple(self.columns[i] for i in used),
            values[used],
            bool(solved.values[self._artificial].max() <= _NOTHING),
        )

    def choose(
        self, seconds: float, gap: float, start: Sequence[Column], among: Flags
    ) -> tuple[dict[int, int], float]:
        """Return the best plan that some columns make, and a bound on all that they make.

        Units that may be left out may be whatever columns there are.

        Parameters
        ----------
        seconds, gap
            When to stop.
        start
            Columns of a plan to start from; all must be known. Units that none of them
            holds are left out.
        among
            Which columns may be taken besides, shape (columns,).

        Returns
        -------
        tuple
            Unit -> seat, empty if no plan was found; scaled bound, prices included.
        """
        wanted = {(column.members, column.seat) for column in start}
        chosen = np.array([(c.members, c.seat) in wanted for c in self.columns], dtype=bool)
        barred = np.concatenate([self._artificial, np.flatnonzero(~among & ~chosen) + self._first])
        self._model.change_upper(barred, 0.0)
        values = self._start_values(start, chosen) if start else np.zeros(0)
        solved = self._model.solve_integer(seconds, gap, values)
        self._model.change_upper(barred, math.inf)
        return self._read(solved), solved.bound

    def _start_values(self, start: Sequence[Column], chosen: Flags) -> Reals:
        held = {unit for column in start for unit in column.members}
        values = np.concatenate([np.zeros(self._first), chosen])
        for position, unit in self._outside.items():
            values[position] = unit not in held
        return values

    def _read(self, solved: Solved) -> dict[int, int]:
        if not len(solved.values):
            return {}
        chosen = np.flatnonzero(solved.values[self._first :] > 1 / 2)
        seat_of = {u: self.columns[i].seat for i in chosen for u in self.columns[i].members}
        left = {u: OUTSIDE for at, u in self._outside.items() if solved.values[at] > 1 / 2}
        return seat_of | left

    def reduced_costs(self, duals: Duals) -> Reals:
        """Return the reduced cost of each column, shape (columns,)."""
        count = len(self.columns)
        inside = self._inside[:count]
        costs = np.array([column.cost for column in self.columns]) * self._scale + duals.each
        costs -= inside @ duals.unit
        for triple, penalty in zip(duals.triples, duals.penalty, strict=True):
            if penalty > 0:
                costs += penalty * _holds_two(inside[:, triple])
        return costs


def _holds_two(inside: Flags) -> Flags:
    """Say of each row, shape (rows, 3), whether two of its three hold."""
    return np.asarray(inside.sum(axis=1) >= 2)  # noqa: PLR2004 - two of three make a row count
