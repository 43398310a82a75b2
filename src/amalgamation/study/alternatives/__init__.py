"""Plans near one that there is, and what they tell of it: what is certain, what is a choice.

In: a ground and a plan on it. Out: `Alternatives`, each verified, within its budget, and as
unlike the others as could be found.
"""

from amalgamation.study.alternatives.alternatives import Alternatives
from amalgamation.study.alternatives.certify import Alternative
from amalgamation.study.alternatives.find import find_alternatives
from amalgamation.study.alternatives.look import look_for_alternatives
from amalgamation.study.alternatives.take_up import take_up

__all__ = [
    "Alternative",
    "Alternatives",
    "find_alternatives",
    "look_for_alternatives",
    "take_up",
]
