"""Find a unit by what a person calls it: its code, or its name where only one unit has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import Finding, name_some
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from amalgamation.territory.territory import Territory

__all__ = ["find_unit"]


def find_unit(territory: Territory, text: str, where: str) -> str | Finding:
    """Return the code of a unit, or a finding that says why no one unit is meant.

    Parameters
    ----------
    territory
        Its units are looked through.
    text
        A code, a name in any case, or both as messages have them: ``"code (name)"``.
    where
        What the finding calls the place where the text stands.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 2)
    >>> find_unit(territory, "r00c01", "here"), find_unit(territory, "Unit 0-1", "here")
    ('r00c01', 'r00c01')
    >>> find_unit(territory, "r00c0", "here").remedy
    'did you mean r00c01 or r00c00?'
    """
    if text in territory.labels:
        return text
    names = {str(unit): str(name) for unit, name in territory.units["name"].items()}
    wanted = text.casefold()
    named = [unit for unit in territory.ids if names[unit].casefold() == wanted]
    named = named or [u for u, label in territory.labels.items() if label.casefold() == wanted]
    if len(named) == 1:
        return named[0]
    return _ambiguous(territory, text, where, named) if named else _unknown(names, text, where)


def _ambiguous(territory: Territory, text: str, where: str, named: list[str]) -> Finding:
    found = f"{len(named)} units named {text}: "
    found += name_some([territory.labels[unit] for unit in named])
    return Finding(
        "ambiguous-unit", where, found, "one unit", "name its code", subjects=tuple(named)
    )


def _unknown(names: dict[str, str], text: str, where: str) -> Finding:
    known = sorted({*names, *names.values()} - {""})
    expected = "the code of a unit, or a name that one unit alone has"
    return Finding("unknown-unit", where, f"no unit {text}", expected, nearest(text, known))
