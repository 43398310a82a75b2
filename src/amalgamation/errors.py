"""Errors of the house: each says where, what was found, what was expected, what to do.

Every leaf also inherits the builtin that fits, so that callers who do not know us
can still catch it. ``exit_status`` is what the command line ends with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.findings import Finding

__all__ = [
    "AmalgamationError",
    "DataError",
    "InputError",
    "OutputError",
    "ScenarioError",
    "SolverError",
    "UnknownDatasetError",
    "VerificationError",
]


class AmalgamationError(Exception):
    """Base of every error that this package raises on purpose."""

    exit_status = 1


class InputError(AmalgamationError, ValueError):
    """Bad input: carries every finding, not only the first.

    Parameters
    ----------
    findings
        What is wrong, each with where, found, expected and remedy.
    """

    exit_status = 2

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(finding.sentence() for finding in self.findings))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Finding, ...]]]:
        """Survive the way back from a worker process."""
        return type(self), (self.findings,)


class ScenarioError(InputError):
    """The scenario file does not say what it must."""


class DataError(InputError):
    """The territory's data cannot be used as they are."""


class UnknownDatasetError(InputError, LookupError):
    """No bundled dataset or scenario has this name."""


class OutputError(AmalgamationError, OSError):
    """The result could not be written; nothing was left half-written."""

    exit_status = 2


class SolverError(AmalgamationError, RuntimeError):
    """The solver broke or gave an answer that cannot be right."""


class VerificationError(AmalgamationError, AssertionError):
    """A plan that breaks a rule was about to be handed out.

    Parameters
    ----------
    findings
        The rules that the plan breaks, by name.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(finding.sentence() for finding in self.findings))
