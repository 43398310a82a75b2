"""A plan beside a real grouping, for `compare` and `measure`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.study import Agreement, compare_plans, read_grouping

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.result import Result
    from amalgamation.territory import Territory

__all__ = ["agreement_object", "agreement_with", "read_weights"]


def agreement_with(result: Result, beside: Path, unit_column: str, group_column: str) -> Agreement:
    """Compare a measured plan with a grouping, by residents where they are known."""
    assert result.plan is not None  # noqa: S101 - a measured result has one
    real = read_grouping(beside, unit_column, group_column)
    return compare_plans(result.plan.municipality_of, real, _residents(result.territory))


def _residents(territory: Territory) -> dict[str, float] | None:
    if "population" not in territory.attributes:
        return None
    values = territory.values("population")
    return dict(zip(territory.ids, values.to_list(), strict=True))


def read_weights(path: Path, unit_column: str, weight_column: str) -> dict[str, float]:
    """Read the units' weights from the columns of a grouping.

    Raises
    ------
    DataError
        If a cell is not a number.
    """
    texts = read_grouping(path, unit_column, weight_column)
    strange = [unit for unit, text in texts.items() if not _is_number(text)]
    if strange:
        found = "no number for " + name_some([f"{unit} ({texts[unit]!r})" for unit in strange])
        where = f"{path.name}, column {weight_column}"
        raise DataError([Finding("weight", where, found, "a number of at least 0", "correct them")])
    return {unit: float(text) for unit, text in texts.items()}


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def agreement_object(agreement: Agreement | None) -> dict[str, Any]:
    """Return an agreement as JSON has it; empty without one."""
    return {} if agreement is None else {"agreement": asdict(agreement)}
