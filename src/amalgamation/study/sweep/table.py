"""A study as one table: a row for each variant."""

from __future__ import annotations

import json
import math
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.study.sweep.manifest import Asked, Manifest
    from amalgamation.study.sweep.outcome import Outcome

__all__ = ["NOT_YET", "build_table", "to_csv", "to_parquet"]

NOT_YET = "not answered"
"""Status of a variant without an answer so far."""


def build_table(manifest: Manifest, outcomes: Mapping[str, Outcome]) -> pd.DataFrame:
    """Build the table of a study.

    Parameters
    ----------
    manifest
        What is asked.
    outcomes
        Variant -> what came of it, as far as known.

    Returns
    -------
    pandas.DataFrame
        Indexed by variant, in the order of the study: the keys that vary, ``status``,
        ``municipalities``, ``cost``, ``bound``, ``gap_percent``, ``seconds`` (of the whole
        variant), ``solve_seconds``, ``reason``, then the national measures. Costs of
        variants with other aims are no answers to one question.
    """
    rows = [_row(asked, outcomes.get(asked.name)) for asked in manifest.variants]
    table = pd.DataFrame(rows, index=[asked.name for asked in manifest.variants])
    keys = list(dict.fromkeys(key for asked in manifest.variants for key in asked.changes))
    for key in keys:
        table[key] = _column(table[key])
    return table.rename_axis("variant")


def _row(asked: Asked, outcome: Outcome | None) -> dict[str, Any]:
    if outcome is None:
        return {**asked.changes, "status": NOT_YET}
    made_up = {"synthetic": True} if outcome.notice else {}
    return {
        **asked.changes,
        "status": outcome.status,
        "municipalities": outcome.municipalities,
        "cost": _known(outcome.cost),
        "bound": _known(outcome.bound),
        "gap_percent": _known(100 * outcome.gap),
        "seconds": outcome.seconds,
        "solve_seconds": outcome.solve_seconds,
        "reason": outcome.reason,
        **made_up,
        **{figure.name: figure.plan for figure in outcome.figures},
    }


def _known(value: float) -> float:
    return value if math.isfinite(value) else math.nan


def _column(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return numbers as they are, and everything else as text: a file has one kind."""
    kinds = {type(value) for value in values}
    return values if kinds <= {int, float} else values.map(_text)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def to_csv(table: pd.DataFrame) -> bytes:
    """Return the table as CSV: UTF-8, comma, point, missing figures blank."""
    return str(table.to_csv(lineterminator="\n", float_format="%.12g")).encode()


def to_parquet(table: pd.DataFrame) -> bytes | None:
    """Return the table as Parquet; None where the extra ``parquet`` is not installed."""
    if find_spec("pyarrow") is None:
        return None
    stream = BytesIO()
    table.to_parquet(stream)
    return stream.getvalue()
