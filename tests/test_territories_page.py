"""Every block of docs/territories.md is a part of a scenario that the schema knows."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from amalgamation.scenario.schema import Scenario, TerritorySection
from amalgamation.territory import FLAWS, read_territory

PAGE = (Path(__file__).parents[1] / "docs" / "territories.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split()[1].strip(":"))
def test_a_block_of_the_page_is_part_of_a_scenario(block):
    part = YAML(typ="safe", pure=True).load(block)
    territory = part.get("territory", {})
    if not {"units", "draw"} & set(territory):
        territory = {"units": "units.gpkg"} | territory
    whole = {"scenario": "page"} | part | {"territory": territory}
    if "aims" in part:
        assert Scenario.model_validate(whole).aims.wishes.file == "wishes.csv"
    assert Scenario.model_validate(whole).territory.source


def test_the_page_names_every_flaw_that_the_map_draws():
    assert [check for check in FLAWS if f"`{check}`" not in PAGE] == []


# --- the table of classifiers ---------------------------------------------------------

# A unit, its parent's code, and the value of the parent's column, as these classifiers have it.
CLASSIFIERS = {
    "KATO": {"113230000": {"oblast": "11", "rayon": "1132"}},
    "INSEE": {
        "48095": {"departement": "48", "epci": "200069144"},
        "2A004": {"departement": "2A", "epci": "242010056"},
    },
    "EHAK": {"0784": {"maakond": "0037"}},
    "FIPS": {
        "37009": {"state": "37"},  # a county is no parent of itself
        "35001000107": {"state": "35", "county": "35001"},
    },
}


def rows():
    found = re.findall(r"^\| (\w+) \(.+?\).*? \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
    return {name: (units, parents) for name, units, parents in found if name.isupper()}


def sections(text):
    """Read every `{...}` of a cell, as one section of parents."""
    parents = {}
    for part in re.findall(r"`(\{.+?\})`", text):
        parents |= YAML(typ="safe", pure=True).load(part)
    return parents


def test_the_page_shows_the_four_classifiers():
    assert list(rows()) == list(CLASSIFIERS)


@pytest.mark.parametrize("name", list(CLASSIFIERS))
def test_the_units_and_parents_of_a_classifier_are_read_as_the_page_says(name, tmp_path):
    units, parents = rows()[name]
    for code, own in CLASSIFIERS[name].items():
        assert f"`{code}`" in units + PAGE.partition(f"| {name} (")[2].partition("|")[0]
        section = {tier: given for tier, given in sections(parents).items() if tier in own}
        columns = {given: own[tier] for tier, given in section.items() if isinstance(given, str)}
        header, cells = ["id", "population", *columns], [code, "5", *columns.values()]
        text = "\n".join(",".join(line) for line in (header, cells))
        (tmp_path / "units.csv").write_text(text, encoding="utf-8")
        told = TerritorySection.model_validate({"units": "units.csv", "parents": section})
        territory = read_territory(told, tmp_path)
        assert territory.ids == (code,)
        assert {tier: territory.units[tier].iloc[0] for tier in territory.tiers} == own
