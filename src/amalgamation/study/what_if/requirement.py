"""A wish as a person says it, and what it means.

In: texts such as ``"keep Akkol alone"``. Out: `Requirement` objects in codes of units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.territory import find_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.territory import Territory

__all__ = ["Requirement", "read_requirements"]

Kind = Literal["alone", "seat", "apart", "together"]

_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("alone", re.compile(r"keep\s+(.+?)\s+alone", re.IGNORECASE)),
    ("seat", re.compile(r"seat\s+at\s+(.+)", re.IGNORECASE)),
    ("apart", re.compile(r"(.+?)\s+not\s+with\s+(.+)", re.IGNORECASE)),
    ("together", re.compile(r"(.+?)\s+with\s+(.+)", re.IGNORECASE)),
)
_EXPECTED = '"keep X alone", "X with Y", "X not with Y" or "seat at X"'


@dataclass(frozen=True, slots=True)
class Requirement:
    """Ask something of every plan.

    Parameters
    ----------
    kind
        A unit alone, a seat at a unit, two units apart or together.
    units
        Codes, one or two.
    text
        As it was asked, for the report.
    """

    kind: Kind
    units: tuple[str, ...]
    text: str


def read_requirements(texts: Sequence[str], territory: Territory) -> tuple[Requirement, ...]:
    """Read wishes: units by their codes, or by names that one unit alone has.

    Parameters
    ----------
    texts
        One wish each.
    territory
        Knows the units.

    Raises
    ------
    InputError
        If a text is no wish, or names no one unit: all findings at once.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> read_requirements(["keep r00c00 alone"], grid_territory(1, 2))
    (Requirement(kind='alone', units=('r00c00',), text='keep r00c00 alone'),)
    """
    found = [_read(text, territory) for text in texts]
    findings = [finding for one in found if isinstance(one, list) for finding in one]
    if not texts:
        findings = [_bad("no wish")]
    if findings:
        raise InputError(findings)
    return tuple(one for one in found if isinstance(one, Requirement))


def _bad(found: str) -> Finding:
    return Finding("requirement", "--require", found, _EXPECTED, "say it in one of these forms")


def _read(text: str, territory: Territory) -> Requirement | list[Finding]:
    plain = " ".join(text.split())
    for kind, form in _FORMS:
        match = form.fullmatch(plain)
        if match:
            return _named(kind, plain, match.groups(), territory)
    return [_bad(f'"{plain}"')]


def _named(
    kind: Kind, text: str, names: Sequence[str], territory: Territory
) -> Requirement | list[Finding]:
    units = [find_unit(territory, name, f'--require "{text}"') for name in names]
    findings = [unit for unit in units if isinstance(unit, Finding)]
    codes = tuple(unit for unit in units if isinstance(unit, str))
    if not findings and len(set(codes)) < len(codes):
        found = f"{codes[0]} as its own partner"
        findings = [Finding("requirement", f'--require "{text}"', found, "two different units")]
    return findings or Requirement(kind, codes, text)
