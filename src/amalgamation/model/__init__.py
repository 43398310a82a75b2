"""The model: from units, ties and a scenario to a problem in numbers.

In: `Territory`, `UnitGraph`, `Scenario`. Out: a `Problem` of independent blocks with
rules, aims and their references, and a `CompactModel` of any block (a PuLP model that a
person can read as LP).
"""

from amalgamation.model.aims import Aim, value_outside
from amalgamation.model.block import OUTSIDE, Block, Municipality, Pairs
from amalgamation.model.caps import Cap
from amalgamation.model.compact import CompactModel
from amalgamation.model.cuts import Cut, Separator, SeveredCut
from amalgamation.model.joined import join_blocks
from amalgamation.model.leave_out import LeftOut, bound_units, build_left_out
from amalgamation.model.problem import NumberLimit, Problem, build_problem
from amalgamation.model.rules.margin import Margin, measure_margins
from amalgamation.model.valuer import Valued, Valuer
from amalgamation.model.yardstick import use_yardstick

__all__ = [
    "OUTSIDE",
    "Aim",
    "Block",
    "Cap",
    "CompactModel",
    "Cut",
    "LeftOut",
    "Margin",
    "Municipality",
    "NumberLimit",
    "Pairs",
    "Problem",
    "Separator",
    "SeveredCut",
    "Valued",
    "Valuer",
    "bound_units",
    "build_left_out",
    "build_problem",
    "join_blocks",
    "measure_margins",
    "use_yardstick",
    "value_outside",
]
