"""Draw units that have no polygons, inside the real borders of their parents.

In: a table of units, their parents' polygons, and settlements or nothing but the list.
Out: the same table with polygons, a coverage, and findings that name what did not fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.findings import name_some
from amalgamation.scenario.schema import ParentPrefix
from amalgamation.territory.made_up import make_up_units
from amalgamation.territory.numbers import Marks
from amalgamation.territory.parents import read_parents
from amalgamation.territory.settle import settle_units
from amalgamation.territory.settlements import read_settlements
from amalgamation.territory.words import count_of, nearest

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from amalgamation.scenario.schema import Draw, TerritorySection, Within
    from amalgamation.territory.ledger import Ledger

__all__ = ["Surroundings", "draw_units", "read_surroundings"]

_WHERE = "territory.draw.within"


@dataclass(frozen=True)
class Surroundings:
    """Hold what units are drawn from.

    Parameters
    ----------
    parents
        As `read_parents` gives them; None where that was refused.
    settlements
        As `read_settlements` gives them; None where there are none, or they were refused.
    """

    parents: gpd.GeoDataFrame | None
    settlements: gpd.GeoDataFrame | None


def read_surroundings(
    section: TerritorySection, folder: Path, ledger: Ledger
) -> Surroundings | None:
    """Read the parents' polygons and the settlements; None where nothing is to be drawn."""
    draw = section.draw
    if draw is None:
        return None
    within, places, encoding = draw.within, draw.settlements, section.encoding
    marks = Marks.from_section(section)
    parents = ledger.attempt(
        lambda own: read_parents(
            within, section.repair, folder, own, encoding=encoding, marks=marks
        )
    )
    if places is None:
        return Surroundings(parents, None)
    settlements = ledger.attempt(
        lambda own: read_settlements(places, folder, own, encoding=encoding, marks=marks)
    )
    return Surroundings(parents, settlements)


def draw_units(
    frame: pd.DataFrame, section: TerritorySection, around: Surroundings, ledger: Ledger
) -> gpd.GeoDataFrame | None:
    """Draw the polygons of units.

    Parameters
    ----------
    frame
        Indexed by unit id, unique; with the parent's column, if it is not a prefix.
    section
        With ``draw``.
    around
        Parents and settlements; without settlements, units are made up.
    ledger
        Takes what did not fit.

    Returns
    -------
    geopandas.GeoDataFrame
        The frame with ``geometry`` in an equal-area CRS, ``population`` and, of
        settlements, the seat (``seat_lon``, ``seat_lat``: the largest settlement). None
        where parents or settlements were refused before.

    Raises
    ------
    DataError
        If parents or units do not fit each other.
    """
    draw, parents, settlements = section.draw, around.parents, around.settlements
    if draw is None:
        msg = "nothing says how to draw the units"
        raise ValueError(msg)
    if parents is None or (draw.settlements is not None and settlements is None):
        return None
    own = _to_parents(_codes(frame, section, draw, ledger), parents, draw.within, ledger)
    frame, own = _without_parent(frame, own, parents, section, ledger)
    ledger.refuse()
    if settlements is None:
        return make_up_units(frame, own, parents, section, ledger)
    return settle_units(frame, own, parents, settlements, section, ledger)


def _codes(
    frame: pd.DataFrame, section: TerritorySection, draw: Draw, ledger: Ledger
) -> pd.Series[str]:
    given = section.parents[draw.within.tier]
    if isinstance(given, ParentPrefix):
        own = frame.index.to_series().astype("str").str[: given.prefix]
    elif given in frame.columns:
        own = frame[given].astype("str").str.strip()
    else:
        ledger.error(
            "column-absent",
            f"territory.parents.{draw.within.tier}",
            f"no column {given} that is the same in all settlements of a unit",
            "a column with the code of the unit's parent",
            nearest(given, [str(name) for name in frame.columns]),
            given,
        )
        ledger.refuse()
    return own


def _to_parents(
    own: pd.Series[str], parents: gpd.GeoDataFrame, within: Within, ledger: Ledger
) -> pd.Series[str]:
    """Return the code in the parents' file for each unit: as it is, renamed, or by prefix."""
    named = own.replace(within.codes)
    if within.prefix is None:
        return named
    of_prefix: dict[str, list[str]] = {}
    for code in map(str, parents.index):
        of_prefix.setdefault(code[: within.prefix], []).append(code)
    wanted = sorted(set(named) - set(parents.index))
    for code in wanted:
        if len(of_prefix.get(code, [])) > 1:
            ledger.error(
                "parent-ambiguous",
                _WHERE,
                f"several polygons whose code begins with {code}: {name_some(of_prefix[code])}",
                "one",
                "name the one that is meant in territory.draw.within.codes",
                code,
            )
    return named.replace({code: of_prefix[code][0] for code in wanted if code in of_prefix})


def _without_parent(
    frame: pd.DataFrame,
    own: pd.Series[str],
    parents: gpd.GeoDataFrame,
    section: TerritorySection,
    ledger: Ledger,
) -> tuple[pd.DataFrame, pd.Series[str]]:
    """Name parents and units that do not know each other, with the nearest codes."""
    lost = ~own.isin(parents.index)
    empty = sorted(set(parents.index) - set(own))
    if empty:
        ledger.note(
            "parent-without-units",
            _WHERE,
            f"{count_of(len(empty), 'polygon')} without a unit, not drawn: "
            f"{name_some(empty, len(empty))}",
            *empty,
        )
    if lost.any():
        units = [str(unit) for unit in frame.index[lost]]
        codes = sorted(set(own[lost]))
        found = f"{count_of(len(units), 'unit')} of parents without a polygon: {name_some(codes)}"
        remedy = f"{nearest(codes[0], list(parents.index))} (territory.draw.within.codes)"
        if section.unmatched == "drop":
            ledger.warn("parent-without-polygon", _WHERE, found, "left out", *units)
            return frame[~lost], own[~lost]
        ledger.error("parent-without-polygon", _WHERE, found,
                     "a polygon for each parent", remedy, *units)  # fmt: skip
    return frame, own
