"""Merge small administrative units into contiguous municipalities, with a proven gap.

A scenario file goes in; a weighted graph of units, an integer program, a plan of
contiguous municipalities with a proven gap, a scorecard and maps come out::

    import amalgamation as am

    result = am.run("kz-two-tier")
    result.plot()

`amalgamation.api` is the whole road on one page. Public names are imported when they are
first asked for, so that the command line starts without the parts that it does not need.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from amalgamation.provenance import package_version

if TYPE_CHECKING:
    from amalgamation.api import (
        Study,
        TradeOff,
        alternatives,
        compare,
        explain_no_plan,
        frontier,
        measure,
        prepare,
        robustness,
        run,
        sweep,
        trade_off,
    )
    from amalgamation.explain import (
        WhyNot,
        explain_impossible,
        explain_municipality,
        explain_number,
        explain_unit,
        explain_whole,
    )
    from amalgamation.graph import UnitGraph, build_graph
    from amalgamation.measure import Scorecard, measure_plan
    from amalgamation.model import Problem, build_problem
    from amalgamation.plan import Plan
    from amalgamation.result import Result
    from amalgamation.road import Reopened, reopen
    from amalgamation.scenario import Scenario, read_scenario
    from amalgamation.show import plot_certainty, plot_frontier, plot_plan
    from amalgamation.solve import solve_problem
    from amalgamation.status import Certificate, Status
    from amalgamation.study import (
        Alternatives,
        Backtest,
        Comparison,
        Robustness,
        TwoAims,
        Variant,
        backtest,
        compare_plans,
    )
    from amalgamation.study.prices import price_rules
    from amalgamation.study.what_if import price_refused, what_if
    from amalgamation.territory import Territory, dataset_names, read_territory
    from amalgamation.verify import verify_plan, verify_run

__version__ = package_version()

__all__ = [
    "Alternatives",
    "Backtest",
    "Certificate",
    "Comparison",
    "Plan",
    "Problem",
    "Reopened",
    "Result",
    "Robustness",
    "Scenario",
    "Scorecard",
    "Status",
    "Study",
    "Territory",
    "TradeOff",
    "TwoAims",
    "UnitGraph",
    "Variant",
    "WhyNot",
    "__version__",
    "alternatives",
    "backtest",
    "build_graph",
    "build_problem",
    "compare",
    "compare_plans",
    "dataset_names",
    "explain_impossible",
    "explain_municipality",
    "explain_no_plan",
    "explain_number",
    "explain_unit",
    "explain_whole",
    "frontier",
    "measure",
    "measure_plan",
    "plot_certainty",
    "plot_frontier",
    "plot_plan",
    "prepare",
    "price_refused",
    "price_rules",
    "read_scenario",
    "read_territory",
    "reopen",
    "robustness",
    "run",
    "solve_problem",
    "sweep",
    "trade_off",
    "verify_plan",
    "verify_run",
    "what_if",
]

_NAMES_OF = {
    "api": (
        *("Study", "TradeOff", "alternatives", "compare", "explain_no_plan", "frontier"),
        *("measure", "prepare", "robustness", "run", "sweep", "trade_off"),
    ),
    "explain": (
        "WhyNot",
        "explain_impossible",
        "explain_municipality",
        "explain_number",
        "explain_unit",
        "explain_whole",
    ),
    "graph": ("UnitGraph", "build_graph"),
    "measure": ("Scorecard", "measure_plan"),
    "model": ("Problem", "build_problem"),
    "plan": ("Plan",),
    "result": ("Result",),
    "road": ("Reopened", "reopen"),
    "scenario": ("Scenario", "read_scenario"),
    "show": ("plot_certainty", "plot_frontier", "plot_plan"),
    "solve": ("solve_problem",),
    "status": ("Certificate", "Status"),
    "study": (
        *("Alternatives", "Backtest", "Comparison", "Robustness", "TwoAims", "Variant"),
        *("backtest", "compare_plans"),
    ),
    "study.prices": ("price_rules",),
    "study.what_if": ("price_refused", "what_if"),
    "territory": ("Territory", "dataset_names", "read_territory"),
    "verify": ("verify_plan", "verify_run"),
}
_HOME_OF = {name: home for home, names in _NAMES_OF.items() for name in names}


class _Package(ModuleType):
    """Keep a public name where a room has the same one: `measure` is the verb."""

    def __setattr__(self, name: str, value: Any) -> None:
        # the import system binds every room that is loaded to the package
        if not (name in _HOME_OF and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package

if not TYPE_CHECKING:  # a checker would take it for a package that has every name

    def __getattr__(name: str) -> Any:
        """Import a public name when it is first asked for (PEP 562)."""
        if name not in _HOME_OF:
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
