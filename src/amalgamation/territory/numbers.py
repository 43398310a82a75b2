"""Turn text cells into numbers, or say which cells are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NumberColumn", "from_text", "looks_like_code"]

_POINT = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_COMMA = r"[+-]?\d+,\d+"
_WORDS = r"[+-]?(?:nan|inf|infinity)"
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+")
_CODE_DIGITS = 8


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


def from_text(cells: pd.Series[str], separator: str | None = None) -> NumberColumn:
    """Convert text cells to numbers.

    A comma is a decimal comma where no cell of the column has a decimal point, and, in a
    comma-separated file, where not every such cell might as well hold thousands
    (``1,500``). Thousands marks are not guessed: such cells stay text.

    Parameters
    ----------
    cells
        Text; blank or missing cells allowed.
    separator
        Separator of the file that the cells come from.

    Examples
    --------
    >>> import pandas as pd
    >>> from_text(pd.Series(["1,5", "2"]), ";").numbers.tolist()
    [1.5, 2.0]
    >>> from_text(pd.Series(["1 500", "2"])).text.tolist()
    [True, False]
    """
    cells = cells.astype("str").fillna("").str.strip()
    point = cells.str.fullmatch(_POINT) | cells.str.fullmatch(_WORDS, case=False)
    comma = cells.str.fullmatch(_COMMA)
    dotted = (cells.str.contains(".", regex=False) & point).any()
    unclear = separator == "," and cells[comma].str.fullmatch(_THOUSANDS).all()
    decimal_comma = bool(comma.any() and not dotted and not unclear)
    number = point | comma if decimal_comma else point
    plain = cells.where(number, "nan")
    if decimal_comma:
        plain = plain.str.replace(",", ".", regex=False)
    values = plain.astype(np.float64)
    return NumberColumn(values, ~number & (cells != ""), "," if decimal_comma else ".")


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
