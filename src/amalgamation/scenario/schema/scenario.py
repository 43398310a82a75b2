"""A scenario: all sections, in the order of the rooms."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from amalgamation.scenario.schema.aims import Aims, BalanceAim
from amalgamation.scenario.schema.base import Section, contradiction
from amalgamation.scenario.schema.graph import Graph
from amalgamation.scenario.schema.plan import PlanByTier, PlanFile
from amalgamation.scenario.schema.rules import Conditions, Rules
from amalgamation.scenario.schema.scorecard import ScorecardSection
from amalgamation.scenario.schema.solve import Solve, WriteFormat
from amalgamation.scenario.schema.sweep import Sweep
from amalgamation.scenario.schema.territory import TerritorySection

__all__ = [
    "Scenario",
]

# Conditions on units that are no attributes of theirs.
_DERIVED = ("density", "nearest_km")
# Aims that count residents, as `rules.at_most` names them.
_OF_RESIDENTS = ("access", "crossings", "heterogeneity", "left_out")


class Scenario(Section):
    """A question to the tool, as a file."""

    schema_version: Annotated[int, Field(ge=1, le=1)] = 1
    """Version of this schema."""
    scenario: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    """Short name: letters, digits, dot, dash, underscore."""
    title: str = ""
    """Title for maps and reports."""
    question: str = ""
    """The question in one sentence."""
    territory: TerritorySection
    """Where the units come from."""
    graph: Graph = Graph()
    """How units become a graph."""
    plan: Literal["today"] | PlanFile | PlanByTier | None = None
    """Measure this plan instead of solving; `today` is each unit as it stands."""
    rules: Rules = Rules()
    """What every municipality must satisfy."""
    aims: Aims = Aims()
    """What a plan should keep low."""
    solve: Solve = Solve()
    """When to stop."""
    scorecard: ScorecardSection = ScorecardSection()
    """What the scorecard counts, and by which parameters."""
    sweep: Sweep | None = None
    """Variants of this scenario, which `amalgamation sweep` answers; `run` answers the rest."""
    write: list[WriteFormat] = ["csv", "geojson", "gpkg", "png"]
    """Formats of the run folder."""

    @model_validator(mode="after")
    def _per_parent_needs_wall(self) -> Self:
        for tier in self.rules.municipalities.per_parent:
            if tier not in self.rules.walls:
                raise contradiction(
                    f"numbers per {tier}, which is not a wall",
                    "a tier of rules.walls, so that no municipality counts twice",
                    f"add {tier} to rules.walls",
                    f"rules.municipalities.per_parent.{tier}",
                )
        return self

    @model_validator(mode="after")
    def _at_most_is_counted(self) -> Self:
        """Refuse an amount of what the scenario does not say how to count."""
        aims, most = self.aims, self.rules.at_most
        for attribute in most.balance:
            aim = aims.balance.get(attribute)
            if not isinstance(aim, BalanceAim) or aim.target is None:
                raise contradiction(
                    f"a most of balance.{attribute}, whose target is not given",
                    "the target that the deviation is counted from",
                    f"add aims.balance.{attribute}: {{weight: 0, target: ...}}",
                    f"rules.at_most.balance.{attribute}",
                )
        if most.wishes is not None and aims.wishes is None:
            raise contradiction(
                "a most of unmet wishes, without wishes",
                "wishes to count",
                "add aims.wishes, with weight 0 if they shall not count besides",
                "rules.at_most.wishes",
            )
        return self

    @property
    def attributes_used(self) -> tuple[str, ...]:
        """Attributes that rules and aims sum, sorted."""
        used = set(self.rules.ranges) | set(self.aims.balance)
        used |= {name for limits in self.rules.ranges.values() for name in limits.unless}
        used |= {name for ratio in self.rules.ratios.values() for name in (ratio.of, ratio.to)}
        used |= {n for conditions in self._conditions() for n in conditions if n not in _DERIVED}
        by_size = self.rules.seats is not None and self.rules.seats.or_population_min is not None
        if any("density" in conditions for conditions in self._conditions()):
            used |= {"population", "area_km2"}
        moved = (*self.aims.crossings.values(), *self.aims.heterogeneity.values())
        most = self.rules.at_most
        counted = any(name.partition(".")[0] in _OF_RESIDENTS for name in most.amounts)
        used |= set(most.balance)
        if self.aims.access or self.aims.left_out or any(moved) or by_size or counted:
            used.add("population")
        return tuple(sorted(used))

    def _conditions(self) -> list[Conditions]:
        rule = self.rules.leave_out
        return [] if rule is None else [*rule.always, *([] if rule.may == "any" else rule.may)]

    def _facts(self) -> dict[str, Any]:
        set_rules = [name for name in type(self.rules).model_fields if _is_set(self.rules, name)]
        set_aims = [name for name in type(self.aims).model_fields if _is_set(self.aims, name)]
        return {
            "scenario": self.scenario,
            "title": self.title,
            "territory": self.territory.source,
            "rules": ", ".join(set_rules) or "none",
            "aims": ", ".join(set_aims) or "none",
        }

    def __repr__(self) -> str:
        facts = self._facts()
        return (
            f"<Scenario {facts['scenario']}: {facts['territory']}; "
            f"rules {facts['rules']}; aims {facts['aims']}>"
        )


def _is_set(section: Section, name: str) -> bool:
    default = type(section).model_fields[name].get_default(call_default_factory=True)
    return bool(getattr(section, name) != default)
