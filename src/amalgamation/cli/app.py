"""The table of commands."""

from collections.abc import Callable
from typing import Annotated

import typer

from amalgamation.cli.alternatives import alternatives
from amalgamation.cli.backtest import backtest
from amalgamation.cli.check import check
from amalgamation.cli.compare import compare
from amalgamation.cli.doctor import doctor
from amalgamation.cli.explain import explain
from amalgamation.cli.export_model import export_model
from amalgamation.cli.frontier import frontier
from amalgamation.cli.language import taking_language
from amalgamation.cli.listings import datasets, scenarios
from amalgamation.cli.measure import measure
from amalgamation.cli.new import new
from amalgamation.cli.robustness import robustness
from amalgamation.cli.run import run
from amalgamation.cli.schema import schema
from amalgamation.cli.status import status
from amalgamation.cli.sweep import sweep
from amalgamation.cli.verify import verify
from amalgamation.cli.voice import Voice
from amalgamation.provenance import package_version

__all__ = ["app"]

app = typer.Typer(
    name="amalgamation",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 done, 1 our fault, 2 bad input, 3 proven infeasible, "
    "4 no plan in the time, 130 interrupted.",
)


@app.callback(invoke_without_command=True)
@taking_language
def _program(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    debug: Annotated[  # noqa: ARG001 - read by `entry`, before anything can fail
        bool, typer.Option("--debug", help="Show tracebacks; stands before the command.")
    ] = False,
) -> None:
    """Merge small administrative units into municipalities, with a proven gap.

    Start with `amalgamation run`: it answers a bundled question, with scorecard and map.
    """
    if version:
        Voice().say(package_version())
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())
    if context.invoked_subcommand is None:
        raise typer.Exit


_PANELS: dict[str, tuple[Callable[..., int], ...]] = {
    "Plans": (run, check, explain, verify, measure, compare, backtest),
    "Studies": (sweep, status, frontier, alternatives, robustness),
    "Questions": (new, scenarios, datasets, schema),
    "Machinery": (doctor, export_model),
}
for _panel, _commands in _PANELS.items():
    for _command in _commands:
        app.command(rich_help_panel=_panel)(taking_language(_command))
