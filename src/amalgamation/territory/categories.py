"""Which columns of the units are categories: words that rules and aims may compare.

In: the table of units and its tiers. Out: names of columns, in the table's order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["find_categories", "is_language", "may_be_category"]

_LANGUAGE = re.compile(r"name_[a-z]{2,3}")  # name_kk is a language, name_origin is none
_NO_CATEGORY = re.compile(r"(.+_)?name|.+_origin|seat_[xy]|geometry|unit_id")
"""Names, where a figure comes from, and the columns with a meaning of their own."""


def is_language(column: str) -> bool:
    """Return whether a column holds names in another language, such as ``name_kk``."""
    return _LANGUAGE.fullmatch(column) is not None


def may_be_category(column: str) -> bool:
    """Return whether a column of this name may be a category.

    Examples
    --------
    >>> may_be_category("natural_zone"), may_be_category("name_kk"), may_be_category("area_origin")
    (True, False, False)
    """
    return _NO_CATEGORY.fullmatch(column) is None and not is_language(column)


def find_categories(units: pd.DataFrame, tiers: Sequence[str]) -> tuple[str, ...]:
    """Find the columns of words that are neither names nor parents; the type is one too.

    Parameters
    ----------
    units
        Units of a territory, with a column ``name``.
    tiers
        Columns with the parents' codes.

    Examples
    --------
    >>> import pandas as pd
    >>> units = pd.DataFrame({"name": ["Ash"], "rayon": ["R1"], "zone": ["steppe"], "tax": [1.0]})
    >>> find_categories(units, ["rayon"])
    ('zone',)
    """
    return tuple(
        str(column)
        for column in units.columns
        if column not in tiers
        and may_be_category(str(column))
        and pd.api.types.infer_dtype(units[column], skipna=True) == "string"
        and not units[column].equals(units["name"])  # the column that the name was taken from
    )
