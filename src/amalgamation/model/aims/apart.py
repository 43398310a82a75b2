"""Apart: what makes a variable of the compact model tell whether two units are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amalgamation.model.compact import CompactModel

__all__ = ["hold_together"]


def hold_together(model: CompactModel, apart: str, first: int, second: int) -> None:
    """Let two units be together at a seat only as far as both of them go there.

    ``apart + sum_j kept_j = 1``, ``kept_j <= x_first,j``, ``kept_j <= x_second,j``.

    Parameters
    ----------
    model
        Takes the rows.
    apart
        Variable that is 1 where the two are in two municipalities, and that costs.
    first, second
        Positions in the block.
    """
    row = {apart: 1.0}
    for seat in model.block.pairs.seats_of_unit.get(first, []):
        ends = [model.name_of(end, seat) for end in (first, second)]
        if None in ends:
            continue
        kept = model.add_amount()
        row[kept] = 1.0
        for end in (first, second):
            bound = {kept: 1.0}
            model.extend(bound, end, seat, -1.0)
            model.add_row(bound, upper=0.0)
    model.add_row(row, lower=1.0, upper=1.0)
