"""The README's table of the models is written from runs, and by one command."""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from docs.pages.between import replace_between
from docs.pages.readme import main, model_names

import amalgamation as am
from amalgamation.errors import InputError
from amalgamation.scenario import scenario_names

ROOT = Path(__file__).parents[2]
FEW = ["--measures", "municipalities", "mean_km"]
PAGE = "# Title\n<!-- compare:begin -->\nof last year\n<!-- compare:end -->\n## More\n"


@pytest.fixture
def runs(tmp_path):
    """Tiny runs in the place of the country's."""
    for name, number in (("kz-a", 4), ("kz-b", 3)):
        changes = {
            "scenario": name,
            "rules.municipalities.exactly": number,
            "solve.processes": 1,
            "write": ["csv"],
        }
        am.run("toy", overrides=changes).write(tmp_path / "runs" / name)
    return tmp_path / "runs"


def test_the_table_stands_between_the_markers_and_the_rest_stays(runs, tmp_path):
    page = tmp_path / "README.md"
    page.write_text(PAGE)
    for _ in range(2):  # writing twice is writing once
        assert main(["kz-a", "kz-b", "--runs", str(runs), "--page", str(page), *FEW]) == 0
        text = page.read_text()
        assert text.startswith("# Title\n<!-- compare:begin -->\n|  | today | kz-a | kz-b |\n")
        assert "| Municipalities | 12 | 4 | 3 |" in text
        assert "*Synthetic: 12 made-up units that stand for no real place.*" in text
        assert text.endswith("\n<!-- compare:end -->\n## More\n")
        assert "of last year" not in text


def test_a_run_that_is_missing_is_named_and_the_page_stays(runs, tmp_path, capsys):
    page = tmp_path / "README.md"
    page.write_text(PAGE)
    assert main(["kz-a", "kz-c", "--runs", str(runs), "--page", str(page)]) == 2
    error = capsys.readouterr().err
    assert "kz-c: found no such folder" in error
    assert "make scenarios" in error
    assert page.read_text() == PAGE


@pytest.mark.parametrize("page", ["", PAGE + PAGE, "<!-- compare:end --><!-- compare:begin -->"])
def test_a_page_without_a_place_for_the_table_is_refused(page):
    with pytest.raises(InputError, match="expected each once, in this order"):
        replace_between(page, "compare", "x")


def test_the_models_are_the_scenarios_of_the_country():
    assert set(model_names()) == set(scenario_names()) - {"toy"}


@pytest.fixture
def workshop(tmp_path):
    """A set-up whose command only writes down what it was asked to run."""
    bin_folder = tmp_path / "venv" / "bin"
    bin_folder.mkdir(parents=True)
    command = bin_folder / "amalgamation"
    command.write_text(
        '#!/bin/sh\nif [ "$1" = scenarios ]; then printf "one\\ntwo\\n"; exit; fi\n'
        f'echo "$*" >> {tmp_path}/asked\n'
    )
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    for stamp in ("made", "installed"):
        (tmp_path / "venv" / stamp).touch()
    return tmp_path


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_scenarios_runs_all_in_one_command_each_in_a_folder_of_its_name(workshop):
    arguments = ["make", "scenarios", f"VENV={workshop}/venv", f"RUNS={workshop}/runs"]
    environment = {**os.environ, "MAKEFLAGS": ""}
    subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, check=True)
    asked = (workshop / "asked").read_text().splitlines()
    assert asked == [f"run one two -o {workshop}/runs --overwrite"]


def test_every_command_that_the_makefile_runs_is_there():
    modules = re.findall(r"python -m (docs[\w.]+)", (ROOT / "Makefile").read_text())
    assert modules
    assert all(Path(ROOT, *module.split(".")).with_suffix(".py").is_file() for module in modules)
