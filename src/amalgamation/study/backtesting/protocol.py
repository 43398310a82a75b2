"""The protocol: candidates on the same ground, measured alike, each beside the real map."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from amalgamation.errors import DataError
from amalgamation.explain.ground import Ground as Terms
from amalgamation.findings import Finding, name_some
from amalgamation.graph import distances_between
from amalgamation.plan import Plan
from amalgamation.road import answer, judge
from amalgamation.study.agreement import Agreement, compare_plans
from amalgamation.study.backtesting.baselines import draw_at_random, merge_smallest
from amalgamation.study.backtesting.groups import match_groups

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from matplotlib.figure import Figure

    from amalgamation.result import Result
    from amalgamation.road import Ground
    from amalgamation.solve import Progress

__all__ = ["Backtest", "backtest"]

REAL, TOOL, MERGED = "real map", "amalgamation", "smallest merged"


@dataclass(frozen=True)
class Backtest:
    """Hold what a reform and the tool made of the same units.

    Parameters
    ----------
    results
        Candidate -> its plan measured by the scenario's rules, cost and scorecard:
        ``"real map"``, ``"amalgamation"``, ``"smallest merged"``, ``"random 1"``...
    agreements
        Candidate -> how far it agrees with the real map, by residents.
    groups
        Each real group with the municipality of the tool's plan that is nearest to it
        (`match_groups`), and ``breaches``: the rules that the real group breaks.
    notices
        Units that only one of the two files knows.
    """

    results: Mapping[str, Result]
    agreements: Mapping[str, Agreement]
    groups: pd.DataFrame
    notices: tuple[str, ...] = ()

    @property
    def table(self) -> pd.DataFrame:
        """A row per candidate; random maps also as their median, in a row of their own."""
        rows = {name: self._row(name) for name in self.results}
        table = pd.DataFrame.from_dict(rows, orient="index")
        drawn = [name for name in rows if name.startswith("random ")]
        if drawn:
            table.loc[f"median of {len(drawn)} random"] = table.loc[drawn].median()
        return table.rename_axis("candidate")

    def _row(self, name: str) -> dict[str, float]:
        result, agreed = self.results[name], self.agreements[name]
        assert result.plan is not None  # noqa: S101 - a candidate has a plan
        return {
            "municipalities": len(result.plan.seat_of),
            "cost": result.certificate.cost,
            "broken": sum(self.broken(name).values()),
            "rand_index": agreed.rand_index,
            "pair_f1": agreed.pair_f1,
            "rand_index_by_residents": _or_nan(agreed.rand_index_weighted),
            "pair_f1_by_residents": _or_nan(agreed.pair_f1_weighted),
            "identical_percent": 100 * agreed.identical_share,
        }

    def broken(self, name: str) -> dict[str, int]:
        """Return rule -> how often a candidate breaks it."""
        return dict(sorted(Counter(one.check for one in self.results[name].breaches).items()))

    @property
    def has_map(self) -> bool:
        """Whether the units have a geometry to draw."""
        return self.results[TOOL].territory.has_geometry

    def plot(self) -> Figure:
        """Draw the real map and the tool's plan side by side.

        Raises
        ------
        DataError
            If the territory has no geometry.
        """
        real = self.results[REAL].plan
        return self.results[TOOL].plot_before_after(real, words=("Real map", "This tool"))

    def sentences(self) -> list[str]:
        """Return what the table says, soberly."""
        table = self.table
        tool, real = table.loc[TOOL], table.loc[REAL]
        kept = ", ".join(f"{rule} {count} times" for rule, count in self.broken(REAL).items())
        certificate = self.results[TOOL].certificate
        return [
            (
                f"The real map has {real['municipalities']:.0f} groups, the tool draws "
                f"{tool['municipalities']:.0f} ({certificate.sentence()})."
            ),
            f"The real map breaks {kept}." if kept else "The real map keeps every rule.",
            *_against(*table.loc[[TOOL, REAL], "cost"].tolist()),
            (
                f"They agree by an adjusted Rand index of {tool['rand_index']:.2f} (1 is "
                f"identical, 0 is chance), a pairwise F1 of {tool['pair_f1']:.2f}; "
                f"{tool['identical_percent']:.1f} % of residents live in an identical grouping."
            ),
            *(_beside_baseline(name, table.loc[name]) for name in table.index if _is_shown(name)),
        ]

    def __repr__(self) -> str:
        return "<Backtest: " + "\n".join(self.sentences()) + ">"

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{sentence}</p>" for sentence in self.sentences())
        return f"<b>Backtest</b>{self.table.to_html(float_format='{:.3g}'.format)}{lines}"


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value


def _is_shown(name: object) -> bool:
    return name == MERGED or str(name).startswith("median of ")


def _beside_baseline(name: object, row: pd.Series[Any]) -> str:
    return (
        f"For comparison, {name}: {row['municipalities']:.0f} groups, adjusted Rand index "
        f"{row['rand_index']:.2f}, pairwise F1 {row['pair_f1']:.2f}, {row['broken']:.0f} breaches."
    )


def _against(tool: float, real: float) -> list[str]:
    if not (np.isfinite(real) and real > 0):
        return []
    less = 100 * (1 - tool / real)
    word = "less" if less >= 0 else "more"
    return [f"By the scenario's aims the tool's plan costs {abs(less):.1f} % {word} than it."]


def backtest(
    ground: Ground,
    after: Mapping[str, str],
    *,
    random: int = 20,
    seed: int = 1,
    report: Callable[[Progress], None] = lambda _: None,
) -> Backtest:
    """Set the tool's plan beside the map that a reform drew.

    Every candidate but the tool's own gets its seats alike: in each group the unit that
    its residents reach in least distance, of those that may be a seat if there is one.

    Parameters
    ----------
    ground
        The units before the reform, with rules and aims that were not fitted to its outcome.
    after
        Unit -> real group.
    random
        Random contiguous maps, with as many groups as the real one.
    seed
        Of the first random map; the others take the next ones.
    report
        Called with the progress of each block.

    Raises
    ------
    DataError
        If no unit has a real group, or the tool finds no plan.
    """
    territory, graph = ground.territory, ground.graph
    known = {unit: after[unit] for unit in territory.ids if unit in after}
    people = dict(zip(territory.ids, territory.values("population").tolist(), strict=True))
    own = _answered(ground, report)
    number = len(set(known.values()))
    maps = {REAL: known, MERGED: merge_smallest(graph, people, _least(ground), number)}
    maps |= {f"random {k + 1}": draw_at_random(graph, number, seed + k) for k in range(random)}
    eligible = Terms(ground.file.scenario, territory, graph).eligible
    plans = {name: _seated(ground, map_, eligible) for name, map_ in maps.items()}
    results = {name: judge(ground, plan) for name, plan in plans.items()}
    results = {REAL: results.pop(REAL), TOOL: own} | results
    drawn = {name: dict(one.plan.municipality_of) for name, one in results.items() if one.plan}
    return Backtest(
        results,
        {name: compare_plans(map_, known, people) for name, map_ in drawn.items()},
        _groups(results[REAL], match_groups(known, drawn[TOOL], people)),
        _notices(ground, after),
    )


def _answered(ground: Ground, report: Callable[[Progress], None]) -> Result:
    result = answer(ground, report=report)
    if result.plan is None:
        found = f"no plan ({result.status})"
        remedy = "loosen a rule, or give it more time (solve.minutes)"
        where = f"scenario {result.scenario.scenario}"
        reasons = [one for one in result.findings if one.severity == "error"]
        raise DataError([*reasons, Finding("no-plan", where, found, "a plan to test", remedy)])
    return result


def _least(ground: Ground) -> float:
    """Return the scenario's minimum of residents; without one, merging goes on to the number."""
    rule = ground.file.scenario.rules.ranges.get("population")
    return np.inf if rule is None or rule.min is None else rule.min


