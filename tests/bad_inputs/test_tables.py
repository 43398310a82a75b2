"""Identifiers and tables, cases 1 to 25: each is refused, told or kept, in four parts."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from bad_input_files import SQUARES, answer, ask, only, read, refused, told, write_units

TABLE = {"path": "table.csv", "id": "id"}


def alone(folder, text):
    """A table of units without geometry: each is tied to the next in a file of ties."""
    (folder / "units.csv").write_text(text)
    (folder / "ties.csv").write_text("from,to\n01,02\n02,10\n")
    ties = {"ties": {"file": "ties.csv"}}
    return ask(folder, "units.csv", graph=ties)


def joined(folder, text, written="utf-8", **keys):
    """Three polygons, and a table that is joined to them."""
    write_units(folder)
    (folder / "table.csv").write_bytes(text.encode(written))
    return ask(folder, {"units": "units.gpkg", "tables": [TABLE]} | keys)


ROWS = [["id", "tax", "zone"], ["01", 1, "steppe"], ["02", 2, "x"], ["10", 3, "y"]]


def workbook(rows=ROWS):
    made = openpyxl.Workbook()
    for cells in rows:
        made.active.append(cells)
    return made


def save(folder, made, **keys):
    write_units(folder)
    made.save(folder / "table.xlsx")
    table = {"path": "table.xlsx", "id": "id"} | keys
    return ask(folder, {"units": "units.gpkg", "tables": [table]})


def test_01_a_duplicate_id_is_refused_with_the_names_of_both_rows(tmp_path):
    write_units(tmp_path, code=["01", "01", "10"])
    finding = only(ask(tmp_path))
    assert finding["where"] == "units.gpkg, column code"
    assert finding["found"] == "units that share an id (2): 01 (Ash), 01 (Birch)"
    assert finding["remedy"] == "correct them, or name another column as territory.id"


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_02_a_missing_or_blank_id_is_refused_by_the_unit_s_name(tmp_path, blank):
    write_units(tmp_path, code=["01", blank, "10"])
    assert only(ask(tmp_path))["found"] == "units without an id (1): no id (Birch)"


def test_03_lost_leading_zeros_are_refused_where_digits_name_the_parent(tmp_path):
    write_units(tmp_path, code=["110000000", "10000000", "120000000"])
    finding = only(ask(tmp_path, {"units": "units.gpkg", "parents": {"oblast": {"prefix": 2}}}))
    assert finding["found"] == "ids of fewer than 9 digits (1): 10000000"
    assert finding["expected"].startswith("9 digits")
    assert "read the codes as text" in finding["remedy"]


def test_03_lost_leading_zeros_are_named_where_a_join_fails_for_them(tmp_path):
    finding = only(joined(tmp_path, "id,tax\n1,1\n2,2\n10,3\n"))
    assert finding["remedy"].startswith("leading zeros were lost: store the codes as text")


def test_04_whole_numbers_with_decimals_are_ids_without_loss_and_that_is_told(tmp_path):
    write_units(tmp_path, code=["390000000.0", "110000000.0", "120000000.0"])
    assert "390000000.0" in told(ask(tmp_path), "id-number")["found"]
    assert read(ask(tmp_path)).ids == ("110000000", "120000000", "390000000")


@pytest.mark.parametrize("rounded", ["3.9E+08", "3,9E+08", "1e+09"])
def test_04_rounded_ids_are_refused_since_digits_are_gone(tmp_path, rounded):
    write_units(tmp_path, code=[rounded, "110000000", "120000000"])
    finding = only(ask(tmp_path))
    assert finding["found"] == f"ids that a spreadsheet rounded (1): {rounded} (Ash)"
    assert "formatted as text" in finding["remedy"]


@pytest.mark.parametrize("words", [["NA", "null", "None"], ["nan", "N/A", "#N/A"]])
def test_05_words_for_nothing_are_ids_like_any_other(tmp_path, words):
    write_units(tmp_path, code=words)
    assert read(ask(tmp_path)).ids == tuple(sorted(words))
    text = "id,tax\n" + "".join(f"{word},1\n" for word in words)
    (tmp_path / "table.csv").write_text(text)
    assert read(ask(tmp_path, {"units": "units.gpkg", "tables": [TABLE]})).total("tax") == 3


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        ("A1", "А1", ("U+0041 U+0031", "U+0410 U+0031")),
        ("a1", "A1", ("U+0061 U+0031", "U+0041 U+0031")),
        ("\u00e9", "e\u0301", ("U+00E9", "U+0065 U+0301")),
    ],
    ids=["Latin and Cyrillic", "case", "Unicode form"],
)
def test_06_ids_that_look_alike_are_refused_with_their_code_points(tmp_path, one, other, points):
    write_units(tmp_path, code=[one, other, "B"])
    finding = only(ask(tmp_path))
    assert finding["found"].startswith("possible twins ")
    assert all(point in finding["found"] for point in points)
    assert finding["remedy"] == "write them in one way, or make them differ"


def test_06_ids_that_differ_only_by_a_blank_are_the_same_id(tmp_path):
    write_units(tmp_path, code=["01", "01 ", "10"])
    assert only(ask(tmp_path))["found"].startswith("units that share an id (2)")


@pytest.mark.parametrize("unseen", ["\u00a0", "\u200b", "\ufeff", " \u200d "])
def test_07_unseen_signs_around_an_id_are_cut_off_and_that_is_told(tmp_path, unseen):
    write_units(tmp_path, code=[f"{unseen}01{unseen}", "02", "10"])
    assert told(ask(tmp_path), "id-trimmed")["severity"] == "warning"
    assert read(ask(tmp_path)).ids == ("01", "02", "10")


@pytest.mark.parametrize(("sign", "shown"), [("\u200b", "<U+200B>"), ("\t", "<U+0009>")])
def test_07_unseen_signs_inside_an_id_are_refused_and_made_visible(tmp_path, sign, shown):
    write_units(tmp_path, code=[f"0{sign}1", "02", "10"])
    assert f"0{shown}1 (Ash)" in only(ask(tmp_path))["found"]


def test_08_ids_without_a_partner_are_listed_both_ways(tmp_path):
    rows = "".join(f"{code},1\n" for code in range(50, 65))
    finding = only(joined(tmp_path, "id,tax\n01,1\n02,2\n" + rows))
    assert finding["where"] == "units.gpkg and table.csv"
    assert "1 unit without a row in the table (10)" in finding["found"]
    assert (
        "15 rows without a unit (50, 51, 52, 53, 54, 55, 56, 57, 58, 59 and 5 more)"
        in (finding["found"])
    )
    assert finding["remedy"] == (
        "correct the codes, name a territory.crosswalk, or set territory.unmatched: drop"
    )


def test_09_a_join_that_would_multiply_units_is_refused(tmp_path):
    finding = only(joined(tmp_path, "id,tax\n01,1\n01,5\n02,2\n10,3\n"))
    assert finding["where"] == "table.csv, column id"
    assert finding["found"] == "units that share an id (2): 01, 01"


def test_10_columns_of_one_name_are_refused(tmp_path):
    finding = only(joined(tmp_path, "id,tax,tax\n01,1,1\n02,2,2\n10,3,3\n"))
    assert (finding["where"], finding["found"]) == ("table.csv, header", "tax twice")


def test_10_fields_of_one_name_in_a_shapefile_are_refused(tmp_path):
    write_units(tmp_path, "units.shp", zone=["a", "b", "c"])
    path = tmp_path / "units.dbf"
    path.write_bytes(path.read_bytes().replace(b"zone\x00", b"name\x00"))
    finding = only(ask(tmp_path, "units.shp"))
    assert (finding["where"], finding["found"]) == ("units.shp", "name twice")


def test_11_a_column_that_is_not_there_is_refused_with_the_nearest(tmp_path):
    write_units(tmp_path, pop_2021=[1, 2, 3])
    finding = only(ask(tmp_path, {"units": "units.gpkg", "attributes": {"population": "pop_2020"}}))
    assert finding["where"] == "units.gpkg, territory.attributes.population"
    assert finding["remedy"] == "did you mean pop_2021?"


@pytest.mark.parametrize("text", ["", "id,name\n", "\n\n"])
def test_12_a_table_without_rows_is_refused(tmp_path, text):
    assert only(alone(tmp_path, text))["expected"] == "a header and at least one row"


def test_12_a_layer_without_features_is_refused(tmp_path):
    write_units(tmp_path, geometry=[], code=[], name=[])
    assert only(ask(tmp_path))["found"] == "no features"


def test_13_one_unit_alone_is_solved_and_told(tmp_path):
    write_units(tmp_path, geometry=SQUARES[:1], code=["1"], name=["Ash"])
    assert told(ask(tmp_path), "one-unit")["found"].startswith("one unit, 1 (Ash)")
    ended, said = answer(ask(tmp_path), "run", "-o", str(tmp_path / "out"))
    assert (ended, said["municipalities"]) == (0, 1)


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_14_separator_and_decimal_comma_are_found_and_told(tmp_path, separator):
    text = "id;tax\n01;1,5\n02;2\n10;3,25\n".replace(";", separator)
    scenario = joined(tmp_path, text)
    assert told(scenario, "separator")["where"] == "table.csv"
    assert told(scenario, "decimal-comma")["found"] == "decimal commas, read as such"
    assert read(scenario).values("tax").tolist() == [1.5, 2.0, 3.25]


@pytest.mark.parametrize("mark", [" ", "\u00a0", "\u202f", "'"])
def test_15_marks_of_thousands_are_read_where_they_are_declared_and_else_refused(tmp_path, mark):
    text = f"id;tax\n01;1{mark}234\n02;2\n10;1{mark}000{mark}000,5\n"
    finding = only(joined(tmp_path, text, attributes={"tax": "tax"}))
    assert finding["found"].startswith(f"cells that are no numbers (2): {f'1{mark}234'!r} in 01")
    assert "territory.thousands" in finding["remedy"]
    declared = "'" if mark == "'" else " "
    scenario = joined(tmp_path, text, attributes={"tax": "tax"}, thousands=declared)
    assert read(scenario).values("tax").tolist() == [1234, 2, 1_000_000.5]


def test_15_a_comma_between_thousands_is_read_where_it_is_declared(tmp_path):
    text = "id;tax\n01;1,234\n02;2.5\n10;1,000,000\n"
    scenario = joined(tmp_path, text, attributes={"tax": "tax"}, thousands=",")
    assert read(scenario).values("tax").tolist() == [1234, 2.5, 1_000_000]


def test_16_decimal_points_and_commas_in_one_column_are_refused(tmp_path):
    text = "id;tax\n01;1,5\n02;2.5\n10;3\n"
    finding = only(joined(tmp_path, text, attributes={"tax": "tax"}))
    assert finding["found"] == "cells that are no numbers (1): '1,5' in 01 (Ash)"


def test_16_a_declared_decimal_mark_settles_which_of_the_two_is_wrong(tmp_path):
    text = "id;tax\n01;1,5\n02;2.5\n10;3\n"
    finding = only(joined(tmp_path, text, attributes={"tax": "tax"}, decimal=","))
    assert finding["found"] == "cells that are no numbers (1): '2.5' in 02 (Birch)"


def test_17_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    assert read(joined(tmp_path, "id,tax\n01,1\n02,2\n10,3\n", "utf-8-sig")).total("tax") == 6


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_18_utf_16_is_read_by_its_byte_order_mark_and_told(tmp_path, encoding):
    mark = "" if encoding == "utf-16" else "\ufeff"
    scenario = joined(tmp_path, mark + "id,zone\n01,Қарағай\n02,b\n10,c\n", encoding)
    assert told(scenario, "encoding")["found"] == "text in utf-16, read as such"
    assert read(scenario).units.loc["01", "zone"] == "Қарағай"


def test_18_utf_16_without_its_mark_is_refused_with_a_guess_until_it_is_said(tmp_path):
    text = "id,zone\n01,Қарағай\n02,b\n10,c\n"
    finding = only(joined(tmp_path, text, "utf-16-le"))
    assert finding["remedy"].endswith(
        "write territory.encoding: utf-16-le if that reads well "
        "(for new --from: --encoding utf-16-le)"
    )
    scenario = joined(tmp_path, text, "utf-16-le", encoding="utf-16-le")
    assert read(scenario).units.loc["01", "zone"] == "Қарағай"


WORDS = {"cp1251": "Костанайская", "kz1048": "Қостанай облысы", "cp866": "Костанайская"}


@pytest.mark.parametrize("encoding", sorted(WORDS))
def test_19_bytes_of_another_encoding_are_refused_with_a_guess_that_can_be_read(tmp_path, encoding):
    text = f"id,zone\n01,{WORDS[encoding]}\n02,b\n10,c\n"
    finding = only(joined(tmp_path, text, encoding))
    assert f"as {encoding} they read" in finding["found"]
    assert WORDS[encoding] in finding["found"]
    assert f"territory.encoding: {encoding}" in finding["remedy"]
    scenario = joined(tmp_path, text, encoding, encoding=encoding)
    assert told(scenario, "encoding")["found"] == f"text in {encoding}, read as such"
    assert read(scenario).units.loc["01", "zone"] == WORDS[encoding]


@pytest.mark.parametrize("encoding", ["no-such", "hex", "zlib"])
def test_19_an_encoding_that_is_none_is_refused_in_the_scenario(tmp_path, encoding):
    finding = only(joined(tmp_path, "id,tax\n01,1\n02,2\n10,3\n", encoding=encoding))
    assert finding["where"].endswith("territory.encoding")
    assert finding["remedy"] == "write cp1251, kz1048, cp866 or utf-8"


WRONG = ["Êîñòàíàé", "Костанай".encode().decode("latin-1").replace("\x9a", "\u0161")]


@pytest.mark.parametrize("wrong", WRONG)
def test_20_words_that_were_read_wrongly_before_are_told_with_a_guess(tmp_path, wrong):
    write_units(tmp_path, zone=[wrong, "Étang-sur-Æbelø", "Қарағай"])
    finding = told(ask(tmp_path), "mojibake")
    assert finding["where"] == "units.gpkg, column zone"
    assert finding["found"] == f"words in a wrong encoding (1): '{wrong}', perhaps 'Костанай'"
    assert finding["subjects"] == ["01"]


def test_21_a_ragged_row_is_refused_with_its_line_and_content(tmp_path):
    finding = only(joined(tmp_path, "id,tax\n01,1\n02,Birch Grove,2\n10,3\n"))
    assert finding["where"] == "table.csv, line 3 (02 Birch Grove 2)"
    assert (finding["found"], finding["expected"]) == ("3 cells", "2, as in the header")


def test_21_a_quote_that_stays_open_is_refused_with_its_line(tmp_path):
    finding = only(joined(tmp_path, 'id,tax\n01,"1\n02,2\n10,3\n'))
    assert finding["where"].startswith("table.csv, line ")
    assert finding["remedy"].startswith("close the quote")


def test_22_of_several_sheets_one_must_be_named(tmp_path):
    made = workbook()
    made.create_sheet("Notes")
    finding = only(save(tmp_path, made))
    assert finding["found"] == "2 sheets, none of them chosen"
    assert finding["expected"] == "one of the sheets Sheet, Notes"
    assert read(save(tmp_path, made, sheet="Sheet")).total("tax") == 6


def test_22_merged_cells_are_refused_with_their_range(tmp_path):
    made = workbook()
    made.active.merge_cells("C2:C3")
    finding = only(save(tmp_path, made))
    assert finding["where"] == "table.xlsx, sheet Sheet"
    assert finding["found"] == "merged cells (1): C2:C3"


@pytest.mark.parametrize("word", ["Итого", "Барлығы", "Total"])
@pytest.mark.parametrize("place", [0, 1])
def test_22_a_row_of_sums_is_refused_wherever_its_word_stands(tmp_path, word, place):
    sums = [None, None, 6]
    sums[place] = word
    finding = only(save(tmp_path, workbook([*ROWS, sums])))
    assert finding["found"].startswith(f"rows of sums (1): {word}")
    assert finding["remedy"] == "delete them"


def test_22_a_second_header_is_refused(tmp_path):
    finding = only(save(tmp_path, workbook([ROWS[0], ["ID", "Tax", "1"], *ROWS[1:]])))
    assert finding["found"] == "rows that repeat the header (1): ID Tax 1"


def test_23_a_formula_without_its_value_is_refused_with_its_cell(tmp_path):
    made = workbook()
    made.active["B3"] = "=1+1"
    finding = only(save(tmp_path, made))
    assert finding["found"] == "formulas without a value (1): B3"
    assert finding["remedy"].startswith("open it in a spreadsheet program and save it")


def test_23_hidden_rows_are_read_and_told(tmp_path):
    made = workbook()
    made.active.row_dimensions[3].hidden = True
    made.active.auto_filter.ref = "A1:C4"
    scenario = save(tmp_path, made)
    assert told(scenario, "hidden-rows")["found"] == "rows that are hidden by a filter (1): 3"
    assert read(scenario).total("tax") == 6


@pytest.mark.parametrize("code", ["1-мар", "03-Mar", "Mar-21", "2021-03-01", "3.янв.21"])
def test_24_codes_that_became_dates_in_text_are_refused(tmp_path, code):
    write_units(tmp_path, code=[code, "1-04", "1-05"])
    finding = only(ask(tmp_path))
    assert finding["found"] == f"ids that a spreadsheet made dates of (1): {code} (Ash)"
    assert "formatted as text" in finding["remedy"]


def test_24_codes_that_became_dates_in_a_workbook_are_refused(tmp_path):
    rows = [ROWS[0], [date(2021, 3, 1), 1, "x"], *ROWS[2:]]
    found = [finding["found"] for finding in refused(save(tmp_path, workbook(rows)))]
    assert "cells that hold dates" in found


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "a workbook with a password"),
        (COMPOUND, "a workbook in the old XLS format of before 2007"),
        (b"id,tax\n01,1\n", "another kind of file"),
        (b"PK\x03\x04" + bytes(50), "no readable zip"),
        (b"", "another kind of file"),
    ],
    ids=["encrypted", "old", "text", "corrupt", "empty"],
)
@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_25_a_workbook_that_cannot_be_read_is_refused_in_plain_words(
    tmp_path, content, found, ending
):
    write_units(tmp_path)
    (tmp_path / f"table.{ending}").write_bytes(content)
    table = {"path": f"table.{ending}", "id": "id"}
    finding = only(ask(tmp_path, {"units": "units.gpkg", "tables": [table]}))
    assert finding["where"] == f"table.{ending}"
    assert found in finding["found"]
    assert finding["remedy"]
