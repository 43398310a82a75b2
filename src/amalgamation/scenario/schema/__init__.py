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
from amalgamation.scenario.schema.capability import Capability, Indicator, Level
from amalgamation.scenario.schema.draw import Apportion, Draw, Settlements, Within
from amalgamation.scenario.schema.graph import (
    Barriers,
    Cut,
    Fallback,
    Graph,
    Link,
    MatrixDistance,
    RoadDistance,
    TieOptions,
)
from amalgamation.scenario.schema.plan import PlanByTier, PlanFile
from amalgamation.scenario.schema.repair import Repair
from amalgamation.scenario.schema.rules import (
    AtMost,
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
from amalgamation.scenario.schema.scorecard import (
    Council,
    Equalisation,
    Fiscal,
    RunningCost,
    ScorecardSection,
    Service,
)
from amalgamation.scenario.schema.solve import Solve, WriteFormat
from amalgamation.scenario.schema.sweep import Between, Sample, Sweep
from amalgamation.scenario.schema.territory import (
    Crosswalk,
    ParentPrefix,
    Table,
    TerritorySection,
    Total,
)

__all__ = [
    "Aims",
    "Apportion",
    "AtMost",
    "AttributeRange",
    "BalanceAim",
    "Barriers",
    "Between",
    "Capability",
    "Conditions",
    "Council",
    "Crosswalk",
    "Cut",
    "Draw",
    "Equalisation",
    "Fallback",
    "Fiscal",
    "Graph",
    "Indicator",
    "KeepApart",
    "KeepTogether",
    "LeaveOut",
    "Level",
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
    "Repair",
    "RoadDistance",
    "Rules",
    "RunningCost",
    "Sample",
    "Scenario",
    "ScorecardSection",
    "Seats",
    "Section",
    "Service",
    "Settlements",
    "Solve",
    "Sweep",
    "Table",
    "TerritorySection",
    "TieOptions",
    "TiesCutAim",
    "Total",
    "Unless",
    "Wish",
    "WishesAim",
    "Within",
    "WriteFormat",
]
