"""The polygons of parents, inside which units are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from amalgamation.findings import Severity, name_some
from amalgamation.territory.check import check_geometry, check_numbers
from amalgamation.territory.columns import check_columns
from amalgamation.territory.files import locate
from amalgamation.territory.fit import project_polygons
from amalgamation.territory.ids import check_ids, to_ids
from amalgamation.territory.mend import mend_polygons
from amalgamation.territory.numbers import to_numbers
from amalgamation.territory.vector import read_vector

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.scenario.schema import Repair, Within
    from amalgamation.territory.ledger import Ledger
    from amalgamation.territory.numbers import Marks

__all__ = ["read_parents"]

_LEAST_KM2 = 0.01
"""Below a hectare, two borders were digitised apart, and nobody lives in between."""


def read_parents(
    within: Within,
    repair: Repair | None,
    folder: Path,
    ledger: Ledger,
    *,
    encoding: str | None = None,
    marks: Marks | None = None,
) -> gpd.GeoDataFrame:
    """Read the polygons of a tier.

    Parameters
    ----------
    within
        The file and its columns.
    repair
        Whether to mend invalid polygons.
    folder
        Folder of the scenario file.
    ledger
        Takes what is wrong.
    encoding, marks
        Those of the scenario's text.

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed by the parent's code (sorted, unique), in an equal-area CRS, with
        ``residents`` if the section names a column of them.

    Raises
    ------
    DataError
        If a column is not there, codes are missing or double, or a polygon is not valid
        and not to be mended; all problems at once.
    """
    path = locate(within.file, folder, "territory.draw.within.file")
    frame = read_vector(
        path,
        ledger,
        layer=within.layer,
        crs=within.crs,
        encoding=encoding,
        section="territory.draw.within",
    )
    ledger.read("parents", path)
    if not isinstance(frame, gpd.GeoDataFrame):
        ledger.error("no-polygons", path.name, "a layer without geometry", "polygons of parents",
                     "name another file or layer")  # fmt: skip
    ledger.refuse()
    wanted = [within.id, *([within.population] if within.population else [])]
    where = f"{path.name}, territory.draw.within"
    check_columns(frame, wanted, where, "a column of the parents' file", ledger)
    ledger.refuse()
    codes = to_ids(frame[within.id], f"{path.name}, column {within.id}", ledger)
    ledger.add(check_ids(codes, f"{path.name}, column {within.id}", None))
    ledger.refuse()
    parents: gpd.GeoDataFrame = frame.set_index(codes.rename("parent")).sort_index()
    labels = {str(code): str(code) for code in parents.index}
    shapes = mend_polygons(parents.geometry, labels, repair, ledger)
    ledger.add(check_geometry(shapes, [f"{code} of {path.name}" for code in parents.index]))
    if within.population is not None:
        residents = to_numbers(parents[within.population], marks=marks)
        ledger.add(check_numbers(residents, within.population, labels, Severity.ERROR))
        parents = parents.assign(residents=residents)
    ledger.refuse()
    projected = project_polygons(shapes, labels, repair, ledger)
    return _without_overlaps(parents.set_geometry(projected), ledger)


def _without_overlaps(parents: gpd.GeoDataFrame, ledger: Ledger) -> gpd.GeoDataFrame:
    """Give what two parents cover to the smaller: a town that its rayon was not cut out of."""
    shapes = parents.geometry.to_numpy()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    km2 = shapely.area(shapely.intersection(shapes[one], shapes[other])) / 1e6
    real = km2 > _LEAST_KM2
    if not real.any():
        return parents
    named = [
        f"{parents.index[a]} - {parents.index[b]} ({size:,.2f} km2)"
        for a, b, size in zip(one[real], other[real], km2[real], strict=True)
    ]
    ledger.warn(
        "parents-overlap",
        "territory.draw.within",
        f"polygons that overlap ({len(named):,}): {name_some(named)}",
        "the smaller polygon keeps the place",
        *sorted({str(parents.index[at]) for at in (*one[real], *other[real])}),
    )
    cleaned = shapely.coverage_clean(shapes, merge_strategy="min_area")
    return parents.set_geometry(gpd.GeoSeries(cleaned, index=parents.index, crs=parents.crs))
