"""Pockets: units that only one unit ties to the rest, and that cannot stand without it.

In: the ground. Out: findings, each proven. Where what lies behind a unit cannot reach a
minimum, no municipality lies wholly behind it; so all of it that stays in any municipality
is in that unit's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from amalgamation.explain.sizes import misses_minimum
from amalgamation.explain.slack import certainly_above
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amalgamation.explain.ground import Ground, Part
    from amalgamation.findings import Finding

__all__ = ["check_pockets"]


def check_pockets(ground: Ground) -> list[Finding]:
    """Check pockets that must join the unit before them, and are too much together with it."""
    return [
        finding
        for part in ground.parts
        if len(part) > 1 and not _misses_any(ground, part)
        for gate, pocket in _pockets(ground, part)
        for finding in (*_too_large(ground, gate, pocket), *_too_many(ground, gate, pocket))
    ]


def _misses_any(ground: Ground, part: Part) -> bool:
    return any(misses_minimum(ground, n, rule, part) for n, rule in ground.rules.ranges.items())


def _pockets(ground: Ground, part: Part) -> Iterator[tuple[str, Part]]:
    """Give each unit that units hang on which cannot stand without it, and these units."""
    inside = ground.walled.subgraph(part)
    for gate in sorted(nx.articulation_points(inside)):
        rest = nx.connected_components(inside.subgraph(set(part) - {gate}))
        behind = [piece for piece in (tuple(sorted(p)) for p in rest) if _misses_any(ground, piece)]
        pocket = tuple(sorted(ground.staying(unit for piece in behind for unit in piece)))
        if pocket:
            yield gate, pocket


def _too_large(ground: Ground, gate: str, pocket: Part) -> list[Finding]:
    part = ground.part_of[gate]
    findings: list[Finding] = []
    for name, rule in ground.rules.ranges.items():
        most = ground.loosest(rule, part).max
        exempt = rule.oversize == "with_neighbours" and set(part) & set(ground.oversize[name])
        if most is None or exempt or not ground.adds_up(name):
            continue
        total = ground.total(name, (gate, *pocket))
        if certainly_above(total, most):
            found = f"{ground.amount(total, name)} together"
            expected = f"at most {ground.amount(most, name)}"
            findings.append(
                _finding(ground, f"{ground.key(name)}.max", gate, pocket, found, expected)
            )
    return findings


def _too_many(ground: Ground, gate: str, pocket: Part) -> list[Finding]:
    most = ground.rules.max_units
    if most is None or len(pocket) + 1 <= most:
        return []
    found = f"{count_of(len(pocket) + 1, 'unit')} together"
    return [_finding(ground, "rules.max_units", gate, pocket, found, f"at most {most:,}")]


def _finding(
    ground: Ground, key: str, gate: str, pocket: Part, found: str, expected: str
) -> Finding:
    units = "unit" if len(pocket) == 1 else f"{len(pocket):,} units"
    return ground.impossible(
        key,
        f"the pocket of {units} {ground.labels(pocket)} behind {ground.labels([gate])}",
        f"{found}, and too few behind it to stand without it",
        expected,
        "raise the maximum, lower the minimum, or tie the pocket to others",
        pocket,
    )
