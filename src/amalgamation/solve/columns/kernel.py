"""The compiled part of pricing: a knapsack on a tree of gates, and what it breaks.

A *region* is what a seat can reach: units 0 (the seat) to m - 1 with their ties in
compressed rows (``ptr``, ``adj``). The state of a unit is free (0), in (1) or out (-1).
A unit through which every way from the seat to another leads is a *gate* of that other
(a dominator, Cooper, Harvey and Kennedy 2001): a connected set that holds the other holds
the gate. So the knapsack runs over the tree of gates, in which a unit is only taken after
its gate: a relaxation of "connected" that costs no more than the plain knapsack.
"""

from __future__ import annotations

import numpy as np

from amalgamation.solve.columns.compiled import Flags, Ints, Reals, States, compiled

__all__ = [
    "find_gates",
    "find_pieces",
    "find_separator",
    "fix_units",
    "order_tree",
    "solve_tree",
]

_FREE, _IN, _OUT = 0, 1, -1


@compiled
def _postorder(ptr: Ints, adj: Ints, state: States) -> Ints:
    """Return the units that the seat reaches past those that are out, in postorder."""
    m = len(state)
    seen = np.zeros(m, np.bool_)
    order = np.empty(m, np.int64)
    stack = np.empty(m, np.int64)
    cursor = ptr[:-1].copy()
    depth, count = 1, 0
    stack[0] = 0
    seen[0] = True
    while depth:
        unit = stack[depth - 1]
        if cursor[unit] == ptr[unit + 1]:
            order[count] = unit
            count += 1
            depth -= 1
            continue
        other = adj[cursor[unit]]
        cursor[unit] += 1
        if not seen[other] and state[other] != _OUT:
            seen[other] = True
            stack[depth] = other
            depth += 1
    return order[:count]


@compiled
def find_gates(ptr: Ints, adj: Ints, state: States) -> Ints:
    """Return each unit's nearest gate; -1 for units out of reach, 0 for the seat itself."""
    order = _postorder(ptr, adj, state)
    m, count = len(state), len(order)
    rank = np.full(m, -1, np.int64)
    gate = np.full(m, -1, np.int64)
    for position in range(count):
        rank[order[position]] = position
    gate[0] = 0
    changed = True
    while changed:
        changed = False
        for position in range(count - 2, -1, -1):
            unit = order[position]
            best = -1
            for e in range(ptr[unit], ptr[unit + 1]):
                other = adj[e]
                if gate[other] == -1 or rank[other] == -1:
                    continue
                if best == -1:
                    best = other
                    continue
                while best != other:
                    while rank[best] < rank[other]:
                        best = gate[best]
                    while rank[other] < rank[best]:
                        other = gate[other]
            if gate[unit] != best:
                gate[unit] = best
                changed = True
    return gate


@compiled
def order_tree(gate: Ints, state: States) -> tuple[Ints, Ints, Flags]:
    """Return the tree of gates in preorder: units, where each subtree ends, which must be in."""
    m = len(gate)
    first = np.full(m, -1, np.int64)
    following = np.full(m, -1, np.int64)
    must_unit = np.zeros(m, np.bool_)
    for unit in range(m - 1, 0, -1):
        if gate[unit] != -1:
            following[unit] = first[gate[unit]]
            first[gate[unit]] = unit
            if state[unit] == _IN:
                up = unit
                while up != 0 and not must_unit[up]:
                    must_unit[up] = True
                    up = gate[up]
    must_unit[0] = True
    units = np.empty(m, np.int64)
    ends = np.empty(m, np.int64)
    must = np.zeros(m, np.bool_)
    at = np.empty(m, np.int64)
    count, unit = 0, 0
    while True:
        at[unit] = count
        units[count] = unit
        must[count] = must_unit[unit]
        count += 1
        if first[unit] != -1:
            unit = first[unit]
            continue
        while unit != 0 and following[unit] == -1:
            ends[at[unit]] = count
            unit = gate[unit]
        if unit == 0:
            ends[0] = count
            break
        ends[at[unit]] = count
        unit = following[unit]
    return units[:count], ends[:count], must[:count]


@compiled
def solve_tree(
    units: Ints,
    ends: Ints,
    must: Flags,
    weight: Ints,
    cost: Reals,
    terminal: Reals,
    over: float,
    table: Reals,
    chosen: Flags,
) -> float:
    """Take the cheapest set that holds each taken unit's gate; return its cost.

    Parameters
    ----------
    units, ends, must
        The tree of gates in preorder.
    weight
        Whole numbers per unit: the state is their sum.
    cost
        Per unit.
    terminal
        Cost of ending at each state; infinite where a set may not end there.
    over
        Cost per state above the last; infinite where none is allowed.
    table
        Room for ``len(units) + 1`` rows of ``len(terminal)``.
    chosen
        Is set to the units taken.
    """
    cap, count = len(terminal) - 1, len(units)
    highest = np.empty(count + 1, np.int64)
    total = 0
    for k in range(count):
        highest[k] = min(cap, total)
        total += weight[units[k]]
    highest[count] = min(cap, total)
    for s in range(highest[count] + 1):
        table[count, s] = terminal[s]
    for k in range(count - 1, -1, -1):
        r, c, top = weight[units[k]], cost[units[k]], highest[k]
        row, taken = table[k], table[k + 1]
        inside = min(top, cap - r)
        for s in range(inside + 1):
            row[s] = c + taken[s + r]
        for s in range(max(inside + 1, 0), top + 1):
            row[s] = c + over * (s + r - cap) + taken[cap]
        if not must[k]:
            skipped = table[ends[k]]
            for s in range(top + 1):
                row[s] = min(row[s], skipped[s])
    _trace(units, ends, must, weight, table, cap, chosen)
    return float(table[0, 0])


