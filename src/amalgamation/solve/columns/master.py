"""The restricted master: each unit covered once, by the columns known so far.

Rows: one per unit, one for the number of municipalities, and subset rows (Jepsen,
Petersen, Spoorendonk and Pisinger 2008): of the municipalities that hold at least two of
three units there is at most one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.solve.columns.pricing import Column, Duals
from amalgamation.solve.highs import GrowingModel, Solved
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
    scale
        Factor on the costs of columns.
    penalty
        Cost of leaving a unit uncovered, or of covering it once too often, and of each
        municipality short of the number or beyond it; scaled.
    seed, stop
        For the solver.
    """

    def __init__(
        self,
        units: int,
        number: tuple[int | None, int | None],
        price: float,
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
        first = len(self._artificial)
        count = len(self.columns)
        for triple in triples:
            met = np.flatnonzero(_holds_two(self._inside[:count][:, triple]))
            row = self._model.add_row(
                -math.inf, 1.0, met.astype(np.int64) + first, np.ones(len(met))
            )
            self._triple_rows.append(row)
        self.triples = np.vstack([self.triples, triples])

    def relax(self, seconds: float) -> Relaxed | None:
        """Solve the relaxation; None if time is over first."""
        solved = self._model.solve_relaxation(seconds)
        if solved.status is not Status.OPTIMAL:
            return None
        first = len(self._artificial)
        used = np.flatnonzero(solved.values[first:] > _NOTHING)
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
            solved.values[first:][used],
            bool(solved.values[:first].max() <= _NOTHING),
        )

    def choose(
        self, seconds: float, gap: float, start: Sequence[Column], among: Flags
    ) -> tuple[list[Column], float]:
        """Return the best plan that some columns make, and a bound on all that they make.

        Parameters
        ----------
        seconds, gap
            When to stop.
        start
            Columns of a plan to start from; all must be known.
        among
            Which columns may be taken besides, shape (columns,).

        Returns
        -------
        tuple
            Columns, empty if no plan was found; scaled bound, prices included.
        """
        first = len(self._artificial)
        wanted = {(column.members, column.seat) for column in start}
        chosen = np.array([(c.members, c.seat) in wanted for c in self.columns], dtype=bool)
        barred = np.concatenate([self._artificial, np.flatnonzero(~among & ~chosen) + first])
        self._model.change_upper(barred, 0.0)
        values = np.concatenate([np.zeros(first), chosen]) if start else np.zeros(0)
        solved = self._model.solve_integer(seconds, gap, values)
        self._model.change_upper(barred, math.inf)
        return self._read(solved), solved.bound

    def _read(self, solved: Solved) -> list[Column]:
        if not len(solved.values):
            return []
        chosen = np.flatnonzero(solved.values[len(self._artificial) :] > 1 / 2)
        return [self.columns[i] for i in chosen]

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
