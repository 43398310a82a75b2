"""Every formula's source can be looked up."""

from __future__ import annotations

import re
from pathlib import Path

from amalgamation.measure import Context, municipality_measures, national_measures

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
