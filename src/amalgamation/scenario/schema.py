"""The schema of a scenario file: strict, frozen, each field with its manual.

The sections stand in the order of the rooms. The text under a field is the manual, the
JSON Schema for editors and the reference in the documentation, all at once.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

__all__ = [
    "Aims",
    "AttributeRange",
    "BalanceAim",
    "Cut",
    "Graph",
    "KeepApart",
    "KeepTogether",
    "Link",
    "MatrixDistance",
    "Municipalities",
    "NumberAim",
    "NumberRange",
    "Range",
    "Rules",
    "Scenario",
    "Seats",
    "Solve",
    "Table",
    "TerritorySection",
    "TieOptions",
    "TiesCutAim",
    "Unless",
    "WriteFormat",
]

Code = Annotated[str, Field(min_length=1)]
Tier = Annotated[str, Field(min_length=1)]
Attribute = Annotated[str, Field(min_length=1)]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
WriteFormat = Literal["csv", "geojson", "gpkg", "png"]


class Section(BaseModel):
    """Base of all sections: frozen, no unknown keys, no silent conversion, finite numbers."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


def _contradiction(found: str, expected: str, remedy: str, key: str = "") -> PydanticCustomError:
    """Return an error whose parts survive pydantic; ``key`` is where, below the section."""
    return PydanticCustomError(
        "contradiction",
        "found {found}; expected {expected}; {remedy}",
        {"found": found, "expected": expected, "remedy": remedy, "key": key},
    )


def _check_order(least: float | None, most: float | None) -> None:
    if least is not None and most is not None and least > most:
        found = f"min {least:,.12g} above max {most:,.12g}"
        raise _contradiction(found, "min at most max", "lower min or raise max")


# --- territory ------------------------------------------------------------------------


class Table(Section):
    """An attribute table that is joined to the units."""

    path: str
    """CSV or XLSX file, relative to the scenario file."""
    id: str
    """Column that holds the unit id."""
    sheet: str | None = None
    """Sheet of an XLSX file; needed where there are several."""
    columns: dict[str, str] = {}
    """New name -> column of the table; empty takes all columns as they are named."""


class ParentPrefix(Section):
    """A parent whose code is the first characters of the unit's id."""

    prefix: Annotated[int, Field(ge=1)]
    """How many leading characters of the unit id name the parent."""


class TerritorySection(Section):
    """Where the units come from: a bundled dataset or files of one's own."""

    dataset: str | None = None
    """Name of a bundled dataset (`amalgamation datasets` lists them)."""
    units: str | None = None
    """Vector file (any that GDAL reads) or CSV/XLSX table of units, relative to the scenario."""
    layer: str | None = None
    """Layer of the vector file, or sheet of an XLSX table; needed where there are several."""
    id: str | None = None
    """Column with the unit id; read as text. Default: `code`, or `id`."""
    name: str | None = None
    """Column with the unit's name. Default: `name`, or the id."""
    type: str | None = None
    """Column with the unit's type (city, town, rural_okrug, ...). Default: `type`, if there."""
    crs: str | None = None
    """CRS of the file where the file names none, such as `EPSG:4326`."""
    parents: dict[Tier, str | ParentPrefix] = {}
    """Tier -> column with the parent's code, or `{prefix: n}` of the unit id."""
    tables: list[Table] = []
    """Attribute tables joined on the unit id."""
    attributes: dict[Attribute, str] = {}
    """Attribute -> column, where the names differ, such as `population: pop_2021`."""
    seat_lon: str | None = None
    """Column with the seat's longitude (degrees, WGS 84). Default: `seat_lon`, if there."""
    seat_lat: str | None = None
    """Column with the seat's latitude (degrees, WGS 84). Default: `seat_lat`, if there."""
    unmatched: Literal["error", "drop"] = "error"
    """Units that a table does not know, and the reverse: refuse, or drop them and name them."""
    where: dict[Tier, list[Code]] = {}
    """Keep only the units whose parent is one of these, such as `oblast: ["110000000"]`."""
    synthetic: bool = False
    """True if the data are made up: every map and table then says so."""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.dataset is None) == (self.units is None):
            found = (
                "neither `dataset` nor `units`"
                if self.units is None
                else "both `dataset` and `units`"
            )
            raise _contradiction(
                found,
                "either `dataset` (a bundled one) or `units` (a file of your own)",
                "add one of them"
                if self.units is None
                else "remove one of them (a variant removes a key of its base by null)",
            )
        return self


