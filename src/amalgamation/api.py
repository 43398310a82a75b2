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
- `compare` sets runs side by side; `sweep` answers many variants, and `trade_off` sets two of
  their measures against each other; `frontier` finds the plans between two aims;
  `alternatives` looks for plans nearly as good, and `robustness` asks which mergers survive
  other weights and data.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from amalgamation.road import Ground, explain_no_plan, map_flaws, measure, prepare, run
from amalgamation.study import Comparison, compare_runs
from amalgamation.study import look_for_alternatives as alternatives
from amalgamation.study import trace_two_aims as frontier
from amalgamation.study import vary as robustness
from amalgamation.study.compare import TradeOff
from amalgamation.study.sweep import Study, expand_studies, trade_off
from amalgamation.study.sweep import run_study as sweep

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def compare(
    *runs: str | Path,
    measures: Sequence[str] | Literal["shown", "all"] = "shown",
    against: str | None = None,
    data_folder: str | Path | None = None,
) -> Comparison:
    """Put finished runs side by side: figures, agreement, changes, maps, trade-offs.

    Parameters
    ----------
    *runs
        Run folders, of any version and of any data; a study's folder stands for its runs.
    measures
        Names of national measures; ``"shown"`` are those that a scorecard shows, ``"all"``
        those of any run.
    against
        Label of the column that the others are held against; default: the first run that
        is named, and today beside a single run.
    data_folder
        Folder of the scenario file, if its data are not bundled: a run does not record it.

    Returns
    -------
    Comparison
        Its table has today as the first column. Says in its notices what is made up, where
        units or data differ, and what is blank.

    Raises
    ------
    InputError
        If a folder is no run, no run has a measure of that name, or there is no such column.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     run("toy", overrides={"solve.processes": 1}).write(Path(folder, "toy"))
    ...     compare(Path(folder, "toy")).table.loc["municipalities", ["today", "toy"]].to_list()
    [12.0, 4.0]
    """
    home = None if data_folder is None else Path(data_folder)
    folders = expand_studies([Path(folder) for folder in runs])
    return compare_runs(folders, measures, against=against, data_folder=home)
