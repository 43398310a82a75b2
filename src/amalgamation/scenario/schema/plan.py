"""A plan that is measured instead of solved for."""

from __future__ import annotations

from amalgamation.scenario.schema.base import Section, Tier

__all__ = ["PlanByTier", "PlanFile"]


class PlanFile(Section):
    """A plan that was drawn elsewhere."""

    file: str
    """CSV with the columns `unit_id,municipality_id,seat_id`, relative to the scenario."""


class PlanByTier(Section):
    """A plan in which each parent of a tier is one municipality."""

    tier: Tier
    """The tier, such as `rayon`; the seat is the parent's most populous unit."""
