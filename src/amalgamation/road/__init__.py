"""The road: a scenario in, a verified plan with its scorecard out.

`prepare` reads scenario, territory and graph into a `Ground`; `answer` solves on it and
hands out only what `verify` has passed; `judge` measures a plan that was brought along.
Whoever asks many questions of one territory (studies, what-ifs) reads it once.
"""

from amalgamation.road.answer import answer, judge
from amalgamation.road.ground import Ground, prepare

__all__ = ["Ground", "answer", "judge", "prepare"]
