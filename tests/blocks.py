"""The pages of the documentation and their code blocks, in order, for the tests of both."""

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
STORIES = ("learn/start.md", "guide/recipes.md", "guide/troubleshooting.md")
"""Pages to be followed word by word."""

_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<kind>\S*)[^\n]*\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Block:
    page: str
    kind: str
    text: str

    @property
    def lines(self):
        return [line for line in self.text.splitlines() if line.strip()]


def blocks_of(page):
    """Return the blocks of a page below `docs`."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return [Block(page, found["kind"], found["text"]) for found in _FENCE.finditer(text)]


def prose_of(page):
    """Return the text of a page without its blocks."""
    return _FENCE.sub("", (DOCS / page).read_text(encoding="utf-8"))


def pages():
    """Return every page that somebody wrote, as a path below `docs`."""
    found = [path.relative_to(DOCS) for path in sorted(DOCS.rglob("*.md"))]
    made = ("_build", "generated", "pages")  # the last holds templates
    return [str(path) for path in found if path.parts[0] not in made]