@compiled
def _trace(
    units: Ints, ends: Ints, must: Flags, weight: Ints, table: Reals, cap: int, chosen: Flags
) -> None:
    for unit in range(len(chosen)):
        chosen[unit] = False
    if not np.isfinite(table[0, 0]):
        return
    k, s = 0, 0
    while k < len(units):
        if not must[k] and table[k, s] == table[ends[k], s]:
            k = ends[k]
            continue
        chosen[units[k]] = True
        s = min(cap, s + weight[units[k]])
        k += 1


@compiled
def _parents(ends: Ints) -> Ints:
    """Return the position of each unit's gate in a tree in preorder; 0 for the root itself."""
    parent = np.zeros(len(ends), np.int64)
    for k in range(1, len(ends)):
        up = k - 1
        while ends[up] <= k:
            up = parent[up]
        parent[k] = up
    return parent


@compiled
def fix_units(
    units: Ints,
    ends: Ints,
    must: Flags,
    weight: Ints,
    cost: Reals,
    over: float,
    table: Reals,
    cutoff: float,
    state: States,
) -> None:
    """Set units in or out that no set below a cutoff leaves, or takes.

    The cheapest way through each unit joins the cheapest ways up to it, gone forwards, with
    those from it on, which stand in the table of `solve_tree`. A way around a unit is one
    that stops before it, or one around its gate, which never comes to it.
    """
    count, cap = len(units), table.shape[1] - 1
    parent = _parents(ends)
    around = np.full(count, np.inf)
    ahead = np.full((count + 1, cap + 1), np.inf)
    ahead[0, 0] = 0.0
    total = 0
    for k in range(count):
        r, c, top = weight[units[k]], cost[units[k]], min(cap, total)
        total += r
        taken = skipped = np.inf
        here, behind, rest, past = ahead[k], ahead[k + 1], table[k + 1], table[ends[k]]
        for s in range(top + 1):
            if here[s] == np.inf:
                continue
            to = min(cap, s + r)
            value = here[s] + c + (over * (s + r - cap) if s + r > cap else 0.0)
            taken = min(taken, value + rest[to])
            behind[to] = min(behind[to], value)
            if not must[k]:
                skipped = min(skipped, here[s] + past[s])
                ahead[ends[k], s] = min(ahead[ends[k], s], here[s])
        around[k] = min(skipped, around[parent[k]]) if k else skipped
        if taken >= cutoff:
            state[units[k]] = _OUT
        elif around[k] >= cutoff:
            state[units[k]] = _IN


@compiled
def _flood(ptr: Ints, adj: Ints, allowed: Flags, start: int, reached: Flags, stack: Ints) -> None:
    """Mark what hangs together with a unit within the allowed units."""
    reached[start] = True
    stack[0] = start
    depth = 1
    while depth:
        depth -= 1
        unit = stack[depth]
        for e in range(ptr[unit], ptr[unit + 1]):
            other = adj[e]
            if allowed[other] and not reached[other]:
                reached[other] = True
                stack[depth] = other
                depth += 1


@compiled
def find_pieces(ptr: Ints, adj: Ints, chosen: Flags, cost: Reals) -> tuple[Flags, Flags]:
    """Return the seat's own piece of a set, and of the others the one that costs least.

    The second is empty where the set hangs together.
    """
    m = len(chosen)
    stack = np.empty(m, np.int64)
    home = np.zeros(m, np.bool_)
    _flood(ptr, adj, chosen, 0, home, stack)
    seen, away, least = home.copy(), np.zeros(m, np.bool_), np.inf
    for unit in range(m):
        if not chosen[unit] or seen[unit]:
            continue
        piece = np.zeros(m, np.bool_)
        _flood(ptr, adj, chosen, unit, piece, stack)
        total = 0.0
        for other in range(m):
            if piece[other]:
                seen[other] = True
                total += cost[other]
        if total < least:
            least, away = total, piece
    return home, away


@compiled
def _gates_around(
    ptr: Ints, adj: Ints, state: States, piece: Flags, target: int, stack: Ints
) -> Flags:
    """Return the neighbours of a piece that the target reaches without crossing others of them."""
    m = len(state)
    around = np.zeros(m, np.bool_)
    for unit in range(m):
        if piece[unit]:
            for e in range(ptr[unit], ptr[unit + 1]):
                if not piece[adj[e]] and state[adj[e]] != _OUT:
                    around[adj[e]] = True
    beyond, between = np.zeros(m, np.bool_), np.zeros(m, np.bool_)
    for unit in range(m):
        between[unit] = state[unit] != _OUT and not around[unit] and not piece[unit]
    _flood(ptr, adj, between, target, beyond, stack)
    for unit in range(m):
        if around[unit]:
            touches = False
            for e in range(ptr[unit], ptr[unit + 1]):
                touches |= beyond[adj[e]]
            around[unit] = touches
    return around


@compiled
def find_separator(ptr: Ints, adj: Ints, state: States, home: Flags, away: Flags) -> Flags:
    """Return a minimal set of units that separates the seat's piece from another."""
    stack = np.empty(len(state), np.int64)
    target, near_count, far_count = 0, 0, 0
    while not away[target]:
        target += 1
    near = _gates_around(ptr, adj, state, home, target, stack)
    far = _gates_around(ptr, adj, state, away, 0, stack)
    for unit in range(len(state)):
        near_count += near[unit]
        far_count += far[unit]
    return far if far_count < near_count else near
