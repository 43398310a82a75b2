"""Whatever is written into a scenario or a file, the command answers in its own words.

The law: `main` ends with 0 (done), 2 (bad input), 3 (proven impossible) or 4 (no plan in the
time), never with 1 (our fault); and a plan that was written passes `verify`.
"""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import networkx as nx
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box

from amalgamation.cli import main
from amalgamation.scenario import json_schema
from bad_input_files import SQUARES, ask, write_units

few = settings(max_examples=30, deadline=None)
fewer = settings(max_examples=12, deadline=None)  # each of them solves
ANSWERED = {0, 2, 3, 4}


def ends(*arguments: str) -> tuple[int, str]:
    out, error = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(error):
        status = main(list(arguments))
    return status, out.getvalue() + error.getvalue()


def check(scenario: Path) -> None:
    status, said = ends("check", str(scenario))
    assert status in ANSWERED, said
    assert "Traceback" not in said


def solve(scenario: Path) -> None:
    out = scenario.parent / "out"
    status, said = ends("run", str(scenario), "-o", str(out), "--minutes", "0.05")
    assert status in ANSWERED, said
    if out.exists():
        verified, why = ends("verify", str(out), "--data-folder", str(scenario.parent))
        assert verified == 0, why
    else:
        assert status != 0


# --- scenarios ------------------------------------------------------------------------

KEYS = sorted({
    key for section in [json_schema(), *json_schema()["$defs"].values()]
    for key in section.get("properties", {})
})  # fmt: skip
words = st.sampled_from(
    ["population", "area_km2", "rayon", "oblast", "T0101", "city", "toy", "km", "", "no", "0x1F"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | words
    | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(KEYS) | words, inner, max_size=3),
    max_leaves=12,
)  # fmt: skip
TOY = {"scenario": "fuzz", "territory": {"dataset": "toy"}}


@few
@given(st.dictionaries(st.sampled_from(KEYS), values, max_size=4))
def test_any_values_under_known_keys_are_answered(extra):
    with TemporaryDirectory() as folder:
        path = Path(folder, "s.yaml")
        path.write_text(json.dumps(TOY | extra), encoding="utf-8")
        check(path)


sections = st.fixed_dictionaries(
    {},
    optional={
        "rules": st.dictionaries(st.sampled_from(sorted(
            json_schema()["$defs"]["Rules"]["properties"])), values, max_size=3),
        "aims": st.dictionaries(st.sampled_from(sorted(
            json_schema()["$defs"]["Aims"]["properties"])), values, max_size=3),
        "graph": st.dictionaries(st.sampled_from(sorted(
            json_schema()["$defs"]["Graph"]["properties"])), values, max_size=3),
    },
)  # fmt: skip


@few
@given(sections)
def test_any_values_in_the_right_sections_are_answered(extra):
    with TemporaryDirectory() as folder:
        path = Path(folder, "s.yaml")
        path.write_text(json.dumps(TOY | extra), encoding="utf-8")
        check(path)


TEXT = """\
scenario: fuzz
territory: {dataset: toy, where: {oblast: ["1"]}}
graph: {ties: {min_border_m: 100}, islands: alone}
rules:
  walls: [oblast]
  population: {min: 5000, unless: {area_km2: {min: 9000}}}
  seats: {types: [city], or_population_min: 2000}
aims: {access: 1.0, balance: {population: 0.3}}
"""


@few
@given(st.data())
def test_a_scenario_with_a_few_wrong_letters_is_answered(data):
    text = TEXT
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        cut = data.draw(st.integers(0, 3))
        text = text[:at] + data.draw(st.text("\t\n :{}[]-&*!|>'\"%@`#,.0aоё\x00", max_size=3)) + (
            text[at + cut :] or "\n"
        )  # fmt: skip
    with TemporaryDirectory() as folder:
        path = Path(folder, "s.yaml")
        path.write_text(text, encoding="utf-8")
        check(path)


@few
@given(st.binary(max_size=200))
def test_any_bytes_as_a_scenario_are_answered(content):
    with TemporaryDirectory() as folder:
        path = Path(folder, "s.yaml")
        path.write_bytes(content)
        check(path)


# --- tables ---------------------------------------------------------------------------