def _seated(ground: Ground, grouping: Mapping[str, str], eligible: Collection[str]) -> Plan:
    groups: dict[str, list[str]] = {}
    for unit, group in sorted(grouping.items()):
        groups.setdefault(group, []).append(unit)
    seats = {group: _seat(ground, units, eligible) for group, units in groups.items()}
    outside = tuple(set(ground.territory.ids) - set(grouping))
    return replace(Plan(grouping, seats), outside=outside)


def _seat(ground: Ground, units: list[str], eligible: Collection[str]) -> str:
    """Return the unit that all reach, in the fewest person-km in all; of equals the first."""
    people = ground.territory.values("population")[units].to_numpy(np.float64)
    found = distances_between(ground.graph, units)
    reached = np.bincount(found.seat, minlength=len(units))
    total = np.bincount(found.seat, people[found.unit] * found.value, minlength=len(units))
    unfit = np.array([unit not in eligible for unit in units])
    return units[int(np.lexsort((total, -reached, unfit))[0])]


def _groups(real: Result, table: pd.DataFrame) -> pd.DataFrame:
    """Add to each real group the rules that it breaks."""
    assert real.plan is not None  # noqa: S101 - the real map is a plan
    broken: dict[str, list[str]] = {}
    for breach in real.breaches:
        groups = {real.plan.municipality_of.get(unit, "") for unit in breach.subjects}
        for group in sorted({*groups, *set(breach.subjects)} & set(table.index)):
            broken.setdefault(group, []).append(breach.check)
    said = [", ".join(sorted(set(broken.get(str(group), [])))) for group in table.index]
    return table.assign(breaches=said)


def _notices(ground: Ground, after: Mapping[str, str]) -> tuple[str, ...]:
    ids = set(ground.territory.ids)
    homeless = sorted(ids - set(after))
    strangers = sorted(set(after) - ids)
    told = []
    if homeless:
        told.append(f"{len(homeless)} units without a real group: {name_some(homeless)}")
    if strangers:
        told.append(f"{len(strangers)} units of the real map not here: {name_some(strangers)}")
    return tuple(told)
