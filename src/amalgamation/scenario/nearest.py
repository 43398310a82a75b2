"""The nearest valid word to one that is not: for every "did you mean"."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["nearest"]

_LEAST_PREFIX = 3


def nearest(word: str, known: Iterable[str], most: int = 3, cutoff: float = 0.6) -> list[str]:
    """Return the known words that a user may have meant, the likeliest first.

    Close spellings by `difflib`; then words that begin with the given one or the reverse.

    Examples
    --------
    >>> nearest("Populaton", ["population", "area_km2"])
    ['population']
    >>> nearest("gap", ["gap_percent", "minutes"])
    ['gap_percent']
    """
    spelt = {_folded(name): name for name in sorted(known)}
    folded = _folded(word)
    close = get_close_matches(folded, list(spelt), n=most, cutoff=cutoff)
    begun = [name for name in spelt if name not in close and _share_start(folded, name)]
    return [spelt[name] for name in (close + begun)[:most]]


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


def _share_start(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    return shorter >= _LEAST_PREFIX and a[:shorter] == b[:shorter]
