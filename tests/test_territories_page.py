"""Every block of docs/territories.md is a part of a scenario that the schema knows."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from amalgamation.scenario.schema import Scenario
from amalgamation.territory import FLAWS

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
