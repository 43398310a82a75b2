"""The page on missing plans shows what the command says, and its Python runs."""

import re
from pathlib import Path

import amalgamation as am
from amalgamation.cli import main
from amalgamation.explain.why_not import confirm

PAGE = Path(__file__).parents[2] / "docs" / "why-no-plan.md"
TEXT = PAGE.read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", TEXT, flags=re.DOTALL)


def test_the_answer_shown_is_the_answer_given(capsys, monkeypatch):
    """As it is without extras: with `scip`, another solver confirms it."""
    monkeypatch.setattr(confirm, "has_scip", lambda: False)
    command, shown = blocks("bash")[0], blocks("text")[0]
    assert main(command.split()[1:]) == 3
    assert capsys.readouterr().out == shown


def test_its_python_gives_the_figures_of_the_text():
    names = {}
    exec(blocks("python")[0], names)  # noqa: S102 - the page's own code is the test
    assert isinstance(names["why"], am.WhyNot)
    found = [(way.key, way.value) for way in names["why"].reasons[0].relaxations]
    assert found == [("rules.municipalities.exactly", 3), ("rules.population.min", 11_000)]


def test_what_it_points_to_exists():
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (PAGE.parent / target).exists(), target
    assert (PAGE.parents[1] / blocks("bash")[1].split()[2]).is_file()
