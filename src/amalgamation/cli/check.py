"""``amalgamation check``: read all that a scenario names, without a solve."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amalgamation.cli.complaints import answering, complain_of, finding_object, notice
from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.options import AllowOutside, AsJson, Question, Quiet, Settings, read_overrides
from amalgamation.cli.voice import Voice
from amalgamation.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amalgamation.api import Ground
    from amalgamation.language import Speech
    from amalgamation.scenario.schema import Scenario

__all__ = ["check"]

FlawMap = Annotated[
    Path | None,
    typer.Option("--map", metavar="FILE", help="Draw what is wrong with polygons: a .gpkg."),
]


def check(
    scenario: Question = "kz-two-tier",
    *,
    settings: Settings = None,
    flaw_map: FlawMap = None,
    allow_outside: AllowOutside = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Read scenario, territory and graph, and tell what they are; nothing is solved."""
    from amalgamation import api  # noqa: PLC0415

    voice = Voice(quiet, as_json)
    speech = voice.speech
    with answering(voice):
        overrides = read_overrides(settings)
        if flaw_map is not None:
            flaws = api.map_flaws(
                scenario, flaw_map, overrides=overrides, allow_outside=allow_outside
            )
            voice.say(speech.say("command.flaws", n=len(flaws), place=str(flaw_map)))
        with _noted(flaw_map):
            ground = api.prepare(scenario, overrides=overrides, allow_outside=allow_outside)
        voice.answer(_object(ground))
        voice.say(*_describe(ground, speech))
        voice.say(*(notice(finding, speech) for finding in ground.findings))
    if ground.impossible:
        complain_of(voice, speech.say("command.proven"), ground.impossible)
        return ExitStatus.INFEASIBLE
    voice.say(speech.say("command.ready"))
    return ExitStatus.DONE


@contextmanager
def _noted(flaw_map: Path | None) -> "Iterator[None]":
    """Let a refusal say that the map of flaws is there all the same."""
    try:
        yield
    except InputError as error:
        if flaw_map is not None:
            error.add_note(f"only {flaw_map} was written")
        raise


def _describe(ground: "Ground", speech: "Speech") -> list[str]:
    question, territory = ground.file.scenario, ground.territory
    label = _labels(speech)
    return [
        label["scenario"] + speech.tell(question.title or question.scenario),
        *([label["question"] + speech.tell(question.question)] if question.question else []),
        label["territory"] + speech.tell(_bare(territory)),
        *([speech.tell(territory.notice)] if territory.notice else []),
        label["graph"] + speech.tell(_bare(ground.graph)),
        *(label["plan"] + line for line in _given(question, speech)),
        f"{speech.say('command.rules')}:",
        *(f"  - {speech.tell(line)}" for line in _rules(ground)),
        f"{speech.say('command.aims')}:",
        *(f"  - {line}" for line in _aims(ground, speech)),
    ]


def _labels(speech: "Speech") -> dict[str, str]:
    """Return the words before what a scenario names, all as wide as the longest."""
    nouns = ("scenario", "question", "territory", "graph", "plan")
    words = {noun: f"{speech.say(f'command.{noun}')}: " for noun in nouns}
    wide = max(map(len, words.values()))
    return {noun: f"{word:<{wide}}" for noun, word in words.items()}


def _given(question: "Scenario", speech: "Speech") -> list[str]:
    given = question.plan
    if given is None:
        return []
    name = given if isinstance(given, str) else _plain(given.model_dump())
    return [speech.say("command.given", name=name)]


def _bare(thing: object) -> str:
    """Return a repr without its brackets and its class."""
    return repr(thing).strip("<>").partition(" ")[2]


def _rules(ground: "Ground") -> list[str]:
    from amalgamation.model.rules import build_rules  # noqa: PLC0415

    rules = ground.file.scenario.rules
    numbers = rules.municipalities.model_dump(exclude_defaults=True)
    asked = [f"Number of municipalities: {_plain(numbers)}."] if numbers else []
    asked += [f"At most {most:,.12g} of {name}." for name, most in rules.at_most.amounts.items()]
    return [*(rule.explain() for rule in build_rules(rules, ground.territory)), *asked]


def _aims(ground: "Ground", speech: "Speech") -> list[str]:
    aims = ground.file.scenario.aims
    order = {"order", "yield_percent"}
    asked = _flat("", aims.model_dump(exclude=order, exclude_defaults=True, by_alias=True))
    told = [f"{name}: {speech.tell(text)}" for name, text in asked]
    groups = ", ".join(" + ".join(group) for group in aims.groups)
    told += [f"order: {groups}"] if groups else []
    return told or [speech.say("command.no_aims")]


def _flat(name: str, value: Any) -> list[tuple[str, str]]:
    """Return the aims of a section by their names, such as `balance.population`."""
    if not isinstance(value, dict):
        return [(name, f"weight {value:g}")]
    if "weight" in value:
        return [(name, _plain(value))]
    dotted = f"{name}." if name else ""
    return [pair for key, entry in value.items() for pair in _flat(f"{dotted}{key}", entry)]


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plain(entry)}" for key, entry in value.items())
    if isinstance(value, list):
        return "; ".join(_plain(entry) for entry in value)
    return f"{value:,.12g}" if isinstance(value, int | float) else str(value)


def _object(ground: "Ground") -> dict[str, Any]:
    return {
        "scenario": ground.file.scenario.scenario,
        "status": "infeasible" if ground.impossible else "ready",
        "territory": ground.territory._facts(),  # noqa: SLF001 - feeds every way of showing it
        "graph": ground.graph._facts(),  # noqa: SLF001 - likewise
        "rules": _rules(ground),
        "findings": [finding_object(f) for f in (*ground.findings, *ground.impossible)],
    }
