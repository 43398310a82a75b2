"""``amalgamation compare``: finished runs side by side, or a plan beside a real grouping."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from amalgamation.cli.complaints import answering
from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.options import AsJson, Overwrite, Quiet, WeightColumn
from amalgamation.cli.voice import Voice
from amalgamation.errors import InputError, OutputError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.study import Comparison

__all__ = ["compare"]

_Form = Literal["table", "csv", "markdown", "json"]
_FORM_OF: dict[str, _Form] = {".csv": "csv", ".md": "markdown", ".json": "json"}

_Runs = Annotated[
    list[Path],
    typer.Argument(
        metavar="RUN...",
        help="Run folders; with the two columns of a grouping: RUN_OR_ASSIGNMENT GROUPING.csv.",
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
_Format = Annotated[
    _Form | None, typer.Option("--format", help="Default: as FILE ends, else a table in text.")
]
_File = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write.")
]


def compare(  # noqa: PLR0913 - the options of a command are what they are
    runs: _Runs,
    *,
    every: _All = False,
    measures: _Measures = None,
    form: _Format = None,
    output: _File = None,
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
    with answering(voice):
        if any(columns):
            table = {"--all": every, "--measures": measures, "--format": form, "--output": output}
            _check_grouping(runs, columns, [name for name, value in table.items() if value])
            _agree(voice, runs, (str(unit_column), str(group_column)), weight_column)
            return ExitStatus.DONE
        _check_choice(every=every, measures=measures)
        _check_file(output, overwrite=overwrite)
        from amalgamation.api import compare as compare_runs  # noqa: PLC0415

        chosen = "all" if every else _split(measures)
        comparison = compare_runs(*runs, measures=chosen)
        _tell(voice, comparison, form or _form_of(output), output)
    return ExitStatus.DONE


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


def _tell(voice: Voice, comparison: "Comparison", form: _Form, output: Path | None) -> None:
    speech = voice.speech
    forms: dict[_Form, Callable[[], str]] = {
        "table": partial(comparison.to_text, speech),
        "csv": comparison.to_csv,
        "markdown": partial(comparison.to_markdown, speech),
        "json": comparison.to_json,
    }
    voice.answer(comparison.to_object())
    if output is None:
        voice.say(*forms[form]().splitlines())
        return
    try:
        output.write_bytes(forms[form]().encode())
    except OSError as error:
        msg = f"file {output}: {error.strerror}; nothing was written"
        raise OutputError(msg) from error
    voice.say(speech.say("command.written", place=str(output)))


def _form_of(output: Path | None) -> _Form:
    return "table" if output is None else _FORM_OF.get(output.suffix, "table")


def _split(measures: str | None) -> "list[str] | Literal['shown']":
    return "shown" if measures is None else [name.strip() for name in measures.split(",")]


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


def _check_choice(*, every: bool, measures: str | None) -> None:
    if every and measures is not None:
        raise InputError([_usage("both --all and --measures", "one of them")])


def _check_file(output: Path | None, *, overwrite: bool) -> None:
    if output is not None and output.exists() and not overwrite:
        found, remedy = "a file that exists", "name another file, or add --overwrite"
        raise InputError([Finding("file", f"file {output}", found, "a new file", remedy)])


def _usage(found: str, expected: str) -> Finding:
    remedy = "`amalgamation compare --help` shows what it takes"
    return Finding("usage", "command line of `amalgamation compare`", found, expected, remedy)
