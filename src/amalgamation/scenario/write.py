"""A scenario -> YAML that reads back as the same scenario, for the run's record."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

if TYPE_CHECKING:
    from amalgamation.scenario.schema import Scenario

__all__ = ["write_scenario_text"]

_ENDLESS = 1 << 20
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def write_scenario_text(scenario: Scenario) -> str:
    r"""Return a scenario as YAML: resolved, with every default written out.

    Reading the text back gives an equal scenario. Keys that are not set are left out.

    Examples
    --------
    >>> from amalgamation.scenario.read import scenario_from_text
    >>> scenario = scenario_from_text("scenario: small\nterritory: {dataset: toy}")
    >>> print(write_scenario_text(scenario).splitlines()[1])
    scenario: small
    """
    yaml = YAML(typ="rt", pure=True)
    yaml.default_flow_style = None
    yaml.width = _ENDLESS
    stream = StringIO()
    yaml.dump(_quoted(scenario.model_dump(exclude_none=True, by_alias=True)), stream)
    return stream.getvalue()


def _quoted(value: Any) -> Any:
    """Put every text in quotes that is not a plain word, so that no reader can mistake it."""
    if isinstance(value, dict):
        return {_quoted(key): _quoted(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_quoted(item) for item in value]
    tame = not isinstance(value, str) or (_WORD.fullmatch(value) and value.lower() not in _WORDS)
    return value if tame else DoubleQuotedScalarString(value)
