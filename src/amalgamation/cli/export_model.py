"""``amalgamation export-model``: the integer program of a block, for another solver."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.options import AllowOutside, Overwrite, Question, Settings, read_overrides
from amalgamation.cli.voice import Voice
from amalgamation.errors import InputError, OutputError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from amalgamation.model import Block, Problem

__all__ = ["export_model"]

_SUFFIXES = (".lp", ".mps")


def export_model(
    scenario: Question,
    *,
    block: Annotated[
        str | None, typer.Option(metavar="NAME_OR_NUMBER", help="Without it, blocks are listed.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="FILE.lp or FILE.mps.")
    ] = None,
    overwrite: Overwrite = False,
    settings: Settings = None,
    allow_outside: AllowOutside = False,
) -> int:
    """Write the integer program of a block as .lp or .mps; without --block, list the blocks.

    Rows for contiguity are not in it: they are found during the solve, when a plan breaks them.
    A limit on an aim (rules.at_most) makes all blocks one program.
    """
    from amalgamation import api  # noqa: PLC0415
    from amalgamation.model import build_problem, join_blocks  # noqa: PLC0415

    voice = Voice()
    if block is not None:
        _check_file(output, overwrite=overwrite)
    ground = api.prepare(scenario, overrides=read_overrides(settings), allow_outside=allow_outside)
    if ground.impossible:
        raise InputError(ground.impossible)
    problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    if problem.caps:
        problem = join_blocks(problem)
    if block is None or output is None:
        named = [voice.speech.tell(_named(block)) for block in problem.blocks]
        voice.say(*(f"{n:>4}  {name}" for n, name in enumerate(named, start=1)))
        return ExitStatus.DONE
    number = _find(problem.blocks, block)
    _write(problem, number, output)
    voice.relay(f"wrote {output}: {_named(problem.blocks[number])}")
    return ExitStatus.DONE


def _named(block: "Block") -> str:
    from amalgamation.territory.words import count_of  # noqa: PLC0415

    return f"{block.name} ({count_of(len(block), 'unit')}, {count_of(len(block.pairs), 'pair')})"


def _find(blocks: "tuple[Block, ...]", wanted: str) -> int:
    """Return the position of a block by its name, else by its number in the list."""
    names = [block.name for block in blocks]
    if wanted in names:
        return names.index(wanted)
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    finding = Finding(
        "unknown-block",
        "option --block",
        f"no block `{wanted}`",
        f"a number from 1 to {len(names)}, or a name",
        "leave out --block to list them",
    )
    raise InputError([finding])


def _check_file(path: Path | None, *, overwrite: bool) -> None:
    if path is None or path.suffix not in _SUFFIXES:
        found = "no file" if path is None else f"file {path}"
        raise InputError([_unsuited("option -o", found, "a file that ends in .lp or .mps")])
    if path.exists() and not overwrite:
        raise InputError([_unsuited(f"file {path}", "a file that exists", "a new file")])


def _unsuited(where: str, found: str, expected: str) -> Finding:
    return Finding("file", where, found, expected, "name another file with -o")


def _write(problem: "Problem", number: int, path: Path) -> None:
    """Write beside the file first, so that no half of a model stands under its name."""
    draft = path.with_name(f".{path.stem}.partial{path.suffix}")
    try:
        problem.build_model(number, problem.own_range(number)).write(draft)
        draft.replace(path)
    except OSError as error:
        found = error.strerror or str(error)
        raise OutputError(_unsuited(f"file {path}", found, "to write").sentence()) from error
    finally:
        draft.unlink(missing_ok=True)
