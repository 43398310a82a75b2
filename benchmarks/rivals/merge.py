"""The greedy merge: what anybody with a spreadsheet would do.

Its own aim: none but to end. The smallest municipality below the threshold joins the
neighbour with which the access cost grows least, until none is below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.rivals.drawn import Judge

__all__ = ["AIM", "merge_smallest"]

AIM = "none: the smallest municipality joins the neighbour where access grows least"


def merge_smallest(judge: Judge) -> NDArray[np.intp]:
    """Merge until every municipality meets the threshold or has no neighbour.

    Returns
    -------
    numpy.ndarray
        (n) labels.
    """
    ground = judge.ground
    labels = np.arange(len(ground))
    while True:
        people = np.bincount(labels, weights=ground.people, minlength=len(ground))
        present = np.flatnonzero(np.bincount(labels, minlength=len(ground)))
        below = present[people[present] < ground.threshold]
        if len(below) == 0 or len(present) == 1:
            return labels
        smallest = int(below[np.argmin(people[below])])
        labels[labels == smallest] = _best_neighbour(judge, labels, smallest)


def _best_neighbour(judge: Judge, labels: NDArray[np.intp], label: int) -> int:
    own = np.flatnonzero(labels == label)
    beside = sorted({int(labels[b]) for a in own for b in judge.ground.neighbours[a]} - {label})

    def growth(other: int) -> float:
        theirs = np.flatnonzero(labels == other)
        return judge.cost_of(np.concatenate([own, theirs])) - judge.cost_of(theirs)

    return min(beside, key=growth)
