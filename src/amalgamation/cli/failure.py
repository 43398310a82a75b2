"""How a command ends in failure: what is said, and with which exit status."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from amalgamation.cli.complaints import complain_of, findings_of
from amalgamation.cli.exit_status import ExitStatus
from amalgamation.errors import InputError, OutputError, VerificationError

if TYPE_CHECKING:
    from amalgamation.cli.voice import Voice

__all__ = ["end_in_failure"]


def end_in_failure(voice: Voice, error: Exception, *, debug: bool) -> ExitStatus:
    """Say what went wrong, and whose fault it is; no traceback for a planner unless asked."""
    if isinstance(error, InputError | OutputError):
        return _complain_of_input(voice, error)
    return _complain_of_us(voice, error, debug=debug)


def _complain_of_input(voice: Voice, error: InputError | OutputError) -> ExitStatus:
    findings = findings_of(error)
    if isinstance(error, OutputError):
        voice.complain("error: the result cannot be written", *(f"  {error}".splitlines()))
        return ExitStatus.BAD_INPUT
    count = "1 finding refuses" if len(findings) == 1 else f"{len(findings)} findings refuse"
    written = getattr(error, "__notes__", ["nothing was written"])
    complain_of(voice, "; ".join([f"{count} the input", *written]), findings)
    return ExitStatus.BAD_INPUT


def _complain_of_us(voice: Voice, error: Exception, *, debug: bool) -> ExitStatus:
    if debug:
        voice.complain(*"".join(traceback.format_exception(error)).splitlines())
    if isinstance(error, VerificationError):
        complain_of(voice, "a plan broke a rule and was withheld", findings_of(error))
    else:
        voice.complain(f"error: {type(error).__name__}: {error}")
    voice.complain(
        "This is our fault, not your input's; nothing is half-written. Please report it with",
        "the scenario, and the output of `amalgamation doctor` and of `amalgamation --debug ...`",
        "with the same arguments after it.",
    )
    return ExitStatus.OUR_FAULT
