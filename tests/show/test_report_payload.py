"""The payload tells what the run told, and no text in it can become markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString

import amalgamation as am
from amalgamation.graph import UnitGraph, build_graph
from amalgamation.language import read_words
from amalgamation.measure import measure_plan
from amalgamation.show import ReportSubject, build_report
from amalgamation.show.report.payload import build_payload
from amalgamation.status import Certificate, FrontierPoint, Status
from amalgamation.territory import grid_territory

HOSTILE = "</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def toy():
    return am.run("toy", overrides={"solve.processes": 1})


@pytest.fixture(scope="module")
def payload(toy):
    return build_payload(toy.to_report_subject())


def test_columns_of_units_and_municipalities_have_their_number(toy, payload):
    units, municipalities = payload["units"], payload["municipalities"]
    columns = [
        units["id"],
        units["name"],
        units["home"],
        units["names"]["kk"],
        payload["map"]["shapes"],
    ]
    assert {len(column) for column in columns} == {12}
    assert municipalities["id"] == list(toy.plan.seat_of)
    seats = [units["id"][seat] for seat in municipalities["seat"]]
    assert seats == list(toy.plan.seat_of.values())
    homes = [municipalities["id"][home] for home in units["home"]]
    assert dict(zip(units["id"], homes, strict=True)) == dict(toy.plan.municipality_of)


def test_all_of_the_scorecard_is_told_whatever_families_it_has(toy, payload):
    assert [row["name"] for row in payload["national"]] == list(toy.scorecard.national.index)
    assert any(row["headline"] for row in payload["national"])
    sums = payload["municipalities"]["measures"]["population"]
    assert sums == toy.scorecard.municipalities["population"].to_list()
    assert [one["name"] for one in payload["measures"]] == [m.name for m in toy.scorecard.measures]


def test_losers_are_told_by_their_places_and_the_measures_that_tell_of_them(toy, payload):
    for told, seat in zip(payload["losers"], ("own", "rayon"), strict=True):
        expected = toy.scorecard.where_most_lose(seat)
        assert [payload["municipalities"]["id"][at] for at in told["rows"]] == list(expected.index)
        for name in told["measures"]:
            figures = payload["municipalities"]["measures"][name]
            assert [figures[at] for at in told["rows"]] == pytest.approx(list(expected[name]))


def test_nations_are_told_with_the_plan_and_today_and_what_is_nearest(toy, payload):
    told = payload["nations"]
    assert len(told["countries"]) == 30
    assert next(c for c in told["countries"] if c[0] == "Finland") == ["Finland", 17670, 977]
    means = toy.scorecard.national.loc[["population_mean", "area_km2_mean"]]
    assert list(told["plan"]) == means["plan"].to_list()
    assert list(told["today"]) == means["today"].to_list()
    assert set(told["nearest"]) == {"plan", "today"}


def test_remarks_of_the_scorecard_are_among_the_notices(toy, payload):
    (remark,) = toy.scorecard.remarks
    assert remark in payload["notices"]["en"]
    assert set(toy.scorecard.notices) <= set(payload["notices"]["en"])


def test_neighbouring_municipalities_never_share_a_colour(payload):
    homes, colours = payload["units"]["home"], payload["municipalities"]["colour"]
    for a, b in zip(payload["ties"]["a"], payload["ties"]["b"], strict=True):
        assert homes[a] == homes[b] or colours[homes[a]] != colours[homes[b]]


@pytest.mark.parametrize(
    "certificate",
    [
        Certificate(Status.OPTIMAL, 2.0, 2.0),
        Certificate(Status.WITHIN_GAP, 2.02, 2.0),
        Certificate(Status.FEASIBLE, 2.0, -np.inf),
        Certificate(Status.INTERRUPTED, 1.35423, 0.8166),
    ],
    ids=lambda certificate: str(certificate.status),
)
def test_the_page_says_the_very_sentence_of_the_certificate(toy, certificate):
    told = build_payload(replace(toy.to_report_subject(), certificate=certificate))
    meaning = told["certificate"]["meaning"]
    figures = {"bound": f"{certificate.bound:.6g}", "more": f"{meaning.get('more', 0):.2f}"}
    sentence = read_words()["en"][f"meaning.{meaning['key']}"].format(**figures)
    assert sentence == certificate.meaning()


def test_infinite_figures_are_nothing_and_not_a_number(toy):
    points = (FrontierPoint(3, np.inf, 2.5), FrontierPoint(4, 2.0, 1.9))
    certificate = Certificate(Status.FEASIBLE, 2.0, -np.inf, frontier=points)
    told = build_payload(replace(toy.to_report_subject(), certificate=certificate))["certificate"]
    assert told["frontier"] == [[3, None, 2.5], [4, 2, 1.9]]
    assert told["bound"] is None
    json.dumps(told, allow_nan=False)


def test_no_text_of_the_data_can_end_the_script_that_holds_it(toy):
    units = toy.territory.units.copy()
    units["name"] = HOSTILE
    subject = toy.to_report_subject()
    hostile = replace(
        subject,
        territory=replace(subject.territory, units=units, notice=HOSTILE),
        scenario=subject.scenario.model_copy(update={"title": HOSTILE, "question": HOSTILE}),
        notices=(HOSTILE,),
    )
    page = build_report(hostile)
    assert "<img" not in page
    assert page.count("</script>") == 3, "words, payload, script"
    held = re.search(r'id="payload">(.*?)</script>', page, re.DOTALL)
    assert json.loads(held[1])["units"]["name"] == [HOSTILE] * 12, "and yet it is told"


def test_text_that_looks_like_a_place_of_the_template_stays_text(toy):
    subject = toy.to_report_subject()
    scenario = subject.scenario.model_copy(update={"title": "%%payload%%"})
    page = build_report(replace(subject, scenario=scenario))
    assert "<title>%%payload%%</title>" in page


def test_the_same_subject_gives_the_same_bytes(toy):
    assert build_report(toy.to_report_subject()) == build_report(toy.to_report_subject())


def test_a_table_without_geometry_has_no_map_but_all_the_figures():
    territory = grid_territory(2, 3, with_geometry=False)
    drawn = build_graph(grid_territory(2, 3))
    graph = UnitGraph(drawn.to_networkx())
    plan = am.Plan.from_seats({unit: unit[:4] + "01" for unit in territory.ids})
    scenario = am.run("toy", overrides={"solve.processes": 1}).scenario
    told = build_payload(
        ReportSubject(
            scenario,
            plan,
            territory,
            graph,
            measure_plan(plan, territory, graph),
            Certificate(Status.MEASURED, 1.0, -np.inf),
        )
    )
    assert told["map"] is None
    assert told["municipalities"]["colour"] == [0, 0]
    assert told["municipalities"]["measures"]["units"] == [3, 3]


@pytest.mark.parametrize(
    ("distance", "carried"),
    [
        ("straight", "places"),
        ({"matrix": "od.csv"}, "pairs"),
        ({"roads": "roads.gpkg"}, "pairs"),
    ],
)
def test_what_distances_are_computed_from_is_carried(tmp_path, distance, carried):
    rows = [f"r00c0{i},r00c0{j},{10 * abs(i - j)}" for i in range(3) for j in range(3)]
    (tmp_path / "od.csv").write_text("\n".join(["from,to,km", *rows]), encoding="utf-8")
    territory = grid_territory(1, 3)
    road = LineString(territory.units[["seat_x", "seat_y"]].to_numpy())
    gpd.GeoDataFrame(geometry=[road], crs=territory.crs).to_file(tmp_path / "roads.gpkg")
    options = am.Scenario.model_validate(
        {"scenario": "x", "territory": {"dataset": "toy"}, "graph": {"distance": distance}}
    ).graph
    graph = build_graph(territory, options, tmp_path)
    plan = am.Plan.from_seats(dict.fromkeys(territory.ids, "r00c01"))
    subject = ReportSubject(
        am.run("toy", overrides={"solve.processes": 1}).scenario,
        plan,
        territory,
        graph,
        measure_plan(plan, territory, graph),
        Certificate(Status.MEASURED, 1.0, -np.inf),
    )
    told = build_payload(subject)["distance"]
    assert told["how"] == ("matrix" if carried == "pairs" else "straight")
    assert len(told[carried]) == 3
    if carried == "pairs":
        assert dict(zip(told["pairs"][0][::2], told["pairs"][0][1::2], strict=True))[2] == 20
    else:
        assert told["places"][2][0] - told["places"][0][0] == pytest.approx(20)