# --- graph ----------------------------------------------------------------------------


class TieOptions(Section):
    """How neighbouring units are found."""

    min_border_m: Annotated[float, Field(ge=0)] = 100.0
    """Shortest shared border that ties two units, in metres: a corner is not a border."""
    tolerance_m: Annotated[float, Field(ge=0)] = 1.0
    """Gap or overlap, in metres, across which borders still count as shared."""
    file: str | None = None
    """CSV of ties instead of geometry, with the columns below."""
    from_column: str = "from"
    """Column of the first unit id."""
    to_column: str = "to"
    """Column of the second unit id."""
    km_column: str = "km"
    """Column with the distance in km between the two units, if there (else 1 km each)."""
    border_km_column: str = "border_km"
    """Column with the shared border in km, if there (else 1 km each)."""


class Link(Section):
    """A declared tie that geometry does not show: a ferry, a bridge, a pass."""

    units: Annotated[list[Code], Field(min_length=2, max_length=2)]
    """The two unit ids."""
    reason: Annotated[str, Field(min_length=1)]
    """Why they are tied."""
    km: Annotated[float, Field(gt=0)] | None = None
    """Distance in km; default: between the two seats as the crow flies."""


class Cut(Section):
    """A declared cut: a shared border that ties nobody (a river without a bridge, a ridge)."""

    units: Annotated[list[Code], Field(min_length=2, max_length=2)]
    """The two unit ids."""
    reason: Annotated[str, Field(min_length=1)]
    """Why the border does not tie them."""


class MatrixDistance(Section):
    """Distances from a file of one's own."""

    matrix: str
    """CSV with columns `from,to` and `km` or `minutes`."""
    unit: Literal["km", "minutes"] = "km"
    """Unit of the distances."""


class Graph(Section):
    """How units become a graph."""

    ties: TieOptions = TieOptions()
    """How neighbouring units are found."""
    links: list[Link] = []
    """Ties added by hand, each with a reason."""
    cuts: list[Cut] = []
    """Ties removed by hand, each with a reason."""
    islands: Literal["error", "alone", "nearest"] = "alone"
    """A unit without ties: refuse, leave it alone, or tie it to the nearest unit."""
    distance: Literal["along_ties", "straight"] | MatrixDistance = "along_ties"
    """Along ties (shortest way from seat to seat), as the crow flies, or from a matrix."""


# --- rules ----------------------------------------------------------------------------


class Range(Section):
    """A minimum, a maximum, or both."""

    min: float | None = None
    """At least this much."""
    max: float | None = None
    """At most this much."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _check_order(self.min, self.max)
        return self


class NumberRange(Section):
    """A number of municipalities."""

    min: Annotated[int, Field(ge=1)] | None = None
    """At least this many."""
    max: Annotated[int, Field(ge=1)] | None = None
    """At most this many."""
    exactly: Annotated[int, Field(ge=1)] | None = None
    """Exactly this many."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.exactly is not None and (self.min is not None or self.max is not None):
            raise _contradiction(
                "`exactly` beside `min` or `max`",
                "either `exactly`, or `min` and `max`",
                "remove one of them (a variant removes a key of its base by null)",
            )
        _check_order(self.min, self.max)
        return self

    @property
    def lowest(self) -> int | None:
        """The least number allowed."""
        return self.exactly if self.exactly is not None else self.min

    @property
    def highest(self) -> int | None:
        """The greatest number allowed."""
        return self.exactly if self.exactly is not None else self.max


class Municipalities(NumberRange):
    """How many municipalities the plan has, in all and per parent."""

    per_parent: dict[Tier, dict[Code, NumberRange]] = {}
    """Tier -> parent's code -> number; the tier must be a wall."""


