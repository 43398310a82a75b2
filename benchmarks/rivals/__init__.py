"""What a user would pick instead, each behind the same three lines.

In: a `Ground` (one block without walls) and a clock. Out: `Drawn` plans, all judged by the
same code (`judge.py`), whose rules are the scenario's and whose cost is our access aim.
"""

from benchmarks.rivals.drawn import Drawn, Judge
from benchmarks.rivals.ground import Ground, build_ground

__all__ = ["Drawn", "Ground", "Judge", "build_ground"]
