"""The two kinds of measure that the catalogue registers."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from amalgamation.measure.subject import Subject

__all__ = ["Measure", "NationalMeasure", "words_of"]

_FIRST_SECTION = re.compile(r"\n+[A-Z][A-Za-z ]+\n-{3,}")


def words_of(function: Callable[..., Any]) -> str:
    """Return what a function says of itself above the sections of its docstring.

    Parameters
    ----------
    function
        A function, or a partial one: then what stands behind it speaks.

    Examples
    --------
    >>> from amalgamation.measure import measure_transfer_gap
    >>> words_of(partial(measure_transfer_gap, own_revenue="taxes")).splitlines()[-1]
    "``max(0, C_m - R_m)``: one municipality's surplus fills no other's gap."
    """
    while isinstance(function, partial):
        function = function.func
    return _FIRST_SECTION.split(inspect.getdoc(function) or "", maxsplit=1)[0].strip()


@dataclass(frozen=True)
class Measure:
    """Register a measure of each municipality.

    Parameters
    ----------
    name
        Column of the scorecard.
    title
        What it is, in a few words.
    unit
        Unit of the values.
    compute
        Gives a Series on the municipality index.
    source
        Where the formula stands, as a key of ``docs/references.bib``; empty for plain sums.
    higher_is_better
        None where neither direction is better in itself.
    needs
        Attributes without which it cannot be computed.
    formula
        How it is computed; empty where ``compute`` says it in its docstring.
    """

    name: str
    title: str
    unit: str
    compute: Callable[[Subject], pd.Series[Any]]
    source: str = ""
    higher_is_better: bool | None = None
    needs: tuple[str, ...] = ()
    formula: str = ""

    @property
    def definition(self) -> str:
        """How it is computed, in words or as a formula."""
        return self.formula or words_of(self.compute)


@dataclass(frozen=True)
class NationalMeasure:
    """Register a measure of the whole plan: one number.

    Parameters
    ----------
    name, title, unit, source, higher_is_better, needs, formula
        As in `Measure`; ``name`` is a row of the national table.
    compute
        Gives one number.
    """

    name: str
    title: str
    unit: str
    compute: Callable[[Subject], float]
    source: str = ""
    higher_is_better: bool | None = None
    needs: tuple[str, ...] = ()
    formula: str = ""

    @property
    def definition(self) -> str:
        """How it is computed, in words or as a formula."""
        return self.formula or words_of(self.compute)