Unless = dict[Attribute, Range]
"""Attribute -> range: the exception holds where every one of these holds."""


class AttributeRange(Range):
    """Minimum and maximum of the sum of an attribute over a municipality."""

    unless: Unless = {}
    """The minimum is lifted where a municipality meets all of these instead."""
    oversize: Literal["refuse", "alone", "with_neighbours"] = "alone"
    """A single unit above the maximum: refuse it, let it stand alone, or let it take neighbours."""


class Reach(Section):
    """The greatest distance from any unit to its seat."""

    max: Annotated[float, Field(gt=0)]
    """At most this far."""


class Seats(Section):
    """Which units may be seats."""

    types: list[str] = []
    """Unit types that may be a seat."""
    or_population_min: Annotated[float, Field(ge=0)] | None = None
    """Units with at least this many residents may be a seat, whatever their type."""
    fixed: list[Code] = []
    """Units that are seats in every plan."""


class KeepTogether(Section):
    """Units that belong to one municipality."""

    units: Annotated[list[Code], Field(min_length=2)]
    """Unit ids."""
    reason: str = ""
    """Why, for the report."""


class KeepApart(Section):
    """Units of which no two belong to one municipality."""

    units: Annotated[list[Code], Field(min_length=2)]
    """Unit ids."""
    reason: str = ""
    """Why, for the report."""


class Rules(Section):
    """What every municipality, and the plan, must satisfy."""

    walls: list[Tier] = []
    """Tiers whose borders no municipality may cross."""
    municipalities: Municipalities = Municipalities()
    """How many municipalities there are."""
    population: AttributeRange | None = None
    """Residents of a municipality."""
    area_km2: AttributeRange | None = None
    """Area of a municipality in km2."""
    sums: dict[Attribute, AttributeRange] = {}
    """Minimum and maximum of any other attribute's sum."""
    reach_km: Reach | None = None
    """Greatest distance from a unit to its seat, in km."""
    reach_minutes: Reach | None = None
    """Greatest distance from a unit to its seat, in minutes (with a matrix in minutes)."""
    seats: Seats | None = None
    """Which units may be seats."""
    keep_together: list[KeepTogether] = []
    """Groups that belong to one municipality."""
    keep_apart: list[KeepApart] = []
    """Groups of which no two belong to one municipality."""
    frozen: list[Code] = []
    """Units that stay municipalities of their own, unchanged."""
    max_units: Annotated[int, Field(ge=1)] | None = None
    """At most this many units in a municipality."""

    @property
    def ranges(self) -> dict[str, AttributeRange]:
        """Attribute -> range, from `population`, `area_km2` and `sums` together."""
        named = {"population": self.population, "area_km2": self.area_km2}
        return {name: rule for name, rule in named.items() if rule is not None} | self.sums

    @model_validator(mode="after")
    def _no_doubles(self) -> Self:
        for name in ("population", "area_km2"):
            if getattr(self, name) is not None and name in self.sums:
                found = f"`{name}` both in rules and in rules.sums"
                raise _contradiction(found, "each attribute once", "keep one", f"sums.{name}")
        if self.reach_km is not None and self.reach_minutes is not None:
            found = "both `reach_km` and `reach_minutes`"
            raise _contradiction(found, "one of them: distances have one unit", "keep one")
        return self


# --- aims -----------------------------------------------------------------------------


class BalanceAim(Section):
    """How far municipalities lie from a target."""

    weight: Weight
    """Weight of the aim."""
    target: Annotated[float, Field(gt=0)] | None = None
    """Sum that each municipality should have; default: the mean of the reference plan."""


class TiesCutAim(Section):
    """How much of the ties a plan severs."""

    weight: Weight
    """Weight of the aim."""
    by: Literal["length", "count"] = "length"
    """Count severed ties by the length of the shared border, or each as one."""


class NumberAim(Section):
    """Few or many municipalities."""

    weight: Weight
    """Weight of the aim."""
    prefer: Literal["few", "many"] = "few"
    """Which direction costs less."""


