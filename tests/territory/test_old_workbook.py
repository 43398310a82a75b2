"""XLS of before 2007 is read as XLSX is: codes as text, and what a person would stumble over."""

import datetime as dt
import sys

import pytest

from bad_input_files import ask, only, read, refused, told, write_units

xlwt = pytest.importorskip("xlwt", reason="writes the XLS files of these tests")
pytest.importorskip("xlrd", reason="needs the extra xls")

ROWS = [["id", "tax", "zone"], ["01", 1.5, "steppe"], ["02", 2, "NA"], ["10", 3, ""]]


def save(folder, rows=ROWS, change=None, **keys):
    write_units(folder, **keys)
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            style = xlwt.Style.default_style
            if isinstance(cell, dt.date):
                style = xlwt.easyxf(num_format_str="DD.MM.YYYY")
            page.write(at, column, cell, style)
    if change is not None:
        change(book, page)
    book.save(str(folder / "t.xls"))
    table = {"path": "t.xls", "id": "id"}
    return ask(folder, {"units": "units.gpkg", "tables": [table]})


def test_text_stays_text_and_numbers_are_numbers(tmp_path):
    territory = read(save(tmp_path))
    assert territory.ids == ("01", "02", "10")
    assert territory.values("tax").tolist() == [1.5, 2, 3]
    assert territory.units["zone"].tolist() == ["steppe", "NA", ""]


def test_04_codes_that_are_numbers_are_read_without_loss_and_told(tmp_path):
    rows = [["id", "tax"], [110000000, 1], [120000000, 2], [390000000, 3]]
    codes = ["110000000", "120000000", "390000000"]
    scenario = save(tmp_path, rows, code=codes)
    assert told(scenario, "id-number")["found"].startswith("numbers, which were read as text")
    assert list(read(scenario).ids) == codes


def test_24_codes_that_became_dates_are_refused(tmp_path):
    rows = [["id", "tax"], [dt.date(2021, 3, 1), 1], ["02", 2], ["10", 3]]
    scenario = save(tmp_path, rows, code=["2021-03-01", "02", "10"])
    assert "cells that hold dates" in {one["found"] for one in refused(scenario)}


def test_22_merged_cells_are_refused_by_their_names(tmp_path):
    def merge(_, page):
        page.write_merge(5, 6, 1, 2, "")

    finding = only(save(tmp_path, change=merge))
    assert finding["where"] == "t.xls, sheet Sheet"
    assert finding["found"] == "merged cells (1): B6:C7"


def test_22_of_several_sheets_one_must_be_named(tmp_path):
    finding = only(save(tmp_path, change=lambda book, _: book.add_sheet("More")))
    assert finding["expected"] == "one of the sheets Sheet, More"


def test_23_hidden_rows_are_told(tmp_path):
    def hide(_, page):
        page.row(2).hidden = True

    assert told(save(tmp_path, change=hide), "hidden-rows")["found"] == (
        "rows that are hidden (1): 3"
    )


def test_25_a_workbook_cut_short_is_refused_in_plain_words(tmp_path):
    scenario = save(tmp_path)
    whole = (tmp_path / "t.xls").read_bytes()
    for length in (600, 2000, len(whole) - 700):
        (tmp_path / "t.xls").write_bytes(whole[:length])
        assert only(scenario)["found"].startswith("a workbook in the old XLS format")


def test_25_an_old_workbook_under_a_new_ending_is_told_apart(tmp_path):
    save(tmp_path)
    (tmp_path / "t.xls").rename(tmp_path / "t.xlsx")
    table = {"path": "t.xlsx", "id": "id"}
    finding = only(ask(tmp_path, {"units": "units.gpkg", "tables": [table]}))
    assert finding["found"] == "a workbook in the old XLS format of before 2007"
    assert finding["remedy"].startswith("give it the ending .xls")


def test_without_its_extra_the_message_says_what_to_install(tmp_path, monkeypatch):
    scenario = save(tmp_path)
    monkeypatch.setitem(sys.modules, "xlrd", None)
    finding = only(scenario)
    assert "amalgamation[xls]" in finding["remedy"]
    assert "save it as XLSX" in finding["remedy"]
