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
        what = voice.speech.say("command.cannot_write")
        error_line = voice.speech.say("command.error", what=what)
        voice.complain(
            error_line, *(f"  {voice.speech.tell(line)}" for line in str(error).splitlines())
        )
        return ExitStatus.BAD_INPUT
    refused = voice.speech.say("command.refused", n=len(findings))
    written = getattr(error, "__notes__", [voice.speech.say("command.nothing_written")])
    complain_of(voice, "; ".join([refused, *map(voice.speech.tell, written)]), findings)
    return ExitStatus.BAD_INPUT


def _complain_of_us(voice: Voice, error: Exception, *, debug: bool) -> ExitStatus:
    if debug:
        voice.complain(*"".join(traceback.format_exception(error)).splitlines())
    if isinstance(error, VerificationError):
        complain_of(voice, voice.speech.say("command.withheld"), findings_of(error))
    else:
        what = f"{type(error).__name__}: {error}"
        voice.complain(voice.speech.say("command.error", what=what))
    voice.complain(*voice.speech.say("command.our_fault").splitlines())
    return ExitStatus.OUR_FAULT
