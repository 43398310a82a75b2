"""A matrix of one's own: one-way, partial with a stated fallback, CSV or Parquet."""

import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import sparse

from amalgamation.errors import DataError
from amalgamation.graph import build_graph, distances_between
from amalgamation.graph.fallback import fill_matrix
from amalgamation.scenario.schema import Graph, MatrixDistance
from amalgamation.territory import grid_territory
from amalgamation.territory.ledger import Ledger

A, B, C = grid_territory(1, 3).ids  # seats 10 km apart in a row


def build(folder, rows, unit="km", **keys):
    (folder / "od.csv").write_text(f"from,to,{unit}\n{rows}", encoding="utf-8")
    distance = {"matrix": "od.csv", "unit": unit} | keys
    return build_graph(grid_territory(1, 3), Graph(distance=distance), folder)


def table(graph):
    frame = distances_between(graph, graph.ids).to_frame()
    far = frame[frame["unit"] != frame["seat"]]
    return {(a, b): value for a, b, value in far.itertuples(index=False)}


def test_both_ways_may_differ_and_an_absent_pair_is_out_of_reach(tmp_path):
    assert table(build(tmp_path, f"{A},{B},7\n{B},{A},9\n")) == {(A, B): 7.0, (B, A): 9.0}


def test_absent_pairs_are_straight_times_a_factor_where_that_is_asked(tmp_path):
    """By hand: A to C are 20 km as the crow flies; beyond 15 km nothing is filled."""
    graph = build(tmp_path, f"{A},{B},7\n", fallback={"straight": 1.5})
    assert table(graph) == pytest.approx(
        {(A, B): 7, (B, A): 15, (B, C): 15, (C, B): 15, (A, C): 30, (C, A): 30}
    )
    assert "5 pairs without a distance" in graph.findings[-1].found
    near = build(tmp_path, f"{A},{B},7\n", fallback={"straight": 1.5, "within_km": 15})
    assert set(table(near)) == {(A, B), (B, A), (B, C), (C, B)}


def test_minutes_need_a_speed_and_km_none(tmp_path):
    slow = {"straight": 1.5, "km_per_hour": 60}
    assert table(build(tmp_path, f"{A},{B},7\n", "minutes", fallback=slow))[B, C] == 15.0
    for unit, fallback in (("minutes", {"straight": 1.5}), ("km", slow)):
        with pytest.raises(ValidationError, match="km_per_hour"):
            MatrixDistance(matrix="od.csv", unit=unit, fallback=fallback)


def test_absent_pairs_are_refused_by_name_where_that_is_asked(tmp_path):
    rows = f"{A},{B},7\n{B},{A},7\n{A},{C},9\n{C},{A},9\n{B},{C},2\n"
    with pytest.raises(DataError, match=rf"1 of 6 pairs .*: {C} - {B}"):
        build(tmp_path, rows, fallback="error")
    assert len(table(build(tmp_path, rows + f"{C},{B},2\n", fallback="error"))) == 6


def test_parquet_is_read_like_csv(tmp_path):
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame({"from": [A, B], "to": [B, C], "km": [7.25, 0.1]})
    frame.to_parquet(tmp_path / "od.parquet")
    graph = build_graph(grid_territory(1, 3), Graph(distance={"matrix": "od.parquet"}), tmp_path)
    assert table(graph) == {(A, B): 7.25, (B, C): 0.1}


def test_parquet_without_its_extra_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "od.parquet").write_bytes(b"PAR1")
    section = Graph(distance={"matrix": "od.parquet"})
    with pytest.raises(DataError, match=r"amalgamation\[parquet\]"):
        build_graph(grid_territory(1, 3), section, tmp_path)


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4))), st.floats(1, 3))
def test_a_fallback_changes_no_given_distance_and_leaves_no_gap(pairs, factor):
    given_pairs = sorted(pairs | {(n, n) for n in range(5)})
    row, column = np.array(given_pairs).T
    value = np.where(row == column, 0.0, 1000.0 + row)
    matrix = sparse.csr_array((value, (row, column)), shape=(5, 5))
    places = np.column_stack([np.arange(5) * 10_000.0, np.zeros(5)])
    distance = MatrixDistance(matrix="od.csv", fallback={"straight": factor})
    filled = fill_matrix(matrix, places, distance, Ledger())
    assert filled.nnz == 25
    whole = filled.toarray()
    assert (whole[row, column] == value).all()
    rest = np.ones((5, 5), dtype=bool)
    rest[row, column] = False
    apart = np.abs(np.subtract.outer(np.arange(5), np.arange(5))) * 10.0
    np.testing.assert_allclose(whole[rest], factor * apart[rest])
