"""The given room: plans that a scenario brings along, to be measured instead of solved for.

In: the scenario's `plan` and its territory. Out: the plan, and a certificate that says what
the aims amount to and claims no bound.
"""

from amalgamation.given.certificate import build_certificate
from amalgamation.given.plan import build_tier_plan, read_given_plan

__all__ = ["build_certificate", "build_tier_plan", "read_given_plan"]
