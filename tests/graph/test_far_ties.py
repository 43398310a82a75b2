"""Ties longer than graph.ties.max_km do not count: a shared border is no neighbourhood there."""

import pandas as pd
import pytest

from amalgamation.errors import DataError
from amalgamation.findings import Severity
from amalgamation.graph import build_graph
from amalgamation.scenario.schema import Graph
from amalgamation.territory import grid_territory, grid_ties


def declared(max_km, *, islands="alone", **keys):
    section = {"ties": {"max_km": max_km}, "islands": islands} | keys
    return Graph.model_validate(section)


def stretch(territory, unit, metres):
    """Move a unit's seat to the east: its border stays where it is."""
    units = territory.units.copy()
    units.loc[unit, "seat_x"] += metres
    return type(territory)(
        territory.name, units, territory.tiers, territory.attributes, territory.crs
    )


def test_a_tie_of_exactly_the_limit_counts():
    assert len(build_graph(grid_territory(1, 3), declared(10.0)).ties) == 2


def test_a_tie_beyond_the_limit_does_not_count_and_is_told_with_its_length():
    """Seats at 5, 15 and 29 km: the second tie is 14 km long, border or not."""
    graph = build_graph(stretch(grid_territory(1, 3), "r00c02", 4000), declared(12.0))
    assert list(graph.ties[["a", "b"]].itertuples(index=False, name=None)) == [("r00c00", "r00c01")]
    (note,) = [one for one in graph.findings if one.check == "far-tie"]
    assert note.severity is Severity.NOTE
    assert note.sentence() == (
        "graph.ties.max_km: found 1 of 2 ties longer than 12 km, which do not count: "
        "r00c01 (Unit 0-1) - r00c02 (Unit 0-2) (14 km)"
    )


def test_a_unit_that_loses_its_ties_is_an_island_under_the_policy():
    territory = stretch(grid_territory(1, 3), "r00c02", 4000)
    assert build_graph(territory, declared(12.0)).islands == ("r00c02",)
    with pytest.raises(DataError, match=r"unit r00c02 \(Unit 0-2\): found no tie"):
        build_graph(territory, declared(12.0, islands="error"))
    joined = build_graph(territory, declared(12.0, islands="nearest"))
    assert joined.islands == ()


def test_a_declared_link_counts_however_long_and_keeps_its_border():
    link = {"units": ["r00c02", "r00c01"], "reason": "a road"}
    territory = stretch(grid_territory(1, 3), "r00c02", 4000)
    graph = build_graph(territory, declared(12.0, links=[link]))
    tie = graph.graph.edges["r00c01", "r00c02"]
    assert (tie["km"], tie["border_km"]) == (14.0, 10.0)


def test_a_cut_of_a_tie_that_is_too_long_as_well_is_no_slip():
    cut = {"units": ["r00c02", "r00c01"], "reason": "a river"}
    territory = stretch(grid_territory(1, 3), "r00c02", 4000)
    graph = build_graph(territory, declared(12.0, cuts=[cut]))
    assert len(graph.ties) == 1
    assert "far-tie" not in {finding.check for finding in graph.findings}


def test_many_islands_are_told_in_one_line():
    """A steppe of islands must not hide what else was found."""
    graph = build_graph(grid_territory(3, 4), declared(5.0))
    (warning,) = [one for one in graph.findings if one.check == "island"]
    assert warning.subjects == graph.ids
    assert "12 units with no tie to any other: r00c00 (Unit 0-0)" in warning.sentence()
    assert "each can only be a municipality by itself" in warning.remedy


def test_lengths_in_a_file_of_ties_are_limited_too(tmp_path):
    ties = grid_ties(1, 3).assign(km=[3.0, 30.0])
    ties.to_csv(tmp_path / "ties.csv", index=False)
    section = declared(12.0, ties={"file": "ties.csv", "max_km": 12.0})
    graph = build_graph(grid_territory(1, 3, with_geometry=False), section, tmp_path)
    assert graph.ties["km"].to_list() == [3.0]


def test_a_limit_without_any_length_is_refused(tmp_path):
    """Ties without km are one km each, which no limit could tell apart."""
    pd.DataFrame({"from": ["r00c00"], "to": ["r00c01"]}).to_csv(tmp_path / "ties.csv", index=False)
    section = declared(12.0, ties={"file": "ties.csv", "max_km": 12.0})
    with pytest.raises(DataError, match=r"graph\.ties\.max_km.*without a length.*column of km"):
        build_graph(grid_territory(1, 2, with_geometry=False), section, tmp_path)
