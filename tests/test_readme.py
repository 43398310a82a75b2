"""What the README shows works as it is shown.

Where it asks of the whole country, the test asks of one oblast: the words are the same.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import amalgamation as am
from amalgamation.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ONE_OBLAST = {
    "territory.where": {"oblast": ["470000000"]},
    "rules.municipalities": None,
    "solve.gap_percent": 5,
}


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def lines(language):
    found = [line for block in blocks(language) for line in block.splitlines()]
    return [shlex.split(line, comments=True) for line in found if line.strip()]


def scenario_name(text):
    return str(YAML(typ="safe").load(text)["scenario"])


def write_own_data(folder):
    """Lay down the files that the README's own-data scenarios name, made from `toy`."""
    ground = am.prepare("toy")
    units = ground.territory.units.rename(columns={"rayon": "rayon_code"})
    units.index.name = "code"
    table = units[["name", "population"]].astype({"population": int})
    units[["name", "rayon_code", "geometry"]].reset_index().to_file(folder / "units.gpkg")
    table[["population"]].to_csv(folder / "residents.csv")
    table.to_csv(folder / "units.csv")
    ties = [f"{a},{b},{tie['km']:.3f}" for a, b, tie in sorted(ground.graph.graph.edges(data=True))]
    (folder / "ties.csv").write_text("\n".join(["from,to,km", *ties]) + "\n", encoding="utf-8")


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with the README's scenarios and their data, to work in."""
    monkeypatch.chdir(tmp_path)
    for text in blocks("yaml"):
        (tmp_path / f"{scenario_name(text)}.yaml").write_text(text, encoding="utf-8")
    write_own_data(tmp_path)
    return tmp_path


def smaller(words):
    """Ask of one oblast what the README asks of the country."""
    if words[1:3] != ["run", "kz-two-tier"] or "--set" in words:
        return words[1:]
    changes = [
        *("--set", "territory.where={oblast: ['470000000']}"),
        *("--set", "rules.municipalities=null"),
        *("--set", "solve.gap_percent=5"),
    ]
    return [*words[1:], *changes]


def folder_of(words):
    """Return where a run writes; two runs may replace one another."""
    return Path(words[1 + next(i for i, word in enumerate(words) if word in ("-o", "--output"))])


def test_every_command_of_the_readme_runs_in_the_order_shown(desk, capsys):
    commands = [words for words in lines("bash") if words[0] == "amalgamation"]
    assert len(commands) > 5
    for words in commands:
        assert main(smaller(words)) == 0, f"{shlex.join(words)}\n{capsys.readouterr().err}"
    plans = sorted(path.parent.name for path in desk.glob("runs/*/assignment.csv"))
    folders = {folder_of(words) for words in commands if words[1] == "run"}
    assert plans == sorted(folder.name for folder in folders)


def test_every_other_command_is_a_target_of_the_makefile_or_installs_this_folder():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    others = [words for words in lines("bash") if words[0] != "amalgamation"]
    assert ["make", "demo"] in others
    assert ["make", "test"] in others
    for words in others:
        assert words == ["pip", "install", "."] or (words[0] == "make" and words[1] in targets)


def test_continuous_integration_runs_the_command_that_the_readme_names():
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == (
        "exec make test </dev/null"
    )


def test_the_python_of_the_readme_runs(desk, monkeypatch, capsys):
    run = am.run
    monkeypatch.setattr(am, "run", lambda scenario: run(scenario, overrides=ONE_OBLAST))
    (block,) = blocks("python")
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - that is what a reader does
    assert "No plan that keeps these rules" in capsys.readouterr().out
    assert (desk / "map.png").stat().st_size > 0


def test_commands_named_in_the_text_exist(capsys):
    assert main(["--help"]) == 0
    known = re.findall(r"^│ ([a-z-]+) ", capsys.readouterr().out, flags=re.MULTILINE)
    named = set(re.findall(r"`amalgamation ([a-z-]+)", README))
    assert named
    assert named <= set(known)


def test_files_that_the_readme_points_to_exist():
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert not missing


def test_the_first_screen_holds_the_commands_and_the_map():
    """A reader sees them before any heading but the title."""
    first = README.partition("\n## ")[0]
    assert "make demo" in first
    assert "make test" in first
    assert "docs/images/kz-two-tier.png" in first
    assert "synthetic" in first


def test_the_figures_shown_agree_with_each_other():
    """Status, cost, bound and gap are copied by hand: at least they must be of one run."""
    (shown,) = re.findall(r"cost ([\d.]+), bound ([\d.]+), gap ([\d.]+) %", README)
    cost, bound, gap = map(float, shown)
    assert 100 * (cost - bound) / cost == pytest.approx(gap, abs=0.006)
