"""The whole road on one page: from a scenario to a verified plan with its scorecard.

`run` walks it; each step is a room of the house, and may be walked alone::

    file = read_scenario("kz-two-tier")
    territory = read_territory(file.scenario.territory, file.folder)
    graph = build_graph(territory, file.scenario.graph, file.folder)
    problem = build_problem(file.scenario, territory, graph)
    solution = solve_problem(problem, gap=0.01, seconds=300)
    findings = verify_plan(solution.plan, file.scenario, territory, graph)
    scorecard = measure_plan(solution.plan, territory, graph, parameters=file.scenario.scorecard)

The verbs, in the order in which a question meets them:

- `prepare` reads scenario, territory and graph; `map_flaws` draws what is wrong with polygons.
- `run` answers with a verified plan, a certificate and a scorecard; `measure` judges a plan
  that somebody drew; `explain_no_plan` says why there is none.
- `compare` sets runs side by side, `trade_off` two measures of them; `sweep` answers many
  variants; `frontier` finds the plans between two aims; `alternatives` looks for plans nearly
  as good, and `robustness` asks which mergers survive other weights and data.
"""

from __future__ import annotations

from amalgamation.road import Ground, explain_no_plan, map_flaws, measure, prepare, run
from amalgamation.study import look_for_alternatives as alternatives
from amalgamation.study import trace_two_aims as frontier
from amalgamation.study import vary as robustness
from amalgamation.study.beside import set_beside as compare
from amalgamation.study.beside import trade_off
from amalgamation.study.compare import TradeOff
from amalgamation.study.sweep import Study
from amalgamation.study.sweep import run_study as sweep

__all__ = [
    "Ground",
    "Study",
    "TradeOff",
    "alternatives",
    "compare",
    "explain_no_plan",
    "frontier",
    "map_flaws",
    "measure",
    "prepare",
    "robustness",
    "run",
    "sweep",
    "trade_off",
]
