"""The plans of a study in a report: each to be shown, and how sure each border is.

In: several plans of one territory, and what they have in common. Out: what JSON holds of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.measure.polygons import build_municipality_polygons
from amalgamation.show.colours import colour_neighbours
from amalgamation.show.report.figures import to_figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from amalgamation.graph import UnitGraph
    from amalgamation.measure import Certainty
    from amalgamation.plan import Plan
    from amalgamation.territory import Territory

__all__ = ["ReportStudy", "build_study"]

_REASONS = ("found", "proven", "asked", "rule")
"""Why a tie is what it is, in the order of the numbers that stand for it."""


@dataclass(frozen=True)
class ReportStudy:
    """Hold the plans of a study, beside the plan of the report.

    Parameters
    ----------
    kind
        ``alternatives`` or ``robustness``.
    plans
        Name -> plan; the first is that of the report.
    certainty
        Over all of them.
    table
        One row per plan, by name; a variant without a plan has a row too.
    """

    kind: str
    plans: Mapping[str, Plan]
    certainty: Certainty
    table: pd.DataFrame


def build_study(
    study: ReportStudy | None, territory: Territory, graph: UnitGraph
) -> dict[str, Any] | None:
    """Build what a page knows of a study; None for a report of one plan.

    Returns
    -------
    dict
        ``kind``, ``facts`` (figures of all plans together), ``columns`` and ``rows`` of the
        table, ``plans`` (``name``, and as columns ``id``, ``seat``, ``colour`` of municipalities
        and ``home`` of units), ``reasons`` with the number of one for each tie of the graph, and
        ``stays`` (per cent, for each unit).
    """
    if study is None:
        return None
    certainty = study.certainty
    reason = {
        frozenset(pair): _REASONS.index(why)
        for *pair, why in certainty.ties[["a", "b", "reason"]].itertuples(index=False)
    }
    pairs = zip(graph.ties["a"], graph.ties["b"], strict=True)
    return {
        "kind": study.kind,
        "facts": {
            "plans": certainty.plans,
            "open": len(certainty.open_ties),
            **certainty.counts(),
            "unchanged": to_figure(certainty.unchanged_percent()),
        },
        "columns": list(study.table.columns),
        "rows": [
            [str(name), *map(_cell, row)]
            for name, row in zip(study.table.index, study.table.to_numpy(object), strict=True)
        ],
        "plans": [_plan(name, plan, territory) for name, plan in study.plans.items()],
        "reasons": _REASONS,
        "ties": [reason[frozenset(pair)] for pair in pairs],
        "stays": [to_figure(value) for value in certainty.units["stays_percent"]],
    }


def _cell(value: Any) -> str | bool | float | int | None:
    if isinstance(value, bool | str):
        return value
    return to_figure(value)


def _plan(name: str, plan: Plan, territory: Territory) -> dict[str, Any]:
    unit = {code: at for at, code in enumerate(territory.ids)}
    home = {code: at for at, code in enumerate(plan.seat_of)}
    return {
        "name": name,
        "id": list(plan.seat_of),
        "seat": [unit[seat] for seat in plan.seat_of.values()],
        "home": [home.get(plan.municipality_of.get(code, ""), -1) for code in territory.ids],
        "colour": _colours(plan, territory),
    }


def _colours(plan: Plan, territory: Territory) -> list[int]:
    if not territory.has_geometry:
        return [0] * len(plan.seat_of)
    polygons = build_municipality_polygons(territory.geometry, plan)
    return [int(number) for number in colour_neighbours(polygons)]
