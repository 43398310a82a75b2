"""``scorecard.xlsx``: the tables of a run for those who work in a spreadsheet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from amalgamation.write.sheets import build_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from amalgamation.write.record import RunRecord
    from amalgamation.write.sheets import Sheet

__all__ = ["HEADER_ROW", "write_workbook"]

HEADER_ROW = 2
"""Row of the column names; above it stand what the sheet is and whether data are made up."""

_LONGEST = 32_767  # letters that a cell may hold
_WIDEST, _NARROWEST = 48, 9
_LOOKED_AT = 200
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_THOUSAND, _TEN = 1000, 10
_HEAD = {"font": Font(bold=True), "fill": PatternFill("solid", fgColor="DCE6EE")}
_ABOUT = Font(italic=True, color="5C6873")
_WARNING = Font(bold=True, color="A33B20")


def write_workbook(path: Path, record: RunRecord) -> None:
    """Write summary, municipalities, assignment, aims, certificate and notes as sheets.

    Figures are kept to 16 digits and shown rounded; unknown and infinite ones are blank. Column
    names stay in sight and carry their meaning as a comment. Text is text: a name that
    begins like a formula is never one.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    book = Workbook()
    book.remove(book.active)
    for sheet in build_sheets(record):
        _write_sheet(book.create_sheet(sheet.name), sheet, _notice(record))
    book.save(path)


def _notice(record: RunRecord) -> str:
    territory = record.territory
    return (territory.notice or "Synthetic data.") if territory.synthetic else ""


def _write_sheet(page: Any, sheet: Sheet, notice: str) -> None:
    _put(page.cell(1, 1), f"{notice} {sheet.about}".strip())
    page.cell(1, 1).font = _WARNING if notice else _ABOUT
    columns = [_column(sheet.table, place) for place in range(sheet.table.shape[1])]
    for place, (name, cells) in enumerate(zip(sheet.table.columns, columns, strict=True), start=1):
        _write_head(page.cell(HEADER_ROW, place), str(name), sheet.notes[str(name)])
        look = "General" if sheet.by_row else _format_of(cells)
        for row, value in enumerate(cells, start=HEADER_ROW + 1):
            own = _format_of([value]) if sheet.by_row else look
            _put(page.cell(row, place), value, own)
        width = _width(str(name), cells)
        page.column_dimensions[get_column_letter(place)].width = width
    _dress(page, sheet)


def _dress(page: Any, sheet: Sheet) -> None:
    last = f"{get_column_letter(sheet.table.shape[1])}{HEADER_ROW + len(sheet.table)}"
    page.freeze_panes = page.cell(HEADER_ROW + 1, 2)
    page.auto_filter.ref = f"A{HEADER_ROW}:{last}"
    page.print_title_rows = f"1:{HEADER_ROW}"
    page.page_setup.orientation = "landscape"


def _write_head(cell: Any, name: str, note: tuple[str, str, str]) -> None:
    _put(cell, name)
    cell.font, cell.fill = _HEAD["font"], _HEAD["fill"]
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    title, unit, source = note
    lines = [title, *[f"Unit: {unit}"] * bool(unit), *[f"Source: {source}"] * bool(source)]
    cell.comment = Comment("\n".join(lines), "amalgamation", height=90, width=260)


def _column(table: pd.DataFrame, place: int) -> list[Any]:
    return [_plain(value) for value in table.iloc[:, place].astype("object")]


def _plain(value: Any) -> Any:
    """Convert a cell to what a spreadsheet can hold; None where nothing is known."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or value is pd.NA or isinstance(value, bool | int):
        return None if value is pd.NA else value
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(value))[:_LONGEST]


def _put(cell: Any, value: Any, look: str = "General") -> None:
    cell.value = value
    if isinstance(value, str):
        # the library would take "=..." for a formula and "#N/A" for an error
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_STARTS)
    cell.number_format = look


def _format_of(cells: Iterable[Any]) -> str:
    figures = [v for v in cells if isinstance(v, int | float) and not isinstance(v, bool)]
    if not figures:
        return "General"
    largest = max(map(abs, figures))
    if largest >= _THOUSAND or all(float(value).is_integer() for value in figures):
        return "#,##0"
    return "#,##0.0" if largest >= _TEN else "0.000"


def _width(name: str, cells: list[Any]) -> float:
    words = [name, *(value for value in cells[:_LOOKED_AT] if isinstance(value, str))]
    return float(min(_WIDEST, max(_NARROWEST, *(len(word) + 2 for word in words))))
