"""``frontier.csv`` says of each number what is known, what is proven, and what is not."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.status import Certificate, FrontierPoint, Status
from amalgamation.write import build_frontier_table, write_run

POINTS = (
    FrontierPoint(2, math.inf, math.inf),
    FrontierPoint(3, 1.5, 1.2),
    FrontierPoint(4, 1.6, 1.55),
    FrontierPoint(5, math.inf, 1.4),
    FrontierPoint(6, math.inf, -math.inf),
)
FOUND = Certificate(Status.FEASIBLE, 1.5, 1.2, frontier=POINTS)


@pytest.fixture
def told(record):
    return replace(record, certificate=replace(record.certificate, frontier=POINTS, peak_mb=812.34))


def names(folder):
    return {entry.name for entry in folder.iterdir()}


def test_each_number_says_how_its_plan_stands():
    words = build_frontier_table(FOUND, chosen=3)["plan"].to_dict()
    assert words == {2: "impossible", 3: "chosen", 4: "known", 5: "none", 6: "none"}


def test_only_a_number_whose_bound_lies_below_the_chosen_cost_may_be_cheaper():
    may = build_frontier_table(FOUND, chosen=3)["may_be_cheaper"].to_dict()
    assert may == {2: False, 3: True, 4: False, 5: True, 6: True}


def test_rounding_does_not_make_an_optimal_plan_beatable():
    """The country's sum and the frontier's are added in different orders."""
    points = (FrontierPoint(3, 1.5, 1.5), FrontierPoint(4, 1.5, 1.5 * (1 - 1e-15)))
    table = build_frontier_table(Certificate(Status.OPTIMAL, 1.5, 1.5, frontier=points), 3)
    assert not table["may_be_cheaper"].any()


def test_the_file_is_blank_where_nothing_is_known(told, tmp_path):
    write_run(tmp_path / "run", replace(told, formats=("csv",)))
    lines = (tmp_path / "run" / "frontier.csv").read_text().splitlines()
    head = "municipalities,plan,cost,bound,gap_percent,may_be_cheaper,synthetic"
    assert lines == [
        head,
        "2,impossible,,,,False,True",
        "3,chosen,1.5,1.2,20,True,True",
        "4,known,1.6,1.55,3.125,False,True",
        "5,none,,1.4,,True,True",
        "6,none,,,,True,True",
    ]


def test_real_data_carry_no_word_of_synthetic(told, tmp_path):
    real = replace(told, territory=replace(told.territory, synthetic=False, notice=""))
    write_run(tmp_path / "run", replace(real, formats=("csv",)))
    assert "synthetic" not in (tmp_path / "run" / "frontier.csv").read_text()


@pytest.mark.parametrize("points", [(), POINTS[1:2]])
def test_one_number_alone_is_no_frontier(record, tmp_path, points):
    alone = replace(record, certificate=replace(record.certificate, frontier=points))
    write_run(tmp_path / "run", replace(alone, frontier_png=b"\x89PNG"))
    assert not names(tmp_path / "run") & {"frontier.csv", "frontier.png"}
    assert "frontier" not in (tmp_path / "run" / "run.json").read_text().partition("notices")[2]


def test_a_plan_that_was_only_measured_has_no_frontier(record, tmp_path):
    write_run(tmp_path / "run", replace(record, certificate=None, formats=("csv",)))
    assert "frontier.csv" not in names(tmp_path / "run")


def test_each_format_gives_its_own_file(told, tmp_path):
    drawn = replace(told, frontier_png=b"\x89PNG of a line")
    write_run(tmp_path / "tables", replace(drawn, formats=("csv",)))
    write_run(tmp_path / "pictures", replace(drawn, formats=("png", "png")))
    assert "frontier.png" not in names(tmp_path / "tables")
    assert names(tmp_path / "pictures") == {"run.json", "map.png", "frontier.png"}
    assert (tmp_path / "pictures" / "frontier.png").read_bytes() == b"\x89PNG of a line"


def test_the_picture_needs_no_geometry(bare_record, tmp_path):
    found = replace(bare_record.certificate, frontier=POINTS)
    drawn = replace(bare_record, certificate=found, frontier_png=b"\x89PNG", map_png=None)
    write_run(tmp_path / "run", replace(drawn, formats=("png",)))
    assert names(tmp_path / "run") == {"run.json", "frontier.png"}


def test_a_picture_that_was_not_drawn_is_said(told, tmp_path):
    write_run(tmp_path / "run", replace(told, formats=("png",)))
    notices = json.loads((tmp_path / "run" / "run.json").read_text())["notices"]
    assert "frontier.png left out: no frontier was drawn" in notices


def test_the_record_tells_memory_and_work_and_leaves_the_frontier_to_its_file(told, tmp_path):
    write_run(tmp_path / "run", replace(told, formats=("csv",)))
    certificate = json.loads((tmp_path / "run" / "run.json").read_text())["certificate"]
    assert certificate["peak_mb"] == 812.3
    assert "frontier" not in certificate
    block = certificate["blocks"][0]
    assert [block[key] for key in ("engine", "why", "columns", "nodes")] == ["compact", "", 0, 0]


POSITIVE = st.floats(0.01, 100)


@given(st.lists(st.tuples(POSITIVE, POSITIVE), min_size=2, max_size=8), st.data())
def test_what_is_said_of_a_number_follows_from_its_figures(pairs, data):
    points = tuple(FrontierPoint(n, max(pair), min(pair)) for n, pair in enumerate(pairs, 1))
    chosen = data.draw(st.sampled_from(points))
    certificate = Certificate(Status.FEASIBLE, chosen.cost, 0.0, frontier=points)
    table = build_frontier_table(certificate, chosen.number)
    assert table.index.to_list() == list(range(1, len(points) + 1))
    assert (table["plan"] == "chosen").sum() == 1
    gaps = 100 * (table["cost"] - table["bound"]) / table["cost"]
    pd.testing.assert_series_equal(table["gap_percent"], gaps, check_names=False, atol=1e-6)
    assert table["may_be_cheaper"][table["cost"] < chosen.cost * (1 - 1e-8)].all()
