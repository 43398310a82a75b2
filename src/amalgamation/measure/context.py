"""What the catalogue may ask before it looks at a plan: names, units and parameters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from amalgamation.scenario.schema import ScorecardSection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.graph import UnitGraph
    from amalgamation.territory import Territory

__all__ = ["Context"]


@dataclass(frozen=True)
class Context:
    """Hold what decides which measures there are, and how they are set.

    Parameters
    ----------
    attributes
        Attributes of the territory and their units.
    distance_unit
        ``"km"`` or ``"minutes"``; names of the access measures end in it.
    tiers
        Tiers of parents, from the lowest (most parents) up.
    categories
        Columns of words that municipalities may mix, such as the natural zone.
    has_geometry
        Whether the units have polygons.
    parameters
        The section ``scorecard`` of a scenario.

    Examples
    --------
    >>> Context({"population": "residents"}, tiers=("rayon", "oblast")).lowest_tier
    'rayon'
    """

    attributes: Mapping[str, str]
    distance_unit: str = "km"
    tiers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    has_geometry: bool = False
    parameters: ScorecardSection = field(default_factory=ScorecardSection)

    @classmethod
    def from_territory(
        cls, territory: Territory, graph: UnitGraph, parameters: ScorecardSection
    ) -> Self:
        """Read off a territory and its graph what the catalogue asks."""
        parents = territory.units[list(territory.tiers)].nunique()
        return cls(
            attributes=territory.attributes,
            distance_unit=graph.distance_unit,
            tiers=tuple(sorted(territory.tiers, key=lambda tier: -parents[tier])),
            categories=tuple(name for name in territory.categories if name != "type"),
            has_geometry=territory.has_geometry,
            parameters=parameters,
        )

    @property
    def lowest_tier(self) -> str | None:
        """The tier next above the units; None where there is none."""
        return self.tiers[0] if self.tiers else None
