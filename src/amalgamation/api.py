"""The whole road on one page: from a scenario to a verified plan with its scorecard.

`amalgamation.road` walks it; each step is a room of the house, and may be walked alone::

    file = read_scenario("kz-two-tier")
    territory = read_territory(file.scenario.territory, file.folder)
    graph = build_graph(territory, file.scenario.graph, file.folder)
    problem = build_problem(file.scenario, territory, graph)
    solution = solve_problem(problem, gap=0.01, seconds=300)
    findings = verify_plan(solution.plan, file.scenario, territory, graph)
    scorecard = measure_plan(solution.plan, territory, graph, parameters=file.scenario.scorecard)
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from amalgamation import explain
from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.graph import draw_islands, draw_near_misses
from amalgamation.notebook import notebook_progress
from amalgamation.road import Ground, answer, judge, prepare
from amalgamation.scenario import read_scenario
from amalgamation.study import (
    Comparison,
    check_options,
    compare_runs,
    find_alternatives,
    take_up,
    vary,
)
from amalgamation.study.compare import TradeOff, build_trade_off
from amalgamation.study.sweep import (
    Standing,
    Study,
    expand_studies,
    find_plan_table,
    run_study,
)
from amalgamation.territory import Flaw, read_flaws
from amalgamation.write import read_assignment, write_flaws

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from amalgamation.explain import WhyNot
    from amalgamation.result import Result
    from amalgamation.solve import Progress
    from amalgamation.study import Alternatives, Robustness, Variant

__all__ = [
    "Ground",
    "Study",
    "TradeOff",
    "alternatives",
    "compare",
    "explain_no_plan",
    "map_flaws",
    "measure",
    "prepare",
    "robustness",
    "run",
    "sweep",
    "trade_off",
]

_SECONDS = 60.0


def map_flaws(
    scenario: str | Path,
    path: Path,
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
) -> tuple[Flaw, ...]:
    """Write what is wrong with a scenario's polygons as a GeoPackage, and return it.

    Also where the data are refused: then the map is needed most. Flaws are those of the
    files, before ``territory.repair`` snaps or divides.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    path
        GeoPackage to write.
    overrides
        Dotted keys that change the scenario.
    allow_outside
        Let the scenario name files outside its own folder.

    Raises
    ------
    InputError
        If scenario or files cannot be read.
    OutputError
        If the map cannot be written.
    """
    file = read_scenario(scenario, overrides, allow_outside=allow_outside)
    found = read_flaws(file.scenario.territory, file.folder)
    near = draw_near_misses(found.geometry, found.labels, file.scenario.graph.ties)
    islands = draw_islands(found.geometry, found.labels, file.scenario.graph)
    flaws = (*found.flaws, *near, *islands)
    write_flaws(path, flaws, found.geometry)
    return flaws


def run(
    scenario: str | Path = "kz-two-tier",
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    start: Path | None = None,
    report: Callable[[Progress], None] | None = None,
) -> Result:
    """Answer a scenario with a verified plan, a certificate and a scorecard.

    A scenario that gives its plan is measured instead of solved: rules that the plan breaks
    are told in ``result.breaches``.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    overrides
        Dotted keys that change the scenario.
    allow_outside
        Let the scenario name files outside its own folder.
    start
        CSV with the columns ``unit_id, municipality_id, seat_id``: a plan to begin from,
        block by block where it keeps the rules; what it lends nothing to is told.
    report
        Called with the progress of each block.

    Returns
    -------
    Result
        ``result.plan`` is None where the status says so.

    Raises
    ------
    InputError
        If scenario, data or the plan to begin from cannot be used.
    VerificationError
        If the plan found breaks a rule: our fault, and nothing is handed out.

    Examples
    --------
    >>> result = run("toy", overrides={"solve.processes": 1})
    >>> result.status, len(result.plan.municipalities)
    (<Status.OPTIMAL: 'optimal'>, 4)
    """
    ground = prepare(scenario, overrides=overrides, allow_outside=allow_outside)
    first = None if start is None else read_assignment(start)
    shown = nullcontext(report) if report else notebook_progress(ground.file.scenario.scenario)
    with shown as tell:
        return answer(ground, start=first, report=tell)


def measure(
    assignment: Path,
    scenario: str | Path,
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
) -> Result:
    """Measure a plan that was drawn elsewhere, without solving.

    Parameters
    ----------
    assignment
        CSV with the columns ``unit_id, municipality_id, seat_id``.
    scenario
        Names the territory and the rules; rules that the plan breaks are told in
        ``result.breaches``.

    Raises
    ------
    InputError
        If the table, the scenario or the data cannot be used, or the plan is not one of
        this territory.
    """
    changes = {**(overrides or {}), "plan": None}
    ground = prepare(scenario, overrides=changes, allow_outside=allow_outside)
    return judge(ground, read_assignment(assignment))


def explain_no_plan(
    scenario: str | Path,
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    seconds: float = 60.0,
) -> WhyNot:
    """Say why a scenario has no plan, and what would make one possible.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    overrides
        Dotted keys that change the scenario.
    allow_outside
        Let the scenario name files outside its own folder.
    seconds
        Time limit; what was not settled by then is named.

    Returns
    -------
    WhyNot
        Its status is ``infeasible`` with reasons, ``feasible`` where there is a plan after
        all, or ``no plan found`` where the time was too short for either.

    Raises
    ------
    InputError
        If scenario or data cannot be used, or the scenario gives its plan.

    Examples
    --------
    >>> explain_no_plan("toy", overrides={"rules.population.min": 12100}).first_line()[:70]
    'toy (12 units): no plan keeps all of at least 4 municipalities (rules.'
    """
    ground = prepare(scenario, overrides=overrides, allow_outside=allow_outside)
    question = ground.file.scenario
    if question.plan is not None:
        raise InputError([_given(question.scenario)])
    return explain.explain_no_plan(
        question, ground.territory, ground.graph, seconds=seconds, seed=question.solve.seed
    )


def _given(name: str) -> Finding:
    return Finding(
        "plan-given",
        f"scenario {name}, plan",
        "a plan that is given, so that none is sought",
        "a question: rules, and no plan",
        "remove plan (--set plan=null), or ask amalgamation run what the plan breaks",
    )


def sweep(  # noqa: PLR0913 - the options of a study, all by name
    scenario: str | Path,
    folder: str | Path,
    *,
    over: Mapping[str, Sequence[Any]] | None = None,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    overwrite: bool = False,
    processes: int | None = None,
    scheduler: str | None = None,
    report: Callable[[Standing], None] = lambda _: None,
) -> Study:
    """Answer every variant of a scenario; what the folder holds already is not answered again.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    folder
        The study: absent, empty, or one that was begun.
    over
        Dotted key -> values, such as ``{"rules.population.min": [3000, 5000]}``, beside those
        of the file's own section ``sweep``; lists are multiplied.
    overrides
        Dotted keys that change every variant.
    allow_outside
        Let the scenario name files outside its own folder.
    overwrite
        Give up finished variants in the folder that ask something else.
    processes
        Variants answered side by side; default: as many as there are cores and memory.
    scheduler
        Address of a Dask scheduler, such as ``tcp://host:8786``, whose workers answer instead.
    report
        Called whenever a variant began or ended.

    Returns
    -------
    Study
        Its table has a row for each variant; one that failed says why.

    Raises
    ------
    InputError
        If the scenario, a variant, the data of all, the folder or the scheduler cannot be used.
    OutputError
        If the folder cannot be written.
    """
    return run_study(
        scenario,
        Path(folder),
        over=over,
        overrides=overrides,
        allow_outside=allow_outside,
        overwrite=overwrite,
        processes=processes,
        scheduler=scheduler,
        report=report,
    )


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


def trade_off(source: str | Path | pd.DataFrame | Study, x: str, y: str) -> TradeOff:
    """Set two measures of a study's variants against each other; the Pareto set is marked.

    Of finished runs, `compare` has the same as a method.

    Parameters
    ----------
    source
        A study, its folder, its ``study.csv`` or ``study.parquet``, or any table of plans
        with a column for each measure.
    x, y
        Columns of its table: measures, or keys that vary. One that has no better direction
        by itself says which it is: ``municipalities:min`` or ``municipalities:max``.

    Raises
    ------
    InputError
        If there is no such table or column, a direction is missing, or fewer than two plans
        have both figures.

    Examples
    --------
    >>> figures = {"km": [3.0, 5.0, 6.0], "cost": [9.0, 4.0, 7.0]}
    >>> table = pd.DataFrame(figures, index=["a", "b", "c"])
    >>> trade_off(table, "km:min", "cost:min").pareto
    ('a', 'b')
    """
    found = find_plan_table(source if isinstance(source, pd.DataFrame | Study) else Path(source))
    return build_trade_off(found.table, [x, y], found.axes, found.notice)


def alternatives(  # noqa: PLR0913 - the options of a study, all by name
    question: str | Path,
    *,
    within: float = 2.0,
    number: int = 8,
    probes: int = 20,
    minutes: float = 5.0,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    data_folder: Path | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> Alternatives:
    """Find plans that cost at most some per cent more and differ as much as possible.

    Parameters
    ----------
    question
        A run folder, whose plan is taken; or a scenario, which is answered first.
    within
        Per cent that each block (each piece that walls and water make independent) may cost
        more than in the plan.
    number
        How many to look for.
    probes
        Of the ties that all of them decide alike, so many are asked whether that is certain.
    minutes
        Time for looking, besides that of the answer.
    overrides
        Dotted keys that change a scenario; a run's question stays as it was.
    allow_outside
        Let a scenario name files outside its own folder.
    data_folder
        Of a run whose data are not bundled: the folder of its scenario file.
    report
        Called with a sentence for each step.

    Raises
    ------
    InputError
        If the question, its data or a number cannot be used, or it has no plan.
    VerificationError
        If a plan breaks a rule: our fault, and nothing is handed out.

    Examples
    --------
    >>> few = {"within": 5, "number": 2, "probes": 0}
    >>> found = alternatives("toy", **few, overrides={"solve.processes": 1})
    >>> found.table["municipalities"].to_dict()
    {'plan': 4, '1': 4, '2': 4}
    """
    check_options(within, number, probes)
    begun = take_up(
        question,
        overrides=overrides,
        allow_outside=allow_outside,
        data_folder=data_folder,
        report=report,
    )
    options = begun.ground.file.scenario.solve
    return find_alternatives(
        begun.ground,
        begun.plan,
        bound=begun.certificate.bound,
        within=within,
        number=number,
        probes=probes,
        seconds=minutes * _SECONDS,
        seed=options.seed,
        processes=options.processes,
        report=report,
    )


def robustness(
    scenario: str | Path,
    variants: Sequence[Variant],
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    report: Callable[[str], None] = lambda _: None,
) -> Robustness:
    """Answer a scenario and variants of it, and say which mergers survive.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    variants
        Other seeds, weights, projections, disturbed data (`amalgamation.Variant`).
    overrides
        Dotted keys that change the scenario, for the base and all variants.
    allow_outside
        Let the scenario name files outside its own folder.
    report
        Called with a sentence for each answer.

    Raises
    ------
    InputError
        If scenario, data or a variant cannot be used, or the base has no plan.

    Examples
    --------
    >>> from amalgamation.study import Variant
    >>> heavier = Variant("heavier", overrides={"aims.access": 2.0})
    >>> robustness("toy", [heavier], overrides={"solve.processes": 1}).certainty.plans
    2
    """
    return vary(scenario, variants, overrides=overrides, allow_outside=allow_outside, report=report)
