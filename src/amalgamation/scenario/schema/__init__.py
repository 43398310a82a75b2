"""The schema of a scenario file: strict, frozen, each field with its manual.

One file per section, in the order of the rooms. The text under a field is the manual, the
JSON Schema for editors and the reference in the documentation, all at once.
"""

from amalgamation.scenario.schema.aims import (
    Aims,
    BalanceAim,
    NumberAim,
    TiesCutAim,
    Wish,
    WishesAim,
)
from amalgamation.scenario.schema.base import Section
from amalgamation.scenario.schema.graph import Cut, Graph, Link, MatrixDistance, TieOptions
from amalgamation.scenario.schema.plan import PlanByTier, PlanFile
from amalgamation.scenario.schema.rules import (
    AttributeRange,
    Conditions,
    KeepApart,
    KeepTogether,
    LeaveOut,
    Municipalities,
    NumberRange,
    Range,
    RatioRange,
    Reach,
    Rules,
    Seats,
    Unless,
)
from amalgamation.scenario.schema.scenario import Scenario
from amalgamation.scenario.schema.solve import Solve, WriteFormat
from amalgamation.scenario.schema.territory import ParentPrefix, Table, TerritorySection, Total

__all__ = [
    "Aims",
    "AttributeRange",
    "BalanceAim",
    "Conditions",
    "Cut",
    "Graph",
    "KeepApart",
    "KeepTogether",
    "LeaveOut",
    "Link",
    "MatrixDistance",
    "Municipalities",
    "NumberAim",
    "NumberRange",
    "ParentPrefix",
    "PlanByTier",
    "PlanFile",
    "Range",
    "RatioRange",
    "Reach",
    "Rules",
    "Scenario",
    "Seats",
    "Section",
    "Solve",
    "Table",
    "TerritorySection",
    "TieOptions",
    "TiesCutAim",
    "Total",
    "Unless",
    "Wish",
    "WishesAim",
    "WriteFormat",
]
