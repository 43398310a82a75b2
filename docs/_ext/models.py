"""What a page of a reform model owes the code: its rules, its aims and its data in words.

The pages themselves are written from finished runs by `make models`; this part is added
when the documentation is built, before the map.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from amalgamation.model.rules import build_rules
from amalgamation.scenario import read_scenario, scenario_names
from amalgamation.territory import read_territory

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from amalgamation.scenario import Scenario
    from amalgamation.territory import Territory

__all__ = ["add_mathematics", "mathematics_of"]

_FOLDER, _BEFORE = "models/", "## The map\n"


def add_mathematics(_app: Sphinx, page: str, source: list[str]) -> None:
    """Put the section into a model's page when Sphinx reads it."""
    name = page.removeprefix(_FOLDER)
    if page.startswith(_FOLDER) and name in scenario_names():
        source[0] = source[0].replace(_BEFORE, f"{mathematics_of(name)}\n\n{_BEFORE}", 1)


def mathematics_of(name: str) -> str:
    """Return the section: what the model asks, what it keeps low, and of which units.

    Parameters
    ----------
    name
        A bundled scenario.

    Examples
    --------
    >>> print(mathematics_of("toy").splitlines()[4])
    - The units of a municipality hang together along ties.
    """
    question = read_scenario(name).scenario
    territory = _territory(str(question.territory.dataset))
    asked = [
        "Its rules, in the words of the model ([the formulas](../learn/mathematics.md)):",
        "",
        *(f"- {sentence}" for sentence in _rules(question, territory)),
        "",
        f"Its aims: {_aims(question)}. Its data: `{territory.name}`. {territory.notice}",
    ]
    given = ["Nothing is solved: the plan is given, and measured.", "", asked[-1]]
    return "\n".join(["## Mathematics and data", "", *(asked if question.plan is None else given)])


@cache
def _territory(dataset: str) -> Territory:
    """Read a dataset as it is: rules and notice are the same for parts and for parents."""
    section = read_scenario("toy", {"territory.dataset": dataset}).scenario.territory
    return read_territory(section)


def _rules(question: Scenario, territory: Territory) -> list[str]:
    numbers = question.rules.municipalities.model_dump(exclude_defaults=True)
    said = [f"{key.replace('_', ' ')} {value}" for key, value in numbers.items()]
    number = [f"Number of municipalities: {', '.join(said)}."] if said else []
    return [*(rule.explain() for rule in build_rules(question.rules, territory)), *number]


def _aims(question: Scenario) -> str:
    aims = question.aims.model_dump(exclude_defaults=True, by_alias=True)
    return ", ".join(f"`{name}`" for name in aims) or "none"
