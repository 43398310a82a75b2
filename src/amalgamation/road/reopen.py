"""Take up a finished run: its question, its plan and what was proven of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from amalgamation.errors import DataError, InputError
from amalgamation.explain.this_plan import draw
from amalgamation.findings import Finding, Severity, errors_in
from amalgamation.inputs import read_inputs
from amalgamation.road.ground import build_ground
from amalgamation.scenario import ScenarioFile, write_scenario_text
from amalgamation.verify import verify_plan
from amalgamation.verify.inputs import check_inputs, name_way_out
from amalgamation.verify.record import read_assignment, read_record
from amalgamation.write import read_frontier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.explain.this_plan import Drawn
    from amalgamation.plan import Plan
    from amalgamation.road.ground import Ground
    from amalgamation.status import Certificate, FrontierPoint
    from amalgamation.verify.record import RunRecord

__all__ = ["Reopened", "reopen"]


@dataclass(frozen=True)
class Reopened:
    """Hold what a run folder says, on the ground that it was made from.

    Parameters
    ----------
    ground
        Scenario, territory and graph, read anew.
    plan, certificate
        The plan, and what the run proved of it, its frontier with it.
    """

    ground: Ground
    plan: Plan
    certificate: Certificate

    @cached_property
    def drawn(self) -> Drawn:
        """The plan in its problem: whom to ask what a change of it would cost."""
        question, ground = self.ground.file.scenario, self.ground
        return draw(question, ground.territory, ground.graph, self.plan, self.certificate)

    def __repr__(self) -> str:
        name = self.ground.file.scenario.scenario
        return f"<Reopened {name}: {self.plan!r}, {self.certificate.sentence()}>"


def reopen(folder: str | Path, data_folder: str | Path | None = None) -> Reopened:
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
        If the folder is no run of a plan that was solved for, its data cannot be read or
        are not those that it was made from, or it does not hold what it claims.

    Examples
    --------
    >>> reopen("no-such-run")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    amalgamation.errors.DataError: no-such-run/run.json: found ...
    """
    home = None if data_folder is None else Path(data_folder)
    try:
        return _reopen(Path(folder), home)
    except InputError as error:
        raise DataError([name_way_out(finding, home) for finding in error.findings]) from error


def _reopen(folder: Path, data_folder: Path | None) -> Reopened:
    record, plan = read_record(folder), read_assignment(folder)
    if record.certificate is None or record.scenario.plan is not None:
        found, expected = "a plan that was given, not solved for", "a run that was solved"
        raise DataError([_no_run(folder, found, expected, "name the folder of such a run")])
    home = folder if data_folder is None else data_folder
    ground = _read_ground(record, home)
    changed = _check_inputs(record, ground, home)
    wrong = verify_plan(plan, record.scenario, ground.territory, ground.graph, record.certificate)
    if errors_in([*changed, *wrong]):
        raise DataError(errors_in([*changed, *wrong]))
    certificate = replace(record.certificate, frontier=_read_frontier(folder))
    return Reopened(ground, plan, certificate)


def _read_ground(record: RunRecord, home: Path) -> Ground:
    text = write_scenario_text(record.scenario)
    asked = tuple(source for source in record.inputs if _is_question(source.role))
    return build_ground(*read_inputs(ScenarioFile(record.scenario, home, text, asked)))


def _is_question(role: str) -> bool:
    return role.startswith(("scenario", "plan"))


def _check_inputs(record: RunRecord, ground: Ground, home: Path) -> list[Finding]:
    """Refuse data that changed; the question stands in the record, whatever became of its file."""
    read = (*ground.territory.sources, *ground.graph.sources)
    data = [source for source in record.inputs if not _is_question(source.role)]
    return list(_refused(check_inputs(data, read, home)))


def _refused(findings: Iterable[Finding]) -> Iterable[Finding]:
    return (finding for finding in findings if finding.severity is not Severity.NOTE)


def _read_frontier(folder: Path) -> tuple[FrontierPoint, ...]:
    try:
        return read_frontier(folder / "frontier.csv")
    except (OSError, ValueError, KeyError) as error:
        found = f"frontier.csv that cannot be read: {error}"
        finding = _no_run(folder, found, "the frontier of the run", "run the scenario again")
        raise DataError([finding]) from error


def _no_run(folder: Path, found: str, expected: str, remedy: str) -> Finding:
    return Finding("run-record", f"run {folder}", found, expected, remedy)
