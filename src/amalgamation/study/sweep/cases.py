"""The variants of a scenario with all that they ask about, read once.

In: a scenario and what varies. Out: a `Question`: one `Case` for each variant, and the lands
that they share. A slip in any variant refuses all of them before the first is answered;
data that do not fit one variant are told in its row.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.given import read_given_plan
from amalgamation.inputs import read_inputs
from amalgamation.provenance import package_version
from amalgamation.scenario import read_scenario, read_variants
from amalgamation.study.sweep.task import Land
from amalgamation.study.sweep.variants import build_variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from amalgamation.plan import Plan
    from amalgamation.provenance import Source
    from amalgamation.scenario import Scenario, ScenarioFile
    from amalgamation.scenario.schema import WishesAim
    from amalgamation.study.sweep.variants import Variant

__all__ = ["Case", "Question", "read_question"]


@dataclass(frozen=True)
class Case:
    """Hold one variant with what it asks about.

    Parameters
    ----------
    variant
        What it changes.
    file
        Its scenario, with the wishes read.
    key
        Hash of all that its answer depends on.
    land
        Name of its land; empty where that cannot be read.
    given
        The plan that it measures instead of solving, with the file that it came from.
    refused
        Why its data cannot be used.
    """

    variant: Variant
    file: ScenarioFile
    key: str
    land: str = ""
    given: tuple[Plan, tuple[Source, ...]] | None = None
    refused: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Question:
    """Hold all variants of a scenario.

    Parameters
    ----------
    base
        The scenario that they vary.
    cases
        The variants, in their order.
    lands
        Name -> territory and graph.
    """

    base: ScenarioFile
    cases: tuple[Case, ...]
    lands: Mapping[str, Land]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files read, each once."""
        given = [source for case in self.cases if case.given for source in case.given[1]]
        found = [*self.base.sources, *(s for case in self.cases for s in case.file.sources)]
        for land in self.lands.values():
            found += [*land.territory.sources, *land.graph.sources]
        return tuple(dict.fromkeys([*found, *given]))


@dataclass(frozen=True)
class _Reading:
    """What reading the files of a scenario gave; or why they cannot be used."""

    name: str
    land: Land | None = None
    wishes: WishesAim | None = None
    sources: tuple[Source, ...] = ()
    refused: tuple[Finding, ...] = ()


def read_question(
    scenario: str | Path,
    *,
    over: Mapping[str, Sequence[Any]] | None = None,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
) -> Question:
    """Read a scenario, its variants, and every file that any of them names.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    over
        Dotted key -> values, beside those of the file's own section `sweep`.
    overrides
        Dotted keys that change every variant.
    allow_outside
        Let the scenario name files outside its own folder.

    Raises
    ------
    InputError
        If nothing varies, a variant is no scenario, or no variant's data can be used: all
        that is wrong at once.

    Examples
    --------
    >>> question = read_question("toy", over={"rules.population.min": [7000, 8000]})
    >>> len(question.cases), len(question.lands)
    (2, 1)
    """
    changes = _with_over(overrides or {}, over or {})
    base = read_scenario(scenario, changes, allow_outside=allow_outside)
    if base.scenario.sweep is None:
        raise InputError([_nothing_varies(base)])
    variants = build_variants(base.scenario.sweep)
    shared = {key: value for key, value in changes.items() if key.partition(".")[0] != "sweep"}
    _refuse_clashes(variants[0].changes, shared)
    asked = [_overrides(base.scenario, variant, shared) for variant in variants]
    files = read_variants(scenario, asked, allow_outside=allow_outside)
    readings: dict[str, _Reading] = {}
    cases = [_case(*pair, readings) for pair in zip(variants, files, strict=True)]
    if all(case.refused for case in cases):
        raise InputError(list(dict.fromkeys(told for case in cases for told in case.refused)))
    lands = {one.name: one.land for one in readings.values() if one.land is not None}
    return Question(base, tuple(cases), lands)


