"""Turn text cells into numbers, or say which cells are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from amalgamation.scenario.schema import TerritorySection

__all__ = ["Marks", "NumberColumn", "from_text", "looks_like_code", "to_numbers"]

_POINT = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_COMMA = r"[+-]?\d+,\d+"
_WORDS = r"[+-]?(?:nan|inf|infinity)"
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+")
_CODE_DIGITS = 8

# A space may be a no-break, thin or narrow one; an apostrophe may be a typographer's.
_MARKS = {" ": "[ \u00a0\u2009\u202f]", "'": "['\u2019]", ",": ",", ".": r"\."}


@dataclass(frozen=True)
class Marks:
    """Say how numbers are written in text; what is None is found or not allowed.

    Parameters
    ----------
    decimal
        ``"."`` or ``","``; None: found in each column.
    thousands
        Mark between thousands; None: there is none.
    blanks
        Cells that stand for an unknown number.
    """

    decimal: str | None = None
    thousands: str | None = None
    blanks: tuple[str, ...] = ()

    @classmethod
    def from_section(cls, section: TerritorySection) -> Marks:
        """Return what a scenario says of its numbers."""
        return cls(section.decimal, section.thousands, tuple(section.na_values))


@dataclass(frozen=True)
class NumberColumn:
    """Hold a column of numbers and what of it is text.

    Parameters
    ----------
    numbers
        Floats; NaN where the cell is blank or text.
    text
        True where a cell is neither blank nor a number.
    decimal
        ``"."`` or ``","``.
    """

    numbers: pd.Series[float]
    text: pd.Series[bool]
    decimal: str = "."


def from_text(
    cells: pd.Series[str], separator: str | None = None, marks: Marks | None = None
) -> NumberColumn:
    """Convert text cells to numbers.

    Unless the decimal mark is declared, a comma is one where no cell of the column has a
    decimal point, and, in a comma-separated file, where not every such cell might as well
    hold thousands (``1,500``). Marks of thousands are never guessed: where none is
    declared, such cells stay text.

    Parameters
    ----------
    cells
        Text; blank or missing cells allowed.
    separator
        Separator of the file that the cells come from.
    marks
        What the scenario says of its numbers.

    Examples
    --------
    >>> import pandas as pd
    >>> from_text(pd.Series(["1,5", "2"]), ";").numbers.tolist()
    [1.5, 2.0]
    >>> from_text(pd.Series(["1 500", "2"])).text.tolist()
    [True, False]
    >>> from_text(pd.Series(["1 500,5", "-"]), marks=Marks(",", " ", ("-",))).numbers.tolist()
    [1500.5, nan]
    """
    marks = marks or Marks()
    cells = cells.astype("str").fillna("").str.strip()
    cells = _without_thousands(cells.mask(cells.isin(marks.blanks), ""), marks.thousands)
    point = cells.str.fullmatch(_POINT) | cells.str.fullmatch(_WORDS, case=False)
    comma = cells.str.fullmatch(_COMMA)
    decimal_comma = _has_decimal_comma(cells, point, comma, separator, marks)
    if marks.decimal == ",":
        point &= ~cells.str.contains(".", regex=False)
    number = point | comma if decimal_comma else point
    plain = cells.where(number, "nan")
    if decimal_comma:
        plain = plain.str.replace(",", ".", regex=False)
    values = plain.astype(np.float64)
    return NumberColumn(values, ~number & (cells != ""), "," if decimal_comma else ".")


def to_numbers(
    cells: pd.Series, separator: str | None = "", marks: Marks | None = None
) -> pd.Series[float]:
    """Convert a column of numbers or of text to floats; NaN where a cell is none.

    Parameters
    ----------
    cells
        Numbers as a vector file has them, or text.
    separator, marks
        As for `from_text`.

    Examples
    --------
    >>> import pandas as pd
    >>> to_numbers(pd.Series([1, 2])).tolist(), to_numbers(pd.Series(["1,5", None])).tolist()
    ([1.0, 2.0], [1.5, nan])
    """
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return cells.astype(np.float64)
    text = cells.astype("str").where(cells.notna(), "")
    return from_text(text, separator, marks).numbers


def _without_thousands(cells: pd.Series[str], mark: str | None) -> pd.Series[str]:
    if mark is None:
        return cells
    grouped = rf"[+-]?\d{{1,3}}(?:{_MARKS[mark]}\d{{3}})+(?:[.,]\d+)?"
    bare = cells.str.replace(_MARKS[mark], "", regex=True)
    return bare.where(cells.str.fullmatch(grouped), cells)


def _has_decimal_comma(
    cells: pd.Series[str],
    point: pd.Series[bool],
    comma: pd.Series[bool],
    separator: str | None,
    marks: Marks,
) -> bool:
    if marks.decimal is not None or marks.thousands == ",":
        return marks.decimal == "," and bool(comma.any())
    dotted = (cells.str.contains(".", regex=False) & point).any()
    unclear = separator == "," and cells[comma].str.fullmatch(_THOUSANDS).all()
    return bool(comma.any() and not dotted and not unclear)


def looks_like_code(cells: pd.Series[str]) -> bool:
    """Return whether whole numbers are codes: leading zeros, or all of eight digits or more.

    Examples
    --------
    >>> import pandas as pd
    >>> looks_like_code(pd.Series(["01", "12"])), looks_like_code(pd.Series(["1", "12"]))
    (True, False)
    >>> looks_like_code(pd.Series(["200067189", "200034825"]))
    True
    """
    cells = cells.astype("str").fillna("").str.strip()
    filled = cells[cells != ""]
    if filled.str.fullmatch(r"0\d+").any():
        return True
    widths = filled.str.len().unique()
    whole = filled.str.fullmatch(r"\d+").all()
    return bool(whole and len(widths) == 1 and widths[0] >= _CODE_DIGITS)
