"""The reference of the command line, as the command itself tells it."""

from __future__ import annotations

import re

import typer
from typer.cli import get_docs_for_click

from amalgamation.cli.app import app
from amalgamation.cli.exit_status import ExitStatus

__all__ = ["command_reference"]

_NAME = "amalgamation"
_LIST = re.compile(r"\*\*Commands\*\*:\n\n(\* .*\n)+\n")
"""Commands with their sentences cut short; each has a section of its own below."""
_MEANING = {
    ExitStatus.DONE: "done; after a run also where a plan was found before the time ran out",
    ExitStatus.OUR_FAULT: "our fault: a bug, or a solver that broke; `--debug` shows where",
    ExitStatus.BAD_INPUT: "bad input: every problem was listed, nothing was written",
    ExitStatus.INFEASIBLE: "no plan keeps the rules: proven",
    ExitStatus.NO_PLAN: "no plan was found in the time, and none is proven impossible",
    ExitStatus.INTERRUPTED: "interrupted; the best plan so far was written",
    ExitStatus.NOBODY_READS: "whoever read the output went away, as `head` does",
}


def command_reference() -> str:
    """Return the page: every command with its arguments and options, and the exit status.

    Examples
    --------
    >>> "## `amalgamation export-model`" in command_reference()
    True
    """
    command = typer.main.get_command(app)
    context = typer.Context(command, info_name=_NAME)
    told = get_docs_for_click(obj=command, ctx=context, name=_NAME, title="Command line")
    return f"{_LIST.sub('', told, count=1).rstrip()}\n\n{_exit_statuses()}\n"


def _exit_statuses() -> str:
    rows = [f"| {int(status)} | {_MEANING[status]} |" for status in ExitStatus]
    return "\n".join(["## Exit status", "", "| status | meaning |", "|---|---|", *rows])
