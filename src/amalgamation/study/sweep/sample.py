"""Numbers drawn by chance between two ends, the same for the same seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from amalgamation.scenario.schema import Sample

__all__ = ["draw_sample"]


def draw_sample(sample: Sample) -> list[dict[str, float]]:
    """Draw numbers for the keys of a sample.

    Returns
    -------
    list of dict
        One for each draw: dotted key -> number, rounded to six digits so that a variant can
        be written down as it was asked.

    Notes
    -----
    A Latin hypercube (McKay, Beckman and Conover 1979) cuts each range into as many equal
    strips as there are draws, and puts one draw into each; `scipy.stats.qmc` draws it.

    Examples
    --------
    >>> from amalgamation.scenario.schema import Sample
    >>> ends = {"aims.access": {"min": 0.0, "max": 4.0}}
    >>> drawn = draw_sample(Sample.model_validate({"number": 4, "between": ends}))
    >>> sorted(int(draw["aims.access"]) for draw in drawn)
    [0, 1, 2, 3]
    """
    from scipy.stats import qmc  # noqa: PLC0415 - takes a second, and few ask for it

    chance = np.random.default_rng(sample.seed)
    keys, shape = list(sample.between), (sample.number, len(sample.between))
    if sample.method == "random":
        units = chance.random(shape)
    else:
        units = qmc.LatinHypercube(len(keys), rng=chance).random(sample.number)
    least = np.array([ends.min for ends in sample.between.values()])
    most = np.array([ends.max for ends in sample.between.values()])
    return [
        {key: float(f"{value:.6g}") for key, value in zip(keys, row, strict=True)}
        for row in least + units * (most - least)
    ]
