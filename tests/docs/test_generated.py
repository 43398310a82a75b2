"""What is generated is complete: no key, measure, command or name is without a word."""

import doctest
import importlib
import json
import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer
from docs._ext.api import api_pages, public_names, rooms
from docs._ext.benchmarks import benchmark_pages, benchmarks_table, peers_table
from docs._ext.commands import command_reference
from docs._ext.links import unlink_folders
from docs._ext.models import add_mathematics
from docs._ext.scenario import scenario_reference
from docs._ext.scorecard import CONTEXT, scorecard_reference

import amalgamation as am
from amalgamation.cli.app import app
from amalgamation.measure import municipality_measures, national_measures
from amalgamation.scenario.schema import Aims, Rules, Section
from blocks import DOCS

ROOT = Path(__file__).parents[2]
KEYS = re.findall(
    r"^@\w+\{([^,\s]+),", (DOCS / "references.bib").read_text("utf-8"), flags=re.MULTILINE
)
MEASURES = [*municipality_measures(CONTEXT), *national_measures(CONTEXT)]
COMMANDS = typer.main.get_command(app).commands
MODELS = [f"models/{path.stem}" for path in sorted((DOCS / "models").glob("kz-*.md"))]
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in sorted(DOCS.rglob("*.py"))
    if ">>>" in path.read_text(encoding="utf-8")
]

scenario_reference, scorecard_reference = cache(scenario_reference), cache(scorecard_reference)


def sections(base=Section):
    return [one for inner in base.__subclasses__() for one in (inner, *sections(inner))]


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.__name__)
def test_every_key_of_a_scenario_has_a_manual_and_stands_in_the_reference(section):
    page = scenario_reference()
    assert section.model_fields
    for name, field in section.model_fields.items():
        assert field.description, name
        text = " ".join(field.description.split())
        assert f"`{field.alias or name}`\n: {text}" in page


def test_a_link_in_the_reference_of_scenarios_leads_to_a_section():
    page = scenario_reference()
    places = re.findall(r"^\((scenario-\w+)\)=$", page, flags=re.MULTILINE)
    assert len(places) == len(set(places))
    assert set(re.findall(r"\]\((scenario-\w+)\)", page)) <= set(places)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_measure_says_how_it_is_computed_and_stands_in_the_reference(measure):
    assert len(measure.definition.split()) > 2
    assert "Parameters" not in measure.definition  # the sections of a docstring stay behind
    assert f"`{measure.name}` {measure.title}" in scorecard_reference()


def test_every_source_that_the_references_cite_stands_in_the_bibliography():
    cited = re.findall(r"\{cite:[pt]\}`([^`]+)`", scorecard_reference())
    assert cited
    assert set(cited) <= set(KEYS)
    assert "]_" not in scorecard_reference()  # the docstrings' way of citing was translated


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_stands_in_the_reference(name):
    page = command_reference()
    assert f"## `amalgamation {name}`" in page
    section = page.partition(f"## `amalgamation {name}`")[2].partition("\n## ")[0]
    options = [option for one in COMMANDS[name].params for option in one.opts if "-" in option]
    assert [option for option in options if option not in section] == []


def test_every_public_name_stands_on_one_page():
    text = "\n".join(api_pages().values())
    names = [name for name in am.__all__ if not name.startswith("_")]
    names += [name for room in rooms() for name in public_names(room)]
    for name in names:
        found = re.findall(rf"^\.\. auto\w+:: (?:[\w.]+\.)?{name}$", text, flags=re.MULTILINE)
        assert len(found) == names.count(name), name


def test_the_benchmarks_table_has_the_figures_of_the_page():
    page = benchmark_pages()["peers"]
    table = peers_table(page)
    assert table.count("amalgamation (auto)") == len(re.findall("by our aim", page))
    ours = re.search(r"^\| amalgamation .*$", table, flags=re.MULTILINE)[0].split("|")
    assert ours[3].strip() == "1"
    assert f"| {ours[2].strip()} | 1 |" in page


def test_every_kept_benchmark_stands_in_the_table_with_its_question_and_its_versions():
    pages = benchmark_pages()
    rows = benchmarks_table(pages).splitlines()[2:]
    assert len(rows) == len(pages) > 0
    for (name, page), row in zip(pages.items(), rows, strict=True):
        assert f"[{name}](../generated/benchmarks/{name}.md)" in row
        assert page.splitlines()[2] in row
        assert "HiGHS 1." in row


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_code_that_writes_pages_run(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize("section", [Rules, Aims])
def test_the_mathematics_has_a_formula_for_every_rule_and_every_aim(section):
    page = (DOCS / "learn" / "mathematics.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| (`[^|]+`) \|", page, flags=re.MULTILINE)
    named = {name for cell in cells for name in re.findall(r"`(\w+)[.`]", cell)}
    assert set(section.model_fields) <= named


@pytest.mark.parametrize(
    "page", sorted((DOCS / "models").glob("kz-*.md")), ids=lambda page: page.stem
)
def test_a_models_page_gets_its_mathematics_before_the_map(page):
    source = [page.read_text(encoding="utf-8")]
    add_mathematics(None, f"models/{page.stem}", source)
    headings = re.findall(r"^## (.*)$", source[0], flags=re.MULTILINE)
    assert headings.index("Mathematics and data") + 1 == headings.index("The map")
    assert "`kazakhstan-2021`. Synthetic" in source[0]


def test_a_link_to_a_folder_leaves_its_words_and_one_to_a_file_stays():
    """A forge lists a folder; Sphinx has nothing to show for it, and would end the build."""
    there = "[a page](bad-inputs.md), [a site](https://example.org)"
    source = [f"[tests](../tests), [pictures](images), {there}"]
    unlink_folders(SimpleNamespace(srcdir=DOCS), "territories", source)
    assert source == [f"tests, pictures, {there}"]


def test_the_glossary_says_the_words_of_the_report():
    """A reader who looks up a word of the Russian or the Kazakh report must find it."""
    page = (DOCS / "learn" / "concepts.md").read_text(encoding="utf-8").lower()
    keys = ("legend.municipality", "legend.seat", "tile.bound", "tile.gap", "tile.cost", "plan")
    for language in ("ru", "kk"):
        (file,) = (ROOT / "src").rglob(f"words/{language}.json")
        words = json.loads(file.read_text(encoding="utf-8"))
        assert [words[key] for key in keys if f"| {words[key].lower()} |" not in page] == []
