"""Where a given plan comes from: today, a tier of the territory, or a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from amalgamation.measure import build_today
from amalgamation.plan import Plan
from amalgamation.provenance import read_source
from amalgamation.scenario.schema import PlanByTier, PlanFile
from amalgamation.territory import find_centres
from amalgamation.territory.files import locate
from amalgamation.write import read_assignment

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Literal

    from amalgamation.provenance import Source
    from amalgamation.territory import Territory

__all__ = ["build_tier_plan", "read_given_plan"]


def build_tier_plan(territory: Territory, tier: str) -> Plan:
    """Build the plan in which each parent of a tier is one municipality.

    A municipality has its parent's code as its id; its seat is the parent's most populous
    unit (`find_centres`).

    Raises
    ------
    KeyError
        If the territory has no such tier.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> build_tier_plan(grid_territory(2, 6), "rayon").seat_of
    {'R000000': 'r00c01', 'R000001': 'r00c04'}
    """
    parents = territory.units[tier].astype("str")
    seats = find_centres(territory, tier)
    return Plan(
        dict(zip(territory.ids, parents, strict=True)),
        dict(zip(seats.index.astype("str"), seats, strict=True)),
    )


def read_given_plan(
    given: Literal["today"] | PlanFile | PlanByTier,
    territory: Territory,
    folder: Path,
    outside: Collection[str] = (),
) -> tuple[Plan, tuple[Source, ...]]:
    """Read or build the plan that a scenario gives.

    Parameters
    ----------
    given
        The scenario's `plan`.
    territory
        Its units; a file may name others, which is for `verify_plan` to find.
    folder
        Folder of the scenario file, to which the plan's file is relative.
    outside
        Units that the scenario always leaves out: in no municipality of a plan that is
        built here. A file says itself which units it leaves outside.

    Returns
    -------
    tuple
        The plan, and the file that it was read from with its hash, if there is one.

    Raises
    ------
    DataError
        If the file is absent or holds no plan.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> read_given_plan("today", grid_territory(2, 2), Path())
    (<Plan: 4 units in 4 municipalities>, ())
    """
    if isinstance(given, PlanFile):
        path = locate(given.file, folder, "plan.file")
        shown = None if Path(given.file).is_absolute() else given.file
        return read_assignment(path), (read_source("plan", path, shown),)
    governed = territory.only(set(territory.ids) - set(outside))
    if isinstance(given, PlanByTier):
        plan = build_tier_plan(governed, given.tier)
    else:
        plan = build_today(governed)
    return replace(plan, outside=tuple(outside)), ()
