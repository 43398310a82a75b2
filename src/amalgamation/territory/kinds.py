"""Types of unit that have a meaning beyond their name."""

from __future__ import annotations

__all__ = ["URBAN_TYPES"]

URBAN_TYPES = ("republican_city", "city", "town", "settlement")
"""Urban kinds of settlement in Kazakhstan: Law on the administrative-territorial structure
of 8 December 1993 no. 2572-XII, article 3 (cities and settlements are urban)."""
