"""Options that the commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from benchmarks import tables

__all__ = ["Options", "numbers", "shares", "solve_overrides", "words"]


class Options(argparse.ArgumentParser):
    """Parse a command's options; every command takes those that are added here.

    Parameters
    ----------
    name
        Name of the command.
    question
        What it answers: the text of ``--help`` and the head of its page.
    engine
        Default of ``--engine``; None leaves the option out.
    """

    def __init__(self, name: str, question: str, engine: str | None = "auto") -> None:
        super().__init__(prog=f"python -m benchmarks.{name}", description=question)
        self._name, self._question = name, question
        if engine is not None:
            self.add_argument("--engine", default=engine, help="engine of every block")
        self.add_argument("--seed", type=int, default=1, help="seed of territories and engines")
        self.add_argument("--processes", type=int, default=None, help="default: as many as cores")
        self.add_argument("--json", type=Path, default=None, help="write everything to this file")
        self.add_argument(
            "--keep",
            nargs="?",
            type=Path,
            const=tables.RESULTS,
            metavar="FOLDER",
            help="write the page in results/, or in the folder",
        )

    def read(self, arguments: list[str] | None = None) -> argparse.Namespace:
        """Return the options as given on the command line, or in a list."""
        return self.parse_args(arguments)

    def page(self, chosen: argparse.Namespace) -> tables.Page:
        """Return an empty page of this command."""
        told = {name: value for name, value in vars(chosen).items() if name not in {"json", "keep"}}
        return tables.Page(self._name, self._question, told)


def shares(text: str) -> list[float]:
    """Read shares parted by commas, in per cent."""
    return [float(part) for part in text.split(",")]


def numbers(text: str) -> list[int]:
    """Convert ``73,95`` to numbers."""
    return [int(part) for part in text.split(",") if part]


def words(text: str) -> list[str]:
    """Convert ``compact,columns`` to words."""
    return [part.strip() for part in text.split(",") if part.strip()]


def solve_overrides(chosen: argparse.Namespace, gap: float, seconds: float) -> dict[str, Any]:
    """Return the overrides that every run shares."""
    return {
        "solve.gap_percent": gap,
        "solve.minutes": seconds / 60,
        "solve.seed": chosen.seed,
        "solve.processes": chosen.processes,
    }
