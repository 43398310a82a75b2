"""The two kinds of measure that the catalogue registers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from amalgamation.measure.subject import Subject

__all__ = ["Measure", "NationalMeasure"]


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
    """

    name: str
    title: str
    unit: str
    compute: Callable[[Subject], pd.Series[Any]]
    source: str = ""
    higher_is_better: bool | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class NationalMeasure:
    """Register a measure of the whole plan: one number.

    Parameters
    ----------
    name, title, unit, source, higher_is_better, needs
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
