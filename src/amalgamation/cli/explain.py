"""``amalgamation explain``: why a scenario has no plan, or why the plan of a run is as it is."""

from pathlib import Path
from typing import Annotated, Any

import typer

from amalgamation.cli.complaints import answering
from amalgamation.cli.explain_run import RunQuestion, explain_run
from amalgamation.cli.options import AllowOutside, AsJson, Output, Overwrite, Quiet, Settings
from amalgamation.cli.voice import Voice
from amalgamation.cli.why_not import explain_scenario
from amalgamation.errors import InputError
from amalgamation.findings import Finding

__all__ = ["explain"]

_ASKED = "Of a run"
_Subject = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO_OR_RUN",
        help="A .yaml file or a bundled name: why has it no plan? A run folder: why this plan?",
    ),
]
_Unit = Annotated[
    str | None,
    typer.Option(help="Why this unit is where it is: code or name.", rich_help_panel=_ASKED),
]
_Municipality = Annotated[
    str | None,
    typer.Option(
        help="Why this municipality is as it is: its id, or a unit of it.", rich_help_panel=_ASKED
    ),
]
_Require = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WISH",
        help='What a wish costs: "keep X alone", "X with Y", "X not with Y", "seat at X".',
        rich_help_panel=_ASKED,
    ),
]
_Wishes = Annotated[
    bool,
    typer.Option(
        "--wishes",
        help="What granting each refused wish of the scenario costs.",
        rich_help_panel=_ASKED,
    ),
]
_Number = Annotated[
    bool,
    typer.Option(
        "--number",
        help="Why no plan has more municipalities, or fewer; -o draws the reason.",
        rich_help_panel=_ASKED,
    ),
]
_Prices = Annotated[
    bool,
    typer.Option("--prices", help="What each rule costs at the margin.", rich_help_panel=_ASKED),
]
_DataFolder = Annotated[
    Path | None,
    typer.Option(
        help="Folder of the scenario file, if its data are not bundled.", rich_help_panel=_ASKED
    ),
]
_Minutes = Annotated[
    float | None,
    typer.Option(help="Stop after so many minutes; default: 1, of a run as it was asked."),
]


def explain(  # noqa: PLR0913 - the options of a command are what they are
    subject: _Subject = "kz-two-tier",
    *,
    unit: _Unit = None,
    municipality: _Municipality = None,
    require: _Require = None,
    wishes: _Wishes = False,
    prices: _Prices = False,
    number: _Number = False,
    data_folder: _DataFolder = None,
    output: Output = None,
    overwrite: Overwrite = False,
    settings: Settings = None,
    minutes: _Minutes = None,
    allow_outside: AllowOutside = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Say why a scenario has no plan; or of a run why its plan is so, and what else would cost."""
    of_run: dict[str, Any] = {"--unit": unit, "--municipality": municipality, "--require": require}
    of_run |= {"--wishes": wishes, "--prices": prices, "--number": number}
    of_run |= {"--data-folder": data_folder}
    of_scenario: dict[str, Any] = {
        "--set": settings,
        "--overwrite": overwrite,
        "--allow-outside": allow_outside,
    }
    is_run = Path(subject).is_dir()
    voice = Voice(quiet, as_json)
    with answering(voice):
        if is_run and not (Path(subject) / "run.json").is_file():
            raise InputError([_no_run(subject)])
        _refuse(subject, of_scenario if is_run else of_run, is_run=is_run)
        if not is_run:
            return explain_scenario(
                voice,
                subject,
                settings=settings,
                minutes=1.0 if minutes is None else minutes,
                allow_outside=allow_outside,
                output=output,
                overwrite=overwrite,
            )
    asked = RunQuestion(
        unit=unit,
        municipality=municipality,
        require=require or (),
        wishes=wishes,
        prices=prices,
        number=number,
        minutes=minutes,
        output=output,
        data_folder=data_folder,
    )
    return explain_run(Path(subject), asked, as_json=as_json, quiet=quiet)


def _refuse(subject: str, options: dict[str, Any], *, is_run: bool) -> None:
    """Refuse options that ask something of the other kind of subject."""
    given = [name for name, value in options.items() if value]
    if given:
        what, other = ("a run folder", "a scenario") if is_run else ("a scenario", "a run folder")
        found = f"{', '.join(given)} with {what}, {subject}"
        remedy = f"name {other}, or leave it out"
        raise InputError([Finding("usage", "command line", found, f"{other}", remedy)])


def _no_run(subject: str) -> Finding:
    expected = "a scenario (a .yaml file or a bundled name), or a folder that a run wrote"
    remedy = "name one of these"
    return Finding("explain", f"folder {subject}", "a folder without run.json", expected, remedy)
