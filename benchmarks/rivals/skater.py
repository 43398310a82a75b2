"""spopt's SKATER (Assunção et al. 2006).

Its own aim: least heterogeneity of a given number of regions, by cutting a spanning tree.
Its floor counts units, not residents; so for each small floor the largest number of regions
is searched at which all of them meet the threshold: twice as many each time, then bisection,
since more regions only split further. Its time may end the search once a plan is found.
"""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.rivals.ground import PLACES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.rivals.drawn import Judge

__all__ = ["AIM", "FLOORS", "Skater"]

AIM = "least heterogeneity (of places) at a given number of regions; floor in units"
FLOORS = (1, 2, 3, 4, 5)


class Skater:
    """Draw plans with SKATER, one per floor."""

    def __init__(self, judge: Judge) -> None:
        self._ground = judge.ground
        self._ends = time.perf_counter() + judge.seconds
        self._frame, self._weights = self._ground.to_frame(), self._ground.to_weights()

    def __call__(self, floor: int) -> Any:
        """Return labels with as many regions as the threshold allows; None where not two."""
        best, least = None, 1
        most = int(self._ground.people.sum() // self._ground.threshold)
        while least < most and (best is None or time.perf_counter() < self._ends):
            number = min(2 * least, (least + most + 1) // 2)
            labels = self._cut(number, floor)
            if self._smallest(labels) >= self._ground.threshold:
                best, least = labels, number
            else:
                most = number - 1
        return best

    def _cut(self, number: int, floor: int) -> NDArray[Any]:
        from spopt.region import Skater as Peer  # noqa: PLC0415 - a rival, not a dependency

        model = Peer(self._frame, self._weights, list(PLACES), n_clusters=number, floor=floor)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says so where no cut is left; the plan stands
            model.solve()
        return np.asarray(model.labels_)

    def _smallest(self, labels: NDArray[Any]) -> float:
        return float(np.bincount(labels.astype(int), weights=self._ground.people).min())
