"""The compiled search of one seat: best first, until the cheapest set hangs together.

Each node of the search fixes some units in or out. Its relaxation is the knapsack on the
tree of gates, with everything that depends on two or three units (ties, subset rows)
charged from below. Where the cheapest set is in pieces, the search branches on a unit that
separates them; where it hangs together but was charged too little, on a unit that was.
Stopped at any time, the least open node bounds every set from below.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from amalgamation.solve.columns.compiled import Flags, Ints, Reals, States, compiled
from amalgamation.solve.columns.kernel import (
    find_gates,
    find_pieces,
    find_separator,
    fix_units,
    order_tree,
    solve_tree,
)

__all__ = ["CLOSED", "LEAF", "LIMIT", "Ask", "Nodes", "explore"]

# How a search ended: nothing left below the cutoff, a node to be judged, or no more nodes.
CLOSED, LEAF, LIMIT = 0, 1, 2
_FREE, _IN, _OUT = 0, 1, -1
_EPS = 1e-9
# Sets that one call hands back at most.
_MOST_FOUND = 8


class Ask(NamedTuple):
    """What a search is about, in local numbers; costs are reduced by the duals.

    Parameters
    ----------
    ptr, adj, tie
        Ties as compressed rows, and what severing each costs.
    weight
        Grains of the carried attribute.
    base
        Of each unit, with half of all its ties.
    triples, penalty
        Subset rows: three units each (-1: not in the region), and what two of them cost.
    values, targets, rates
        Deviations, shape (d, m), (d,), (d,).
    constant
        On top of every set.
    terminal, over
        See `Grains`; the constant is in ``terminal``.
    carried, least, most
        The carried attribute and the range of its sum.
    """

    ptr: Ints
    adj: Ints
    tie: Reals
    weight: Ints
    base: Reals
    triples: Ints
    penalty: Reals
    values: Reals
    targets: Reals
    rates: Reals
    constant: float
    terminal: Reals
    over: float
    carried: Reals
    least: float
    most: float


class Nodes(NamedTuple):
    """Room for the nodes of a search and for its knapsacks.

    Parameters
    ----------
    states, chosen
        What each node fixes, and the cheapest set of its relaxation; shape (nodes, m).
    values
        Bound of each node.
    root
        Bound of all sets, before any unit was fixed; shape (1,).
    table
        Shape (m + 1, states).
    """

    states: States
    chosen: Flags
    values: Reals
    root: Reals
    table: Reals


@compiled
def _charge(ask: Ask, state: States, gate: Ints) -> tuple[Reals, float]:
    """Return what each unit costs at least, given what is fixed, and a constant."""
    ptr, adj, tie = ask.ptr, ask.adj, ask.tie
    cost = ask.base.copy()
    for a in range(len(cost)):
        if gate[a] == -1:
            continue
        for e in range(ptr[a], ptr[a + 1]):
            b = adj[e]
            if b <= a or gate[b] == -1 or tie[e] == 0.0:
                continue
            if gate[b] == a or state[a] == _IN:
                cost[b] -= tie[e]
            elif gate[a] == b or state[b] == _IN:
                cost[a] -= tie[e]
            else:
                cost[a] -= tie[e] / 2
                cost[b] -= tie[e] / 2
    constant = 0.0
    for t in range(len(ask.triples)):
        constant += _charge_triple(ask.triples[t], ask.penalty[t], state, gate, cost)
    return cost, constant


@compiled
def _charge_triple(triple: Ints, penalty: float, state: States, gate: Ints, cost: Reals) -> float:
    """Charge a subset row: to the units that decide it, or as a constant."""
    inside, free = 0, 0
    first, second = -1, -1
    for unit in triple:
        if unit < 0 or gate[unit] == -1:
            continue
        if state[unit] == _IN:
            inside += 1
        elif free == 0:
            first, free = unit, 1
        elif free == 1:
            second, free = unit, 2
        else:
            free = 3
    if inside >= 2:
        return penalty
    if inside == 1 and free == 1:
        cost[first] += penalty
    elif inside == 1 and free == 2:
        if gate[second] == first:
            cost[first] += penalty
        elif gate[first] == second:
            cost[second] += penalty
        else:
            cost[first] += penalty / 2
            cost[second] += penalty / 2
    elif inside == 0 and free == 2:
        if gate[second] == first:
            cost[second] += penalty
        elif gate[first] == second:
            cost[first] += penalty
    return 0.0


@compiled
def _true_cost(ask: Ask, chosen: Flags) -> float:
    """Return what a set costs in full."""
    ptr, adj, tie = ask.ptr, ask.adj, ask.tie
    cost = ask.constant
    for a in range(len(chosen)):
        if not chosen[a]:
            continue
        cost += ask.base[a]
        for e in range(ptr[a], ptr[a + 1]):
            if adj[e] > a and chosen[adj[e]]:
                cost -= tie[e]
    for t in range(len(ask.triples)):
        if _meets(ask.triples[t], chosen):
            cost += ask.penalty[t]
    for d in range(len(ask.targets)):
        away = -ask.targets[d]
        for a in range(len(chosen)):
            if chosen[a]:
                away += ask.values[d, a]
        cost += ask.rates[d] * abs(away)
    return cost


@compiled
def _meets(triple: Ints, chosen: Flags) -> bool:
    """Say whether a set holds two units of a triple."""
    inside = 0
    for unit in triple:
        inside += unit >= 0 and chosen[unit]
    return inside >= 2


@compiled
def _undercharged(ask: Ask, state: States, gate: Ints, chosen: Flags) -> int:
    """Return the free unit on which most of what was not charged hangs; -1 if none."""
    ptr, adj, tie = ask.ptr, ask.adj, ask.tie
    score = np.zeros(len(state))
    for a in range(len(state)):
        if not chosen[a] or state[a] == _IN:
            continue
        for e in range(ptr[a], ptr[a + 1]):
            b = adj[e]
            if not chosen[b] and gate[b] != -1 and gate[a] != b:
                score[a] += tie[e]
                score[b] += tie[e]
    for t in range(len(ask.triples)):
        if _meets(ask.triples[t], chosen):
            for unit in ask.triples[t]:
                if unit > 0 and chosen[unit] and state[unit] == _FREE:
                    score[unit] += ask.penalty[t]
    best = -1
    for unit in range(1, len(score)):
        if score[unit] > _EPS and (best == -1 or score[unit] > score[best]):
            best = unit
    return best


@compiled
def _evaluate(ask: Ask, table: Reals, state: States, chosen: Flags) -> float:
    """Solve the relaxation of a node; return its cost."""
    gate = find_gates(ask.ptr, ask.adj, state)
    for unit in range(len(state)):
        if state[unit] == _IN and gate[unit] == -1:
            return np.inf
    units, ends, must = order_tree(gate, state)
    cost, constant = _charge(ask, state, gate)
    return constant + solve_tree(
        units, ends, must, ask.weight, cost, ask.terminal, ask.over, table, chosen
    )


@compiled
def _fix(ask: Ask, table: Reals, state: States, chosen: Flags, cutoff: float, root: Reals) -> float:
    """Fix what the root decides, as long as that decides more; return what is left costs.

    Compiled code is kept by the file that it stands in: whoever changes `fix_units` touches
    this file as well.
    """
    value, before = -np.inf, -1
    root[0] = -np.inf
    while True:
        fixed = 0
        for unit in range(len(state)):
            fixed += state[unit] != _FREE
        if fixed == before:
            return value
        before = fixed
        gate = find_gates(ask.ptr, ask.adj, state)
        units, ends, must = order_tree(gate, state)
        cost, constant = _charge(ask, state, gate)
        value = constant + solve_tree(
            units, ends, must, ask.weight, cost, ask.terminal, ask.over, table, chosen
        )
        if root[0] == -np.inf:
            root[0] = value
        if value >= cutoff:
            return value
        fix_units(units, ends, must, ask.weight, cost, ask.over, table, cutoff - constant, state)


@compiled
def _pick_branch(ask: Ask, state: States, chosen: Flags) -> int:
    """Return the unit to branch on; -1 where the set is what it was charged for."""
    gate = find_gates(ask.ptr, ask.adj, state)
    cost, _ = _charge(ask, state, gate)
    home, away = find_pieces(ask.ptr, ask.adj, chosen, cost)
    whole = True
    for unit in range(len(away)):
        whole = whole and not away[unit]
    if whole:
        return _undercharged(ask, state, gate, chosen)
    separator = find_separator(ask.ptr, ask.adj, state, home, away)
    best = -1
    for unit in range(len(state)):
        if separator[unit] and (best == -1 or cost[unit] < cost[best]):
            best = unit
    return best


@compiled
def _offer(ask: Ask, chosen: Flags, cutoff: float, found: Flags, costs: Reals, kept: int) -> int:
    """Keep the seat's own piece of a set, if it counts; return how many sets are kept."""
    if not chosen[0]:
        return kept
    home, _ = find_pieces(ask.ptr, ask.adj, chosen, ask.base)
    total = 0.0
    for unit in range(len(home)):
        if home[unit]:
            total += ask.carried[unit]
    if total < ask.least or total > ask.most:
        return kept
    cost = _true_cost(ask, home)
    return _keep(found, costs, kept, home, cost) if cost < cutoff else kept


