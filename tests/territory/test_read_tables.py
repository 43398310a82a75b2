"""Reading tables: text stays text, joins are complete both ways, all told at once."""

import geopandas as gpd
import openpyxl
import pytest
from shapely import box

from amalgamation.errors import DataError
from amalgamation.findings import Severity
from amalgamation.scenario.schema import TerritorySection
from amalgamation.territory import read_territory

SQUARES = [box(70, 50, 70.1, 50.1), box(70.1, 50, 70.2, 50.1), box(70, 50.1, 70.2, 50.2)]


def write(folder, **columns):
    columns = {"code": ["01", "02", "10"], "name": ["Ash", "Birch", "Cedar"]} | columns
    gpd.GeoDataFrame(columns, geometry=SQUARES, crs=4326).to_file(folder / "units.gpkg")


def read(folder, text, encoding="utf-8", **keys):
    (folder / "table.csv").write_bytes(text.encode(encoding))
    table = {"path": "table.csv", "id": "id"}
    section = TerritorySection.model_validate({"units": "units.gpkg", "tables": [table]} | keys)
    return read_territory(section, folder)


def read_alone(folder, text, **keys):
    (folder / "units.csv").write_text(text, encoding="utf-8")
    return read_territory(TerritorySection.model_validate({"units": "units.csv"} | keys), folder)


def refused(function, *args, **keys):
    with pytest.raises(DataError) as caught:
        function(*args, **keys)
    return "\n".join(finding.sentence() for finding in caught.value.findings)


def test_table_is_joined_on_the_text_id_in_any_order(tmp_path):
    write(tmp_path)
    territory = read(tmp_path, "id,tax\n10,3\n01,1\n02,2\n")
    assert territory.values("tax").to_dict() == {"01": 1.0, "02": 2.0, "10": 3.0}


def test_codes_that_do_not_match_are_named_both_ways(tmp_path):
    write(tmp_path)
    text = refused(read, tmp_path, "id,tax\n01,1\n02,2\n99,3\n98,3\n")
    assert "1 unit without a row in the table (10)" in text
    assert "2 rows without a unit (98, 99)" in text


def test_codes_that_do_not_match_are_dropped_on_request_and_all_named(tmp_path):
    write(tmp_path)
    rows = "".join(f"{code},1\n" for code in range(50, 65))
    territory = read(tmp_path, "id,tax\n01,1\n02,2\n" + rows, unmatched="drop")
    assert territory.ids == ("01", "02")
    (finding,) = [one for one in territory.findings if one.check == "unmatched"]
    assert finding.severity is Severity.WARNING
    assert finding.subjects == ("10", *map(str, range(50, 65)))
    assert "15 rows" in finding.found
    assert "64" in finding.found


def test_lost_leading_zeros_are_guessed(tmp_path):
    write(tmp_path)
    assert "leading zeros were lost" in refused(read, tmp_path, "id,tax\n1,1\n2,2\n10,3\n")


def test_table_with_a_unit_twice_is_refused(tmp_path):
    write(tmp_path)
    text = refused(read, tmp_path, "id,tax\n01,1\n01,5\n02,2\n10,3\n")
    assert "units that share an id (2): 01, 01" in text


def test_column_of_the_table_replaces_the_vector_s_and_that_is_told(tmp_path):
    write(tmp_path, population=[1, 2, 3])
    territory = read(tmp_path, "id,population\n01,10\n02,20\n10,30\n")
    assert territory.total("population") == 60
    assert "column-replaced" in {finding.check for finding in territory.findings}


def test_columns_can_be_chosen_and_renamed(tmp_path):
    write(tmp_path)
    table = {"path": "table.csv", "id": "id", "columns": {"population": "pop 2021"}}
    territory = read(tmp_path, "id,pop 2021,x\n01,1,9\n02,2,9\n10,3,9\n", tables=[table])
    assert dict(territory.attributes) == {"population": "residents", "area_km2": "km2"}


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_separator_and_decimal_comma_are_found_and_told(tmp_path, separator):
    write(tmp_path)
    text = "id;tax\n01;1,5\n02;2\n10;3,25\n".replace(";", separator)
    territory = read(tmp_path, text)
    assert territory.values("tax").tolist() == [1.5, 2.0, 3.25]
    assert "decimal-comma" in {finding.check for finding in territory.findings}


def test_mixed_decimal_marks_are_not_guessed(tmp_path):
    write(tmp_path)
    keys = {"attributes": {"tax": "tax"}}
    assert "'1,5' in 01 (Ash)" in refused(read, tmp_path, "id;tax\n01;1,5\n02;2.5\n10;3\n", **keys)


