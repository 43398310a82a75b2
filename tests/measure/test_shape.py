"""Compactness of shapes whose figures are known, and of grids beside esda's."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.graph import build_graph
from amalgamation.measure import (
    Context,
    Subject,
    measure_parts,
    measure_plan,
    measure_polsby_popper,
    measure_reock,
    national_measures,
)
from amalgamation.plan import Plan
from amalgamation.territory import grid_territory
from rows import MANY

GRID = grid_territory(4, 4)
GRAPH = build_graph(GRID)
ALL = {m.name: m.compute for m in national_measures(Context({}))}


def subject_of(groups):
    """Group the sixteen squares; the first of each group is the seat."""
    first = dict(zip(reversed(groups), reversed(GRID.ids), strict=True))
    seats = {unit: first[group] for unit, group in zip(GRID.ids, groups, strict=True)}
    return Subject(Plan.from_seats(seats), GRID, GRAPH)


def test_four_rows_of_four_squares_are_as_compact_as_worked_out_by_hand():
    """Sides 1 and 4: area 4, perimeter 10, diagonal root 17, which the circle has across."""
    plan = subject_of([unit[:3] for unit in GRID.ids])
    assert measure_polsby_popper(plan).to_list() == pytest.approx([4 * np.pi * 4 / 100] * 4)
    assert measure_reock(plan).to_list() == pytest.approx([4 / (np.pi * 17 / 4)] * 4)
    assert ALL["reock_mean"](plan) == pytest.approx(16 / (17 * np.pi))


def test_a_circle_is_as_compact_as_can_be():
    circle = grid_territory(1, 1)
    circle.units["geometry"] = [shapely.Point(0, 0).buffer(1000, quad_segs=256)]
    plan = Subject(Plan.from_seats({"r00c00": "r00c00"}), circle, GRAPH)
    assert measure_polsby_popper(plan).to_list() == pytest.approx([1], abs=1e-4)
    assert measure_reock(plan).to_list() == pytest.approx([1], abs=1e-4)


def test_squares_that_touch_at_a_corner_are_two_parts():
    diagonal = subject_of([unit if unit not in {"r00c00", "r01c01"} else "x" for unit in GRID.ids])
    assert measure_parts(diagonal)["r00c00"] == 2
    assert ALL["multipart_municipalities"](diagonal) == 1
    assert ALL["multipart_municipalities"](diagonal.today) == 0


@pytest.fixture(scope="module")
def oracle():
    """The library of the field, where it is installed."""
    return pytest.importorskip("esda.shape")


@MANY
@given(groups=st.lists(st.integers(0, 4), min_size=16, max_size=16))
def test_every_shape_agrees_with_esda_and_lies_between_0_and_1(oracle, groups):
    plan = subject_of(groups)
    shapes = plan.polygons.to_numpy()
    round_ones = oracle.minimum_bounding_circle_ratio(shapes)
    assert measure_polsby_popper(plan).to_numpy() == pytest.approx(
        oracle.isoperimetric_quotient(shapes)
    )
    assert measure_reock(plan).to_numpy() == pytest.approx(round_ones)
    assert ((round_ones > 0) & (round_ones <= 1)).all()


def test_without_polygons_shape_is_said_to_be_unknown():
    bare = grid_territory(2, 2, with_geometry=False)
    plan = Plan.from_seats({unit: unit for unit in bare.ids})
    card = measure_plan(plan, bare, build_graph(grid_territory(2, 2)))
    assert "reock" not in card.municipalities
    assert any("no geometry: not measured: polsby_popper, reock" in line for line in card.notices)
