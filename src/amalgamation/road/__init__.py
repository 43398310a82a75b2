"""The road: a scenario in, a verified plan with its scorecard out.

`prepare` reads scenario, territory and graph into a `Ground`; `answer` solves on it and
hands out only what `verify` has passed; `judge` measures a plan that was brought along.
Whoever asks many questions of one territory (studies, what-ifs) reads it once; `reopen`
takes up a finished run where it ended. `run` and `measure` walk the whole of it.
"""

from amalgamation.road.answer import answer, hand_out, judge
from amalgamation.road.flaws import map_flaws
from amalgamation.road.ground import Ground, build_ground, prepare
from amalgamation.road.no_plan import explain_no_plan
from amalgamation.road.reopen import Reopened, reopen
from amalgamation.road.run import measure, run

__all__ = [
    "Ground",
    "Reopened",
    "answer",
    "build_ground",
    "explain_no_plan",
    "hand_out",
    "judge",
    "map_flaws",
    "measure",
    "prepare",
    "reopen",
    "run",
]
