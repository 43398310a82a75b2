"""spopt's AZP (Openshaw and Rao 1995).

Its own aim: least heterogeneity of a given number of regions, by moving units. It takes a
floor on residents through its move strategy, but then needs a start that meets it: the plan
of the greedy merge, and so its number of regions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.rivals.ground import PLACES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.rivals.ground import Ground

__all__ = ["AIM", "Azp"]

AIM = "least heterogeneity (of places) at a given number of regions; started from the merge"


class Azp:
    """Draw plans with AZP from a start that meets the threshold."""

    def __init__(self, ground: Ground, start: NDArray[np.intp]) -> None:
        self._ground = ground
        self._frame, self._weights = ground.to_frame(), ground.to_weights()
        self._start = np.unique(start, return_inverse=True)[1].astype(float)

    def __call__(self, seed: int) -> Any:
        """Return labels of one run."""
        from spopt.region import AZP  # noqa: PLC0415 - a rival, not a dependency
        from spopt.region.azp_util import (  # noqa: PLC0415
            AllowMoveAZP,
            AllowMoveAZPMaxPRegions,
        )

        people = self._ground.people.reshape(-1, 1)
        floor = AllowMoveAZPMaxPRegions(people, self._ground.threshold, AllowMoveAZP())
        model = AZP(
            self._frame,
            self._weights,
            list(PLACES),
            n_clusters=len(np.unique(self._start)),
            allow_move_strategy=floor,
            random_state=seed,
            initial_labels=self._start.copy(),
        )
        model.solve()
        return model.labels_
