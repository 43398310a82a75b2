"""An exported model, made whole by contiguity as a flow, for any other solver.

In: the names of an exported model's variables (``x_i_j``: unit i goes to seat j, ``o_i``:
left out, ``s_t``: tie t severed) and the ties. Out: variables and rows beside it. Every unit
sends one unit of flow to its seat along units of the same seat (Shirabe 2009); nothing is
shared with the separators that the package finds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass
class Rows:
    """Hold flows (not negative, continuous) and rows ``sum(value * name) <=, =, >= side``."""

    flows: list[str] = field(default_factory=list)
    rows: list[tuple[dict[str, float], str, float]] = field(default_factory=list)

    def add(self, row, sense, side):
        self.rows.append((row, sense, side))


def read_pairs(names):
    """Return seat -> units that may go to it."""
    units_of = defaultdict(list)
    for name in names:
        kind, *numbers = name.split("_")
        if kind == "x":
            unit, seat = map(int, numbers)
            units_of[seat].append(unit)
    return {seat: sorted(units) for seat, units in sorted(units_of.items())}


def contiguity(names, ties):
    """Return the flows and rows that hold the units of each seat together."""
    made = Rows()
    for seat, units in read_pairs(names).items():
        inside = set(units)
        out, into = defaultdict(list), defaultdict(list)
        for a, b in ties:
            for start, end in ((a, b), (b, a)):
                if start in inside and end in inside and start != seat:
                    flow = f"f_{seat}_{start}_{end}"
                    made.flows.append(flow)
                    out[start].append(flow)
                    into[end].append(flow)
        for unit in units:
            if unit == seat:
                continue
            goes = f"x_{unit}_{seat}"
            sent = dict.fromkeys(out[unit], 1.0) | dict.fromkeys(into[unit], -1.0)
            made.add(sent | {goes: -1.0}, "=", 0.0)
            most = float(len(units) - 2)  # all others but the seat may pass through
            made.add(dict.fromkeys(into[unit], 1.0) | {goes: -most}, "<=", 0.0)
    return made


def severed(names, ties):
    """Return the rows that say of every counted tie when it is severed."""
    made, known = Rows(), set(names)
    seats = read_pairs(names)
    for number, (a, b) in enumerate(ties):
        tie = f"s_{number}"
        if tie not in known:
            continue
        for unit in (a, b):
            if f"o_{unit}" in known:
                made.add({tie: 1.0, f"o_{unit}": -1.0}, ">=", 0.0)
        for seat in seats:
            for one, other in ((a, b), (b, a)):
                row = {f"x_{one}_{seat}": -1.0, f"x_{other}_{seat}": 1.0}
                row = {name: value for name, value in row.items() if name in known}
                made.add({tie: 1.0} | row, ">=", 0.0)
    return made
