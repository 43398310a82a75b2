"""The page judges a plan drawn by hand as `amalgamation measure` does, whatever the rules."""

from __future__ import annotations

import pytest

from amalgamation import api

pytest.importorskip("selenium")
from reading import agrees, downloaded, find, press

BASE = {"solve.processes": 1, "rules.municipalities": {"exactly": None, "min": 2, "max": 6}}
AIMS = {
    "aims.balance": {"population": 0.5, "area_km2": {"weight": 0.1, "target": 1000}},
    "aims.ties_cut": {"weight": 0.2, "by": "count"},
    "aims.crossings": {"rayon": 0.1, "oblast": 0.1},
    "aims.heterogeneity": {"natural_zone": 0.3},
    "aims.number": {"weight": 0.1, "prefer": "many"},
}
CASES = {
    "ways along ties": {"rules.reach_km": {"max": 22}},
    "ways as the crow flies": {"graph.distance": "straight", "rules.reach_km": {"max": 22}},
    "ranges with exceptions": {
        "rules.population": {
            "min": 9000,
            "max": 13000,
            "oversize": "with_neighbours",
            "unless": {"area_km2": {"min": 900}, "population": {"min": 3000}},
        },
        "rules.area_km2": {"max": 1100},
    },
    "ranges by class of the seat": {
        "rules.population": {
            "min": 4000,
            "max": 14000,
            "by": "natural_zone",
            "classes": {"steppe": {"min": 6000}, "forest_steppe": {"max": 9000}},
        }
    },
    "an oversize unit alone": {"rules.population": {"min": 2000, "max": 8000, "oversize": "alone"}},
    "ratios and like units": {
        "rules.ratios": {
            "own": {"of": "own_revenue", "to": "running_cost", "min": 0.3, "max": 0.6}
        },
        "rules.like": ["natural_zone"],
    },
    "walls and numbers per parent": {
        "rules.walls": ["rayon"],
        "rules.municipalities": {
            "exactly": None,
            "max": 4,
            "per_parent": {"rayon": {"990100000": {"max": 1}, "990200000": {"exactly": 3}}},
        },
    },
    "seats and wishes": {
        "rules.seats": {"types": ["town"], "or_population_min": 5000, "fixed": ["990203000"]},
        "rules.keep_together": [{"units": ["990102000", "990103000", "990204000"]}],
        "rules.keep_apart": [{"units": ["990105000", "990106000", "990104000"]}],
        "rules.frozen": ["990206000", "990104000"],
        "rules.max_units": 3,
    },
}

# Toy 01 02 03 04 / 05 06 07 08 / 09 10 11 12, from south to north
PLAN = {
    "990101000": "990101000 990102000 990103000 990104000 990105000",
    "990203000": "990203000 990201000 990205000 990106000",
    "990202000": "990202000 990204000 990206000",
}

EDITS = (("Toy 06", "split"), ("Toy 11", "move"), ("Toy 04", "seat"), ("Toy 08", "merge"))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    path = tmp_path_factory.mktemp("plan") / "assignment.csv"
    rows = [f"{unit},{seat},{seat}" for seat, units in PLAN.items() for unit in units.split()]
    path.write_text("\n".join(["unit_id,municipality_id,seat_id", *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES)
def test_each_rule_is_judged_as_measure_judges_it(case, drawn, open_page, tmp_path):
    """The plan breaks most of them, and each edit breaks others: the page must see the same."""
    settings = {**BASE, **AIMS, "rules.population": {"min": 5000}, **CASES[case]}
    result = api.measure(drawn, "toy", overrides=settings)
    assert len(result.certificate.aims) == 8, "what is compared is there"
    (tmp_path / "report.html").write_text(result.report(), encoding="utf-8")
    page = open_page(tmp_path / "report.html")
    press(page, "hand")
    agrees(page, result)
    told = set()
    for at, (unit, action) in enumerate(EDITS):
        find(page, unit)
        press(page, action)
        if at % 2:
            verdict = api.measure(downloaded(page), "toy", overrides=settings)
            agrees(page, verdict)
            told |= {finding.check for finding in verdict.breaches}
    assert told, "a case that breaks nothing tests nothing"


def test_given_minutes_are_looked_up_as_measure_looks_them_up(drawn, open_page, tmp_path):
    """A pair that the matrix lacks is out of reach, on the page as in `measure`."""
    units = sorted(unit for members in PLAN.values() for unit in members.split())
    rows = [
        f"{a},{b},{7 * abs(i - j) + 1}"
        for i, a in enumerate(units)
        for j, b in enumerate(units)
        if a != b and (i, j) != (1, 0)
    ]
    (tmp_path / "od.csv").write_text("\n".join(["from,to,minutes", *rows]), encoding="utf-8")
    settings = {
        **BASE,
        "graph.distance": {"matrix": str(tmp_path / "od.csv"), "unit": "minutes"},
        "rules.reach_minutes": {"max": 30},
        "aims.access": 0,
        "aims.ties_cut": 1,
    }
    options = {"overrides": settings, "allow_outside": True}
    result = api.measure(drawn, "toy", **options)
    (tmp_path / "report.html").write_text(result.report(), encoding="utf-8")
    page = open_page(tmp_path / "report.html")
    press(page, "hand")
    agrees(page, result)
    find(page, "Toy 02")
    press(page, "split")
    agrees(page, api.measure(downloaded(page), "toy", **options))
