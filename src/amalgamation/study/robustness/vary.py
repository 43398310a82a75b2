"""Vary: answer a question and its variants, one after the other."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.measure import build_certainty
from amalgamation.road import answer, build_ground, prepare
from amalgamation.status import Status
from amalgamation.study.robustness.robustness import Robustness, Variation
from amalgamation.study.robustness.variant import change_territory
from amalgamation.study.ruled import find_ruled_ties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from amalgamation.road import Ground
    from amalgamation.study.robustness.variant import Variant

__all__ = ["vary"]

_BASE = "base"
_NAME = re.compile(r"[\w.=+-]+")
_LETTERS = "letters, digits and . = + - _"


def vary(
    scenario: str | Path,
    variants: Sequence[Variant],
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    report: Callable[[str], None] = lambda _: None,
) -> Robustness:
    """Answer a scenario and variants of it, and say which mergers survive.

    Every variant is solved from nothing, so that none leans on the base.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    variants
        Names differ, and none is called ``base``.
    overrides
        Dotted keys that change the scenario, for the base and all variants.
    allow_outside
        Let the scenario name files outside its own folder.
    report
        Called with a sentence for each answer.

    Returns
    -------
    Robustness
        Ctrl-C ends with the answers at hand.

    Raises
    ------
    InputError
        If scenario, data or a variant cannot be used: before anything is solved.

    Examples
    --------
    >>> from amalgamation.study.robustness.variant import Variant
    >>> noisy = Variant("noisy", disturb={"population": 5})
    >>> vary("toy", [noisy], overrides={"solve.processes": 1}).table.index.to_list()
    ['base', 'noisy']
    """
    _check_names(variants)
    whence = {"allow_outside": allow_outside}
    base = prepare(scenario, overrides=overrides, **whence)
    grounds = {_BASE: base}
    findings: list[Finding] = []
    for variant in variants:
        try:
            grounds[variant.name] = _lay(scenario, base, variant, overrides or {}, whence)
        except InputError as error:
            findings += error.findings
    if base.file.scenario.plan is not None:
        findings.append(_given(base))
    if findings:
        raise InputError(list(dict.fromkeys(findings)))
    return _answer_all(grounds, report)


def _lay(
    scenario: str | Path,
    base: Ground,
    variant: Variant,
    overrides: Mapping[str, Any],
    whence: Mapping[str, bool],
) -> Ground:
    ground = base
    if variant.overrides:
        changes = {**overrides, **variant.overrides}
        ground = prepare(scenario, overrides=changes, **whence)
    if ground.territory.ids != base.territory.ids:
        raise InputError([_other_units(variant.name)])
    if not variant.changes_data:
        return ground
    return build_ground(ground.file, change_territory(ground.territory, variant), ground.graph)


def _answer_all(grounds: Mapping[str, Ground], report: Callable[[str], None]) -> Robustness:
    variations: list[Variation] = []
    try:
        for variation in _answer_each(grounds):
            variations.append(variation)
            number = f"{len(variations):,} of {len(grounds):,}"
            report(f"{variation.name} ({number}): {variation.certificate.sentence()}")
    except KeyboardInterrupt:
        if not variations:
            raise
    if variations[0].plan is None:
        raise InputError([_no_base(variations[0])])
    done = {each.name for each in variations}
    skipped = tuple(name for name in grounds if name not in done)
    return _sum_up(grounds[_BASE], tuple(variations), skipped)


def _answer_each(grounds: Mapping[str, Ground]) -> Iterator[Variation]:
    """Answer grounds until one is interrupted; a base without a plan ends it too."""
    for name, ground in grounds.items():
        result = answer(ground)
        interrupted = result.status is Status.INTERRUPTED
        if interrupted and name != _BASE:
            return
        yield Variation(name, result.certificate, result.plan)
        if interrupted or (name == _BASE and result.plan is None):
            return


def _sum_up(
    base: Ground, variations: tuple[Variation, ...], skipped: tuple[str, ...]
) -> Robustness:
    plans = [each.plan for each in variations if each.plan is not None]
    ruled = find_ruled_ties(base)
    return Robustness(
        scenario=base.file.scenario,
        territory=base.territory,
        graph=base.graph,
        inputs=(*base.file.sources, *base.territory.sources, *base.graph.sources),
        certainty=build_certainty(plans, base.territory, base.graph, ruled),
        variations=variations,
        skipped=skipped,
    )


def _check_names(variants: Sequence[Variant]) -> None:
    counts = Counter([_BASE, *(variant.name for variant in variants)])
    twice = sorted(name for name, count in counts.items() if count > 1)
    bad = sorted(variant.name for variant in variants if not _NAME.fullmatch(variant.name))
    findings = [
        *(_misnamed(name, "two variants of one name", "a name of its own") for name in twice),
        *(_misnamed(name, "a name that no file can have", _LETTERS) for name in bad),
    ]
    if not variants:
        findings.append(_misnamed("none", "no variant", "one at least"))
    if findings:
        raise InputError(findings)


def _misnamed(name: str, found: str, expected: str) -> Finding:
    remedy = "add one" if name == "none" else "rename it"
    return Finding("variant", f"variant {name}", found, expected, remedy)


def _other_units(name: str) -> Finding:
    found, expected = "other units than the base", "the same units"
    remedy = "vary what does not choose the units, or make two runs and compare them"
    return Finding("variant", f"variant {name}", found, expected, remedy)


def _given(base: Ground) -> Finding:
    where = f"scenario {base.file.scenario.scenario}"
    remedy = "leave out its plan: --set plan=null"
    return Finding("plan-given", where, "a plan that is given", "a plan to solve for", remedy)


def _no_base(variation: Variation) -> Finding:
    found = f"status {variation.certificate.status}: no plan to compare with"
    remedy = "`amalgamation run` says why; loosen a rule, or give it more time"
    return Finding("no-plan", "the question as it is", found, "a plan", remedy)
