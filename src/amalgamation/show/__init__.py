"""The show room: a plan for eyes. A plan and its territory in, a picture out.

Figures are made by matplotlib's objects alone: no pyplot, no global state, no display.
"""

from amalgamation.show.colours import HUES, PALETTE, colour_neighbours
from amalgamation.show.frontier import plot_frontier
from amalgamation.show.map import plot_plan
from amalgamation.show.nations import plot_nations
from amalgamation.show.png import to_png
from amalgamation.show.report import ReportSubject, build_report

__all__ = [
    "HUES",
    "PALETTE",
    "ReportSubject",
    "build_report",
    "colour_neighbours",
    "plot_frontier",
    "plot_nations",
    "plot_plan",
    "to_png",
]
