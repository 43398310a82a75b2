"""``amalgamation robustness``: which mergers survive other seeds, weights and data."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amalgamation.cli.complaints import answering
from amalgamation.cli.options import (
    AllowOutside,
    AsJson,
    Output,
    Overwrite,
    Question,
    Quiet,
    Settings,
    read_overrides,
)
from amalgamation.cli.voice import Voice

if TYPE_CHECKING:
    from amalgamation.study import Variant

__all__ = ["robustness"]

_Disturb = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ATTRIBUTE=PERCENT",
        help="Data that are uncertain by so much: lognormal noise, drawn --number times.",
    ),
]
_Vary = Annotated[
    list[str] | None,
    typer.Option(metavar="KEY=V1,V2", help="A key of the scenario: a variant for each value."),
]
_Project = Annotated[
    list[str] | None,
    typer.Option(metavar="ATTRIBUTE=COLUMN", help="Other figures, as of a population to come."),
]
_Grow = Annotated[
    list[str] | None,
    typer.Option(metavar="ATTRIBUTE=COLUMN", help="A column with a factor for each unit."),
]


def robustness(  # noqa: PLR0913 - the options of a command are what they are
    scenario: Question,
    *,
    disturb: _Disturb = None,
    number: Annotated[int, typer.Option(help="Draws of the noise.", min=1)] = 10,
    seeds: Annotated[int, typer.Option(help="So many other seeds of the search.", min=0)] = 0,
    vary: _Vary = None,
    project: _Project = None,
    grow: _Grow = None,
    output: Output = None,
    overwrite: Overwrite = False,
    settings: Settings = None,
    minutes: Annotated[float | None, typer.Option(help="For each answer.")] = None,
    allow_outside: AllowOutside = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Answer a scenario and variants of it: which mergers survive.

    Ctrl-C ends with the answers at hand.
    """
    voice = Voice(quiet, as_json)
    with answering(voice):
        from amalgamation import api  # noqa: PLC0415 - takes seconds
        from amalgamation.cli.studies import check_study_folder, end_study  # noqa: PLC0415

        overrides = read_overrides(settings, minutes=minutes)
        variants = _read(disturb, number, seeds, vary, project, grow)
        folder = output or Path("runs") / f"{Path(scenario).stem}-robustness"
        check_study_folder(folder, "robustness", overwrite=overwrite)
        found = api.robustness(
            scenario,
            variants,
            overrides=overrides,
            allow_outside=allow_outside,
            report=voice.tell,
        )
        stopped = found.interrupted
        return end_study(voice, found, folder, overwrite=overwrite, interrupted=stopped)


def _read(
    disturb: list[str] | None,
    number: int,
    seeds: int,
    vary: list[str] | None,
    project: list[str] | None,
    grow: list[str] | None,
) -> "list[Variant]":
    from amalgamation.study.robustness import variants_from_text  # noqa: PLC0415

    given = {"disturb": disturb, "vary": vary, "project": project, "grow": grow}
    texts = {name: tuple(each or ()) for name, each in given.items()}
    return variants_from_text(number=number, seeds=seeds, **texts)
