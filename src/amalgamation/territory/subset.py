"""Keep the units of some parents only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amalgamation.territory.ledger import Ledger

__all__ = ["keep_where"]


def keep_where(
    table: pd.DataFrame, where: Mapping[str, Sequence[str]], ledger: Ledger
) -> pd.Series[bool]:
    """Return which units to keep; unknown tiers and codes go to the ledger as errors.

    Parameters
    ----------
    table
        Indexed by unit id, with a column per tier.
    where
        Tier -> codes of the parents to keep.
    """
    kept = pd.Series(data=True, index=table.index)
    tiers = [str(column) for column in table.columns if column not in {"name", "type"}]
    for tier, codes in where.items():
        if tier not in tiers:
            ledger.error(
                "unknown-tier", f"territory.where.{tier}", f"no tier {tier}",
                "a tier of territory.parents", nearest(tier, tiers), tier,
            )  # fmt: skip
            continue
        known = sorted(table[tier].unique())
        for code in codes:
            if code not in known:
                ledger.error(
                    "unknown-parent", f"territory.where.{tier}", f"no parent {code}",
                    f"codes of the tier {tier}", nearest(code, known), code,
                )  # fmt: skip
        if set(codes) & set(known):
            kept &= table[tier].isin(codes)
    return kept
