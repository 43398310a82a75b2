"""Read the sheets of workbooks in the XLS format of before 2007, where the extra is installed.

xlrd reads them, as it alone also tells merged cells and hidden rows of this format. A
formula in it always has a value.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter

from amalgamation.errors import DataError
from amalgamation.territory.sheet import (
    check_merged,
    choose_sheet,
    tell_hidden,
    to_rows,
    unreadable,
)

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.territory.sheet import Rows

__all__ = ["read_old_workbook"]


def read_old_workbook(path: Path, sheet: str | None) -> Rows:
    """Read the rows of a sheet of an XLS workbook, as `read_workbook` does.

    Raises
    ------
    DataError
        If xlrd is not installed, the workbook is encrypted or broken, it has several sheets
        of which none is chosen, or cells are merged.
    """
    try:
        import xlrd  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise DataError([_absent(path)]) from error
    try:
        book = xlrd.open_workbook(
            file_contents=path.read_bytes(), formatting_info=True, logfile=io.StringIO()
        )
    except Exception as error:  # it raises whatever a broken part gives it
        raise DataError([_broken(path, str(error))]) from error
    chosen = choose_sheet(book.sheet_names(), path, sheet)
    page = book.sheet_by_name(chosen)
    merged = check_merged([_range(*one) for one in page.merged_cells], path, chosen)
    if merged:
        raise DataError(merged)
    hidden = sorted(at + 1 for at, row in page.rowinfo_map.items() if row.hidden)
    cells = [[_value(xlrd, cell, book.datemode) for cell in row] for row in page.get_rows()]
    return to_rows(cells, tell_hidden(hidden, path, chosen))


def _absent(path: Path) -> Any:
    found = "a workbook in the old XLS format of before 2007, but not the part that reads it"
    remedy = "pip install 'amalgamation[xls]', or save it as XLSX in a spreadsheet program"
    return unreadable(path, found, remedy)


def _broken(path: Path, error: str) -> Any:
    if "encrypted" in error:
        return unreadable(path, "a workbook with a password")
    return unreadable(
        path, f"a workbook in the old XLS format of before 2007, but broken ({error})"
    )


def _range(top: int, below: int, left: int, beyond: int) -> str:
    return f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(beyond)}{below}"


def _value(xlrd: Any, cell: Any, datemode: int) -> Any:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError):  # a number beyond the calendar, shown as a date
            return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#?")
    return cell.value
