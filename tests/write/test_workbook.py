"""The workbook tells what the tables tell, and no name in it is ever a formula."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.exceptions import IllegalCharacterError

from amalgamation.measure import build_today, measure_plan
from amalgamation.plan import Plan
from amalgamation.write import FORMATS, build_sheets, write_workbook
from amalgamation.write.workbook import HEADER_ROW

DIGITS = 1e-15  # sixteen digits, which is what the format's own writer keeps
HOSTILE = ["=1+2", "+7", "-x", "@SUM(A1)", "#N/A", "\tTab", "bell\x07", "Қазақ <b>", "' or 1"]


@pytest.fixture(scope="module")
def path(record, tmp_path_factory):
    folder = tmp_path_factory.mktemp("xlsx")
    FORMATS["xlsx"].write(folder, record)
    return folder / "scorecard.xlsx"


def read(path, sheet):
    return pd.read_excel(path, sheet_name=sheet, header=HEADER_ROW - 1)


def test_there_is_a_sheet_per_table_in_the_order_of_reading(path):
    sheets = openpyxl.load_workbook(path).sheetnames
    assert sheets == [
        *("summary", "municipalities", "where_most_lose", "assignment", "aims"),
        *("certificate", "notes"),
    ]


def test_what_is_read_again_has_the_same_sums(path, record):
    expected = record.scorecard.municipalities.select_dtypes("number")
    again = read(path, "municipalities")[list(expected)]
    finite = expected.replace([np.inf, -np.inf], np.nan)
    assert expected["population"].sum() > 0
    for column in expected:
        sums = (math.fsum(table[column].dropna()) for table in (again, finite))
        assert math.isclose(*sums, rel_tol=DIGITS), column


def test_every_figure_of_the_summary_comes_back(path, record):
    again = read(path, "summary").set_index("measure")
    for column in ("today", "plan"):
        expected = record.scorecard.national[column].replace([np.inf, -np.inf], np.nan)
        assert list(again[column].dropna().index) == list(expected.dropna().index)
        assert np.allclose(again[column], expected, rtol=DIGITS, atol=0, equal_nan=True)
    change = again["plan"] - again["today"]
    assert np.allclose(again["change"], change, equal_nan=True)


def test_the_losers_are_those_that_the_scorecard_names_against_each_seat(path, record):
    again = read(path, "where_most_lose").groupby("against", sort=False)
    assert list(again.groups) == list(record.scorecard.seats_today) == ["own", "rayon"]
    for seat, table in again:
        expected = record.scorecard.where_most_lose(seat)
        assert table["municipality_id"].to_list() == expected.index.to_list()
        assert table["farther"].to_list() == expected[f"farther_than_{seat}"].to_list()
        assert np.allclose(table["growth"], expected[f"growth_from_{seat}_km"], rtol=DIGITS)


def test_the_losers_sheet_names_the_units_of_its_figures(path):
    notes = read(path, "notes").set_index(["sheet", "column"])["unit"]["where_most_lose"]
    units = notes[["farther", "farther_percent", "growth"]]
    assert units.to_list() == ["residents", "%", "km"]


def test_where_nobody_loses_there_is_no_sheet_of_losers(record):
    """Each unit by itself: no way is longer than today's."""
    card = measure_plan(build_today(record.territory), record.territory, record.graph)
    sheets = build_sheets(replace(record, scorecard=card))
    assert "where_most_lose" not in [sheet.name for sheet in sheets]


def test_the_assignment_is_the_plan(path, record):
    again = read(path, "assignment")
    assert dict(zip(again["unit_id"], again["municipality_id"], strict=True)) == dict(
        record.plan.municipality_of
    )
    assert again["is_seat"].sum() == len(record.plan.seat_of)


def test_costs_of_the_aims_sum_to_the_cost(path, record):
    costs = [aim.cost for aim in record.certificate.aims]
    assert read(path, "aims")["cost"].to_list() == costs
    claims = read(path, "certificate").set_index("what")["value"]
    assert claims["cost (no unit)"] == record.certificate.cost
    assert pd.isna(claims["bound (no unit)"])  # minus infinity: nothing was proven


