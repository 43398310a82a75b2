"""What the solver alone has proven: no plan, though no arithmetic names a culprit.

In: the problem and the certificate of its solve. Out: findings that name the blocks without
a plan and the rules to loosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import Finding, name_some
from amalgamation.status import Status
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.model import Problem
    from amalgamation.status import Certificate

__all__ = ["explain_proven"]

_ALWAYS = "contiguity"


def explain_proven(problem: Problem, certificate: Certificate) -> tuple[Finding, ...]:
    """Say where the solver's proof that there is no plan stands, and what to loosen.

    A number of municipalities over several blocks binds them together: which block lacks a
    plan then depends on the numbers of the others, so one finding names them all.

    Parameters
    ----------
    problem
        What was solved.
    certificate
        What came of it.

    Returns
    -------
    tuple of Finding
        One per block without a plan, or one for blocks that share a number; empty unless
        the status is infeasible.

    Examples
    --------
    >>> from amalgamation.api import prepare
    >>> from amalgamation.model import build_problem
    >>> from amalgamation.status import Certificate, Status
    >>> ground = prepare("toy")
    >>> problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    >>> certificate = Certificate(Status.INFEASIBLE, float("inf"), float("inf"))
    >>> explain_proven(problem, certificate)[0].where
    'block toy (12 units)'
    """
    if certificate.status is not Status.INFEASIBLE:
        return ()
    without = {block.name for block in certificate.blocks if block.status is Status.INFEASIBLE}
    every = range(len(problem.blocks))
    blocks = [b for b in every if problem.blocks[b].name in without] or list(every)
    shared = _shared(problem)
    if problem.caps:
        return (_finding(problem, list(every), "all rules and limits on aims"),)
    if shared:
        return (_finding(problem, blocks, f"all rules at a number that {shared} leaves"),)
    return tuple(_finding(problem, [b], "all rules at once") for b in blocks)


def _shared(problem: Problem) -> str:
    """Return the keys of the limits over several blocks."""
    return " and ".join(limit.key for limit in problem.limits if len(limit.blocks) > 1)


def _finding(problem: Problem, blocks: Sequence[int], what: str) -> Finding:
    names = [
        f"{problem.blocks[b].name} ({count_of(len(problem.blocks[b]), 'unit')})" for b in blocks
    ]
    return Finding(
        "infeasible",
        f"{'block' if len(blocks) == 1 else 'blocks'} {name_some(names)}",
        f"no plan that keeps {what}: the solver proved it, where arithmetic names no single rule",
        "at least one plan",
        f"loosen one at a time, to see which binds: {', '.join(_keys(problem, blocks))}",
        subjects=tuple(sorted(unit for b in blocks for unit in problem.blocks[b].ids)),
    )


def _keys(problem: Problem, blocks: Sequence[int]) -> list[str]:
    """Return the keys of the rules and limits that bear on some blocks, as the file has them."""
    rules = [rule.key for rule in problem.rules if rule.key != _ALWAYS]
    limits = [limit.key for limit in problem.limits if set(limit.blocks) & set(blocks)]
    return list(dict.fromkeys([*rules, *limits, *(cap.key for cap in problem.caps)]))