def test_thousands_are_not_guessed(tmp_path):
    write(tmp_path)
    keys = {"attributes": {"tax": "tax"}}
    assert "'1,500'" in refused(read, tmp_path, 'id,tax\n01,"1,500"\n02,2\n10,3\n', **keys)
    assert "'1 500'" in refused(read, tmp_path, "id,tax\n01,1 500\n02,2\n10,3\n", **keys)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read(tmp_path, encoding):
    write(tmp_path)
    territory = read(tmp_path, "id,zone\n01,Қарағай\n02,b\n10,c\n", encoding)
    assert territory.units.loc["01", "zone"] == "Қарағай"


def test_other_encodings_are_refused_with_a_preview(tmp_path):
    write(tmp_path)
    text = refused(read, tmp_path, "id,zone\n01,Костанай\n02,b\n10,c\n", "cp1251")
    assert "Костанай" in text
    assert "save the file as UTF-8" in text


def test_ragged_row_and_open_quote_are_told_with_line_and_content(tmp_path):
    write(tmp_path)
    assert "line 3 (02 Birch Grove 2): found 3 cells" in refused(
        read, tmp_path, "id,tax\n01,1\n02,Birch Grove,2\n"
    )
    assert "quote" in refused(read, tmp_path, 'id,tax\n01,"1\n02,2\n10,3\n')


def test_columns_need_names_of_their_own(tmp_path):
    write(tmp_path)
    text = refused(read, tmp_path, "id,tax,tax,\n01,1,1,1\n02,2,2,2\n10,3,3,3\n")
    assert "tax twice, no name for column 4" in text


@pytest.mark.parametrize("text", ["", "id,tax\n", "\n\n"])
def test_table_without_rows_is_refused(tmp_path, text):
    write(tmp_path)
    assert "a header and at least one row" in refused(read, tmp_path, text)


def test_codes_in_a_table_are_no_attribute(tmp_path):
    write(tmp_path)
    territory = read(tmp_path, "id,epci,dep\n01,200067189,01\n02,200034825,02\n10,200044014,10\n")
    assert dict(territory.attributes) == {"area_km2": "km2"}
    assert territory.units["dep"].tolist() == ["01", "02", "10"]


def test_units_without_geometry_are_a_plain_table_and_that_is_told(tmp_path):
    territory = read_alone(tmp_path, "id,name,population,county\nNA,Nab,5,x\n007,Bond,6,x\n",
                           parents={"rayon": "county"})  # fmt: skip
    assert territory.ids == ("007", "NA")
    assert not territory.has_geometry
    assert territory.crs is None
    assert "maps are left out" in territory.findings[0].sentence()
    assert "area_km2" not in territory.attributes


def test_places_of_a_table_are_projected(tmp_path):
    territory = read_alone(tmp_path, "id,seat_lon,seat_lat\na,70,50\nb,71,50\n")
    step = territory.units["seat_x"].diff().iloc[1]
    assert step == pytest.approx(71_696, rel=1e-3)  # a degree of longitude at 50 degrees north


def test_seat_coordinates_that_are_none_are_refused_by_name(tmp_path):
    text = refused(read_alone, tmp_path, "id,name,seat_lon,seat_lat\na,Ash,700,50\nb,Birch,71,\n")
    assert "a (Ash), b (Birch)" in text


@pytest.fixture
def book(tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["id", "tax", "zone"])
    for row in (["01", 1.5, "steppe"], ["02", 2, None], ["10", 3, "desert"], [None, None, None]):
        made.active.append(row)
    write(tmp_path)
    return made


def read_book(folder, book, **table):
    book.save(folder / "table.xlsx")
    table = {"path": "table.xlsx", "id": "id"} | table
    return read_territory(
        TerritorySection.model_validate({"units": "units.gpkg", "tables": [table]}), folder
    )


def test_workbook_is_read_as_text_and_numbers(tmp_path, book):
    territory = read_book(tmp_path, book)
    assert territory.values("tax").tolist() == [1.5, 2.0, 3.0]
    assert territory.units["zone"].tolist() == ["steppe", "", "desert"]


def test_one_of_several_sheets_must_be_named(tmp_path, book):
    book.create_sheet("Notes")
    assert "one of the sheets Sheet, Notes" in refused(read_book, tmp_path, book)
    assert read_book(tmp_path, book, sheet="Sheet").total("tax") == 6.5


def test_text_file_that_calls_itself_a_workbook_is_refused(tmp_path, book):
    book.save(tmp_path / "x.xlsx")
    (tmp_path / "table.xlsx").write_text("id,tax\n01,1\n")
    section = {"units": "units.gpkg", "tables": [{"path": "table.xlsx", "id": "id"}]}
    with pytest.raises(DataError, match="save it as XLSX"):
        read_territory(TerritorySection.model_validate(section), tmp_path)
