"""The show room: a plan for eyes. A plan and its territory in, a picture out.

Figures are made by matplotlib's objects alone: no pyplot, no global state, no display.
"""

from amalgamation.show.before_after import plot_before_after
from amalgamation.show.certainty import plot_certainty
from amalgamation.show.colours import HUES, PALETTE, colour_neighbours, fill_neighbours
from amalgamation.show.explore import Explorer, build_explorer
from amalgamation.show.fills import Fills, shade, tell_apart
from amalgamation.show.frontier import plot_frontier
from amalgamation.show.highlights import Highlights, plot_highlights
from amalgamation.show.map import plot_plan
from amalgamation.show.nations import plot_nations
from amalgamation.show.png import to_png
from amalgamation.show.report import (
    KINDS,
    NOBODY,
    ReportReasons,
    ReportStudy,
    ReportSubject,
    build_report,
)
from amalgamation.show.side_by_side import MOST_MAPS, plot_side_by_side
from amalgamation.show.svg import to_svg
from amalgamation.show.trade_off import plot_trade_off
from amalgamation.show.two_aims import plot_two_aims

__all__ = [
    "HUES",
    "KINDS",
    "MOST_MAPS",
    "NOBODY",
    "PALETTE",
    "Explorer",
    "Fills",
    "Highlights",
    "ReportReasons",
    "ReportStudy",
    "ReportSubject",
    "build_explorer",
    "build_report",
    "colour_neighbours",
    "fill_neighbours",
    "plot_before_after",
    "plot_certainty",
    "plot_frontier",
    "plot_highlights",
    "plot_nations",
    "plot_plan",
    "plot_side_by_side",
    "plot_trade_off",
    "plot_two_aims",
    "shade",
    "tell_apart",
    "to_png",
    "to_svg",
]
