"""What README and docs show was written by the commands, for the scenarios that there are."""

import re
from pathlib import Path

import pytest
from docs.pages.models import TEMPLATES
from docs.pages.readme import model_names

from amalgamation.bundled import bundled_folder
from amalgamation.scenario import read_scenario

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in TEMPLATES.glob("kz-*.md"))


def heads(table):
    """Return the heads of a table's columns of figures."""
    return [head.strip() for head in table.strip().splitlines()[0].strip("| \n").split("|")]


def test_the_readme_has_a_column_for_every_scenario_of_the_country():
    """A scenario that was added or renamed without `make compare` is found out here."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    (table,) = re.findall("<!-- compare:begin -->(.*)<!-- compare:end -->", page, flags=re.DOTALL)
    plans = {name: read_scenario(name).scenario.plan for name in model_names()}
    first = next(name for name, plan in plans.items() if plan == "today")
    assert heads(table) == ["today", *(name for name in plans if name != first)]
    assert "Synthetic" in table


@pytest.mark.parametrize("name", PAGES)
def test_a_models_page_holds_its_scenario_as_it_is_and_its_map(name):
    """A scenario that was changed without `make models` is found out here."""
    page = (ROOT / "docs" / "models" / f"{name}.md").read_text(encoding="utf-8")
    text = (bundled_folder("scenarios") / f"{name}.yaml").read_text(encoding="utf-8")
    assert f"```yaml\n{text.rstrip()}\n```" in page
    assert f"> {read_scenario(name).scenario.question}" in page
    assert f"](../images/{name}.png)" in page
    assert (ROOT / "docs" / "images" / f"{name}.png").is_file()
    assert "Synthetic" in page


@pytest.mark.parametrize("name", PAGES)
def test_a_models_page_was_filled_from_the_template_that_there_is(name):
    """A template that was edited without `make models` is found out here."""
    template = (TEMPLATES / f"{name}.md").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "models" / f"{name}.md").read_text(encoding="utf-8")
    for part in re.split(r"\{\{[^{}]*\}\}", template):
        assert part in page
