"""``amalgamation backtest``: the tool's plan beside the map that a reform drew."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amalgamation.cli.complaints import answering
from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.options import (
    AllowOutside,
    AsJson,
    GroupColumn,
    Overwrite,
    Question,
    Quiet,
    Settings,
    UnitColumn,
    read_overrides,
)
from amalgamation.cli.progress import show_progress
from amalgamation.cli.voice import Voice
from amalgamation.errors import InputError, OutputError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from amalgamation.study import Backtest

__all__ = ["backtest"]

_After = Annotated[
    Path, typer.Option(metavar="CSV", help="The real map: which group each unit came to.")
]
_Random = Annotated[int, typer.Option(min=0, help="Random contiguous maps to set beside.")]
_Folder = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="DIR", help="New folder for the tables.")
]


def backtest(  # noqa: PLR0913 - the options of a command are what they are
    scenario: Question,
    *,
    after: _After,
    unit_column: UnitColumn = "unit_id",
    group_column: GroupColumn = "municipality_id",
    random: _Random = 20,
    output: _Folder = None,
    overwrite: Overwrite = False,
    settings: Settings = None,
    allow_outside: AllowOutside = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Set the plan of a scenario beside a reform that happened, and beside baselines."""
    voice = Voice(quiet, as_json)
    with answering(voice):
        overrides = read_overrides(settings)
        _check_folder(output, overwrite=overwrite)
        with show_progress(voice, scenario, solves=True) as report:
            from amalgamation import study  # noqa: PLC0415 - takes seconds: shown as progress
            from amalgamation.road import prepare  # noqa: PLC0415

            real = study.read_grouping(after, unit_column, group_column)
            ground = prepare(scenario, overrides=overrides, allow_outside=allow_outside)
            tested = study.backtest(
                ground, real, random=random, seed=ground.file.scenario.solve.seed, report=report
            )
        if output is not None:
            _write(tested, output)
        voice.answer(_object(tested))
        voice.say(tested.table.to_string(float_format="{:.3g}".format))
        voice.relay("", *tested.sentences(), *tested.notices)
        voice.relay(*([f"written to {output}"] if output else []))
    return ExitStatus.DONE


def _check_folder(folder: Path | None, *, overwrite: bool) -> None:
    if folder is not None and folder.exists() and not overwrite:
        found, remedy = "a folder or file that exists", "name another, or add --overwrite"
        raise InputError([Finding("folder", f"folder {folder}", found, "a new folder", remedy)])


def _object(tested: "Backtest") -> dict[str, Any]:
    table, groups = tested.table, tested.groups
    return {
        "candidates": json.loads(table.to_json(orient="index")),
        "groups": json.loads(groups.to_json(orient="index")),
        "broken": {name: tested.broken(name) for name in tested.results},
        "sentences": tested.sentences(),
        "notices": list(tested.notices),
    }


def _write(tested: "Backtest", folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tested.table.to_csv(folder / "candidates.csv", float_format="%.12g")
        tested.groups.to_csv(folder / "groups.csv", float_format="%.12g")
        text = json.dumps(_object(tested), ensure_ascii=False, indent=2) + "\n"
        (folder / "backtest.json").write_text(text, encoding="utf-8")
        if tested.has_map:
            tested.plot().savefig(folder / "backtest.png")
    except OSError as error:
        msg = f"folder {folder}: {error.strerror}"
        raise OutputError(msg) from error
