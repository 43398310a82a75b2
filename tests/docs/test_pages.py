"""Pages are filled from runs: no figure is typed, and none is missing silently."""

import math
import re

import pandas as pd
import pytest
from docs.pages.fill import fill
from docs.pages.models import TEMPLATES, main, write_pages
from docs.pages.readme import model_names, write_table
from docs.pages.runs import Runs

import amalgamation as am
from amalgamation.bundled import bundled_folder
from amalgamation.errors import InputError
from amalgamation.scenario import read_scenario

TOY = "toy"


def run_toy(folder, *formats, **changes):
    changes = {"solve.processes": 1, "write": ["csv", *formats]} | changes
    am.run(TOY, overrides=changes).write(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    run_toy(folder / TOY, "png")
    three = {"scenario": "toy-three", "rules.municipalities.exactly": 3}
    run_toy(folder / "toy-three", **three)
    return folder


@pytest.fixture
def runs(folder):
    return Runs(folder)


def test_figures_are_those_of_the_run_with_their_units(runs):
    national = pd.read_csv(runs.folder / TOY / "national.csv", index_col="measure")
    mean = national.loc["mean_km", "plan"]
    assert fill("{{ plan mean_km }}", TOY, runs) == f"{mean:.3g} km"
    assert fill("{{ today municipalities }} -> {{plan municipalities}}", TOY, runs) == "12 -> 4"
    assert fill("{{ plan municipalities of toy-three }}", TOY, runs) == "3"


def test_the_file_stands_in_the_page_as_it_is_on_the_disk(runs):
    text = (bundled_folder("scenarios") / "toy.yaml").read_text(encoding="utf-8")
    assert fill("{{ file }}", TOY, runs) == f"```yaml\n{text.rstrip()}\n```"
    question = read_scenario(TOY).scenario.question
    assert fill("{{ question }}", TOY, runs) == question


def test_the_ending_tells_status_and_gap_and_claims_nothing_where_nothing_was_solved(runs):
    assert fill("{{ ending }}", TOY, runs) == "optimal, proven gap 0.00 %"
    object.__setattr__(runs.of(TOY), "gap", math.nan)
    assert fill("{{ ending }}", TOY, runs).endswith("nothing was solved, so nothing is proven")


def test_tables_stand_without_their_notices_which_have_a_place_of_their_own(runs):
    table = fill("{{ scorecard }}", TOY, runs)
    assert table.startswith("|  | today | toy |")
    assert "Synthetic" not in table
    both = fill("{{ compare toy toy-three : mean_km municipalities }}", TOY, runs)
    assert both.splitlines()[0] == "|  | today | toy | toy-three |"
    assert both.splitlines()[-1] == "| Municipalities | 12 | 4 | 3 |"
    assert "*Synthetic: 12 made-up units" in fill("{{ notices }}", TOY, runs)


def test_everything_that_no_run_has_is_told_at_once(runs):
    template = "{{ plan max_kn }} {{ plna max_km }} {{ plan max_km of toy-four }} {{ plan max_kn }}"
    with pytest.raises(InputError) as refused:
        fill(template, TOY, runs)
    told = [finding.sentence() for finding in refused.value.findings]
    assert len(told) == 3
    assert "no measure `max_kn`" in told[0]
    assert "did you mean `max_km`?" in told[0]
    assert "did you mean `plan`?" in told[1]
    assert "no such folder" in told[2]


def test_a_figure_that_the_run_lacks_is_refused_not_left_blank(runs):
    runs.of(TOY).national.loc["mean_km", "plan"] = math.nan
    with pytest.raises(InputError, match="no figure for mean_km"):
        fill("{{ plan mean_km }}", TOY, runs)


def test_pages_and_maps_are_written_together_or_not_at_all(runs, tmp_path):
    templates, pages, images = (tmp_path / name for name in ("templates", "pages", "images"))
    templates.mkdir()
    (templates / "toy.md").write_text("# {{ question }}\n\n{{ map }}\n")
    (templates / "README.md").write_text("{{ question of toy }}\n")
    assert write_pages(runs, pages, images, templates) == [pages / "README.md", pages / "toy.md"]
    text = (pages / "toy.md").read_text()
    assert text.startswith("<!-- Written by `make models`; edit docs/pages/templates/toy.md. -->\n")
    assert "](../images/toy.png)" in text
    assert (images / "toy.png").read_bytes() == (runs.folder / TOY / "map.png").read_bytes()
    (templates / "toy-three.md").write_text("{{ map }}")
    (templates / "toy.md").write_text("changed")
    with pytest.raises(InputError, match=r"toy-three: found no map\.png"):
        write_pages(runs, pages, images, templates)
    assert (pages / "toy.md").read_text() == text


def test_the_command_ends_with_2_where_runs_are_missing(tmp_path, capsys):
    places = [f"--{name}={tmp_path / name}" for name in ("runs", "pages", "images")]
    assert main(places) == 2
    assert "make scenarios" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


TINY = {
    "kz-today": {"plan": "today"},
    "kz-village-bodies": {"plan": "today", "scorecard.bodies": "settlements"},
    "kz-compact-communities": {
        "rules.municipalities": None,
        "rules.leave_out.always": [{"density": {"max": 3}}],
        "rules.population": None,
    },
    "kz-enlarged-rayons": {
        "territory.aggregate": "rayon",
        "rules.municipalities.exactly": 1,
    },
}
"""What each model does, on twelve units; the others differ from `toy` in their name alone."""


@pytest.mark.slow
def test_every_template_asks_only_for_what_the_runs_have(tmp_path):
    """A page that breaks off after half an hour of runs would be found out too late."""
    for name in model_names():
        run_toy(tmp_path / "runs" / name, "png", scenario=name, **TINY.get(name, {}))
    places = [f"--{name}={tmp_path / name}" for name in ("runs", "pages", "images")]
    assert main(places) == 0
    pages = {path.stem: path.read_text() for path in (tmp_path / "pages").glob("*.md")}
    assert set(pages) == {path.stem for path in TEMPLATES.glob("*.md")}
    assert not [name for name, page in pages.items() if re.search(r"\{\{|\bnan\b", page)]
    assert all("Synthetic" in page for page in pages.values())
    shown = {path.stem for path in (tmp_path / "images").iterdir()}
    assert shown == set(pages) - {"README"}
    board = tmp_path / "page.md"
    board.write_text("<!-- compare:begin --><!-- compare:end -->")
    write_table(board, [tmp_path / "runs" / name for name in model_names()])
    variants = {"kz-two-tier-350", "kz-two-tier-475", "kz-two-tier-600"}
    assert set(pages) == set(model_names()) - variants | {"README"}
