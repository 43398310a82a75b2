"""Every formula's source can be looked up."""

from __future__ import annotations

import re
from pathlib import Path

from amalgamation.measure import Context, municipality_measures, national_measures
from amalgamation.scenario.schema import ScorecardSection

ROOT = Path(__file__).parents[1]
KEYS = re.findall(
    r"^@\w+\{([^,\s]+),",
    (ROOT / "docs" / "references.bib").read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)


def test_no_key_stands_twice():
    assert len(KEYS) == len(set(KEYS))


def test_every_key_cited_in_a_docstring_exists():
    cited = {
        key
        for path in (ROOT / "src").rglob("*.py")
        for key in re.findall(r"\[([a-z][\w-]*\d{4})\]_", path.read_text(encoding="utf-8"))
    }
    assert cited  # the convention is in use, so this can fail
    assert cited <= set(KEYS)


def test_every_measure_of_the_scorecard_names_a_source_that_exists():
    context = Context({"population": "residents"})
    measures = [*municipality_measures(context), *national_measures(context)]
    cited = {measure.source for measure in measures} - {""}
    assert cited
    assert cited <= set(KEYS)


def test_no_two_measures_share_a_name_so_that_no_family_overwrites_another():
    attributes = {"population": "residents", "area_km2": "km2", "settlements": "number"}
    parameters = ScorecardSection(bodies="settlements")
    context = Context(attributes, tiers=("rayon",), has_geometry=True, parameters=parameters)
    for measures in (municipality_measures(context), national_measures(context)):
        names = [measure.name for measure in measures]
        assert len(names) == len(set(names))
