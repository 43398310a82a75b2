"""spopt's `MaxPHeuristic` (Wei, Rey and Knaap 2020).

Its own aim: most regions above the threshold, then least heterogeneity inside them. As
attributes it gets the units' places, the choice of a user who wants short ways.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.rivals.ground import PLACES

if TYPE_CHECKING:
    from benchmarks.rivals.ground import Ground

__all__ = ["AIM", "MaxP"]

AIM = "most regions above the threshold, then least heterogeneity (of places)"


class MaxP:
    """Draw plans with `MaxPHeuristic`, at its default numbers of iterations."""

    def __init__(self, ground: Ground, iterations: int = 99) -> None:
        self._frame, self._weights = ground.to_frame(), ground.to_weights()
        self._threshold, self._iterations = ground.threshold, iterations

    def __call__(self, seed: int) -> Any:
        """Return labels of one run."""
        from spopt.region import MaxPHeuristic  # noqa: PLC0415 - a rival, not a dependency

        np.random.seed(seed)  # noqa: NPY002 - spopt draws from numpy's global state
        model = MaxPHeuristic(
            self._frame,
            self._weights,
            list(PLACES),
            "population",
            self._threshold,
            max_iterations_construction=self._iterations,
        )
        model.solve()
        return model.labels_
