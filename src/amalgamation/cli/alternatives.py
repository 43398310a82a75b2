"""``amalgamation alternatives``: plans that cost little more and differ as much as possible."""

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

__all__ = ["alternatives"]

_Question = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO|RUN", help="A run folder, or a scenario, which is answered first."
    ),
]
_Within = Annotated[
    float, typer.Option(metavar="PERCENT", help="Most that each block may cost more.")
]
_Probes = Annotated[
    int, typer.Option(help="Ties that all decide alike, to be asked whether that is certain.")
]
_DataFolder = Annotated[
    Path | None, typer.Option(help="Of a run: folder of its scenario file, if not bundled.")
]


def alternatives(  # noqa: PLR0913 - the options of a command are what they are
    question: _Question,
    *,
    within: _Within = 2.0,
    number: Annotated[int, typer.Option(help="How many plans to look for.")] = 8,
    probes: _Probes = 20,
    output: Output = None,
    overwrite: Overwrite = False,
    settings: Settings = None,
    minutes: Annotated[float, typer.Option(help="Time for looking.", min=0.01)] = 5.0,
    data_folder: _DataFolder = None,
    allow_outside: AllowOutside = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Find plans that cost little more and differ as much as possible: what is a choice.

    Writes an assignment per plan, how often each border stands and each unit stays with its
    own, as tables, GeoPackage and map. Ctrl-C keeps what was found.
    """
    voice = Voice(quiet, as_json)
    with answering(voice):
        from amalgamation import api  # noqa: PLC0415 - takes seconds
        from amalgamation.cli.studies import check_study_folder, end_study  # noqa: PLC0415

        named = Path(question).name if Path(question).is_dir() else Path(question).stem
        folder = output or Path("runs") / f"{named}-alternatives"
        check_study_folder(folder, "alternatives", overwrite=overwrite)
        found = api.alternatives(
            question,
            within=within,
            number=number,
            probes=probes,
            minutes=minutes,
            overrides=read_overrides(settings),
            allow_outside=allow_outside,
            data_folder=data_folder,
            report=voice.tell,
        )
        stopped = found.interrupted
        return end_study(voice, found, folder, overwrite=overwrite, interrupted=stopped)
