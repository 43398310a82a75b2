"""Where the units come from."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from amalgamation.scenario.schema.base import (
    Attribute,
    Category,
    Code,
    Section,
    Tier,
    contradiction,
    flaw_of_encoding,
)
from amalgamation.scenario.schema.draw import Draw
from amalgamation.scenario.schema.repair import Repair

__all__ = [
    "Crosswalk",
    "ParentPrefix",
    "Table",
    "TerritorySection",
    "Total",
]

Degrees = Annotated[float, Field(ge=-180, le=180)]
"""A longitude or a latitude."""

_QUARTER_TURN = 90.0


class Table(Section):
    """An attribute table that is joined to the units."""

    path: str
    """CSV, TSV, XLSX or ODS file, relative to the scenario file."""
    id: str
    """Column that holds the unit id."""
    sheet: str | None = None
    """Sheet of a workbook; needed where there are several."""
    columns: dict[str, str] = {}
    """New name -> column of the table; empty takes all columns as they are named."""


class Crosswalk(Section):
    """Which code became which between two years."""

    file: Annotated[str, Field(min_length=1)]
    """CSV or XLSX file with a row for each old code, relative to the scenario file."""
    from_: str = Field(default="from", alias="from")
    """Column with the code that is in the data."""
    to: str = "to"
    """Column with the code that is wanted; where it is that of several, they are joined."""
    sheet: str | None = None
    """Sheet of an XLSX file; needed where there are several."""
    of: Literal["units", "tables"] = "units"
    """Whose codes are the old ones: those of the units' file, or of all `tables`."""


class ParentPrefix(Section):
    """A parent whose code is the first characters of the unit's id."""

    prefix: Annotated[int, Field(ge=1)]
    """How many leading characters of the unit id name the parent."""


class Total(Section):
    """The sum over all units that an attribute has where it was published."""

    sum: Annotated[float, Field(ge=0)]
    """The published sum, in the attribute's unit."""
    tolerance_percent: Annotated[float, Field(ge=0, lt=100)] = 0.5
    """How far the units' sum may be off, in percent: a warning within, refused beyond."""


