"""Subset rows: which triples of units a fractional master counts more than once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from amalgamation.solve.columns.compiled import Flags, Ints, Reals, compiled

if TYPE_CHECKING:
    from amalgamation.solve.columns.master import Relaxed

__all__ = ["find_subset_rows"]

# A row that is broken by less than this moves the bound by less than it costs in pricing.
_LEAST_EXCESS = 0.02
# Rows of one round that share a unit say much the same.
_PER_UNIT = 5


def find_subset_rows(relaxed: Relaxed, units: int, most: int) -> Ints:
    """Return the triples whose row is broken most, shape (t, 3).

    Parameters
    ----------
    relaxed
        The master's solution.
    units
        Number of units of the block.
    most
        At most so many triples, and of each unit at most a few.
    """
    fractional = [
        (column, value)
        for column, value in zip(relaxed.columns, relaxed.values, strict=True)
        if value < 1 - _LEAST_EXCESS
    ]
    if not fractional:
        return np.zeros((0, 3), dtype=np.int64)
    inside = np.zeros((len(fractional), units), dtype=np.bool_)
    for row, (column, _) in zip(inside, fractional, strict=True):
        row[list(column.members)] = True
    values = np.array([value for _, value in fractional])
    known = {tuple(sorted(triple)) for triple in relaxed.duals.triples.tolist()}
    triples, excess = _broken(inside, values, _LEAST_EXCESS)
    return _spread(triples, excess, known, most)


def _spread(
    triples: Ints,
    excess: Reals,
    known: set[tuple[int, ...]],
    most: int,
) -> Ints:
    """Take the most broken first, but no unit too often: neighbours say the same."""
    times: dict[int, int] = {}
    taken: list[tuple[int, ...]] = []
    for position in np.argsort(-excess, kind="stable"):
        triple = tuple(triples[position].tolist())
        if triple in known or any(times.get(unit, 0) >= _PER_UNIT for unit in triple):
            continue
        taken.append(triple)
        known.add(triple)
        for unit in triple:
            times[unit] = times.get(unit, 0) + 1
        if len(taken) == most:
            break
    return np.array(taken, dtype=np.int64).reshape(-1, 3)


@compiled
def _broken(inside: Flags, values: Reals, least: float) -> tuple[Ints, Reals]:
    """Return all triples whose columns sum to more than 1, and by how much."""
    count, units = inside.shape
    together = np.zeros((units, units))
    for s in range(count):
        for a in range(units):
            if inside[s, a]:
                for b in range(units):
                    if inside[s, b]:
                        together[a, b] += values[s]
    triples, excess = [], []
    for a in range(units):
        for b in range(a + 1, units):
            if together[a, b] <= least:
                continue
            for c in range(units):
                # Every broken triple has two pairs that occur; meet it at its least two.
                if c in (a, b) or (c < b and together[a, c] > least):
                    continue
                if together[a, c] <= least and together[b, c] <= least:
                    continue
                total = together[a, b] + together[a, c] + together[b, c]
                if total <= 1 + least:
                    continue
                for s in range(count):
                    if inside[s, a] and inside[s, b] and inside[s, c]:
                        total -= 2 * values[s]
                if total > 1 + least:
                    triples.append((a, b, c))
                    excess.append(total - 1)
    found = np.zeros((len(triples), 3), np.int64)
    for t in range(len(triples)):
        found[t, 0], found[t, 1], found[t, 2] = triples[t]
        found[t].sort()
    return found, np.array(excess)
