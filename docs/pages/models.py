"""Write a page per reform model from their runs: `make models`."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from amalgamation.errors import InputError
from docs.pages.fill import fill
from docs.pages.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.findings import Finding

__all__ = ["TEMPLATES", "main", "write_pages"]

TEMPLATES = Path(__file__).parent / "templates"
"""A template per page, named after its scenario; the index besides."""

_DOCS = Path(__file__).parents[1]
_BAD_INPUT = 2
_INDEX = "README"


def write_pages(runs: Runs, pages: Path, images: Path, templates: Path = TEMPLATES) -> list[Path]:
    """Fill all templates, and copy the maps; nothing is written unless all can be.

    Returns
    -------
    list of Path
        The pages, in order.

    Raises
    ------
    InputError
        Everything that the pages ask for and no run has.
    """
    texts: dict[str, str] = {}
    findings: list[Finding] = []
    for template in sorted(templates.glob("*.md")):
        try:
            texts[template.stem] = _page(template, runs)
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(list(dict.fromkeys(findings)))
    for folder in (pages, images):
        folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (pages / f"{name}.md").write_text(text, encoding="utf-8")
        if name != _INDEX:
            shutil.copyfile(runs.map(name), images / f"{name}.png")
    return [pages / f"{name}.md" for name in texts]


def _page(template: Path, runs: Runs) -> str:
    text = template.read_text(encoding="utf-8")
    origin = f"<!-- Written by `make models`; edit docs/pages/templates/{template.name}. -->"
    return f"{origin}\n{fill(text, template.stem, runs)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 2 if a run or a figure is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=Path, default=_DOCS.parent / "runs", help="where they lie")
    parser.add_argument("--pages", type=Path, default=_DOCS / "models", help="where pages go")
    parser.add_argument("--images", type=Path, default=_DOCS / "images", help="where maps go")
    chosen = parser.parse_args(arguments)
    try:
        pages = write_pages(Runs(chosen.runs), chosen.pages, chosen.images)
    except InputError as error:
        print(f"{error}\nRuns are made by `make scenarios`.", file=sys.stderr)
        return _BAD_INPUT
    print(f"{len(pages)} pages written to {chosen.pages}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
