"""The table of ``reasons.csv``: every single change next to a plan, one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.explain.this_plan.choice import Choice
    from amalgamation.explain.this_plan.drawn import Drawn

__all__ = ["build_reasons_table"]


def build_reasons_table(drawn: Drawn, choices: Iterable[Choice]) -> pd.DataFrame:
    """Return choices as a table, in their order.

    Parameters
    ----------
    drawn
        The plan.
    choices
        Single changes of it.

    Returns
    -------
    pandas.DataFrame
        Columns: ``unit`` (blank where a whole municipality changes), ``municipality`` (blank
        for a unit outside), ``kind`` (``move``, ``alone``, ``outside``, ``merge``, ``seat``),
        ``alternative`` (the other municipality, or the unit that would be the seat),
        ``allowed``, ``breaks`` (keys of rules, with a space between), ``cost_percent`` (of
        the plan's cost), and one column per aim: its change, in the aim's unit.
    """
    aims = [aim.name for aim in drawn.problem.aims]
    head = ["unit", "municipality", "kind", "alternative", "allowed", "breaks", "cost_percent"]
    return pd.DataFrame([_row(drawn, choice) for choice in choices], columns=[*head, *aims])


def _row(drawn: Drawn, choice: Choice) -> dict[str, Any]:
    share = 100 * choice.cost / drawn.cost if drawn.cost else float("nan")
    return {
        "unit": choice.unit,
        "municipality": choice.municipality,
        "kind": choice.kind,
        "alternative": choice.to,
        "allowed": not choice.breaks,
        "breaks": " ".join(sorted(choice.keys)),
        "cost_percent": share,
        **{aim.name: aim.raw for aim in choice.aims},
    }
