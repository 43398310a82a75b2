"""Write the generated pages when a build begins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.watched import watched_table

from docs._ext.api import api_pages
from docs._ext.benchmarks import benchmark_pages, benchmarks_table, peers_table
from docs._ext.citations import cite
from docs._ext.commands import command_reference
from docs._ext.links import unlink_folders
from docs._ext.models import add_mathematics
from docs._ext.scenario import scenario_reference
from docs._ext.scorecard import scorecard_reference

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup", "write_generated"]

FOLDER = "generated"
"""Where the pages go, below the folder of the documentation; git does not see it."""

_NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def write_generated(folder: Path) -> list[Path]:
    """Write every generated page; a page that is as it was keeps its time, for quick builds.

    Parameters
    ----------
    folder
        Folder of the pages; what stands there and is no longer made, is removed.

    Returns
    -------
    list of Path
        All pages, sorted.
    """
    pages = {
        "scenario.md": scenario_reference(),
        "scorecard.md": scorecard_reference(),
        "commands.md": command_reference(),
        "parts/peers.md": peers_table(benchmark_pages()["peers"]),
        "parts/benchmarks.md": benchmarks_table(benchmark_pages()),
        "parts/watched.md": watched_table(),
        **{f"api/{name}.md": text for name, text in api_pages().items()},
        **{f"benchmarks/{name}.md": text for name, text in benchmark_pages().items()},
        **{f"notebooks/{path.name}": path.read_text("utf-8") for path in _notebooks()},
    }
    for name, text in pages.items():
        _write(folder / name, text)
    written = sorted(folder / name for name in pages)
    for stale in {path for path in folder.rglob("*") if path.is_file()} - set(written):
        stale.unlink()
    return written


def _notebooks() -> list[Path]:
    return sorted(_NOTEBOOKS.glob("*.ipynb"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to a build."""
    app.connect("source-read", add_mathematics)
    app.connect("source-read", unlink_folders)
    app.connect("autodoc-process-docstring", cite)
    app.connect("builder-inited", lambda built: write_generated(Path(built.srcdir) / FOLDER))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
