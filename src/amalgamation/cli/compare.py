"""``amalgamation compare``: how far a plan agrees with a real grouping."""

from pathlib import Path
from typing import Annotated

import typer

from amalgamation.cli.complaints import answering
from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.options import AsJson, GroupColumn, Quiet, UnitColumn, WeightColumn
from amalgamation.cli.voice import Voice

__all__ = ["compare"]


def compare(
    plan: Annotated[
        Path, typer.Argument(metavar="RUN_OR_ASSIGNMENT", help="Run folder, or assignment.csv.")
    ],
    grouping: Annotated[Path, typer.Argument(metavar="GROUPING.csv", help="The real grouping.")],
    *,
    unit_column: UnitColumn,
    group_column: GroupColumn,
    weight_column: WeightColumn = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Say how far a plan agrees with a grouping, and name the units that do not match."""
    from amalgamation.cli.agreement import agreement_object, read_weights  # noqa: PLC0415
    from amalgamation.study import compare_plans, read_grouping  # noqa: PLC0415
    from amalgamation.write import read_assignment  # noqa: PLC0415

    voice = Voice(quiet, as_json)
    with answering(voice):
        drawn = read_assignment(plan / "assignment.csv" if plan.is_dir() else plan)
        real = read_grouping(grouping, unit_column, group_column)
        weights = read_weights(grouping, unit_column, weight_column) if weight_column else None
        agreed = compare_plans(drawn.municipality_of, real, weights)
        voice.answer(agreement_object(agreed))
        voice.say(f"{plan} (first) beside {grouping} (second): {agreed.sentence()}")
    return ExitStatus.DONE
