"""The country that ships with the tool, measured as it stands and by its rayons."""

from __future__ import annotations

import pytest

from amalgamation.api import prepare
from amalgamation.measure import find_parent_seats, measure_plan
from amalgamation.plan import Plan


@pytest.fixture(scope="module")
def national():
    ground = prepare("kz-two-tier")
    seats = find_parent_seats(ground.territory, "rayon")
    rayons = ground.territory.units["rayon"]
    plan = Plan.from_seats({unit: seats[code] for unit, code in rayons.items()})
    return measure_plan(plan, ground.territory, ground.graph).national


def test_every_resident_and_every_body_of_today_is_counted(national):
    today = national["today"]
    assert today["elected_heads"] == 2492
    assert today["elected_heads"] * today["residents_per_head"] == pytest.approx(18_879_552)
    kinds = ["urban_municipalities", "mixed_municipalities", "rural_municipalities"]
    assert today[kinds].to_list() == [40 + 47 + 26, 0, 2297 + 82]


def test_rayons_as_municipalities_keep_every_rayon(national):
    plan = national["plan"]
    assert plan["rayon_whole"] == plan["rayon_seats_kept"] == plan["municipalities"] == 201
    assert plan["rayon_rand_index"] == pytest.approx(1)
    assert plan["rayon_changes"] == plan["farther_than_rayon"] == plan["oblast_cut"] == 0
    assert plan["change_from_own_km"] == pytest.approx(plan["mean_km"])
    assert plan["change_from_rayon_km"] == pytest.approx(0)
    assert -national.loc["change_from_rayon_km", "today"] == pytest.approx(plan["mean_km"])
