"""The time that an explanation may take, shared out among its questions.

In: seconds. Out: how much is left, in all and for the next question.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

__all__ = ["Budget"]

# One question in doubt may take so much of the whole, so that others are asked as well.
_SHARE = 0.1
_LEAST = 0.05


@dataclass(frozen=True)
class Budget:
    """Hold a time limit and the seed of everything random.

    Parameters
    ----------
    seconds
        From now on.
    seed
        Of search and solver.
    """

    seconds: float
    seed: int = 1
    began: float = field(default_factory=time.monotonic)

    @property
    def spent(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.began

    @property
    def is_over(self) -> bool:
        """Whether nothing more should be begun."""
        return self.spent >= self.seconds

    @property
    def slice(self) -> float:
        """Seconds that the next question may take."""
        return max(_LEAST, min(self.seconds - self.spent, _SHARE * self.seconds))
