"""Who changes municipality: unit by unit, by parent, in all; and the files of it."""

import io
from dataclasses import replace

import pandas as pd
import pytest

from amalgamation.plan import Plan
from amalgamation.study.compare import build_changes
from amalgamation.territory import grid_territory

LAND = grid_territory(2, 4, rayon_cells=2, oblast_cells=4)
PEOPLE = LAND.values("population")
ROWS = Plan.from_seats({unit: f"{unit[:3]}c00" for unit in LAND.ids})
RAYONS = Plan.from_seats({unit: "r00c00" if unit[-1] in "01" else "r01c02" for unit in LAND.ids})


@pytest.fixture(scope="module")
def changes():
    return build_changes("rows", {"rows": ROWS, "rayons": RAYONS}, LAND)


def test_a_row_per_unit_says_its_municipalities_and_whether_it_changes(changes):
    row = changes.units.loc["r01c01"]
    assert row["rows.municipality_id"] == "r01c00"
    assert row["rayons.seat_id"] == "r00c00"
    moved = changes.changing("rayons")
    for unit, row in changes.units.iterrows():
        goes_on = row["rayons.counterpart"] == row["rows.municipality_id"]
        assert row["rayons.changes"] == (not goes_on) == (unit in moved)


def test_parents_add_up_to_the_whole_whatever_the_tier(changes):
    whole = changes.summary.loc["rayons"]
    assert whole["residents"] == pytest.approx(PEOPLE[list(changes.changing("rayons"))].sum())
    assert whole["percent"] == pytest.approx(100 * whole["residents"] / PEOPLE.sum())
    assert changes.tiers == ("rayon", "oblast")
    for tier in changes.tiers:
        table = changes.by(tier)
        assert table["units"].sum() == len(LAND.ids)
        for name in ("units", "residents"):
            assert table[f"rayons.{name}"].sum() == pytest.approx(whole[name])
    with pytest.raises(KeyError):
        changes.by("county")


def test_parents_have_their_names_in_the_language_that_is_asked_for(changes):
    """A code stands where the data have no name."""
    code = changes.by("oblast").index[0]
    named = replace(
        changes,
        parent_names={"oblast": {code: "North"}},
        parent_names_in={"ru": {"oblast": {code: "Север"}}},
    )
    found = [named.by("oblast", language).loc[code, "name"] for language in (None, "ru", "kk")]
    assert found == ["North", "Север", "North"]
    assert changes.by("oblast").loc[code, "name"] == code


def test_new_municipalities_and_those_that_end_are_counted():
    one = Plan.from_seats(dict.fromkeys(LAND.ids, "r00c00"))
    found = build_changes("rows", {"rows": ROWS, "one": one}, LAND).summary.loc["one"]
    assert (found["new"], found["gone"]) == (0, 1)
    back = build_changes("one", {"one": one, "rows": ROWS}, LAND).summary.loc["rows"]
    assert (back["new"], back["gone"]) == (1, 0)
    assert back["residents"] == found["residents"]


def test_the_files_hold_every_unit_and_parent_and_say_what_is_made_up(changes):
    table = pd.read_csv(io.StringIO(changes.to_csv()), dtype={"unit_id": str})
    assert list(table["unit_id"]) == list(LAND.ids)
    assert table["rayons.changes"].sum() == len(changes.changing("rayons"))
    assert table["synthetic"].all()
    parents = pd.read_csv(io.StringIO(changes.parents_to_csv()))
    assert list(parents["tier"].unique()) == ["rayon", "oblast"]
    rayons, oblasts = parents.groupby("tier", sort=False)["rayons.units"].sum()
    assert rayons == oblasts > 0


def test_without_data_shares_are_of_units_and_nothing_is_made_up():
    """A run whose files are gone still says which units change."""
    found = build_changes("rows", {"rows": ROWS, "rayons": RAYONS})
    row = found.summary.loc["rayons"]
    assert row["percent"] == 100 * row["units"] / 8
    assert pd.isna(row["residents"])
    assert found.tiers == ()
    assert "residents" not in repr(found)
    assert "synthetic" not in found.to_csv()
    assert found.parents_to_csv() == "tier,code\n"
