"""Merge small administrative units into contiguous municipalities, with a proven gap.

A scenario file goes in; a weighted graph of units, an integer program, a plan of
contiguous municipalities with a proven gap, a scorecard and maps come out::

    import amalgamation as am

    result = am.run("kz-two-tier")
    result.plot()

`amalgamation.api` is the whole road on one page.
"""

from amalgamation.api import measure, prepare, run
from amalgamation.explain import explain_impossible
from amalgamation.graph import UnitGraph, build_graph
from amalgamation.measure import Scorecard, measure_plan
from amalgamation.model import Problem, build_problem
from amalgamation.plan import Plan
from amalgamation.provenance import package_version
from amalgamation.result import Result
from amalgamation.scenario import Scenario, read_scenario
from amalgamation.show import plot_plan
from amalgamation.solve import solve_problem
from amalgamation.status import Certificate, Status
from amalgamation.study import compare_plans
from amalgamation.territory import Territory, dataset_names, read_territory
from amalgamation.verify import verify_plan, verify_run

__version__ = package_version()

__all__ = [
    "Certificate",
    "Plan",
    "Problem",
    "Result",
    "Scenario",
    "Scorecard",
    "Status",
    "Territory",
    "UnitGraph",
    "__version__",
    "build_graph",
    "build_problem",
    "compare_plans",
    "dataset_names",
    "explain_impossible",
    "measure",
    "measure_plan",
    "plot_plan",
    "prepare",
    "read_scenario",
    "read_territory",
    "run",
    "solve_problem",
    "verify_plan",
    "verify_run",
]
