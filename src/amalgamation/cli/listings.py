"""``amalgamation datasets`` and ``amalgamation scenarios``: what ships with the package."""

from typing import Annotated

import typer

from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.voice import Voice

__all__ = ["datasets", "scenarios"]

_Names = Annotated[bool, typer.Option("--names", help="Print the names only.")]


def datasets(*, names: _Names = False) -> int:
    """List the bundled datasets, and which of them are synthetic."""
    from amalgamation.territory import dataset_names, find_dataset  # noqa: PLC0415

    for name, title in dataset_names().items():
        notice = find_dataset(name).notice
        Voice().say(name)
        if not names:
            Voice().relay(f"  {title}", *([f"  {notice}"] if notice else []))
    return ExitStatus.DONE


def scenarios(*, names: _Names = False) -> int:
    """List the bundled scenarios with their questions."""
    from amalgamation.scenario import read_scenario, scenario_names  # noqa: PLC0415

    for name in scenario_names():
        Voice().say(name)
        if not names:
            Voice().relay(f"  {read_scenario(name).scenario.question}")
    return ExitStatus.DONE
