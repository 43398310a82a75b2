"""What a report holds the plan against: nations, and today's ways to the seat.

In: a scorecard. Out: what JSON holds of its comparisons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amalgamation.measure import nation_means, nearest_nations, read_nations
from amalgamation.show.report.figures import to_figure

if TYPE_CHECKING:
    from amalgamation.measure import Scorecard

__all__ = ["build_losers", "build_nations"]


def build_nations(scorecard: Scorecard) -> dict[str, Any] | None:
    """Build the plan and today among nations; None where a mean is not known, or is 0.

    Returns
    -------
    dict
        ``today`` and ``plan`` (mean population and mean area, in km2), ``nearest`` (``today``
        and ``plan`` -> names of three countries), ``countries`` (names, mean populations and
        mean areas).
    """
    means = nation_means(scorecard.national)
    if not means:
        return None
    table = read_nations()[["mean_population", "mean_area_km2"]]
    return {
        **means,
        "nearest": {name: nearest_nations(*both) for name, both in means.items()},
        "countries": [[name, *map(to_figure, both)] for name, *both in table.itertuples()],
    }


def build_losers(scorecard: Scorecard) -> list[dict[str, Any]]:
    """Build where most residents lose, against each of today's seats.

    Returns
    -------
    list of dict
        ``rows`` (positions of municipalities, most losers first) and ``measures`` (names of
        the measures that tell of them).
    """
    position = {name: at for at, name in enumerate(scorecard.municipalities.index)}
    tables = [scorecard.where_most_lose(seat) for seat in scorecard.seats_today]
    return [
        {"rows": [position[one] for one in table.index], "measures": list(table.columns[1:])}
        for table in tables
        if len(table)
    ]
