"""Refuse a tag that is not the version, or whose changes nobody wrote down.

``python -m tools.release v1.2.3``: run by the release workflow before anything is built.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from tools.places import ROOT, project

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_tag", "main"]


def main(arguments: list[str]) -> int:
    """Run the command."""
    found = check_tag(arguments[0], ROOT)
    print(*found or [f"{arguments[0]} may be released"], sep="\n")
    return 1 if found else 0


def check_tag(tag: str, folder: Path) -> list[str]:
    """Return what stands against releasing a tag: version, changelog, citation."""
    version = project()["project"]["version"]
    changes = (folder / "CHANGELOG.md").read_text(encoding="utf-8")
    citation = (folder / "CITATION.cff").read_text(encoding="utf-8")
    found = []
    if tag != f"v{version}":
        found.append(f"The tag is {tag}, pyproject.toml says {version}: expected v{version}")
    if not re.search(rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", changes, re.MULTILINE):
        found.append(f"CHANGELOG.md: no heading `## [{version}] - YYYY-MM-DD`")
    if f"\nversion: {version}\n" not in citation:
        found.append(f"CITATION.cff: no line `version: {version}`")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
