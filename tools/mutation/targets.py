"""What is mutated, and which tests must find it: quick ones, by the room they speak of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["TARGETS", "Target"]


@dataclass(frozen=True)
class Target:
    """Files that share their tests.

    Parameters
    ----------
    name
        For the command.
    files
        Patterns below ``src/amalgamation``.
    tests
        Paths below the root.
    compiled
        False runs compiled functions as plain Python: machine code cannot be mutated.
    """

    name: str
    files: tuple[str, ...]
    tests: tuple[str, ...]
    compiled: bool = True

    def names(self, root: Path) -> list[str]:
        """Return the files as paths below the root, sorted."""
        source = root / "src" / "amalgamation"
        found = {path for pattern in self.files for path in source.glob(pattern)}
        return sorted(str(path.relative_to(root)) for path in found)


_JUDGED = (
    *("access", "certificate", "contiguity", "given", "inputs", "outputs", "oracle", "outside"),
    *("plan", "record", "run", "seats", "tolerance", "view", "vocabulary"),
    "against_brute_force",
)
_VERIFY = (*(f"tests/verify/test_{name}.py" for name in _JUDGED), "src/amalgamation/verify")
_RULES = (
    "tests/model/test_rules.py",
    "tests/model/test_rule_words.py",
    "tests/model/test_catalogue.py",
    "tests/model/test_margins.py",
    "tests/model/test_contiguity.py",
    "tests/model/test_leave_out.py",
    "tests/model/test_blocks.py",
    "src/amalgamation/model/rules",
)

TARGETS = (
    Target("verify", ("verify/[!f]*.py",), _VERIFY),
    Target("frontier", ("verify/frontier.py",), ("tests/verify/test_frontier.py",)),
    Target("rules", ("model/rules/*.py",), _RULES),
    Target(
        "status",
        ("status.py", "solve/allocate.py", "solve/frontier.py", "solve/incumbent.py"),
        (
            "tests/test_status.py",
            "tests/solve/test_allocate.py",
            "tests/solve/test_frontier.py",
            "tests/solve/test_laws.py",
            "tests/verify/test_certificate.py",
            "tests/verify/test_frontier.py",
            "src/amalgamation/status.py",
        ),
    ),
    Target(
        "solver",
        ("solve/highs.py",),
        ("tests/solve/test_highs.py", "tests/solve/test_engine.py", "tests/solve/test_allocate.py"),
    ),
    Target(
        "compact",
        ("solve/compact/curve.py", "solve/compact/engine.py", "solve/compact/separate.py"),
        (
            "tests/solve/test_engine.py",
            "tests/solve/test_repair.py",
            "tests/solve/test_brute_force.py",
        ),
    ),
    Target("ledger", ("solve/columns/bound.py",), ("tests/solve/test_ledger.py",)),
    Target(
        "columns",
        ("solve/columns/engine.py",),
        ("tests/solve/test_columns.py", "tests/solve/test_brute_force.py"),
    ),
    Target(
        "kernel",
        ("solve/columns/kernel.py", "solve/columns/branch.py", "solve/columns/subset_rows.py"),
        ("tests/solve/test_columns.py",),
        compiled=False,
    ),
)