def test_every_sheet_says_that_data_are_made_up(path, record):
    for page in openpyxl.load_workbook(path):
        assert page["A1"].value.startswith(record.territory.notice)


def test_real_data_carry_no_word_of_synthetic(record, tmp_path):
    territory = replace(record.territory, synthetic=False, notice="")
    card = replace(record.scorecard, synthetic=False, notice="")
    write_workbook(tmp_path / "x.xlsx", replace(record, territory=territory, scorecard=card))
    for page in openpyxl.load_workbook(tmp_path / "x.xlsx"):
        assert "ynthetic" not in page["A1"].value


def test_column_names_stay_in_sight_and_say_what_they_mean(path):
    page = openpyxl.load_workbook(path)["municipalities"]
    assert page.freeze_panes == f"B{HEADER_ROW + 1}"
    heads = {cell.value: cell for cell in page[HEADER_ROW]}
    assert heads["mean_km"].comment.text.splitlines()[1] == "Unit: km"
    assert all(head.comment.text for head in heads.values())


def test_the_last_sheet_explains_every_column_of_the_others(path, record):
    notes = read(path, "notes")
    explained = set(zip(notes["sheet"], notes["column"], strict=True))
    columns = {(s.name, str(c)) for s in build_sheets(record)[:-1] for c in s.table.columns}
    assert explained == columns
    assert notes["title"].notna().all()


def test_figures_are_shown_rounded(path):
    page = openpyxl.load_workbook(path)["municipalities"]
    places = {cell.value: cell.column for cell in page[HEADER_ROW]}
    row = HEADER_ROW + 1
    assert page.cell(row, places["population"]).number_format == "#,##0"
    assert page.cell(row, places["mean_km"]).number_format in {"#,##0.0", "0.000"}


@pytest.fixture(scope="module")
def hostile(record, tmp_path_factory):
    """Every name that a unit may have, however it begins."""
    units = record.territory.units
    names = [HOSTILE[at % len(HOSTILE)] for at in range(len(units))]
    territory = replace(record.territory, units=units.assign(name=names))
    path = tmp_path_factory.mktemp("hostile") / "x.xlsx"
    write_workbook(path, replace(record, territory=territory))
    return openpyxl.load_workbook(path)["assignment"]


def test_a_name_that_begins_like_a_formula_is_text(hostile):
    cells = [row[1] for row in hostile.iter_rows(min_row=HEADER_ROW + 1)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells[:5]] == HOSTILE[:5]
    # so that it stays text when somebody edits the cell
    assert all(cell.quotePrefix for cell in cells[:4])


def test_what_a_spreadsheet_cannot_hold_is_replaced_and_not_lost(hostile):
    with pytest.raises(IllegalCharacterError):
        openpyxl.Workbook().active.append(["bell\x07"])
    values = [row[1].value for row in hostile.iter_rows(min_row=HEADER_ROW + 1)]
    assert "bell\ufffd" in values
    assert "Қазақ <b>" in values


def test_a_unit_outside_has_a_blank_municipality(record, tmp_path):
    left, *inside = record.territory.ids
    seats = {unit: record.plan.seat_of_unit(unit) for unit in inside}
    plan = Plan.from_seats(seats, outside=[left])
    write_workbook(tmp_path / "x.xlsx", replace(record, plan=plan))
    first = read(tmp_path / "x.xlsx", "assignment").iloc[0]
    assert first["unit_id"] == left
    assert first[["municipality_id", "municipality", "seat_id"]].isna().all()


def test_without_a_certificate_its_sheets_are_absent(record, tmp_path):
    write_workbook(tmp_path / "x.xlsx", replace(record, certificate=None))
    sheets = openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames
    assert sheets == ["summary", "municipalities", "where_most_lose", "assignment", "notes"]
