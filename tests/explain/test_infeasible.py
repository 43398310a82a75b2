"""Questions made impossible by a known cause: the first line names it, within a minute.

The scenarios stand in `tests/infeasible`, each with its cause as a comment. The bundled
territory is synthetic; Creuse is real, and needs the shared data.
"""

from pathlib import Path

import pytest

from amalgamation import explain_no_plan
from amalgamation.status import Status

FOLDER = Path(__file__).parents[1] / "infeasible"
FRANCE = Path(__file__).parents[3] / "shared" / "data" / "france"
MINUTE = 60.0
# Enough for the cause and its proof; how far rules must be loosened may stay open.
SHORT = 15.0

CAUSES = {
    "rayon-below-minimum": (
        "rules.population.min, the 8 connected units",
        "rayon Mangystau rayon 038: 77,054 people in all",
        "(946 people short)",
    ),
    "city-above-maximum": (
        "rules.population.max, unit 471000000 (Aktau): 147,443 people",
        "at most 120,000 people",
    ),
    "pocket-of-two": (
        "rules.max_units, the pocket of 2 units 473201000 (Fort-Shevchenko), 473203000 (Bautino)",
        "behind 473204000",
    ),
    "minimum-times-number": (
        "rules.municipalities.min: 20 x 40,000 people = 800,000 people needed",
        "at most 719,571 people",
    ),
    "seats-too-few": ("rules.municipalities.min: at most 3", "3 units that may be seats"),
    "rayon-without-seat": ("rules.seats, the 8 connected units", "no unit that may be a seat"),
    "wishes-contradict": (
        "rules.keep_together",
        "473403000 (Mangystau 034-03) kept together, and kept apart by rules.keep_apart[0]",
    ),
    "wall-cuts-wish": (
        "rules.keep_together, units 473401000 (Mangystau 034-01), 474001000 (Mangystau 040-01)",
        "on both sides of a wall: rayon",
    ),
    "out-of-reach": ("rules.reach_km.max, unit 473401000", "no seat within 250 km"),
    "apart-and-few": ("rules.municipalities.max: at least 3", "3 units kept apart"),
    "no-division": (
        "Mangystau rayon 038 (8 units): no plan keeps all of",
        "rules.municipalities.per_parent.rayon.473800000.min",
        "at least 38,000 people (rules.population.min)",
    ),
    "creuse-pocket": (
        "rules.population.min, unit 23264 (Villedieu), cut off by 23077 (Faux-la-Montagne)",
        "52 residents in all",
    ),
    "creuse-frozen": (
        "rules.population.min, unit 23264 (Villedieu), which stands alone (frozen)",
        "(4,948 residents short)",
    ),
    "creuse-few": (
        "rules.municipalities.max: at least 6 municipalities needed",
        "115,527 residents, at most 20,000 residents each",
    ),
    "creuse-fixed-seats": ("2 fixed seats together: 23096 (Guéret), 23247 (Saint-Vaury)",),
    "creuse-reach": (
        "rules.reach_km.max and rules.population.min, unit 23",
        "residents within 18 km of any seat that it reaches",
    ),
}


def explain(name):
    if name.startswith("creuse") and not FRANCE.is_dir():
        pytest.skip("needs ../shared/data/france, which a bare clone lacks")
    return explain_no_plan(FOLDER / f"{name}.yaml", allow_outside=True, seconds=SHORT)


@pytest.mark.parametrize("name", CAUSES)
def test_the_first_line_names_the_cause(name):
    why = explain(name)
    assert why.status is Status.INFEASIBLE
    for part in CAUSES[name]:
        assert part in why.first_line()
    assert why.seconds < MINUTE
    # nothing is claimed that a second way, or arithmetic, has not proven too
    assert all(reason.confirmed for reason in why.reasons)


def test_every_scenario_of_the_folder_stands_in_the_table():
    files = {path.stem for path in FOLDER.glob("*.yaml")}
    assert files == {*CAUSES, "mangystau"}
    assert len(CAUSES) >= 12


def test_a_rayon_below_the_minimum_has_its_neighbours_as_ways_out():
    why = explain("rayon-below-minimum")
    (reason,) = why.reasons
    assert reason.conflict.names == ("rules.walls.rayon", "rules.population.min")
    minimum, *walls = reason.relaxations
    assert (minimum.value, minimum.proven) == (77054, True)
    assert "the wall between Mangystau rayon 038 and Zhanaozen (rayon) open" in {
        one.words for one in walls
    }


def test_a_rayon_whose_units_do_not_divide_is_proven_twice_and_loosened_to_the_best_division():
    (reason,) = explain("no-division").reasons
    assert not reason.by_arithmetic
    assert reason.confirmed
    found = {one.key: one for one in reason.relaxations}
    assert found["rules.population.min"].value == 36764
    assert found["rules.population.min"].proven
