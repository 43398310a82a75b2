"""Compare two groupings of the same units: how far they agree.

In: two mappings unit -> group, and residents where they should count. Out: an `Agreement`.
Groups' names do not matter, only who is grouped with whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.measure.agreement import adjusted_rand_index, count_pairs, intersect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Codes = NDArray[np.intp]

__all__ = ["Agreement", "compare_plans"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Say how far two groupings agree on the units that both know.

    Parameters
    ----------
    units
        Number of units compared.
    groups
        Numbers of groups among them, in the first and in the second grouping.
    rand_index
        Adjusted Rand index: 1 is identical, about 0 is chance.
    pair_f1
        F1 of the pairs of units grouped together: 0 to 1.
    pair_precision, pair_recall
        Share of the first grouping's pairs that are together in the second too, and of the
        second's pairs that are in the first; 1 where there are none. F1 is their harmonic
        mean.
    rand_index_weighted, pair_f1_weighted
        The same with each pair of units counting by the product of its weights; None
        without weights.
    identical_share
        Share of the weight (residents; units without weights) that lives in a group
        which both groupings draw with exactly the same of the compared units.
    only_first, only_second
        Units that only one grouping knows, sorted; they are left out.
    """

    units: int
    groups: tuple[int, int]
    rand_index: float
    pair_f1: float
    pair_precision: float
    pair_recall: float
    identical_share: float
    rand_index_weighted: float | None = None
    pair_f1_weighted: float | None = None
    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Return the agreement as text, with the units that were left out by name."""
        counted = "units" if self.rand_index_weighted is None else "residents"
        compared = (
            f"{self.units:,} units in {self.groups[0]:,} and {self.groups[1]:,} groups: "
            f"adjusted Rand index {self.rand_index:.3f}, pairwise F1 {self.pair_f1:.3f}, "
            f"{100 * self.identical_share:.1f} % of {counted} in an identical grouping"
        )
        parts = [compared]
        for which, missing in (("first", self.only_first), ("second", self.only_second)):
            if missing:
                parts.append(f"{len(missing)} units only in the {which}: {name_some(missing)}")
        return "; ".join(parts)

    def _facts(self) -> dict[str, Any]:
        return {
            "units": self.units,
            "groups, first": self.groups[0],
            "groups, second": self.groups[1],
            "adjusted Rand index": self.rand_index,
            "pairwise F1": self.pair_f1,
            "pairwise precision": self.pair_precision,
            "pairwise recall": self.pair_recall,
            "adjusted Rand index, weighted": self.rand_index_weighted,
            "pairwise F1, weighted": self.pair_f1_weighted,
            "share in an identical grouping": self.identical_share,
            "units only in the first": len(self.only_first),
            "units only in the second": len(self.only_second),
        }

    def __repr__(self) -> str:
        return f"<Agreement: {self.sentence()}>"

    def _repr_html_(self) -> str:
        return pd.Series(self._facts(), name="Agreement", dtype="object").to_frame().to_html()


def compare_plans(
    first: Mapping[str, str],
    second: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
) -> Agreement:
    """Compare two groupings on the units that both know.

    Parameters
    ----------
    first, second
        Unit id -> group, such as `Plan.municipality_of`.
    weights
        Unit id -> weight >= 0, such as residents; without it each unit weighs one.

    Raises
    ------
    DataError
        If no unit is in both, or a compared unit has no weight or a negative one.

    Notes
    -----
    The adjusted Rand index is `amalgamation.measure.adjusted_rand_index`. Pairwise F1 is
    the harmonic mean of the shares of the pairs together in one grouping that are together
    in the other too.

    Examples
    --------
    >>> compare_plans({"a": "1", "b": "1", "c": "2"}, {"a": "x", "b": "x", "c": "y"}).rand_index
    1.0
    """
    common = sorted(set(first) & set(second))
    findings = _check_inputs(common, weights)
    if findings:
        raise DataError(findings)
    ones = np.ones(len(common))
    loads = ones if weights is None else np.array([weights[unit] for unit in common], dtype=float)
    groups = _codes(first, common), _codes(second, common)
    alike = _pair_scores(*groups, ones)
    weighted = None if weights is None else _pair_scores(*groups, loads)
    return Agreement(
        units=len(common),
        groups=(int(groups[0].max()) + 1, int(groups[1].max()) + 1),
        rand_index=alike.rand_index,
        pair_f1=alike.f1,
        pair_precision=alike.precision,
        pair_recall=alike.recall,
        identical_share=_identical_share(first, second, common, loads),
        rand_index_weighted=weighted and weighted.rand_index,
        pair_f1_weighted=weighted and weighted.f1,
        only_first=tuple(sorted(set(first) - set(second))),
        only_second=tuple(sorted(set(second) - set(first))),
    )


def _check_inputs(common: list[str], weights: Mapping[str, float] | None) -> list[Finding]:
    if not common:
        remedy = "compare groupings that use the same codes"
        return [Finding("nothing-common", "comparison", "no common unit", "common units", remedy)]
    if weights is None:
        return []
    bad = [u for u in common if u not in weights or not 0 <= weights[u] < np.inf]
    if not bad:
        return []
    found = f"{len(bad)} units without a weight of at least 0: {name_some(bad)}"
    remedy = "complete the weights"
    where = "weights of the comparison"
    return [Finding("weight", where, found, "a weight for each unit", remedy, subjects=tuple(bad))]


def _codes(grouping: Mapping[str, str], units: list[str]) -> Codes:
    codes, _ = pd.factorize(np.array([grouping[unit] for unit in units], dtype=object))
    return np.asarray(codes, dtype=np.intp)


class _Alike(NamedTuple):
    rand_index: float
    f1: float
    precision: float
    recall: float


def _pair_scores(one: Codes, two: Codes, loads: np.ndarray) -> _Alike:
    together = count_pairs(intersect(one, two), loads)
    in_one, in_two = count_pairs(one, loads), count_pairs(two, loads)
    return _Alike(
        adjusted_rand_index(one, two, loads),
        _share(2 * together, in_one + in_two),
        _share(together, in_one),
        _share(together, in_two),
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 1.0


def _identical_share(
    first: Mapping[str, str], second: Mapping[str, str], common: list[str], loads: np.ndarray
) -> float:
    members = [_members({u: grouping[u] for u in common}) for grouping in (first, second)]
    same = np.array([members[0][first[u]] == members[1][second[u]] for u in common])
    total = float(loads.sum())
    return float(loads[same].sum() / total) if total > 0 else float(same.mean())


def _members(grouping: Mapping[str, str]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for unit, group in grouping.items():
        groups.setdefault(group, set()).add(unit)
    return {group: frozenset(units) for group, units in groups.items()}
