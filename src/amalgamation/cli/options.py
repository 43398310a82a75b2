"""Arguments and options that several commands share, and what the rooms get of them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from amalgamation.errors import InputError
from amalgamation.findings import Finding

__all__ = [
    "AllowOutside",
    "AsJson",
    "GroupColumn",
    "Output",
    "Overwrite",
    "Question",
    "Quiet",
    "Settings",
    "UnitColumn",
    "WeightColumn",
    "read_overrides",
]

Question = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A .yaml file, or the name of a bundled one.")
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="DIR", help="Folder to write.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a former run there.")]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="KEY=VALUE", help="Change a key, as in rules.population.min=3000."
    ),
]
AllowOutside = Annotated[
    bool, typer.Option("--allow-outside", help="Let the scenario name files outside its folder.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
UnitColumn = Annotated[str, typer.Option(help="Column of the grouping with the unit's code.")]
GroupColumn = Annotated[str, typer.Option(help="Column of the grouping with the group's code.")]
WeightColumn = Annotated[
    str | None, typer.Option(help="Column of the grouping with residents, to weigh units.")
]


def read_overrides(settings: list[str] | None, **named: Any) -> dict[str, Any]:
    """Gather overrides from `--set` and from the options that are short for one.

    Parameters
    ----------
    settings
        Texts ``key=value``.
    **named
        Key of the scenario's section `solve` -> value; None is not given.

    Raises
    ------
    InputError
        If a text is no override, or a key is given twice: every problem at once.
    """
    from amalgamation.scenario import override_from_text  # noqa: PLC0415

    pairs = [(f"solve.{key}", value) for key, value in named.items() if value is not None]
    findings: list[Finding] = []
    for text in settings or []:
        try:
            pairs.append(override_from_text(text))
        except InputError as error:
            findings += error.findings
    keys = [key for key, _ in pairs]
    findings += [_twice(key) for key in sorted(set(keys)) if keys.count(key) > 1]
    if findings:
        raise InputError(findings)
    return dict(pairs)


def _twice(key: str) -> Finding:
    return Finding(
        "override", f"override, {key}", "two values on the command line", "one", "keep one of them"
    )
