"""Files of different years: a crosswalk renames codes, joins units, and names what it cannot."""

import geopandas as gpd
import pytest
from shapely import box

from amalgamation.errors import DataError
from amalgamation.scenario.schema import TerritorySection
from amalgamation.territory import read_territory

CELLS = [box(3 + n / 10, 44, 3.1 + n / 10, 44.1) for n in range(4)]
# Pomme and Poire became Verger (48003) in 2019; the rest are as they were.
CODES = ["48001", "48002", "48003", "48004"]
NAMES = ["Pomme", "Prune", "Poire", "Noix"]
CROSSWALK = "old,new\n48001,48003\n48002,48002\n48003,48003\n48004,48004\n"
TABLE = "code,people\n48002,20\n48003,40\n48004,40\n"


def read(folder, rows=CROSSWALK, table=TABLE, **keys):
    frame = gpd.GeoDataFrame({"code": CODES, "nom": NAMES, "farms": [1, 2, 4, 8]}, geometry=CELLS,
                             crs=4326)  # fmt: skip
    frame.to_file(folder / "units.gpkg")
    (folder / "codes.csv").write_text(rows, encoding="utf-8")
    (folder / "people.csv").write_text(table, encoding="utf-8")
    keys.setdefault("crosswalk", {"file": "codes.csv", "from": "old", "to": "new"})
    section = {"units": "units.gpkg", "tables": [{"path": "people.csv", "id": "code"}], **keys}
    return read_territory(TerritorySection.model_validate(section), folder)


def refused(*args, **keys):
    with pytest.raises(DataError) as caught:
        read(*args, **keys)
    return "\n".join(finding.sentence() for finding in caught.value.findings)


def told(territory, check):
    return [finding for finding in territory.findings if finding.check == check]


def test_units_that_became_one_are_merged_summed_and_told(tmp_path):
    territory = read(tmp_path)
    assert territory.ids == ("48002", "48003", "48004")
    assert territory.values("farms").to_dict() == {"48002": 2, "48003": 5, "48004": 8}
    assert territory.units.loc["48003", "name"] == "Poire"  # it had the code before
    assert territory.values("people")["48003"] == 40
    one = territory.geometry.area
    assert one["48003"] == pytest.approx(2 * one["48004"], rel=1e-3)
    assert "48003 (of 48001, 48003)" in told(territory, "codes-joined")[0].found


def test_a_table_of_the_earlier_year_is_joined_in_the_same_way(tmp_path):
    later = "code,people,kind\n48001,10,a\n48002,20,a\n48003,40,b\n48005,40,b\n"
    codes = "from,to\n48005,48004\n"
    territory = read(tmp_path, codes, later, crosswalk={"file": "codes.csv", "of": "tables"})
    assert territory.values("people").to_dict() == dict(zip(CODES, [10, 20, 40, 40], strict=True))
    halves = later.replace("48005,40,b", "48005,30,b\n48004,10,b")
    both = read(tmp_path, codes, halves, crosswalk={"file": "codes.csv", "of": "tables"})
    assert both.values("people")["48004"] == 40
    assert both.units.loc["48004", "kind"] == "b"


def test_codes_that_one_side_does_not_know_are_named_with_the_nearest(tmp_path):
    rows = CROSSWALK.replace("48004,48004\n", "48O04,48004\n")  # a letter O for a zero
    one, other = told(read(tmp_path, rows), "crosswalk-unmatched")
    assert "1 code of units.gpkg without a row in the crosswalk: 48004 (like 48O04)" in one.found
    assert "1 row of the crosswalk without a unit in units.gpkg: 48O04 (like 48004)" in other.found


def test_a_unit_that_was_split_is_refused_since_nothing_divides_its_residents(tmp_path):
    text = refused(tmp_path, CROSSWALK + "48002,48009\n")
    assert "unit 48002 of units.gpkg: found a unit that became several: 48002, 48009" in text


def test_without_a_crosswalk_the_nearest_codes_and_the_way_out_are_named(tmp_path):
    text = refused(tmp_path, crosswalk=None, table=TABLE.replace("48004", "48014"))
    assert "48004 is like 48014" in text
    assert "territory.crosswalk" in text


def test_a_crosswalk_with_a_wrong_column_or_a_blank_code_is_refused(tmp_path):
    wrong = {"file": "codes.csv", "from": "odl", "to": "new"}
    assert "did you mean old?" in refused(tmp_path, crosswalk=wrong)
    assert "48002 -> no code" in refused(tmp_path, CROSSWALK + "48002,\n")


@pytest.mark.parametrize(
    ("cells", "keys", "sums"),
    [
        (("1 000,5", "2,25"), {"decimal": ",", "thousands": " "}, 1002.75),
        (("1.000", "2.500"), {"thousands": "."}, 3500),
        (("1,000", "2,500"), {"thousands": ","}, 3500),
    ],
)
def test_numbers_are_summed_as_the_scenario_says_that_they_are_written(tmp_path, cells, keys, sums):
    rows = ["code;people", *(f"{code};{cell}" for code, cell in zip(CODES, cells * 2, strict=True))]
    codes = "from,to\n48002,48001\n48004,48003\n"
    crosswalk = {"file": "codes.csv", "of": "tables"}
    territory = read(
        tmp_path, codes, "\n".join(rows) + "\n", crosswalk=crosswalk, unmatched="drop", **keys
    )
    assert territory.values("people").to_dict() == {"48001": sums, "48003": sums}


def test_a_sum_with_an_unknown_number_is_unknown(tmp_path):
    table = "code,people\n48001,10\n48002,n/a\n48003,40\n48004,40\n"
    keys = {"na_values": ["n/a"], "attributes": {"people": "people"}, "unmatched": "drop"}
    crosswalk = {"file": "codes.csv", "of": "tables"}
    text = refused(tmp_path, "from,to\n48002,48001\n", table, crosswalk=crosswalk, **keys)
    assert "no number in 1 unit: 48001" in text
