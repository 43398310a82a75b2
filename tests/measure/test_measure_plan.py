"""A plan is measured beside today, on figures that were worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from amalgamation.errors import DataError
from amalgamation.graph import UnitGraph
from amalgamation.measure import KINDS, build_today, measure_plan
from amalgamation.plan import Plan
from amalgamation.scenario.schema import ScorecardSection
from amalgamation.territory import Territory


@pytest.fixture
def line() -> Territory:
    """Four units in a row, 10 km apart: a town and three okrugs."""
    units = pd.DataFrame(
        {
            "name": ["Town", "East", "Far", "Lone"],
            "name_kk": ["Қала", "Шығыс", "Алыс", "Жалғыз"],
            "type": ["town", "rural_okrug", "rural_okrug", "rural_okrug"],
            "oblast": ["O1", "O1", "O1", "O2"],
            "population": [7000.0, 1000.0, 2000.0, 400.0],
            "area_km2": [10.0, 40.0, 50.0, 100.0],
        },
        index=pd.Index(["a", "b", "c", "d"], name="unit_id"),
    )
    return Territory("line", units, ("oblast",), {"population": "residents", "area_km2": "km2"})


@pytest.fixture
def road() -> UnitGraph:
    graph = nx.Graph()
    graph.add_nodes_from("abcd")
    graph.add_edges_from(["ab", "bc", "cd"], km=10.0, border_km=1.0)
    return UnitGraph(graph)


PLAN = Plan.from_seats({"a": "a", "b": "a", "c": "a", "d": "d"})


def test_sums_density_and_distances_are_those_worked_out_by_hand(line, road):
    row = measure_plan(PLAN, line, road).municipalities.loc["a"]
    assert row["units"] == 3
    assert row["population"] == 10_000
    assert row["area_km2"] == 100
    assert row["density"] == 100
    # 7,000 residents at 0 km, 1,000 at 10 km, 2,000 at 20 km
    assert row["mean_km"] == pytest.approx((1_000 * 10 + 2_000 * 20) / 10_000)
    assert row["p90_km"] == 20
    assert row["max_km"] == 20


def test_a_municipality_is_called_by_its_seat_in_every_language(line, road):
    row = measure_plan(PLAN, line, road).municipalities.loc["a"]
    assert (row["seat_id"], row["name"], row["name_kk"]) == ("a", "Town", "Қала")
    assert (row["seat_type"], row["oblast"]) == ("town", "O1")


def test_mixed_is_where_half_or_more_but_not_nearly_all_live_in_towns(line, road):
    card = measure_plan(PLAN, line, road)
    assert card.municipalities["kind"].to_dict() == {"a": "mixed", "d": "rural"}
    assert card.municipalities["urban_percent"].to_dict() == {"a": 70.0, "d": 0.0}
    kinds = card.national.loc[[f"{kind}_municipalities" for kind in KINDS]]
    assert kinds["plan"].to_list() == [0, 1, 1]
    assert kinds["today"].to_list() == [1, 0, 3]


def test_today_stands_beside_the_plan_with_no_way_to_go(line, road):
    national = measure_plan(PLAN, line, road).national
    assert national.loc["municipalities", ["today", "plan"]].to_list() == [4, 2]
    assert national.loc["max_km", "today"] == 0
    assert national.loc["mean_km", "plan"] == pytest.approx(50_000 / 10_400)


def test_the_plan_of_today_has_todays_figures(line, road):
    national = measure_plan(build_today(line), line, road).national
    assert national["plan"].equals(national["today"])


def test_a_unit_at_a_threshold_is_not_below_it(line, road):
    """`below 2,000` leaves out the okrug of exactly 2,000: thresholds are minima."""
    national = measure_plan(PLAN, line, road).national
    assert national.loc["municipalities_below_2000", "today"] == 50
    assert national.loc["municipalities_from_2000", "today"] == 50
    assert national.loc["residents_below_2000", "today"] == pytest.approx(100 * 1400 / 10_400)
    assert national.loc["residents_below_10000", "plan"] == pytest.approx(100 * 400 / 10_400)


def test_own_thresholds_replace_those_of_the_house(line, road):
    national = measure_plan(
        PLAN, line, road, parameters=ScorecardSection(thresholds=[700.0])
    ).national
    assert national.loc["municipalities_below_700", "plan"] == 50
    assert "municipalities_below_5000" not in national.index


def test_directions_are_better_worse_or_neither(line, road):
    better = measure_plan(PLAN, line, road).national["higher_is_better"]
    assert not better["mean_km"]
    assert better["municipalities_from_5000"]
    assert pd.isna(better["municipalities"])


def test_without_population_that_is_said_and_not_guessed(line, road):
    units = line.units.drop(columns="population")
    poor = replace(line, units=units, attributes={"area_km2": "km2"})
    card = measure_plan(PLAN, poor, road)
    assert not {"population", "density", "mean_km"} & set(card.municipalities)
    assert card.municipalities.loc["a", "max_km"] == 20
    assert any("no population" in line and "mean_km" in line for line in card.notices)


def test_one_unknown_figure_leaves_its_sum_unknown(line, road):
    """Part of the residents is not the residents."""
    line.units.loc["b", "population"] = np.nan
    card = measure_plan(PLAN, line, road)
    assert np.isnan(card.municipalities.loc["a", "population"])
    assert card.municipalities.loc["d", "population"] == 400
    assert np.isnan(card.national.loc["population_mean", "plan"])
    assert np.isnan(card.national.loc["municipalities_below_5000", "plan"])
    assert np.isnan(card.national.loc["residents_below_5000", "plan"])
    assert np.isnan(card.national.loc["population_gini", "plan"])
    assert np.isnan(card.national.loc["mean_km", "plan"])
    assert any("1 units without a value (b)" in line for line in card.notices)


def test_a_unit_that_cannot_reach_its_seat_is_named(line, road):
    road.graph.remove_edge("b", "c")
    card = measure_plan(PLAN, line, road)
    assert card.municipalities.loc["a", "max_km"] == np.inf
    assert "1 units cannot reach their seat: c" in card.notices


def test_types_of_another_country_make_no_claim_about_urban(line, road):
    line.units["type"] = "commune"
    table = measure_plan(PLAN, line, road).municipalities
    assert not {"kind", "urban_percent"} & set(table)


def test_a_plan_of_other_units_is_refused_with_both_lists(line, road):
    other = Plan.from_seats({"a": "a", "x": "a"})
    with pytest.raises(
        DataError, match=r"(?s)3 units not in the plan: b, c, d.*1 units not in"
    ) as e:
        measure_plan(other, line, road)
    assert len(e.value.findings) == 2


def test_minutes_are_called_minutes(line, road):
    minutes = replace(road, distance_unit="minutes")
    card = measure_plan(PLAN, line, minutes)
    assert "mean_minutes" in card.municipalities
    assert "mean_minutes" in card.national.index
    assert "mean_km" not in card.national.index


def test_the_tidy_table_has_one_row_per_figure(line, road):
    card = measure_plan(PLAN, line, road)
    tidy = card.to_frame()
    assert list(tidy) == ["scope", "municipality_id", "measure", "value", "unit"]
    measured = [m.name for m in card.measures]
    assert len(tidy) == 2 * len(measured) + 2 * len(card.national)
    chosen = tidy.query("scope == 'municipality' and municipality_id == 'a'")
    assert chosen.set_index("measure").loc["population", "value"] == 10_000


def test_the_card_shows_itself_and_says_that_data_are_made_up(line, road):
    made_up = replace(line, synthetic=True, notice="Synthetic data: <b>a line</b>")
    card = measure_plan(PLAN, made_up, road)
    assert "Municipalities" in repr(card)
    assert "Synthetic data" in repr(card)
    assert "&lt;b&gt;a line" in card._repr_html_()
    assert "<b>a line" not in card._repr_html_()


def test_every_measure_has_a_title_and_its_own_name(line, road):
    card = measure_plan(PLAN, line, road)
    assert card.national.index.is_unique
    assert card.national["title"].is_unique
    assert all(measure.title for measure in card.measures)
