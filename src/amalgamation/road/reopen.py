"""Take up a finished run: its question, its plan and what was proven of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.errors import DataError
from amalgamation.findings import Finding, errors_in
from amalgamation.road.ground import build_ground
from amalgamation.scenario import ScenarioFile, write_scenario_text
from amalgamation.verify import verify_plan
from amalgamation.verify.record import read_assignment, read_record

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.plan import Plan
    from amalgamation.road.ground import Ground
    from amalgamation.status import Certificate

__all__ = ["Reopened", "reopen"]


@dataclass(frozen=True)
class Reopened:
    """Hold what a run folder says, on the ground that it was made from.

    Parameters
    ----------
    ground
        Scenario, territory and graph, read anew.
    plan, certificate
        The plan, and what the run proved of it.
    """

    ground: Ground
    plan: Plan
    certificate: Certificate


def reopen(folder: Path, data_folder: Path | None = None) -> Reopened:
    """Read a run folder and the ground of its scenario; its claims are checked, not believed.

    Parameters
    ----------
    folder
        That `amalgamation run` wrote.
    data_folder
        Folder of the scenario file, if its data are not bundled: a run does not record it.

    Raises
    ------
    InputError
        If the folder is no run of a plan that was solved for, its data cannot be read, or
        it does not hold what it claims.
    """
    record, plan = read_record(folder), read_assignment(folder)
    if record.certificate is None or record.scenario.plan is not None:
        found, expected = "a plan that was given, not solved for", "a run that was solved"
        remedy = "name the folder of such a run, or the scenario"
        raise DataError([Finding("run-record", f"run {folder}", found, expected, remedy)])
    text = write_scenario_text(record.scenario)
    asked = tuple(source for source in record.inputs if source.role.startswith("scenario"))
    home = folder if data_folder is None else data_folder
    ground = build_ground(ScenarioFile(record.scenario, home, text, asked))
    wrong = verify_plan(plan, record.scenario, ground.territory, ground.graph, record.certificate)
    if errors_in(wrong):
        raise DataError(errors_in(wrong))
    return Reopened(ground, plan, record.certificate)
