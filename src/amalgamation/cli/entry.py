"""The entry: arguments in, exit status out; every way to fail ends here."""

from __future__ import annotations

import os
import sys
import warnings
from typing import TYPE_CHECKING

import typer

from amalgamation.cli.app import app
from amalgamation.cli.complaints import complain_of
from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.failure import end_in_failure
from amalgamation.cli.language import read_speech
from amalgamation.cli.manual import speak_help
from amalgamation.cli.voice import Voice, harden_streams, speaking
from amalgamation.errors import InputError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_NAME = "amalgamation"
# Typer calls it UsageError, and hides it in a module that moved between its versions.
_UsageError: type[Exception] = typer.BadParameter.__bases__[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments
        Without the program's name; default: those of the process.

    Returns
    -------
    int
        0 done, 1 our fault, 2 bad input, 3 proven infeasible, 4 no plan in the time,
        130 interrupted, 141 nobody reads stdout any more.

    Examples
    --------
    >>> main(["datasets", "--names"])
    kazakhstan-2021
    toy
    0
    """
    harden_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _spoken(given)
    except BrokenPipeError:
        # what is still in the buffer must not fail again when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.NOBODY_READS


def _spoken(arguments: list[str]) -> int:
    """Run in the language that is asked for; one that is not known is told in English."""
    try:
        speech = read_speech(arguments)
    except InputError as error:
        return end_in_failure(Voice(), error, debug=False)
    with speaking(speech):
        return _guarded(arguments)


def _guarded(arguments: list[str]) -> int:
    voice = Voice()
    try:
        return _invoke(arguments)
    except KeyboardInterrupt:
        voice.complain(voice.speech.say("command.stopped"))
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:
        raise
    except _UsageError as error:
        return _complain_of_usage(voice, error)
    except Exception as error:  # noqa: BLE001 - the last door: no traceback for a planner
        return end_in_failure(voice, error, debug=_wants_traceback(arguments))


def _invoke(arguments: list[str]) -> int:
    """Parse and run; typer's own `main` would print and exit in a style of its own.

    Parsing empties the list that it gets.
    """
    command = typer.main.get_command(app)
    speak_help(command, _NAME, Voice().speech)
    with warnings.catch_warnings():
        if not (sys.warnoptions or _wants_traceback(arguments)):
            warnings.simplefilter("ignore")  # those of libraries, meant for programmers
        try:
            with command.make_context(_NAME, arguments.copy()) as context:
                status = command.invoke(context)
        except typer.Exit as end:
            return end.exit_code
    sys.stdout.flush()
    return int(status or ExitStatus.DONE)


def _wants_traceback(arguments: list[str]) -> bool:
    return arguments[:1] == ["--debug"]


def _complain_of_usage(voice: Voice, error: Exception) -> int:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else _NAME
    found = error.format_message() if hasattr(error, "format_message") else str(error)
    finding = Finding(
        "usage", f"command line of `{path}`", found, remedy=f"`{path} --help` shows what it takes"
    )
    complain_of(voice, voice.speech.say("command.usage"), [finding])
    return ExitStatus.BAD_INPUT
