"""Figures as the tables of studies show them, and as their records keep them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from amalgamation.language import ENGLISH

if TYPE_CHECKING:
    import pandas as pd

    from amalgamation.language import Speech

__all__ = ["figure_text", "known", "markdown_of", "signed_text"]


def figure_text(value: float, speech: Speech = ENGLISH) -> str:
    """Return a figure as a table shows it; empty where there is none.

    Examples
    --------
    >>> figure_text(2452.0), figure_text(4.7712), figure_text(math.nan)
    ('2,452', '4.77', '')
    """
    return speech.figure(value) if math.isfinite(value) else ""


def signed_text(value: float, speech: Speech = ENGLISH) -> str:
    """Return a difference as a table shows it: with its sign; empty where there is none.

    Examples
    --------
    >>> signed_text(12.0), signed_text(-4.7712), signed_text(0.0), signed_text(math.nan)
    ('+12', '-4.77', '0', '')
    """
    return f"{'+' if value > 0 else ''}{figure_text(value, speech)}"


def known(value: Any) -> Any:
    """Return a value as JSON can have it: unknown and infinite numbers are None.

    Examples
    --------
    >>> known(2.5), known(math.inf), known("word")
    (2.5, None, 'word')
    """
    plain = value.item() if hasattr(value, "item") else value
    return None if isinstance(plain, float) and not math.isfinite(plain) else plain


def markdown_of(table: pd.DataFrame) -> str:
    """Return a table in Markdown, its index as the first column.

    Examples
    --------
    >>> import pandas as pd
    >>> print(markdown_of(pd.DataFrame({"km": [2.0]}, index=pd.Index(["a"], name="plan"))))
    | plan | km |
    | --- | --- |
    | a | 2 |
    """
    heads = [table.index.name, *table.columns]
    rows = table.astype("object").to_numpy().tolist()
    cells = [[name, *map(_cell, row)] for name, row in zip(table.index, rows, strict=True)]
    lines = [heads, ["---"] * len(heads), *cells]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return figure_text(value) if isinstance(value, int | float) else str(value)