def _with_over(
    overrides: Mapping[str, Any], over: Mapping[str, Sequence[Any]]
) -> Mapping[str, Any]:
    if not over:
        return overrides
    varied = dict(overrides.get("sweep.over", {})) | {k: list(v) for k, v in over.items()}
    return {**overrides, "sweep.over": varied}


def _nothing_varies(base: ScenarioFile) -> Finding:
    remedy = "write a section `sweep`, or --over rules.population.min=3000,5000"
    expected = "keys that vary, with their values"
    where = f"scenario {base.scenario.scenario}"
    return Finding("nothing-varies", where, "no section `sweep`", expected, remedy)


def _refuse_clashes(varied: Iterable[str], shared: Mapping[str, Any]) -> None:
    clashes = [
        Finding("override", f"override, {key}", "a key that varies, set", "one of both", remedy)
        for key in sorted(set(varied) & set(shared))
        for remedy in ["leave it to the sweep, or take it out of there"]
    ]
    if clashes:
        raise InputError(clashes)


def _overrides(base: Scenario, variant: Variant, shared: Mapping[str, Any]) -> dict[str, Any]:
    title = f"{base.title or base.scenario}: {variant.title}"
    named = {"scenario": variant.name, "title": title, "sweep": None}
    # hundreds of maps are for those who ask for them
    small = {} if "write" in base.model_fields_set else {"write": ["csv"]}
    return {**shared, **small, **named, **variant.changes}


def _case(variant: Variant, file: ScenarioFile, readings: dict[str, _Reading]) -> Case:
    signature = _signature(file.scenario)
    if signature not in readings:
        readings[signature] = _read(file, signature)
    found = readings[signature]
    if found.land is None:
        return Case(variant, file, _hash(_asked(file.scenario)), refused=found.refused)
    file = replace(
        file,
        scenario=_with_wishes(file.scenario, found.wishes),
        sources=(*file.sources, *found.sources),
    )
    try:
        given = _read_given(file, found.land)
    except InputError as error:
        return Case(variant, file, _hash(_asked(file.scenario)), refused=error.findings)
    return Case(variant, file, _key(file, found.land, given), found.name, given)


def _with_wishes(question: Scenario, read: WishesAim | None) -> Scenario:
    """Return the question with the wishes of its file; those written in it are its own."""
    if not _has_wishes_file(question):
        return question
    return question.model_copy(update={"aims": question.aims.model_copy(update={"wishes": read})})


def _has_wishes_file(question: Scenario) -> bool:
    return question.aims.wishes is not None and question.aims.wishes.file is not None


def _signature(question: Scenario) -> str:
    """Return what decides which files are read, and what is asked of them."""
    asked = question.model_dump(mode="json", include={"territory", "graph"})
    wishes = question.aims.model_dump(mode="json", include={"wishes"})
    return _hash([asked, question.attributes_used, _has_wishes_file(question) and wishes])


def _read(file: ScenarioFile, signature: str) -> _Reading:
    try:
        asked, territory, graph = read_inputs(file)
    except InputError as error:
        return _Reading(signature[:12], refused=error.findings)
    more = asked.sources[len(file.sources) :]
    return _Reading(signature[:12], Land(territory, graph), asked.scenario.aims.wishes, more)


def _read_given(file: ScenarioFile, land: Land) -> tuple[Plan, tuple[Source, ...]] | None:
    if file.scenario.plan is None:
        return None
    return read_given_plan(file.scenario.plan, land.territory, file.folder)


def _key(file: ScenarioFile, land: Land, given: tuple[Plan, tuple[Source, ...]] | None) -> str:
    """Return the hash of all that the answer depends on: question, data, version of ours."""
    read = [*land.territory.sources, *land.graph.sources, *(given[1] if given else ())]
    read += [source for source in file.sources if not source.role.startswith("scenario")]
    data = sorted({(source.role, source.sha256) for source in read})
    return _hash([_asked(file.scenario), data, package_version()])


def _asked(question: Scenario) -> dict[str, Any]:
    """Return the question without what does not change its answer."""
    asked = question.model_dump(mode="json", by_alias=True)
    del asked["solve"]["processes"]
    return asked


def _hash(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
