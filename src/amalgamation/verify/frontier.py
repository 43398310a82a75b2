"""Check that ``frontier.csv`` says of the plan what the certificate says, and no more.

In: a run folder and a view of its plan. Out: findings. That a bound is proven cannot be
recomputed from a table; that its rows contradict neither the certificate nor themselves
can. A folder without the file is passed over.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.findings import Finding
from amalgamation.status import relative_gap
from amalgamation.verify.tolerance import agree, is_at_most

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from amalgamation.status import Certificate
    from amalgamation.verify.view import View

__all__ = ["check_frontier"]

_FILE = "frontier.csv"
_COLUMNS = ("municipalities", "plan", "cost", "bound", "gap_percent", "may_be_cheaper")
_WORDS = ("chosen", "known", "none", "impossible")


def check_frontier(view: View, folder: Path) -> list[Finding]:
    """Check ``frontier.csv``, where it is present.

    Parameters
    ----------
    view
        The run's plan, with its certificate.
    folder
        The run folder.
    """
    path = folder / _FILE
    if view.certificate is None or not path.exists():
        return []
    try:
        table = _read(path)
    except (OSError, ValueError, KeyError, pd.errors.ParserError) as error:
        return [_disagree("table", f"{type(error).__name__}: {error}", ", ".join(_COLUMNS))]
    rows = [finding for _, row in table.iterrows() for finding in _check_row(row, view.certificate)]
    return [*_check_chosen(table, view), *_check_bound(table, view.certificate), *rows]


def _read(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path)[list(_COLUMNS)]
    numbers = dict.fromkeys(("cost", "bound", "gap_percent"), "float64")
    return table.astype({"municipalities": "int64", "may_be_cheaper": "bool", **numbers})


def _check_chosen(table: pd.DataFrame, view: View) -> list[Finding]:
    """Check that one row is the plan's: its number, its cost."""
    assert view.certificate is not None  # noqa: S101 - asked before
    number, cost = len(view.members), view.certificate.cost
    chosen = table[table["plan"] == "chosen"]
    if chosen["municipalities"].to_list() != [number]:
        found = ", ".join(map(str, chosen["municipalities"])) or "none"
        return [_disagree("chosen", f"chosen: {found}", f"{number:,}, as the plan has")]
    found_cost = float(chosen["cost"].iloc[0])
    if agree(found_cost, cost):
        return []
    return [_disagree("chosen.cost", f"{found_cost:.9g}", f"{cost:.9g}, as the certificate says")]


def _check_bound(table: pd.DataFrame, certificate: Certificate) -> list[Finding]:
    """Check that the certificate promises no more than its weakest number does."""
    least = float(table["bound"].min())
    if math.isnan(least) or is_at_most(certificate.bound, least):
        return []
    found = f"a bound of {least:.9g} at one number"
    return [_disagree("bound", found, f"at least the certificate's, {certificate.bound:.9g}")]


def _check_row(row: pd.Series[Any], certificate: Certificate) -> Iterator[Finding]:
    number, word = int(row["municipalities"]), str(row["plan"])
    cost, bound, gap = (float(row[name]) for name in ("cost", "bound", "gap_percent"))
    if word not in _WORDS:
        yield _disagree(str(number), f"plan {word}", " or ".join(_WORDS))
    if math.isnan(cost) == (word in _WORDS[:2]):
        found = "no cost" if math.isnan(cost) else f"cost {cost:.9g}"
        yield _disagree(f"{number}.cost", f"plan {word} with {found}", "a cost where a plan is")
    if math.isnan(cost) or math.isnan(bound):
        return
    if not is_at_most(bound, cost):
        yield _disagree(f"{number}.bound", f"bound {bound:.9g}", f"at most the cost, {cost:.9g}")
    elif not agree(gap, 100 * relative_gap(cost, bound)):
        expected = f"{100 * relative_gap(cost, bound):.9g} %"
        yield _disagree(f"{number}.gap", f"gap {gap:.9g} %", expected)
    below = bound < certificate.cost and not agree(bound, certificate.cost)
    if bool(row["may_be_cheaper"]) < below:
        found = f"not cheaper with a bound of {bound:.9g}"
        yield _disagree(f"{number}.may_be_cheaper", found, f"a bound of {certificate.cost:.9g}")


def _disagree(key: str, found: str, expected: str) -> Finding:
    remedy = "write the run folder again; its files are not of one run"
    return Finding(f"frontier.{key}", f"{_FILE}, {key}", found, expected, remedy)
