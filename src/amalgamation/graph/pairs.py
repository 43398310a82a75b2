"""Read files that name pairs of units: ties, and distances of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from amalgamation.findings import name_some
from amalgamation.graph.fallback import tell_missing
from amalgamation.graph.parquet import read_parquet
from amalgamation.territory.columns import check_columns
from amalgamation.territory.files import locate
from amalgamation.territory.numbers import to_numbers
from amalgamation.territory.tables import read_table
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from amalgamation.scenario.schema import MatrixDistance, TieOptions
    from amalgamation.territory import Territory
    from amalgamation.territory.ledger import Ledger

__all__ = ["read_matrix", "read_ties"]


@dataclass(frozen=True)
class _Pairs:
    # One table of pairs on its way through the checks: rows are named, never numbered.
    frame: pd.DataFrame
    where: str
    ledger: Ledger

    def refuse_rows(
        self, bad: pd.Series[bool], check: str, found: str, expected: str, remedy: str
    ) -> None:
        if bad.any():
            rows = self.frame[bad]
            named = [f"{a} - {b}" for a, b in zip(rows["a"], rows["b"], strict=True)]
            self.ledger.error(
                check,
                self.where,
                f"{found} ({len(named):,}): {name_some(named)}",
                expected,
                remedy,
                *sorted({*rows["a"], *rows["b"]}),
            )


def read_ties(
    options: TieOptions,
    folder: Path,
    territory: Territory,
    ledger: Ledger,
    encoding: str | None = None,
) -> pd.DataFrame:
    """Read ties from a CSV or XLSX file.

    Returns
    -------
    pandas.DataFrame
        Columns ``a``, ``b`` (unit ids, a < b), ``km`` (NaN where the file has no such
        column) and ``border_km`` (1 where it has none).

    Raises
    ------
    DataError
        If the file or a column is not there, a unit is unknown, a tie stands twice or
        ties a unit to itself, or a number is not positive; all problems at once.
    """
    path = locate(str(options.file), folder, "graph.ties.file")
    table = read_table(path, encoding=encoding)
    ledger.add(table.attrs["findings"])
    ledger.read("ties", path)
    columns = {"a": options.from_column, "b": options.to_column}
    expected = f"the columns {options.from_column} and {options.to_column}"
    check_columns(table, list(columns.values()), f"{path.name}, header", expected, ledger)
    ledger.refuse()
    frame = pd.DataFrame({side: table[name].str.strip() for side, name in columns.items()})
    frame["km"] = _numbers(table, options.km_column, np.nan)
    frame["border_km"] = _numbers(table, options.border_km_column, 1.0)
    pairs = _Pairs(frame, path.name, ledger)
    _check_units(pairs, territory)
    pairs.refuse_rows(
        frame["a"] == frame["b"], "self-tie", "ties of a unit to itself", "two units", "delete them"
    )
    ordered = _ordered(frame)
    twice = ordered.duplicated()
    pairs.refuse_rows(twice, "tie-twice", "ties that stand twice", "each once", "delete one")
    if options.km_column in table:
        _check_positive(pairs, "km", zero=False)
    _check_positive(pairs, "border_km", zero=True)
    ledger.refuse()
    return frame.assign(a=ordered["a"], b=ordered["b"])


def read_matrix(
    distance: MatrixDistance,
    folder: Path,
    territory: Territory,
    ledger: Ledger,
    encoding: str | None = None,
) -> sparse.csr_array:
    """Read distances between units from a CSV, XLSX or Parquet file.

    The file has the columns ``from``, ``to`` and the distance's unit (``km`` or
    ``minutes``). A pair that is not in it is out of reach; a unit reaches itself in 0.

    Returns
    -------
    scipy.sparse.csr_array
        (n x n) in the order of the unit ids; from row to column; zeros are stored.

    Raises
    ------
    DataError
        If the file or a column is not there, a unit is unknown, a pair stands twice, or a
        distance is negative or not a number; all problems at once.
    """
    path = locate(distance.matrix, folder, "graph.distance.matrix")
    parquet = path.suffix.lower() == ".parquet"
    table = read_parquet(path) if parquet else read_table(path, encoding=encoding)
    ledger.add(table.attrs.get("findings", ()))
    ledger.read("distance matrix", path)
    wanted = ("from", "to", distance.unit)
    expected = f"the columns from, to and {distance.unit}"
    check_columns(table, wanted, f"{path.name}, header", expected, ledger)
    ledger.refuse()
    frame = pd.DataFrame({"a": table["from"].str.strip(), "b": table["to"].str.strip()})
    frame["value"] = _numbers(table, distance.unit, np.nan)
    pairs = _Pairs(frame, path.name, ledger)
    _check_units(pairs, territory)
    pairs.refuse_rows(
        frame[["a", "b"]].duplicated(), "pair-twice", "pairs that stand twice", "each once",
        "delete one",
    )  # fmt: skip
    _check_positive(pairs, "value", zero=True)
    ledger.refuse()
    matrix = _to_matrix(frame, territory.ids)
    tell_missing(matrix, territory.ids, distance, path.name, ledger)
    return matrix


def _numbers(table: pd.DataFrame, column: str, absent: float) -> pd.Series[float]:
    if column not in table:
        return pd.Series(absent, index=table.index)
    return to_numbers(table[column], table.attrs.get("separator"))


def _ordered(frame: pd.DataFrame) -> pd.DataFrame:
    turned = frame["a"] > frame["b"]
    first, second = frame["a"].mask(turned, frame["b"]), frame["b"].mask(turned, frame["a"])
    return pd.DataFrame({"a": first, "b": second})


def _check_units(pairs: _Pairs, territory: Territory) -> None:
    named = pd.unique(pd.concat([pairs.frame["a"], pairs.frame["b"]]))
    unknown = sorted(set(named) - set(territory.ids))
    tier = territory.aggregated
    codes = f"codes of the tier {tier}, whose parents are the units (territory.aggregate)"
    if unknown:
        pairs.ledger.error(
            "unknown-unit",
            pairs.where,
            f"unknown units ({len(unknown):,}): {name_some(unknown)}",
            codes if tier else "ids of the territory's units",
            nearest(unknown[0], territory.ids),
            *unknown,
        )


def _check_positive(pairs: _Pairs, column: str, *, zero: bool) -> None:
    values = pairs.frame[column]
    bad = ~np.isfinite(values) | ((values < 0) if zero else (values <= 0))
    pairs.refuse_rows(
        bad,
        "bad-distance",
        f"pairs whose {column} is missing, not a number, or too small",
        "a number, zero or more" if zero else "a number above zero",
        "correct or delete them",
    )


def _to_matrix(frame: pd.DataFrame, ids: Sequence[str]) -> sparse.csr_array:
    position = {unit: at for at, unit in enumerate(ids)}
    row = frame["a"].map(position).to_numpy(np.intp)
    column = frame["b"].map(position).to_numpy(np.intp)
    apart = row != column
    own = np.arange(len(ids))
    value = np.concatenate([frame["value"].to_numpy(np.float64)[apart], np.zeros(len(ids))])
    places = (np.concatenate([row[apart], own]), np.concatenate([column[apart], own]))
    return sparse.csr_array((value, places), shape=(len(ids), len(ids)))