@compiled
def _keep(found: Flags, costs: Reals, count: int, chosen: Flags, cost: float) -> int:
    """Keep a set among the cheapest found, each once; return how many there are."""
    place = count
    for k in range(count):
        same = True
        for unit in range(len(chosen)):
            same = same and found[k, unit] == chosen[unit]
        if same:
            return count
        if count == len(found) and (place == count or costs[k] > costs[place]):
            place = k
    if place < count and costs[place] <= cost:
        return count
    costs[place] = cost
    for unit in range(len(chosen)):
        found[place, unit] = chosen[unit]
    return max(count, place + 1)


@compiled
def _least(values: Reals, count: int) -> int:
    """Return the open node of least bound."""
    best = 0
    for node in range(count):
        if values[node] < values[best]:
            best = node
    return best


@compiled
def explore(
    ask: Ask, nodes: Nodes, start: tuple[int, int, int], cutoff: float, limits: tuple[int, bool]
) -> tuple[int, int, int, float, Flags]:
    """Search until the best open node is a leaf, none is below the cutoff, or nodes run out.

    Parameters
    ----------
    ask, nodes
        What is searched, and room for it; the first state is the root's.
    start
        (count of nodes, node to branch on, unit to branch on); -1 for none.
    cutoff
        Nodes that cost this much or more are closed.
    limits
        (nodes, whether to stop at the first set found below the cutoff).

    Returns
    -------
    tuple
        (how it ended, node, count of nodes, bound, sets found).
    """
    states, chosen, values, root, table = nodes
    count, node, unit = start
    found = np.zeros((_MOST_FOUND, states.shape[1]), np.bool_)
    costs = np.zeros(_MOST_FOUND)
    kept = 0
    if count == 0:
        values[0] = _fix(ask, table, states[0], chosen[0], cutoff, root)
        count = 1
        kept = _offer(ask, chosen[0], cutoff, found, costs, kept)
    while True:
        if node == -1:
            node = _least(values, count)
            if values[node] >= cutoff:
                # What was fixed away costs no less than the cutoff, but perhaps no more.
                return CLOSED, node, count, max(cutoff, root[0]), found[:kept]
            if limits[1] and kept:
                return LIMIT, node, count, values[node], found[:kept]
            unit = _pick_branch(ask, states[node], chosen[node])
            if unit == -1:
                return LEAF, node, count, values[node], found[:kept]
        if count == min(len(values), limits[0]):
            return LIMIT, node, count, values[_least(values, count)], found[:kept]
        parent = values[node]
        for other in range(states.shape[1]):
            states[count, other] = states[node, other]
        states[count, unit] = _IN
        states[node, unit] = _OUT
        for child in (node, count):
            values[child] = max(parent, _evaluate(ask, table, states[child], chosen[child]))
            if values[child] < cutoff:
                kept = _offer(ask, chosen[child], cutoff, found, costs, kept)
        count += 1
        node = -1
