"""The reference of the scorecard, from the catalogue of measures."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from amalgamation.measure import Context, capability
from amalgamation.measure.capability import capability_measures, level_measures
from amalgamation.measure.catalogue import FAMILIES, indicator_measures
from amalgamation.scenario.schema import ScorecardSection
from docs._ext.citations import CITATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amalgamation.measure import Measure, NationalMeasure
    from amalgamation.measure.catalogue import Family

    AnyMeasure = Measure | NationalMeasure

__all__ = ["CONTEXT", "scorecard_reference"]

_MONEY = "thousand KZT a year"
CONTEXT = Context(
    {
        "population": "residents",
        "area_km2": "km2",
        "settlements": "number",
        "school_age": "children",
        "tax_base": _MONEY,
        "own_revenue": _MONEY,
        "running_cost": _MONEY,
    },
    tiers=("rayon",),
    categories=("natural_zone",),
    has_geometry=True,
    parameters=ScorecardSection(bodies="settlements"),
)
"""A territory that has all that a measure can ask for."""

_INTRODUCTION = """\
(scorecard-reference)=
# The scorecard

Every measure: its name in `scorecard.csv` (of each municipality) and `national.csv` (of the
whole plan, with today beside it), what it is, its unit, how it is computed, what it needs and
where it comes from. The page is made from the catalogue of measures, for a territory that has
everything; a measure whose data are lacking is left out of a scorecard, and its notices say so.

Names follow the data: `km` is `minutes` where distances are, `rayon` is each tier that the
territory has, `natural_zone` each category. Sizes (`500`, `2000` ...), distance bands, the cost
curve, equalisation, levels, seats and services are parameters of the scenario's section
[`scorecard`](scenario-scorecard): those here are its defaults, and no law of nature. Whoever
sets them says what is enough.

▲ higher is better, ▼ lower is better; without a mark neither is better in itself.
"""
_MARKS = {True: " ▲", False: " ▼", None: ""}


def scorecard_reference() -> str:
    """Return the page: a section for each family, measures of municipalities first.

    Examples
    --------
    >>> "`density` Density (residents/km2)" in scorecard_reference()
    True
    """
    families = [_family(family) for family in FAMILIES]
    return "\n".join([_INTRODUCTION, *families, _capability()])


def _family(family: Family) -> str:
    lists = (family.municipality_measures(CONTEXT), family.national_measures(CONTEXT))
    return _section(str(family.__doc__), *lists)


def _capability() -> str:
    scheme, indicators = CONTEXT.parameters.scheme, indicator_measures(CONTEXT)
    lists = (capability_measures(scheme, indicators), level_measures(scheme, indicators))
    return _section(str(capability.__doc__), *lists)


def _section(text: str, of_each: Sequence[AnyMeasure], of_all: Sequence[AnyMeasure]) -> str:
    """Return a family's section; its module says what it is, title first."""
    title, _, rest = text.strip().partition(": ")
    parts = [f"## {title}", "", rest[:1].upper() + rest[1:]]
    for whose, measures in (("of each municipality", of_each), ("of the whole plan", of_all)):
        if measures:
            parts += ["", f"### {title} {whose}", "", *_entries(measures)]
    return "\n".join([*parts, ""])


def _entries(measures: Iterable[AnyMeasure]) -> list[str]:
    """Return an entry for each formula: measures that share it stand together."""
    return [_entry(list(alike)) for _, alike in groupby(measures, _likeness)]


def _likeness(measure: AnyMeasure) -> tuple[str, str, str, tuple[str, ...], bool | None]:
    return measure.definition, measure.unit, measure.source, measure.needs, measure.higher_is_better


def _entry(alike: list[AnyMeasure]) -> str:
    heads = [f"`{measure.name}` {measure.title}{_unit(measure)}" for measure in alike]
    first = alike[0]
    facts = [_in_markdown(first.definition)]
    if first.needs:
        facts.append("Needs " + ", ".join(f"`{need}`" for need in first.needs) + ".")
    if first.source:
        facts.append(f"Source: {{cite:t}}`{first.source}`.")
    marked = [f"{head}{_MARKS[first.higher_is_better]}" for head in heads]
    return "\n".join([*marked, f": {' '.join(facts)}", ""])


def _unit(measure: AnyMeasure) -> str:
    return f" ({measure.unit})" if measure.unit else ""


def _in_markdown(text: str) -> str:
    """Return the words of a docstring as Markdown in one paragraph."""
    plain = " ".join(text.replace("``", "`").split())
    return CITATION.sub(r"{cite:t}`\1`", plain)
