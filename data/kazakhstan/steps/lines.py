"""Rivers, foothills, ranges and deserts: rough hand-drawn lines of `choices/lines.csv`.

They carry no survey: they only say where people live and where land is high or dry.
Each line has a reach in km and a weight; distances are taken in the equal-area CRS.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString

from .settings import CHOICES, read_table
from .shapes import build_points


@dataclass(frozen=True)
class Line:
    """A hand-drawn line with a reach (metres) and a weight."""

    name: str
    shape: LineString
    reach_m: float
    weight: float

    def measure_nearness(self, points: np.ndarray) -> np.ndarray:
        """Measure how near points are: 1 on the line, 0.37 at its reach, 0 far away."""
        nearness: np.ndarray = np.exp(-((shapely.distance(points, self.shape) / self.reach_m) ** 2))
        return nearness


def read_lines(kind: str) -> list[Line]:
    """Read the lines of one kind: river, foothills, range or desert."""
    rows = read_table(CHOICES / "lines.csv")
    rows = rows[rows["kind"] == kind]
    rows = rows.assign(point=build_points(rows.lon, rows.lat))
    return [
        # A place written as one point is a line of no length.
        Line(str(name), LineString([*group.point, group.point.iloc[-1]]),
             1000 * group.reach_km.mean(), float(group.weight.mean()))
        for name, group in rows.groupby("name")
    ]  # fmt: skip


def is_near(kind: str, points: np.ndarray, times: float = 1.0) -> np.ndarray:
    """Tell which points lie within the reach of a line of a kind, or a multiple of it."""
    near: np.ndarray = np.any(
        [shapely.dwithin(points, line.shape, times * line.reach_m) for line in read_lines(kind)],
        axis=0,
    )
    return near
