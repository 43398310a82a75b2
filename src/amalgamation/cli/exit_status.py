"""What the command ends with."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.status import Status

__all__ = ["ExitStatus", "exit_status_of", "worst_of"]


class ExitStatus(IntEnum):
    """How the command ended, for the shell."""

    DONE = 0
    OUR_FAULT = 1
    BAD_INPUT = 2
    INFEASIBLE = 3
    NO_PLAN = 4
    INTERRUPTED = 130
    NOBODY_READS = 141


_OF = {
    "failed": ExitStatus.OUR_FAULT,
    "infeasible": ExitStatus.INFEASIBLE,
    "no plan found": ExitStatus.NO_PLAN,
    "interrupted": ExitStatus.INTERRUPTED,
}


def exit_status_of(status: Status) -> ExitStatus:
    """Return what the command ends with after a run; a plan within the time is done.

    Examples
    --------
    >>> from amalgamation.status import Status
    >>> exit_status_of(Status.FEASIBLE), exit_status_of(Status.NO_PLAN)
    (<ExitStatus.DONE: 0>, <ExitStatus.NO_PLAN: 4>)
    """
    return _OF.get(str(status), ExitStatus.DONE)


_FROM_BEST = (
    ExitStatus.DONE,
    ExitStatus.NO_PLAN,
    ExitStatus.INFEASIBLE,
    ExitStatus.BAD_INPUT,
    ExitStatus.OUR_FAULT,
    ExitStatus.INTERRUPTED,
)


def worst_of(statuses: Iterable[ExitStatus]) -> ExitStatus:
    """Return what the command ends with after several runs; done after none.

    Examples
    --------
    >>> worst_of([ExitStatus.INFEASIBLE, ExitStatus.DONE, ExitStatus.NO_PLAN])
    <ExitStatus.INFEASIBLE: 3>
    """
    return max(statuses, key=_FROM_BEST.index, default=ExitStatus.DONE)
