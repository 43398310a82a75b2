"""Aims: the terms of the objective, each a function of one municipality in one file.

In: the scenario's aims. Out: `Aim` objects that value a municipality and express
themselves in the compact model.
"""

from amalgamation.model.aims.aim import Aim, value_outside
from amalgamation.model.aims.catalogue import build_aims

__all__ = ["Aim", "build_aims", "value_outside"]
