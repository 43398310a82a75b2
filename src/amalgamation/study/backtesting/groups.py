"""Group by group: which municipality of one plan is nearest to each of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["match_groups"]


def match_groups(
    ones: Mapping[str, str], others: Mapping[str, str], people: Mapping[str, float]
) -> pd.DataFrame:
    """Return for each group of a map the group of another that shares most residents with it.

    Parameters
    ----------
    ones, others
        Unit -> group; units that only one of them knows count for that one alone.
    people
        Unit -> residents, of every unit.

    Returns
    -------
    pandas.DataFrame
        Index ``group``; ``units``, ``population``, ``match`` (blank where none shares a
        resident) and ``jaccard``: residents in both over residents in either, 0 to 1
        [jaccard1912]_; by falling ``jaccard``.

    Examples
    --------
    >>> people = {"a": 3.0, "b": 1.0, "c": 1.0}
    >>> real, drawn = {"a": "x", "b": "x", "c": "y"}, {"a": "m", "b": "n", "c": "n"}
    >>> match_groups(real, drawn, people)["jaccard"].to_dict()
    {'x': 0.75, 'y': 0.5}
    """
    units = sorted({*ones, *others})
    frame = pd.DataFrame(
        {
            "group": [ones.get(unit, "") for unit in units],
            "match": [others.get(unit, "") for unit in units],
            "people": [float(people[unit]) for unit in units],
        }
    )
    size = frame.groupby("match")["people"].sum()
    inside = frame[frame["group"] != ""]
    table = inside.groupby("group")["people"].agg(units="size", population="sum")
    shared = inside[inside["match"] != ""].groupby(["group", "match"], as_index=False).sum()
    either = shared["group"].map(table["population"]) + shared["match"].map(size)
    shared["jaccard"] = shared["people"] / (either - shared["people"])
    best = shared.sort_values(["jaccard", "match"], ascending=[False, True])
    best = best.drop_duplicates("group").set_index("group")[["match", "jaccard"]]
    joined: pd.DataFrame = table.join(best).sort_values("jaccard", ascending=False, kind="stable")
    return joined.fillna({"match": "", "jaccard": 0.0})