cells = st.one_of(
    st.sampled_from(
        ["", " ", "01", "02", "1e5", "1,5", "1 234", "NA", "nan", "-inf", "н/д", "=1+1", '"', ";",
         "1e400", "-0", "٣", "２", "\u00a0", "Êîñòàíàé", "Total", "1-мар", "True", "0x10"]
    ),
    st.integers(-(10**6), 10**9).map(str),
    st.text(max_size=5),
)  # fmt: skip
headers = st.sampled_from(
    ["code", "id", "name", "population", "area_km2", "rayon", "type", "seat_lon", "seat_lat",
     "geometry", "unit_id", "seat_x", "index", "level_0", "tax", ""]
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    columns = draw(st.lists(headers, min_size=1, max_size=5, unique=draw(st.booleans())))
    count = draw(st.integers(0, 5))
    return [columns, *([draw(cells) for _ in columns] for _ in range(count))]


def territory_of(draw: st.DrawFn) -> dict[str, Any]:
    return draw(
        st.fixed_dictionaries(
            {},
            optional={
                "parents": st.just({"rayon": "rayon"}) | st.just({"rayon": {"prefix": 1}}),
                "attributes": st.just({"tax": "tax"}),
                "decimal": st.sampled_from([".", ","]),
                "thousands": st.sampled_from([" ", "'"]),
                "na_values": st.just(["", "н/д"]),
                "encoding": st.sampled_from(["cp1251", "utf-16", "ascii"]),
                "totals": st.just({"population": {"sum": 100}}),
                "unmatched": st.sampled_from(["error", "drop"]),
                "within": st.just([60, 40, 80, 60]),
            },
        )
    )


@few
@given(st.data(), tables(), st.sampled_from([",", ";", "\t"]))
def test_any_table_of_units_is_answered(data, rows, separator):
    with TemporaryDirectory() as name:
        folder = Path(name)
        text = "\n".join(separator.join(row) for row in rows)
        (folder / "units.csv").write_text(text, encoding="utf-8", errors="replace", newline="")
        (folder / "ties.csv").write_text("from,to\n01,02\n")
        section = {"units": "units.csv"} | territory_of(data.draw)
        check(ask(folder, section, graph={"ties": {"file": "ties.csv"}}))


@few
@given(st.data(), tables(), st.booleans())
def test_any_table_that_is_joined_is_answered(data, rows, as_workbook):
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_units(folder, population=[1, 2, 3])
        ending = "xlsx" if as_workbook else "csv"
        if as_workbook:
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append(
                    [openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", c) for c in row]
                )
            book.save(folder / "t.xlsx")
        else:
            text = "\n".join(",".join(row) for row in rows)
            (folder / "t.csv").write_text(text, encoding="utf-8", errors="replace", newline="")
        column = data.draw(st.sampled_from(rows[0]))
        section = {"units": "units.gpkg", "tables": [{"path": f"t.{ending}", "id": column}]}
        check(ask(folder, section | territory_of(data.draw)))


@fewer
@given(st.data())
def test_any_ties_and_distances_are_answered(data):
    unit = st.sampled_from(["01", "02", "10", "99", "", " 01", "NA"])
    number = st.sampled_from(["1", "0", "-1", "", "nan", "inf", "1e400", "x", "1,5"])
    lines = data.draw(st.lists(st.tuples(unit, unit, number), max_size=5))
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_units(folder, population=[1, 2, 3])
        (folder / "t.csv").write_text("from;to;km\n" + "\n".join(map(";".join, lines)))
        graph = data.draw(
            st.sampled_from([{"ties": {"file": "t.csv"}}, {"distance": {"matrix": "t.csv"}}])
        )
        solve(ask(folder, graph=graph, aims={"access": 1}))


# --- polygons and files ---------------------------------------------------------------

numbers = st.sampled_from([70, 70.1, 70.05, 50, 0, -180, 180, 90, 1e-9, 1e9, 1e300])
points = st.tuples(numbers, numbers)
shapes = st.one_of(
    st.sampled_from([*SQUARES, None, Polygon()]),
    st.lists(points, min_size=3, max_size=6).map(Polygon),
    st.tuples(points, points).map(lambda ends: box(*ends[0], *ends[1])),
    st.just(MultiPolygon([SQUARES[0], SQUARES[2]])),
)


@few
@given(st.lists(shapes, min_size=1, max_size=4), st.sampled_from([4326, 32642, 3857, None]))
def test_any_polygons_are_answered(drawn, crs):
    with TemporaryDirectory() as name:
        folder = Path(name)
        columns = {"code": [str(at) for at in range(len(drawn))], "population": [7] * len(drawn)}
        gpd.GeoDataFrame(columns, geometry=drawn, crs=crs or 4326).to_file(folder / "units.gpkg")
        check(ask(folder, {"units": "units.gpkg"} | ({} if crs else {"crs": "EPSG:32642"})))


FILES = [
    "units.gpkg", "units.geojson", "units.fgb", "units.shp", "units.dbf", "t.xlsx", "u.zip",
    "roads.graphml", "roads.gpkg",
]  # fmt: skip


@few
@given(st.sampled_from(FILES), st.data())
def test_a_file_with_wrong_bytes_is_answered(file, data):
    with TemporaryDirectory() as name:
        folder = Path(name)
        section = _every_kind(folder, file)
        content = bytearray((folder / file).read_bytes())
        for _ in range(data.draw(st.integers(1, 3))):
            # a share, since some formats hold the time of writing and differ in length
            at = int(data.draw(st.floats(0, 0.999)) * len(content))
            content[at : at + 8] = data.draw(st.binary(max_size=8))
        (folder / file).write_bytes(content)
        roads = {"distance": {"roads": file}} if file.startswith("roads") else {}
        check(ask(folder, section, graph=roads))


words = st.sampled_from(["yes", "no", "-1", "", "?", "50", "0", "-5", "nan", "1e400"])
lines = st.one_of(
    st.just(None),
    st.just(Point(70, 50)),
    st.lists(points, min_size=2, max_size=4).map(LineString),
    st.just(LineString([(70.05, 50.05), (70.15, 50.05), (70.1, 50.15)])),
)


@fewer
@given(st.lists(st.tuples(lines, words, words), min_size=1, max_size=4), st.data())
def test_any_roads_are_answered(drawn, data):
    keys = st.sampled_from(
        [{}, {"unit": "minutes", "km_per_hour": 40}, {"fallback": {"straight": 1.3}},
         {"fallback": "error"}, {"farthest": 1e-9}, {"meet_m": 1000, "far_km": 1e9}]
    )  # fmt: skip
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_units(folder, population=[1, 2, 3])
        road, oneway, speed = zip(*drawn, strict=True)
        columns = {"oneway": oneway, "speed_kph": speed}
        gpd.GeoDataFrame(columns, geometry=list(road), crs=4326).to_file(folder / "r.gpkg")
        graph = {"distance": {"roads": "r.gpkg"} | data.draw(keys)}
        solve(ask(folder, graph=graph, aims={"access": 1}))


def _every_kind(folder: Path, file: str) -> dict[str, Any]:
    units = file if file.startswith("units") else "units.gpkg"
    units = "units.shp" if file == "units.dbf" else units
    write_units(folder, units, population=[1, 2, 3])
    if file == "roads.gpkg":
        road = LineString([(70.05, 50.05), (70.15, 50.05)])
        gpd.GeoDataFrame({"oneway": ["no"]}, geometry=[road], crs=4326).to_file(folder / file)
    if file == "roads.graphml":
        network = nx.MultiDiGraph(crs="epsg:4326")
        network.add_node("1", x="70.05", y="50.05")
        network.add_node("2", x="70.15", y="50.05")
        network.add_edge("1", "2", length="7000.5", oneway="False")
        nx.write_graphml(network, folder / file)
    if file == "u.zip":
        with zipfile.ZipFile(folder / file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(folder / units, "u.gpkg")
        return {"units": file}
    if file != "t.xlsx":
        return {"units": units}
    book = openpyxl.Workbook()
    for row in (["id", "tax"], ["01", 1], ["02", 2], ["10", 3]):
        book.active.append(row)
    book.save(folder / file)
    return {"units": units, "tables": [{"path": file, "id": "id"}]}


# --- plans ----------------------------------------------------------------------------


@fewer
@given(st.data())
def test_no_run_ends_in_a_plan_that_verify_refuses(data):
    people = data.draw(st.lists(st.sampled_from([0, 1, 999.5, 1000, 7e8]), min_size=6, max_size=6))
    rules = data.draw(
        st.fixed_dictionaries(
            {},
            optional={
                "walls": st.just(["rayon"]),
                "population": st.sampled_from(
                    [{"min": 1000}, {"max": 1500}, {"min": 1, "max": 7e8}]
                ),
                "area_km2": st.builds(
                    dict,
                    max=st.just(100),
                    oversize=st.sampled_from(["alone", "refuse", "with_neighbours"]),
                ),
                "municipalities": st.sampled_from([{"exactly": 2}, {"min": 2, "max": 4}]),
                "max_units": st.integers(1, 6),
                "reach_km": st.sampled_from([{"max": 9}, {"max": 0.5}]),
                "frozen": st.just(["2"]),
                "keep_apart": st.just([{"units": ["0", "5"], "reason": "old feud"}]),
            },
        )
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        corners = [(70 + 0.1 * (at % 3), 50 + at // 3 / 10) for at in range(6)]
        cells = [box(x, y, x + 0.1, y + 0.1) for x, y in corners]
        columns = {"code": list("012345"), "population": people, "rayon": list("xxyyyx")}
        gpd.GeoDataFrame(columns, geometry=cells, crs=4326).to_file(folder / "units.gpkg")
        section = {"units": "units.gpkg", "parents": {"rayon": "rayon"}}
        aims = {"access": 1, "balance": {"population": 0.5}}
        solve(ask(folder, section, rules=rules, aims=aims, solve={"processes": 1}))
