"""The progress of a run in a notebook: one bar that fills, and goes when the run is done.

Blocks tell their progress; what is shown is how many are done and the gap so far. Outside
a notebook nothing is shown here: the command line has a page of its own.
"""

from __future__ import annotations

import html
import math
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from amalgamation.status import relative_gap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from amalgamation.solve import Progress

__all__ = ["NotebookProgress", "is_notebook", "notebook_progress"]

_PAUSE = 0.3  # seconds between two looks, so that a browser keeps up


def is_notebook() -> bool:
    """Say whether a Jupyter kernel runs this code."""
    shell = sys.modules.get("IPython")
    running = shell.get_ipython() if shell is not None else None
    return running is not None and hasattr(running, "kernel")


@contextmanager
def notebook_progress(title: str) -> Iterator[Callable[[Progress], None]]:
    """Give a function that takes the progress of blocks, and shows it in a notebook alone.

    Parameters
    ----------
    title
        What is solved.
    """
    if not is_notebook():
        yield lambda _: None
        return
    with NotebookProgress(title) as bar:
        yield bar


class NotebookProgress:
    """Show blocks done and gap so far, under the cell that runs.

    Parameters
    ----------
    title
        What is solved.

    Examples
    --------
    >>> from amalgamation.solve import Progress
    >>> bar = NotebookProgress("toy")
    >>> bar.note(Progress("O1", "solve", 2.0, 1.9, True, 4))
    >>> bar.words()
    'toy: 1 of 4 blocks done (solve), gap not known yet'
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._latest: dict[str, Progress] = {}
        self._blocks = 0
        self._handle: Any = None
        self._shown = -math.inf

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away: what stays in the notebook is the result."""
        if self._handle is not None:
            self._handle.update(_Html(""))

    def __call__(self, word: Progress) -> None:
        """Take note, and show it if the last look is some time ago."""
        self.note(word)
        if time.monotonic() - self._shown >= _PAUSE:
            self._shown = time.monotonic()
            self._show()

    def note(self, word: Progress) -> None:
        """Take note of where a block stands."""
        self._latest[word.block] = word
        self._blocks = max(word.blocks, len(self._latest))

    def words(self) -> str:
        """Return what the bar says."""
        known = list(self._latest.values())
        stage = known[-1].stage if known else "start"
        done = sum(word.done for word in known)
        gap = math.inf
        if len(known) == self._blocks:
            gap = relative_gap(sum(w.cost for w in known), sum(w.bound for w in known))
        shown = f"gap {100 * gap:.2f} %" if math.isfinite(gap) else "gap not known yet"
        return f"{self._title}: {done} of {self._blocks} blocks done ({stage}), {shown}"

    def to_html(self) -> str:
        """Return the bar with its words, and the way out."""
        done = sum(word.done for word in self._latest.values())
        bar = f'<progress max="{max(1, self._blocks)}" value="{done}"></progress>'
        way_out = "Interrupting the kernel ends the search and keeps the best plan."
        return f"<div>{bar} {html.escape(self.words())}<br><small>{way_out}</small></div>"

    def _show(self) -> None:
        page = _Html(self.to_html())
        if self._handle is None:
            # there is a kernel, so there is IPython; it is no dependency of ours
            self._handle = sys.modules["IPython"].display.display(page, display_id=True)
        else:
            self._handle.update(page)


class _Html:
    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return ""

    def _repr_html_(self) -> str:
        return self._text
