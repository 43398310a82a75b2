"""The time that an explanation may take, shared out among its questions.

In: seconds. Out: how much is left, in all and for the next question.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

__all__ = ["Budget"]

# One question in doubt may take so much of the whole, so that others are asked as well.
_SHARE = 0.1
# The whole question has nothing after it but reasons that it may turn out not to need.
_LARGE_SHARE = 0.8
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
    share
        Part of the whole that one question may take.
    """

    seconds: float
    seed: int = 1
    share: float = _SHARE
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
        return max(_LEAST, min(self.seconds - self.spent, self.share * self.seconds))

    def at_large(self) -> Budget:
        """Return the same budget, of which one question may take the most."""
        return replace(self, share=_LARGE_SHARE)
