"""Fill a page: every ``{{ ... }}`` of a template becomes what the runs say.

======================================= ==================================================
in the template                         in the page
======================================= ==================================================
``{{ plan mean_km }}``                  a figure of the plan, with its unit
``{{ today mean_km }}``                 the same of today
``{{ ending }}``                        status and proven gap
``{{ question }}``, ``{{ file }}``      of the scenario; the file whole, as YAML
``{{ map }}``                           the picture that the run drew
``{{ scorecard }}``                     today beside the plan
``{{ compare A B : mean_km max_km }}``  runs side by side: all shown measures, or these
``{{ notices }}``, likewise             what is made up, what differs, what is blank
======================================= ==================================================

All speak of the run that the template is named after; `` of NAME`` before the end of the
first six, of another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from amalgamation.bundled import bundled_folder
from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.scenario import nearest, read_scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from docs.pages.runs import Runs

__all__ = ["IMAGES", "fill"]

IMAGES = "../images"
"""Where a page finds its maps."""

_PLACE = re.compile(r"\{\{ *(?P<verb>[a-z]+)(?P<words>[^{}]*?) *\}\}")


def fill(template: str, name: str, runs: Runs) -> str:
    """Return the page of a template.

    Parameters
    ----------
    template
        Text with places for figures.
    name
        The run that the page is about.
    runs
        Where the figures come from.

    Raises
    ------
    InputError
        Everything that a place asks for and no run has.
    """
    findings: list[Finding] = []

    def put(place: re.Match[str]) -> str:
        try:
            return _say(_Place.from_match(place, name), runs)
        except InputError as error:
            findings.extend(error.findings)
            return ""

    page = _PLACE.sub(put, template)
    if findings:
        raise InputError(list(dict.fromkeys(findings)))
    return page


@dataclass(frozen=True)
class _Place:
    """What a template asks for at one place."""

    verb: str
    words: tuple[str, ...]
    name: str

    @classmethod
    def from_match(cls, place: re.Match[str], name: str) -> _Place:
        words = place["words"].split()
        if words[-2:-1] == ["of"]:
            return cls(place["verb"], tuple(words[:-2]), words[-1])
        return cls(place["verb"], tuple(words), name)


def _say(place: _Place, runs: Runs) -> str:
    if place.verb not in _VERBS:
        close = nearest(place.verb, _VERBS)
        remedy = f"did you mean `{close[0]}`?" if close else "correct the template"
        found, expected = f"`{place.verb}`", "one of " + ", ".join(_VERBS)
        raise InputError([Finding("verb", f"template {place.name}", found, expected, remedy)])
    return _VERBS[place.verb](place, runs)


def _figure(place: _Place, runs: Runs, column: Literal["today", "plan"]) -> str:
    return runs.figure(" ".join(place.words), place.name, column)


def _file(place: _Place, _: Runs) -> str:
    read_scenario(place.name)  # refuses a name that no bundled scenario has
    path = bundled_folder("scenarios") / f"{place.name}.yaml"
    return f"```yaml\n{path.read_text(encoding='utf-8').rstrip()}\n```"


def _map(place: _Place, runs: Runs) -> str:
    runs.map(place.name)
    title = read_scenario(place.name).scenario.title
    return f"![{title}: {runs.ending(place.name)}]({IMAGES}/{place.name}.png)"


def _beside(place: _Place) -> tuple[list[str], list[str]]:
    """Return the runs that a place names, and behind a colon the measures."""
    names, _, measures = " ".join(place.words).partition(":")
    return names.split() or [place.name], measures.split()


_VERBS: dict[str, Callable[[_Place, Runs], str]] = {
    "plan": lambda place, runs: _figure(place, runs, "plan"),
    "today": lambda place, runs: _figure(place, runs, "today"),
    "ending": lambda place, runs: runs.ending(place.name),
    "question": lambda place, _: read_scenario(place.name).scenario.question,
    "file": _file,
    "map": _map,
    "scorecard": lambda place, runs: runs.table([place.name]),
    "compare": lambda place, runs: runs.table(*_beside(place)),
    "notices": lambda place, runs: runs.notices(*_beside(place)),
}
