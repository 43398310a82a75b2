"""``amalgamation compare``: finished runs side by side, or a plan beside a real grouping."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amalgamation.cli.compare_output import Form, Output, answer_table, tell_comparison
from amalgamation.cli.complaints import answering
from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.options import AsJson, Overwrite, Quiet, WeightColumn
from amalgamation.cli.voice import Voice
from amalgamation.errors import InputError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from typing import Literal

__all__ = ["compare"]

_Runs = Annotated[
    list[Path],
    typer.Argument(
        metavar="RUN...",
        help="Run folders, or a study for all of its runs; with the two columns of a grouping: "
        "RUN_OR_ASSIGNMENT GROUPING.csv; with --trade-off also a study.csv or study.parquet.",
    ),
]
_UnitColumn = Annotated[
    str | None, typer.Option(help="Column of the grouping with the unit's code.")
]
_GroupColumn = Annotated[
    str | None, typer.Option(help="Column of the grouping with the group's code.")
]
_All = Annotated[bool, typer.Option("--all", help="Every measure, not the short choice.")]
_Measures = Annotated[
    str | None, typer.Option(metavar="A,B", help="These measures, as national.csv names them.")
]
_Differences = Annotated[
    bool, typer.Option("--differences", help="Differences to one column instead of figures.")
]
_Against = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Column to hold the others against; default: the first run named."
    ),
]
_TradeOff = Annotated[
    str | None,
    typer.Option(
        metavar="A,B",
        help="Two measures against each other, the Pareto set marked; A:min or A:max where "
        "neither direction is better in itself.",
    ),
]
_DataFolder = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of the scenario file, if its data are not bundled."),
]
_Format = Annotated[
    Form | None, typer.Option("--format", help="Default: as FILE ends, else a table in text.")
]
_Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR|FILE",
        help="Folder for tables, maps, trade-off and report.html; or a file: .csv, .md, .json, "
        ".txt, or .png and .svg for a picture.",
    ),
]


def compare(  # noqa: PLR0913 - the options of a command are what they are
    runs: _Runs,
    *,
    every: _All = False,
    measures: _Measures = None,
    differences: _Differences = False,
    against: _Against = None,
    trade_off: _TradeOff = None,
    form: _Format = None,
    output: _Output = None,
    data_folder: _DataFolder = None,
    overwrite: Overwrite = False,
    unit_column: _UnitColumn = None,
    group_column: _GroupColumn = None,
    weight_column: WeightColumn = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Put finished runs side by side, today first; or say how far a plan agrees with a grouping."""
    voice = Voice(quiet, as_json or (form == "json" and output is None))
    columns = (unit_column, group_column, weight_column)
    table = {"--all": every, "--measures": measures, "--differences": differences}
    beside = {"--against": against, "--data-folder": data_folder}
    place = Output(output, form, overwrite=overwrite, differences=differences)
    with answering(voice):
        if any(columns):
            others = table | beside | {"--trade-off": trade_off, "--format": form}
            _check_grouping(runs, columns, _given(others | {"--output": output}))
            _agree(voice, runs, (str(unit_column), str(group_column)), weight_column)
            return ExitStatus.DONE
        axes = _split(trade_off) or []
        if _are_tables(runs):
            _refuse([*_check_table(runs, axes, _given(table | beside)), *place.check(picture=True)])
            answer_table(voice, runs[0], axes, place)
            return ExitStatus.DONE
        both = [_usage("both --all and --measures", "one of them")]
        _refuse([*(both if every and measures is not None else []), *place.check()])
        from amalgamation.api import compare as compare_runs  # noqa: PLC0415

        chosen: Literal["shown", "all"] | list[str] = _split(measures) or "shown"
        comparison = compare_runs(
            *runs, measures="all" if every else chosen, against=against, data_folder=data_folder
        )
        found = comparison.trade_off(axes[0], ",".join(axes[1:])) if axes else None
        tell_comparison(voice, comparison, found, place)
    return ExitStatus.DONE


def _given(options: dict[str, Any]) -> list[str]:
    return [name for name, value in options.items() if value]


def _are_tables(paths: list[Path]) -> bool:
    from amalgamation.study.sweep import is_study_table  # noqa: PLC0415

    return any(is_study_table(path) for path in paths)


def _check_table(paths: list[Path], axes: list[str], others: list[str]) -> list[Finding]:
    findings = []
    if len(paths) > 1 or not axes:
        found = f"{len(paths)} files or folders" if len(paths) > 1 else "a file"
        expected = "run folders; or the table of one study, with --trade-off A,B"
        remedy = "name the folder; for a real grouping, name its columns too"
        where = f"run {paths[0]}"
        findings.append(Finding("run-folder", where, found, expected, remedy))
    if others:
        findings.append(_usage(f"{', '.join(others)} beside the table of a study", "--trade-off"))
    return findings


def _agree(
    voice: Voice, paths: list[Path], columns: tuple[str, str], weight_column: str | None
) -> None:
    from amalgamation.cli.agreement import agreement_object, read_weights  # noqa: PLC0415
    from amalgamation.study import compare_plans, read_grouping  # noqa: PLC0415
    from amalgamation.write import read_assignment  # noqa: PLC0415

    plan, grouping = paths
    drawn = read_assignment(plan / "assignment.csv" if plan.is_dir() else plan)
    real = read_grouping(grouping, *columns)
    weights = read_weights(grouping, columns[0], weight_column) if weight_column else None
    agreed = compare_plans(drawn.municipality_of, real, weights)
    voice.answer(agreement_object(agreed))
    speech = voice.speech
    told = speech.tell(agreed.sentence())
    voice.say(
        speech.say("command.two_plans", first=str(plan), second=str(grouping), agreement=told)
    )


def _check_grouping(paths: list[Path], columns: tuple[str | None, ...], others: list[str]) -> None:
    findings = []
    expected = "RUN_OR_ASSIGNMENT GROUPING.csv with --unit-column and --group-column"
    if len(paths) != 2:  # noqa: PLR2004 - a plan and a grouping
        findings.append(_usage(f"{len(paths)} files or folders", expected))
    if not all(columns[:2]):
        findings.append(_usage("one column of a grouping", expected))
    if others:
        findings.append(_usage(f"{', '.join(others)} beside a grouping", "one or the other"))
    if findings:
        raise InputError(findings)


def _split(names: str | None) -> list[str] | None:
    return None if names is None else [name.strip() for name in names.split(",")]


def _refuse(findings: list[Finding]) -> None:
    if findings:
        raise InputError(findings)


def _usage(found: str, expected: str) -> Finding:
    remedy = "`amalgamation compare --help` shows what it takes"
    return Finding("usage", "command line of `amalgamation compare`", found, expected, remedy)
