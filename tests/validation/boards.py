"""Boards of equal units, and every division of them: counted here, by nothing of the package.

A set of units is an integer whose bits are its units, numbered from 0.
"""

from __future__ import annotations

from collections import Counter
from itertools import product

from strategies import build_territory, build_unit_graph


def grid(rows, cols, *, queen=False, torus=False):
    """Return the pairs of neighbours on a board: by edges, by corners too, or around the rim."""
    steps = [(0, 1), (1, 0), *([(1, 1), (1, -1)] if queen else [])]
    pairs = set()
    for row, col in product(range(rows), range(cols)):
        for down, right in steps:
            r, c = row + down, col + right
            if torus:
                r, c = r % rows, c % cols
            if 0 <= r < rows and 0 <= c < cols:
                pairs.add(tuple(sorted((row * cols + col, r * cols + c))))
    return sorted(pair for pair in pairs if pair[0] != pair[1])


def cube(dimensions):
    """Return the pairs of words of so many bits that differ in one."""
    words = range(1 << dimensions)
    return sorted({tuple(sorted((w, w ^ (1 << bit)))) for w in words for bit in range(dimensions)})


def near(units, pairs):
    """Return the neighbours of each unit, as sets."""
    masks = [0] * units
    for a, b in pairs:
        masks[a] |= 1 << b
        masks[b] |= 1 << a
    return masks


def members(mask):
    """Return the units of a set, sorted."""
    return [unit for unit in range(mask.bit_length()) if mask >> unit & 1]


def connected(units, pairs, sizes):
    """Return every connected set of an allowed size, by its first unit."""
    around, largest = near(units, pairs), max(sizes)
    found = []
    for first in range(units):
        later = -1 << (first + 1)
        level, own = {1 << first}, []
        for size in range(1, largest + 1):
            own += sorted(level) if size in sizes else []
            level = {
                mask | 1 << unit
                for mask in level
                for unit in members(_rim(mask, around) & later & ~mask)
            }
        found.append(own)
    return found


def _rim(mask, around):
    rim = 0
    for unit in members(mask):
        rim |= around[unit]
    return rim


def spectrum(units, pairs, sets):
    """Count the divisions into given sets: (number of sets, pairs cut) -> how many there are.

    ``sets``: by their first unit, as `connected` gives them.
    """
    around = near(units, pairs)
    edge = {m: sum((around[u] & ~m).bit_count() for u in members(m)) for own in sets for m in own}
    known = {0: Counter({(0, 0): 1})}

    def divide(free):
        if free not in known:
            total = Counter()
            for mask in sets[(free & -free).bit_length() - 1]:
                if mask & free == mask:
                    for (number, cut), ways in divide(free ^ mask).items():
                        total[number + 1, cut + edge[mask]] += ways
            known[free] = total
        return known[free]

    whole = divide((1 << units) - 1)
    return Counter({(number, cut // 2): ways for (number, cut), ways in whole.items()})


def in_number(divisions, number):
    """Return how many divisions into so many sets there are, and the fewest pairs they cut."""
    cuts = {cut: ways for (count, cut), ways in divisions.items() if count == number}
    return sum(cuts.values()), min(cuts)


def board(units, pairs, population=1.0):
    """Return a territory of equal units, and its ties of 1 km."""
    ties = [(a + 1, b + 1) for a, b in pairs]
    return build_territory([population] * units), build_unit_graph(units, ties)