class TerritorySection(Section):
    """Where the units come from: a bundled dataset or files of one's own."""

    dataset: str | None = None
    """Name of a bundled dataset (`amalgamation datasets` lists them)."""
    units: str | None = None
    """Polygons (GeoPackage, Shapefile, zipped too, GeoJSON, FlatGeobuf, FileGDB, MapInfo,
    GeoParquet) or a table (CSV, TSV, XLSX, ODS) of units, relative to the scenario."""
    layer: str | None = None
    """Layer of the vector file, or sheet of a workbook; needed where there are several."""
    id: str | None = None
    """Column with the unit id; read as text. Default: `code`, or `id`."""
    name: str | None = None
    """Column with the unit's name. Default: `name`, or the id."""
    type: str | None = None
    """Column with the unit's type (city, town, rural_okrug, ...). Default: `type`, if there."""
    crs: str | None = None
    """CRS of the file where the file names none, such as `EPSG:4326`."""
    encoding: str | None = None
    """Encoding of text files and Shapefiles that are not UTF-8 and do not say theirs, such as
    `cp1251`, `kz1048`, `cp866`."""
    decimal: Literal[".", ","] | None = None
    """Decimal mark of numbers in text; default: found in each column."""
    thousands: Literal[" ", "'", ",", "."] | None = None
    """Mark between thousands of numbers in text (a space of any kind, too); default: none."""
    na_values: list[str] = []
    """What stands for a number that is not known, such as `["н/д", "-", "..."]`."""
    within: Annotated[list[Degrees], Field(min_length=4, max_length=4)] | None = None
    """West, south, east and north (degrees, WGS 84) between which all units must lie."""
    max_overlap_percent: Annotated[float, Field(ge=0, lt=100)] = 1.0
    """Overlap of two units that still counts as careless drawing, in percent of the smaller."""
    totals: dict[Attribute, Total] = {}
    """Published sums of attributes, to check the units against."""
    parents: dict[Tier, str | ParentPrefix] = {}
    """Tier -> column with the parent's code, or `{prefix: n}` of the unit id."""
    tables: list[Table] = []
    """Attribute tables joined on the unit id."""
    classifier: Table | None = None
    """The list of all codes, of units and of their parents, such as the KATO: what it lacks is
    refused. `columns: {name: column}` gives the parents' names."""
    attributes: dict[Attribute, str] = {}
    """Attribute -> column, where the names differ, such as `population: pop_2021`."""
    categories: dict[Category, str] = {}
    """Category -> column of words, where the names differ, such as `zone: natural_zone`."""
    draw: Draw | None = None
    """How units without polygons get them: from settlements, or made up (`apportion`)."""
    repair: Repair | None = None
    """What may be mended in the polygons; nothing is, unless it is asked for here."""
    multipart: Literal["allow", "split", "error"] = "allow"
    """A unit in several parts: one unit all the same, a unit for each part (its numbers are
    shared by area, and the codes of the smaller parts end in `/2`, `/3`), or refused."""
    fillers: list[Annotated[str, Field(min_length=1)]] = []
    """Types of polygons that are no units, such as `[lake, military]`: they are left out, and
    refused where somebody lives in one."""
    aggregate: Tier | None = None
    """Tier whose parents become the units, such as `rayon`; what lies inside is summed."""
    seat_lon: str | None = None
    """Column with the seat's longitude (degrees, WGS 84). Default: `seat_lon`, if there."""
    seat_lat: str | None = None
    """Column with the seat's latitude (degrees, WGS 84). Default: `seat_lat`, if there."""
    crosswalk: Crosswalk | None = None
    """Old codes -> new codes, where the files are of different years."""
    unmatched: Literal["error", "drop"] = "error"
    """Units that a table does not know, and the reverse: refuse, or drop them and name them."""
    where: dict[Tier, list[Code]] = {}
    """Keep only the units whose parent is one of these, such as `oblast: ["110000000"]`."""
    synthetic: bool = False
    """True if the data are made up: every map and table then says so."""

    @property
    def source(self) -> str:
        """The dataset or the file that the units come from."""
        drawn = self.draw.settlements if self.draw is not None else None
        return str(self.dataset or self.units or (drawn and drawn.file))

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        settled = self.draw is not None and self.draw.settlements is not None
        if self.dataset is None and self.units is None and settled:
            return self
        if (self.dataset is None) == (self.units is None):
            found = (
                "neither `dataset` nor `units`"
                if self.units is None
                else "both `dataset` and `units`"
            )
            raise contradiction(
                found,
                "either `dataset` (a bundled one) or `units` (a file of your own)",
                "add one of them"
                if self.units is None
                else "remove one of them (a variant removes a key of its base by null)",
            )
        return self

    @model_validator(mode="after")
    def _known_encoding(self) -> Self:
        flaw = None if self.encoding is None else flaw_of_encoding(self.encoding)
        if flaw is not None:
            raise contradiction(*flaw, "encoding")
        return self

    @model_validator(mode="after")
    def _marks_differ(self) -> Self:
        if self.decimal is not None and self.decimal == self.thousands:
            raise contradiction(
                f'"{self.decimal}" as mark of decimals and of thousands',
                "two different marks",
                "correct one of the two",
                "thousands",
            )
        return self

    @model_validator(mode="after")
    def _extent_is_one(self) -> Self:
        west, south, east, north = self.within or (0.0, 0.0, 1.0, 1.0)
        if not (west < east and south < north and max(abs(south), abs(north)) <= _QUARTER_TURN):
            raise contradiction(
                f"the edges {self.within}",
                "west below east, south below north, latitudes within 90",
                "write [west, south, east, north]",
                "within",
            )
        return self

    @model_validator(mode="after")
    def _drawn_within_a_tier(self) -> Self:
        if self.draw is None:
            return self
        tier = self.draw.within.tier
        if self.dataset is not None:
            raise contradiction("`draw` beside `dataset`", "`units` of your own", "remove `draw`")
        if tier not in self.parents:
            raise contradiction(
                f"`draw.within.tier` {tier}, which is no tier of `parents`",
                "the tier whose codes name the polygons",
                f"add `parents: {{{tier}: column}}`, or {{prefix: n}} of the unit id",
            )
        return self
