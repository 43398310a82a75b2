"""``amalgamation new``: a scenario to start from."""

import os
from pathlib import Path
from typing import Annotated

import typer

from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.voice import Voice
from amalgamation.errors import InputError, OutputError
from amalgamation.findings import Finding

__all__ = ["new"]


def new(
    name: Annotated[str, typer.Argument(help="Short name of the question.")],
    *,
    dataset: Annotated[str, typer.Option(help="Bundled dataset to ask it of.")] = "kazakhstan-2021",
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="File of units to look at: no dataset then."),
    ] = None,
    layer: Annotated[str | None, typer.Option(help="Layer or sheet of that file.")] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of its text, where that is not UTF-8.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Default: NAME.yaml.")
    ] = None,
) -> int:
    """Write a commented scenario to start from; no file is overwritten.

    With --from, it looks at a file and writes what it believes its columns to mean.
    """
    path = output or Path(f"{name}.yaml")
    if path.suffix.lower() not in {".yaml", ".yml"}:
        raise InputError([_unsuited(path, f"the ending {path.suffix!r}", "an ending .yaml")])
    _write_new(path, _text(name, dataset, path, source, layer, encoding))
    Voice().relay(f"wrote {path}", f"next: amalgamation check {path}")
    return ExitStatus.DONE


def _text(
    name: str,
    dataset: str,
    path: Path,
    source: Path | None,
    layer: str | None,
    encoding: str | None,
) -> str:
    from amalgamation.scenario import new_scenario_text  # noqa: PLC0415
    from amalgamation.territory import find_dataset, scenario_text_from  # noqa: PLC0415

    if source is None:
        text = new_scenario_text(name, dataset)
        find_dataset(dataset)
        return text
    if not source.exists():
        found = Finding("file", f"file {source}", "no file", "a file of units", "check the path")
        raise InputError([found])
    beside = Path(os.path.relpath(source.resolve(), path.parent.resolve())).as_posix()
    return scenario_text_from(name, source, beside, layer, encoding=encoding)


def _write_new(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise InputError([_unsuited(path, "a file that exists", "a new file")]) from None
    except OSError as error:
        found = error.strerror or str(error)
        raise OutputError(_unsuited(path, found, "to write").sentence()) from error


def _unsuited(path: Path, found: str, expected: str) -> Finding:
    return Finding("file", f"file {path}", found, expected, "name another file with -o")