class Aims(Section):
    """What a plan should keep low; each aim is divided by its value at the reference plan."""

    access: Weight = 0.0
    """Person-km (or person-minutes) from each unit to its seat."""
    balance: dict[Attribute, Weight | BalanceAim] = {}
    """Deviation of an attribute's sum from a target."""
    ties_cut: Weight | TiesCutAim = 0.0
    """Ties between municipalities."""
    crossings: dict[Tier, Weight] = {}
    """Residents whose seat lies in another parent of this tier."""
    number: NumberAim | None = None
    """Few or many municipalities."""


# --- solve, write ---------------------------------------------------------------------


class Solve(Section):
    """When to stop, and how to run."""

    gap_percent: Annotated[float, Field(ge=0, lt=100)] = 1.0
    """Stop when the proven gap is at most this, in per cent."""
    minutes: Annotated[float, Field(gt=0)] = 10.0
    """Stop after this many minutes with the best plan."""
    seed: Annotated[int, Field(ge=0, le=2147483647)] = 1
    """Seed of everything random."""
    processes: Annotated[int, Field(ge=1)] | None = None
    """Parallel processes; default: as many as there are cores."""
    engine: Literal["auto", "compact", "columns", "search"] = "auto"
    """Engine that solves each block; `auto` chooses by size and regime, and says why."""
    frontier: Annotated[int, Field(ge=0, le=1000)] = 0
    """Solve besides at so many numbers of municipalities across the range: cost against number."""


class Scenario(Section):
    """A question to the tool, as a file."""

    schema_version: Annotated[int, Field(ge=1, le=1)] = 1
    """Version of this schema."""
    scenario: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    """Short name: letters, digits, dot, dash, underscore."""
    title: str = ""
    """Title for maps and reports."""
    question: str = ""
    """The question in one sentence."""
    territory: TerritorySection
    """Where the units come from."""
    graph: Graph = Graph()
    """How units become a graph."""
    rules: Rules = Rules()
    """What every municipality must satisfy."""
    aims: Aims = Aims()
    """What a plan should keep low."""
    solve: Solve = Solve()
    """When to stop."""
    write: list[WriteFormat] = ["csv", "geojson", "gpkg", "png"]
    """Formats of the run folder."""

    @model_validator(mode="after")
    def _per_parent_needs_wall(self) -> Self:
        for tier in self.rules.municipalities.per_parent:
            if tier not in self.rules.walls:
                raise _contradiction(
                    f"numbers per {tier}, which is not a wall",
                    "a tier of rules.walls, so that no municipality counts twice",
                    f"add {tier} to rules.walls",
                    f"rules.municipalities.per_parent.{tier}",
                )
        return self

    @property
    def attributes_used(self) -> tuple[str, ...]:
        """Attributes that rules and aims sum, sorted."""
        used = set(self.rules.ranges) | set(self.aims.balance)
        used |= {name for limits in self.rules.ranges.values() for name in limits.unless}
        by_size = self.rules.seats is not None and self.rules.seats.or_population_min is not None
        if self.aims.access or any(self.aims.crossings.values()) or by_size:
            used.add("population")
        return tuple(sorted(used))

    def _facts(self) -> dict[str, Any]:
        set_rules = [name for name in type(self.rules).model_fields if _is_set(self.rules, name)]
        set_aims = [name for name in type(self.aims).model_fields if _is_set(self.aims, name)]
        return {
            "scenario": self.scenario,
            "title": self.title,
            "territory": self.territory.dataset or self.territory.units,
            "rules": ", ".join(set_rules) or "none",
            "aims": ", ".join(set_aims) or "none",
        }

    def __repr__(self) -> str:
        facts = self._facts()
        return (
            f"<Scenario {facts['scenario']}: {facts['territory']}; "
            f"rules {facts['rules']}; aims {facts['aims']}>"
        )


def _is_set(section: Section, name: str) -> bool:
    default = type(section).model_fields[name].get_default(call_default_factory=True)
    return bool(getattr(section, name) != default)
