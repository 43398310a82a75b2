"""Take up a plan to depart from: that of a finished run, or the answer of a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.road import Reopened, answer, prepare, reopen
from amalgamation.scenario import scenario_names
from amalgamation.status import Status
from amalgamation.study.whole_plan import refuse_limits_on_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["take_up"]


def take_up(
    question: str | Path,
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    data_folder: Path | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> Reopened:
    """Return the plan of a run, or the answer of a scenario, with its ground and bound.

    Parameters
    ----------
    question
        A run folder; or a scenario, which is answered.
    overrides
        Dotted keys that change a scenario.
    allow_outside
        Let a scenario name files outside its own folder.
    data_folder
        Of a run whose data are not bundled: the folder of its scenario file.
    report
        Called with a sentence for each step.

    Raises
    ------
    InputError
        If the question or its data cannot be used, it has no plan, or it is a run that was to
        be changed.
    KeyboardInterrupt
        If the answer was interrupted: there is nothing to depart from yet.

    Examples
    --------
    >>> take_up("toy", overrides={"solve.processes": 1}).plan
    <Plan: 12 units in 4 municipalities>
    """
    begun = (
        _take_up_run(Path(question), overrides, data_folder)
        if _names_run(question)
        else _take_up_answer(question, overrides, report, allow_outside=allow_outside)
    )
    report(f"plan: {begun.certificate.sentence()}")
    return begun


def _names_run(question: str | Path) -> bool:
    """Say whether a folder is meant, though a bundled scenario may have the name of one."""
    folder = Path(question)
    known = str(question) in scenario_names()
    return folder.is_dir() and ((folder / "run.json").is_file() or not known)


def _take_up_run(
    folder: Path, overrides: Mapping[str, Any] | None, data_folder: Path | None
) -> Reopened:
    if overrides:
        found, expected = "changes to a finished run", "a scenario to change"
        remedy = "name the scenario, or leave the changes out"
        raise InputError([Finding("usage", f"run {folder}", found, expected, remedy)])
    return reopen(folder, data_folder)


def _take_up_answer(
    scenario: str | Path,
    overrides: Mapping[str, Any] | None,
    report: Callable[[str], None],
    *,
    allow_outside: bool,
) -> Reopened:
    ground = prepare(scenario, overrides=overrides, allow_outside=allow_outside)
    refuse_limits_on_whole(ground.file.scenario, "the search for alternatives")
    report(f"answering {ground.file.scenario.scenario} first")
    result = answer(ground)
    if result.status is Status.INTERRUPTED:
        raise KeyboardInterrupt
    if result.plan is None or ground.file.scenario.plan is not None:
        what = "a plan that is given" if result.plan else f"status {result.status}: no plan"
        where = f"scenario {ground.file.scenario.scenario}"
        remedy = "`amalgamation run` says why; name a scenario that has a plan to solve for"
        raise InputError([Finding("no-plan", where, what, "a plan that was solved for", remedy)])
    return Reopened(ground, result.plan, result.certificate)
