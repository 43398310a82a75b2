"""Why a scenario has no plan, as `amalgamation explain` tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.cli.exit_status import ExitStatus, exit_status_of
from amalgamation.cli.options import read_overrides
from amalgamation.errors import InputError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.cli.voice import Voice

__all__ = ["explain_scenario"]

_MINUTE = 60.0


def explain_scenario(
    voice: Voice,
    scenario: str,
    *,
    settings: list[str] | None,
    minutes: float,
    allow_outside: bool,
    output: Path | None,
    overwrite: bool,
) -> ExitStatus:
    """Explain a scenario, write what was asked for, and say it, the cause first.

    Raises
    ------
    InputError
        If an option, the scenario or its data cannot be used.
    OutputError
        If the folder cannot be written.
    """
    from amalgamation import api  # noqa: PLC0415 - takes seconds

    overrides = read_overrides(settings)
    _check(minutes, output, overwrite=overwrite)
    voice.tell(f"explaining {scenario}: at most {minutes:g} min")
    why = api.explain_no_plan(
        scenario, overrides=overrides, allow_outside=allow_outside, seconds=minutes * _MINUTE
    )
    files: tuple[str, ...] = ()
    if output is not None:
        files = why.write(output, overwrite=overwrite, language=voice.language)
    voice.answer(why.to_object() | {"folder": str(output) if files else None})
    first, *others = why.lines()
    voice.relay(first, style="bold")
    voice.relay(*others)
    if files:
        voice.relay(f"written to {output}: {', '.join(files)}")
    return exit_status_of(why.status)


def _check(minutes: float, output: Path | None, *, overwrite: bool) -> None:
    """Refuse before any time is spent what could not be done."""
    from amalgamation.write import EXPLANATION_FILES, check_run_folder  # noqa: PLC0415

    findings = []
    if not minutes > 0:
        where, found = "option --minutes", f"{minutes:g} minutes"
        findings.append(Finding("minutes", where, found, "more than 0", "give it time"))
    if output is not None:
        findings += check_run_folder(output, overwrite=overwrite, files=EXPLANATION_FILES)
    if findings:
        raise InputError(findings)
