"""What a study's page says of its variants beside each other.

In: a study on the disk. Out: two measures against each other and, of the variants that no
other one beats there, maps, agreement and who changes municipality.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.errors import AmalgamationError, InputError
from amalgamation.language import ENGLISH
from amalgamation.show import MOST_MAPS
from amalgamation.study.compare.page import build_plans_part, build_trade_off_part
from amalgamation.study.compare.parts import heading, line
from amalgamation.study.compare.pictures import usual_axes
from amalgamation.study.compare.trade_off import build_trade_off
from amalgamation.study.runs import compare_runs
from amalgamation.study.sweep.folder import run_folder
from amalgamation.study.sweep.sources import find_plan_table

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.study.compare.trade_off import TradeOff
    from amalgamation.study.sweep.study import Study

__all__ = ["build_compared", "choose_variants"]


def build_compared(study: Study, data_folder: Path | None = None) -> list[str]:
    """Build the parts of a study's page that lay its variants side by side.

    Parameters
    ----------
    study
        Finished or not.
    data_folder
        Folder of the scenario file, where its data are.

    Returns
    -------
    list of str
        HTML; empty where fewer than two variants have a plan.
    """
    found = _usual(study)
    parts = []
    if found is not None:
        words = ENGLISH.say("command.compare.trade_off")
        parts = [heading(words), *build_trade_off_part(found, ENGLISH)]
    names = choose_variants(study, found)
    if len(names) < 2:  # noqa: PLR2004 - one is beside nothing
        return parts
    folders = [run_folder(study.folder, name) for name in names]
    try:
        comparison = compare_runs(folders, data_folder=data_folder)
    except AmalgamationError as error:  # a page with a reason is better than a study without one
        return [*parts, line(str(error))]
    reading = line(ENGLISH.say("command.compare.study_reading"))
    return [*parts, reading, *build_plans_part(comparison, ENGLISH)]


def choose_variants(study: Study, found: TradeOff | None) -> list[str]:
    """Choose the variants to lay side by side: the first, then those that no other one beats.

    All that have a plan, where these are few.
    """
    there = [
        asked.name
        for asked in study.manifest.variants
        if asked.name in study.outcomes and study.outcomes[asked.name].municipalities is not None
    ]
    if len(there) <= MOST_MAPS or found is None:
        return there[:MOST_MAPS]
    return list(dict.fromkeys([there[0], *found.pareto]))[:MOST_MAPS]


def _usual(study: Study) -> TradeOff | None:
    known = find_plan_table(study)
    try:
        return build_trade_off(known.table, usual_axes(known.table), known.axes, known.notice)
    except InputError:
        return None  # fewer than two variants, or nothing that differs
