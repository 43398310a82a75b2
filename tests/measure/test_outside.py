"""Units outside: counted in the national table, and in no measure of municipalities."""

import pytest

from amalgamation.measure import measure_plan
from amalgamation.plan import Plan
from strategies import build_territory, build_unit_graph

TIES = [(1, 2, 10.0, 1.0), (2, 3, 10.0, 1.0), (3, 4, 10.0, 1.0)]


@pytest.fixture
def card():
    """Four units in a row: u1 and u2 together, u3 by itself, u4 outside."""
    territory = build_territory([600, 200, 100, 100], area_km2=[10, 20, 30, 40])
    plan = Plan.from_seats({"u1": "u1", "u2": "u1", "u3": "u3"}, ("u4",))
    return measure_plan(plan, territory, build_unit_graph(4, TIES))


def test_units_residents_and_area_outside_stand_beside_today(card):
    rows = card.national.loc[[name for name in card.national.index if "_outside" in name]]
    assert rows["today"].to_list() == [0.0] * 6
    assert rows["plan"].to_dict() == {
        "units_outside": 1.0,
        "units_outside_percent": 25.0,
        "residents_outside": 100.0,
        "residents_outside_percent": 10.0,
        "area_outside": 40.0,
        "area_outside_percent": 40.0,
    }


def test_no_measure_of_municipalities_sees_a_unit_outside(card):
    """Sums, means and distances are those of u1, u2 and u3: 200 of 900 residents go 10 km."""
    assert card.municipalities["population"].to_dict() == {"u1": 800.0, "u3": 100.0}
    assert card.municipalities["area_km2"].to_dict() == {"u1": 30.0, "u3": 30.0}
    plan = card.national["plan"]
    assert plan["municipalities"] == 2.0
    assert plan["population_mean"] == 450.0
    assert plan["population_median"] == 450.0
    assert plan["mean_km"] == pytest.approx(10 * 200 / 900)
    assert plan["max_km"] == 10.0


def test_a_notice_names_the_units_outside_and_says_how_much_they_are(card):
    line = "1 unit outside every municipality (10.0 % of residents, 40.0 % of the area): u4"
    assert line in card.notices


def test_inside_and_outside_add_up_to_the_territory(card):
    inside = card.municipalities["population"].sum()
    assert inside + card.national.loc["residents_outside", "plan"] == 1000.0
