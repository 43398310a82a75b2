"""``amalgamation explain``: of a finished run, why its plan is as it is."""

from pathlib import Path
from typing import Annotated

import typer

from amalgamation.cli.explain_run import RunQuestion, explain_run
from amalgamation.cli.options import AsJson, Output, Quiet

__all__ = ["explain"]

_Target = Annotated[
    str, typer.Argument(metavar="RUN_DIR", help="Folder that `amalgamation run` wrote.")
]
_Unit = Annotated[str | None, typer.Option(help="Why this unit is where it is: code or name.")]
_Municipality = Annotated[
    str | None, typer.Option(help="Why this municipality is as it is: its id, or a unit of it.")
]
_Require = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WISH",
        help='What a wish costs: "keep X alone", "X with Y", "X not with Y", "seat at X".',
    ),
]
_Prices = Annotated[bool, typer.Option("--prices", help="What each rule costs at the margin.")]
_Minutes = Annotated[
    float | None, typer.Option(help="Solve for so many minutes; default: as the run did.")
]
_DataFolder = Annotated[
    Path | None, typer.Option(help="Folder of the scenario file, if its data are not bundled.")
]


def explain(  # noqa: PLR0913 - the options of a command are what they are
    target: _Target,
    *,
    unit: _Unit = None,
    municipality: _Municipality = None,
    require: _Require = None,
    prices: _Prices = False,
    minutes: _Minutes = None,
    output: Output = None,
    data_folder: _DataFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Say why a plan is as it is, and what another choice would cost, with what is proven."""
    asked = RunQuestion(unit, municipality, require or (), prices, minutes, output, data_folder)
    return explain_run(Path(target), asked, as_json=as_json, quiet=quiet)
