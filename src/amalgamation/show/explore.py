"""A plan to look around in: the report's map and tools, alive in a notebook, without a network."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from amalgamation.show.map import check_geometry
from amalgamation.show.report import build_report

if TYPE_CHECKING:
    from amalgamation.show.report import ReportSubject

__all__ = ["Explorer", "build_explorer"]

_HEIGHT = 680
# What the page needs: its script, the file that one draws, and nothing of the notebook's own.
_ALLOWED = "allow-scripts allow-downloads"


@dataclass(frozen=True)
class Explorer:
    """Show a page in a notebook, in a frame that reaches neither notebook nor network.

    Parameters
    ----------
    title
        What the frame is called.
    page
        HTML that holds all it needs.
    height
        Of the frame, in pixels.
    """

    title: str
    page: str = field(repr=False)
    height: int = _HEIGHT

    def _repr_html_(self) -> str:
        # without "allow-same-origin" the page has an origin of its own, which owns nothing
        return (
            f'<iframe title="{html.escape(self.title)}" sandbox="{_ALLOWED}" '
            f'style="width: 100%; height: {self.height}px; border: 0" '
            f'srcdoc="{html.escape(self.page)}"></iframe>'
        )


def build_explorer(subject: ReportSubject, *, height: int = _HEIGHT) -> Explorer:
    """Build what a notebook shows of a plan: map, layers, colours, search, drawing by hand.

    Parameters
    ----------
    subject
        What is shown; its territory has geometry.
    height
        Of the frame, in pixels.

    Raises
    ------
    DataError
        If the territory has no geometry.

    Examples
    --------
    >>> import amalgamation as am
    >>> result = am.run("toy", overrides={"solve.processes": 1})
    >>> build_explorer(result.to_report_subject())
    Explorer(title='A toy territory of twelve units', height=680)
    """
    check_geometry(subject.territory)
    title = subject.scenario.title or subject.scenario.scenario
    return Explorer(title, build_report(subject, map_only=True), height)
