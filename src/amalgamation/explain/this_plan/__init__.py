"""Why a plan is as it is: what binds a municipality, and what each choice next to it would cost.

In: a problem and a plan of it. Out: `Reasons` of a unit or a municipality, and a table of
every single change; each exact, since nothing is searched for.
"""

from amalgamation.explain.this_plan.choice import Breach, Choice, apply_choice
from amalgamation.explain.this_plan.choices import (
    all_choices,
    choices_of_municipality,
    choices_of_unit,
)
from amalgamation.explain.this_plan.drawn import Drawn, draw, draw_plan
from amalgamation.explain.this_plan.overview import (
    Overview,
    explain_whole,
    find_tightest,
    say_tightest,
)
from amalgamation.explain.this_plan.page import build_report_reasons
from amalgamation.explain.this_plan.reasons import Reasons, explain_municipality, explain_unit
from amalgamation.explain.this_plan.table import build_reasons_table
from amalgamation.explain.this_plan.wishes import Refused, find_refused
from amalgamation.explain.this_plan.words import (
    say_aims,
    say_amount,
    say_change,
    say_margin,
    say_share,
    say_wish,
)

__all__ = [
    "Breach",
    "Choice",
    "Drawn",
    "Overview",
    "Reasons",
    "Refused",
    "all_choices",
    "apply_choice",
    "build_reasons_table",
    "build_report_reasons",
    "choices_of_municipality",
    "choices_of_unit",
    "draw",
    "draw_plan",
    "explain_municipality",
    "explain_unit",
    "explain_whole",
    "find_refused",
    "find_tightest",
    "say_aims",
    "say_amount",
    "say_change",
    "say_margin",
    "say_share",
    "say_tightest",
    "say_wish",
]
