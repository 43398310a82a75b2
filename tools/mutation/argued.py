"""Survivors that no test need find, each with its reason: `argued.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tools.mutation.mutants import Mutant

__all__ = ["Argument", "argument_for", "read_arguments"]


@dataclass(frozen=True)
class Argument:
    """A reason, and the mutants of one function that it is for.

    Parameters
    ----------
    file
        Path below ``src/amalgamation``.
    function
        Dotted names of class and function.
    now
        The changed line or lines of each.
    why
        Why no test need find them.
    """

    file: str
    function: str
    now: tuple[str, ...]
    why: str

    def is_for(self, mutant: Mutant) -> bool:
        """Say whether the reason is for a mutant."""
        place = mutant.file.removeprefix("src/amalgamation/"), mutant.function
        return (self.file, self.function) == place and mutant.now in self.now


def read_arguments(path: Path) -> list[Argument]:
    """Read the reasons."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))["argued"]
    return [Argument(one["file"], one["function"], tuple(one["now"]), one["why"]) for one in told]


def argument_for(mutant: Mutant, arguments: Sequence[Argument]) -> Argument | None:
    """Return the reason for a mutant, if there is one."""
    return next((argument for argument in arguments if argument.is_for(mutant)), None)
