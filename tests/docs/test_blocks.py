"""Every block of every page is run, or at least understood by what it is written for."""

import ast
import json
import re
import shlex

import jsonschema
import pytest
import typer
from ruamel.yaml import YAML

from amalgamation.cli.app import app
from amalgamation.scenario.json_schema import json_schema
from blocks import DOCS, STORIES, blocks_of, pages

ELSEWHERE = [page for page in pages() if page not in STORIES]
DIRECTIVE = re.compile(r"\{[a-z-]+\}")  # Sphinx refuses those that it does not know


def understand_bash(text):
    """Parse each command of ours as the command line would, without running it."""
    group = typer.main.get_command(app)
    for line in re.findall(r"^(?:\$ )?(amalgamation .*)$", text, flags=re.MULTILINE):
        words = shlex.split(line, comments=True)
        with group.make_context("amalgamation", words[1:]) as context:
            command = group.get_command(context, words[1])
            assert command is not None, line
            command.make_context(words[1], words[2:], parent=context)


def understand_yaml(text):
    """Hold a part of a scenario against the schema, as a variant that needs no key."""
    part = YAML(typ="safe", pure=True).load(text)
    jsonschema.validate({"extends": "toy"} | part, json_schema())


def understand_json(text):
    """Read JSON, or some lines of an object."""
    whole = text if text.lstrip().startswith(("{", "[")) else f"{{{text.strip().rstrip(',')}}}"
    json.loads(whole)


UNDERSTAND = {
    "": understand_bash,
    "bash": understand_bash,
    "console": understand_bash,
    "yaml": understand_yaml,
    "python": ast.parse,
    "json": understand_json,
    "text": str,
    "diff": str,  # see test_contribute.py
    "csv": str,
}


@pytest.mark.parametrize("page", ELSEWHERE)
def test_a_block_is_understood(page):
    for block in blocks_of(page):
        if not DIRECTIVE.fullmatch(block.kind):
            UNDERSTAND[block.kind](block.text)


def test_what_is_misspelt_is_not_understood():
    with pytest.raises(Exception, match="No such option"):
        understand_bash("amalgamation run toy --otput runs")
    with pytest.raises(AssertionError):
        understand_bash("amalgamation rnu toy")
    with pytest.raises(json.JSONDecodeError):
        understand_json('"a": 1 "b": 2')
    with pytest.raises(jsonschema.ValidationError):
        understand_yaml("rules: {populaton: {min: 1}}")


@pytest.mark.parametrize("page", pages())
def test_files_that_a_page_points_to_exist(page):
    """Also on a forge, which shows the pages as they are; what the build makes exists later."""
    text = re.sub(
        r"^```.*?^```$", "", (DOCS / page).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    files = [target for target in targets if "." in target and not target.startswith("https://")]
    kept = [file for file in files if "generated/" not in file]
    assert [file for file in kept if not (DOCS / page).parent.joinpath(file).exists()] == []
