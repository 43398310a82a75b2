"""Units that go together, stay apart, or stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.rules.shared import AdmitsEveryPair, AsksNoRow, refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.findings import Finding
    from amalgamation.model.block import Block, Municipality, Pairs
    from amalgamation.model.compact import CompactModel

__all__ = ["Apart", "Frozen", "Together"]


@dataclass(frozen=True)
class Together(AdmitsEveryPair):
    """Keep a group of units in one municipality.

    Parameters
    ----------
    codes
        Unit ids.
    """

    codes: tuple[str, ...]
    key: str = "rules.keep_together"

    def constrain(self, model: CompactModel) -> None:
        """Send all of the group to the same seat; a group torn by a wall has none."""
        inside = model.block.positions(self.codes)
        if 0 < len(inside) < len(set(self.codes)):
            model.add_row(model.terms((inside[0], seat) for seat in model.seats), upper=0.0)
        for first, second in pairwise(inside):
            for seat in model.seats:
                row = model.terms([(first, seat)])
                model.extend(row, second, seat, -1.0)
                if row:
                    model.add_row(row, lower=0.0, upper=0.0)

    def judge(self, municipality: Municipality) -> Finding | None:
        """Refuse a municipality with some but not all of the group."""
        inside = {municipality.block.ids[unit] for unit in municipality.members} & set(self.codes)
        missing = sorted(set(self.codes) - inside)
        if not inside or not missing:
            return None
        return refusal(self.key, municipality, f"without {', '.join(missing)}", self.explain())

    def explain(self) -> str:
        """Return the rule as a sentence."""
        return "Together: " + ", ".join(self.codes) + "."


@dataclass(frozen=True)
class Apart:
    """Keep any two units of a group in different municipalities.

    Parameters
    ----------
    codes
        Unit ids.
    """

    codes: tuple[str, ...]
    key: str = "rules.keep_apart"

    def admits(self, block: Block, pairs: Pairs) -> NDArray[np.bool_]:
        """Refuse pairs of two units of the group."""
        group = np.zeros(len(block), dtype=bool)
        group[block.positions(self.codes)] = True
        return np.asarray(~(group[pairs.unit] & group[pairs.seat] & (pairs.unit != pairs.seat)))

    def constrain(self, model: CompactModel) -> None:
        """Send at most one of the group to each seat."""
        group = model.block.positions(self.codes)
        for seat in model.seats:
            row = model.terms([(unit, seat) for unit in group])
            if len(row) > 1:
                model.add_row(row, upper=1.0)

    def judge(self, municipality: Municipality) -> Finding | None:
        """Refuse a municipality with two of the group."""
        inside = [u for u in municipality.members if municipality.block.ids[u] in self.codes]
        if len(inside) <= 1:
            return None
        labels = ", ".join(municipality.block.labels[unit] for unit in inside)
        return refusal(self.key, municipality, f"both {labels}", "at most one of them")

    def explain(self) -> str:
        """Return the rule as a sentence."""
        return "Apart: " + ", ".join(self.codes) + "."


@dataclass(frozen=True)
class Frozen(AsksNoRow):
    """Leave some units as municipalities of their own.

    Parameters
    ----------
    codes
        Unit ids.
    """

    codes: frozenset[str]
    key: str = "rules.frozen"

    def admits(self, block: Block, pairs: Pairs) -> NDArray[np.bool_]:
        """Refuse every pair of a frozen unit with another."""
        frozen = np.zeros(len(block), dtype=bool)
        frozen[block.positions(self.codes)] = True
        apart = pairs.unit != pairs.seat
        return np.asarray(~(apart & (frozen[pairs.unit] | frozen[pairs.seat])))

    def judge(self, municipality: Municipality) -> Finding | None:
        """Refuse a municipality that merges a frozen unit."""
        inside = [u for u in municipality.members if municipality.block.ids[u] in self.codes]
        if not inside or len(municipality.members) == 1:
            return None
        labels = ", ".join(municipality.block.labels[unit] for unit in inside)
        return refusal(self.key, municipality, f"{labels} merged", "frozen units stay alone")

    def explain(self) -> str:
        """Return the rule as a sentence."""
        return "Unchanged: " + ", ".join(sorted(self.codes)) + "."
