"""Variants from the words of a command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.scenario import override_from_text
from amalgamation.study.robustness.variant import Variant

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["variants_from_text"]


def variants_from_text(
    *,
    disturb: Sequence[str] = (),
    number: int = 1,
    seeds: int = 0,
    vary: Sequence[str] = (),
    project: Sequence[str] = (),
    grow: Sequence[str] = (),
) -> list[Variant]:
    """Convert texts to variants: each projection, weight and seed by itself, noise together.

    Parameters
    ----------
    disturb
        ``attribute=percent``; all of them together make ``number`` variants.
    number
        Draws of the noise.
    seeds
        So many variants with other seeds of the search: 2, 3, ...
    vary
        ``key=value,value``: a variant for each value of a key of the scenario.
    project, grow
        ``attribute=column``, a variant for each.

    Raises
    ------
    InputError
        If a text cannot be read: every problem at once; or if there is no variant.

    Examples
    --------
    >>> [v.name for v in variants_from_text(disturb=["population=5"], number=2, seeds=1)]
    ['noise-1', 'noise-2', 'seed-2']
    """
    findings: list[Finding] = []
    noise = {name: _percent(text, findings) for name, text in _pairs("disturb", disturb, findings)}
    variants = [
        Variant(f"noise-{draw}", disturb=noise, seed=draw) for draw in range(1, number + 1) if noise
    ]
    variants += [
        Variant(_named(f"{attribute}={column}"), project={attribute: column})
        for attribute, column in _pairs("project", project, findings)
    ]
    variants += [
        Variant(_named(f"{attribute}+{column}"), grow={attribute: column})
        for attribute, column in _pairs("grow", grow, findings)
    ]
    for key, values in _pairs("vary", vary, findings):
        for text in values.split(","):
            _, value = override_from_text(f"{key}={text.strip()}")
            variants.append(Variant(_named(f"{key}={text.strip()}"), overrides={key: value}))
    for seed in range(2, seeds + 2):
        variants.append(Variant(f"seed-{seed}", overrides={"solve.seed": seed}))
    if not variants and not findings:
        findings.append(_unread("", "no variant", "one of --disturb, --vary, --project, --grow"))
    if findings:
        raise InputError(findings)
    return variants


def _named(text: str) -> str:
    """Return a name that files can have."""
    return re.sub(r"[^\w.=+-]+", "-", text)


def _pairs(option: str, texts: Sequence[str], findings: list[Finding]) -> list[tuple[str, str]]:
    """Split texts at their first ``=``; what cannot be split is a finding."""
    pairs = []
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if equals and name and value:
            pairs.append((name, value))
        else:
            findings.append(_unread(option, text, "name=value"))
    return pairs


def _percent(text: str, findings: list[Finding]) -> float:
    try:
        return float(text.removesuffix("%"))
    except ValueError:
        findings.append(_unread("disturb", text, "a per cent, such as population=5"))
        return 0.0


def _unread(option: str, found: str, expected: str) -> Finding:
    where = f"option --{option}" if option else "command line"
    return Finding("variant", where, found, expected, "write both sides")
