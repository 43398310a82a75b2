"""Say the lowest allowed version of each dependency, as constraints for pip.

``python -m tools.floors > floors.txt``, then ``pip install --constraint floors.txt .``:
what `pyproject.toml` names is then as old as it allows, and what these bring in themselves
is as new as they take (pip has no such choice of its own; uv calls it ``lowest-direct``).
``make test-lowest`` installs so and runs the tests.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from tools.places import project

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["floors", "main"]

_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)>=(?P<floor>[0-9.]+)(,<[0-9.]+)?")


def main() -> int:
    """Run the command."""
    print(*floors(project()), sep="\n")
    return 0


def floors(said: dict[str, Any]) -> list[str]:
    """Return a constraint for every dependency and every extra.

    Parameters
    ----------
    said
        What `pyproject.toml` says.

    Raises
    ------
    SystemExit
        If one of them has no floor: it could not be tested.

    Examples
    --------
    >>> floors({"project": {"dependencies": ["pulp>=3.3.2,<4"]}})
    ['pulp==3.3.2']
    """
    return sorted({_floor(requirement) for requirement in _requirements(said["project"])})


def _requirements(said: dict[str, Any]) -> Iterator[str]:
    yield from said["dependencies"]
    for extra in said.get("optional-dependencies", {}).values():
        yield from extra


def _floor(requirement: str) -> str:
    found = _REQUIREMENT.fullmatch(requirement.replace(" ", ""))
    if found is None:
        raise SystemExit(f"{requirement}: expected name>=floor, and <ceiling where there is one")
    return f"{found['name']}=={found['floor']}"


if __name__ == "__main__":
    sys.exit(main())
