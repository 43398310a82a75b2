"""The verify room: a plan in, findings out.

Every rule and the cost are recomputed by code that shares nothing with the model and the
solver, so that a mistake there cannot hide itself.
"""

from amalgamation.verify.aims import plan_values
from amalgamation.verify.plan import CHECKS, soften_breaches, verify_plan
from amalgamation.verify.run import verify_run
from amalgamation.verify.view import View

__all__ = ["CHECKS", "View", "plan_values", "soften_breaches", "verify_plan", "verify_run"]
