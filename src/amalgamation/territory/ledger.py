"""The ledger of a reading: what was found and which files were read, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from amalgamation.errors import DataError
from amalgamation.findings import Finding, Severity, errors_in
from amalgamation.provenance import read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from amalgamation.provenance import Source

__all__ = ["Ledger"]

Made = TypeVar("Made")


@dataclass
class Ledger:
    """Collect findings and sources, so that all problems are told at once."""

    findings: list[Finding] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    def add(self, findings: Iterable[Finding]) -> None:
        """Note the findings of a check."""
        self.findings.extend(findings)

    def error(
        self, check: str, where: str, found: str, expected: str, remedy: str, *subjects: str
    ) -> None:
        """Note what refuses the input."""
        self.findings.append(Finding(check, where, found, expected, remedy, subjects=subjects))

    def warn(self, check: str, where: str, found: str, remedy: str = "", *subjects: str) -> None:
        """Note what goes on, but must stand in the record."""
        self.findings.append(Finding(check, where, found, "", remedy, Severity.WARNING, subjects))

    def note(self, check: str, where: str, found: str, *subjects: str) -> None:
        """Note what is worth knowing."""
        self.findings.append(Finding(check, where, found, "", "", Severity.NOTE, subjects))

    def read(self, role: str, path: Path) -> None:
        """Hash a file that was read; a folder (such as a FileGDB) has no hash."""
        if path.is_file():
            self.sources.append(read_source(role, path))

    def has(self, *kinds: str) -> bool:
        """Return whether there is an error whose check begins like one of these."""
        return any(finding.check.startswith(kinds) for finding in errors_in(self.findings))

    def attempt(self, step: Callable[[Ledger], Made]) -> Made | None:
        """Return what a step makes; None, with its errors noted, where it is refused.

        The step writes into a ledger of its own, so that it is refused for its own errors
        alone, and whatever does not need it goes on.
        """
        own, made = Ledger(), None
        try:
            made = step(own)
        except DataError as error:
            own.add([finding for finding in error.findings if finding not in own.findings])
        self.findings += own.findings
        self.sources += own.sources
        return made

    def refuse(self) -> None:
        """Raise `DataError` with every error so far, if there is one."""
        errors = errors_in(self.findings)
        if errors:
            raise DataError(errors)
