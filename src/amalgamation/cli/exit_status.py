"""What the command ends with."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amalgamation.status import Status

__all__ = ["ExitStatus", "exit_status_of"]


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
