"""What if a wish were granted: the best plan with it, and its price between bounds.

In: a finished run and wishes in words. Out: `WhatIf`.
"""

from amalgamation.study.what_if.ask import ask_instead, with_key, with_requirements
from amalgamation.study.what_if.outcome import WhatIf
from amalgamation.study.what_if.price import Known, Price, build_price
from amalgamation.study.what_if.refused import WishPrice, WishPrices, price_refused
from amalgamation.study.what_if.requirement import Requirement, read_requirements
from amalgamation.study.what_if.what_if import what_if

__all__ = [
    "Known",
    "Price",
    "Requirement",
    "WhatIf",
    "WishPrice",
    "WishPrices",
    "ask_instead",
    "build_price",
    "price_refused",
    "read_requirements",
    "what_if",
    "with_key",
    "with_requirements",
]
