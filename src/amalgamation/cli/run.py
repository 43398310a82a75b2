"""``amalgamation run``: answer scenarios and write their run folders."""

from pathlib import Path
from typing import Annotated

import typer

from amalgamation.cli.complaints import answering
from amalgamation.cli.options import (
    AllowOutside,
    AsJson,
    Output,
    Overwrite,
    Quiet,
    Settings,
    read_overrides,
)
from amalgamation.cli.voice import Voice

__all__ = ["run"]

_Questions = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SCENARIO",
        help="A .yaml file, or the name of a bundled one; several are answered one after the "
        "other.  \\[default: kz-two-tier]",
        show_default=False,
    ),
]


def run(  # noqa: PLR0913 - the options of a command are what they are
    context: typer.Context,
    scenarios: _Questions = None,
    *,
    output: Output = None,
    overwrite: Overwrite = False,
    settings: Settings = None,
    minutes: Annotated[float | None, typer.Option(help="Stop after so many minutes.")] = None,
    gap: Annotated[
        float | None, typer.Option(metavar="PERCENT", help="Stop at this proven gap.")
    ] = None,
    processes: Annotated[int | None, typer.Option(help="Blocks solved side by side.")] = None,
    start: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="An assignment.csv to begin from, and improve."),
    ] = None,
    allow_outside: AllowOutside = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Answer a scenario: plan, certificate, scorecard and maps in one folder.

    Ctrl-C ends the search and keeps the best plan; twice, it ends at once. Of several
    scenarios, each has a folder of its name in DIR, and the worst exit status counts.
    """
    from amalgamation.cli.errands import Manner, read_errands, run_all, run_errand  # noqa: PLC0415

    voice = Voice(quiet, as_json)
    with answering(voice):
        overrides = read_overrides(settings, minutes=minutes, gap_percent=gap, processes=processes)
        names = scenarios or ["kz-two-tier"]
        errands = read_errands(names, overrides, allow_outside=allow_outside, output=output)
    how = Manner(overrides, allow_outside=allow_outside, overwrite=overwrite, start=start)
    if len(errands) == 1:
        return run_errand(voice, errands[0], how)
    return run_all(voice, errands, how, debug=bool(context.find_root().params.get("debug")))
