"""Write the list of parts (SBOM, CycloneDX 1.6) that comes with a release.

``python -m tools.sbom FOLDER`` (``make sbom``): the wheel in the folder is installed with all
extras into an empty environment, and ``cyclonedx-py`` lists what is there, with versions and
licences. The list is of one machine and day: another gets other versions of the parts.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tools.places import ROOT, call, make_environment, project

__all__ = ["main"]


def main(arguments: list[str]) -> int:
    """Run the command."""
    folder = Path(arguments[0]).resolve()
    (wheel,) = folder.glob("*.whl")
    said = project()["project"]
    to = folder / f"amalgamation-{said['version']}.cdx.json"
    with tempfile.TemporaryDirectory() as scratch:
        parts = make_environment(Path(scratch) / "parts")
        parts.install(f"{wheel}[{','.join(said['optional-dependencies'])}]")
        lister = make_environment(Path(scratch) / "lister")
        lister.install("cyclonedx-bom>=7")
        words = ("environment", "--pyproject", ROOT / "pyproject.toml", "--short-PURLs")
        form = ("--output-reproducible", "--of", "JSON", "--sv", "1.6", "-o", to)
        call(lister.scripts / "cyclonedx-py", *words, *form, parts.python, folder=folder)
    listed = json.loads(to.read_text(encoding="utf-8"))
    print(f"{to.name}: {len(listed['components'])} parts, CycloneDX {listed['specVersion']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
