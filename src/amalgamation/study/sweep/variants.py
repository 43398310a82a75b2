"""The variants of a scenario: what each changes, and what it is called.

In: the scenario's section `sweep`. Out: a `Variant` for each combination, in the order of
the lists.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.study.sweep.sample import draw_sample

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amalgamation.scenario.schema import Sweep

__all__ = ["Variant", "build_variants"]

_LONGEST = 60
_STRANGE = re.compile(r"[^A-Za-z0-9._]+")


@dataclass(frozen=True)
class Variant:
    """Hold what one variant changes.

    Parameters
    ----------
    name
        Its name, and that of its run folder; it follows from the changes alone.
    changes
        Dotted keys and their values.
    """

    name: str
    changes: Mapping[str, Any]

    @property
    def title(self) -> str:
        """The changes as a person reads them."""
        return ", ".join(f"{_short(key)} {_text(value)}" for key, value in self.changes.items())


def build_variants(sweep: Sweep) -> tuple[Variant, ...]:
    """Build the variants that a section `sweep` asks for.

    Examples
    --------
    >>> from amalgamation.scenario.schema import Sweep
    >>> sweep = Sweep(over={"rules.population.min": [3000, 5000], "rules.walls": [["oblast"]]})
    >>> [variant.name for variant in build_variants(sweep)]
    ['population.min-3000_walls-oblast', 'population.min-5000_walls-oblast']
    """
    draws = [{}] if sweep.sample is None else draw_sample(sweep.sample)
    width = len(str(len(draws)))
    found = []
    for values in itertools.product(*sweep.over.values()):
        chosen = dict(zip(sweep.over, values, strict=True))
        for number, draw in enumerate(draws, start=1):
            drawn = [f"sample-{number:0{width}}"] if draw else []
            words = [f"{_short(key)}-{_text(value)}" for key, value in chosen.items()]
            found.append(Variant("_".join(map(_tame, [*words, *drawn])), chosen | draw))
    return _with_own_names(found)


def _with_own_names(variants: Sequence[Variant]) -> tuple[Variant, ...]:
    """Give those a name by hash whose own is taken, too long, or no name of a scenario."""
    # a disk may hold `A` and `a` for the same
    taken = Counter(variant.name.casefold() for variant in variants)
    return tuple(
        variant
        if taken[variant.name.casefold()] == 1
        and variant.name[:1].isalnum()
        and len(variant.name) <= _LONGEST
        else Variant(f"variant-{_digest(variant.changes)}", variant.changes)
        for variant in variants
    )


def _digest(changes: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(changes, sort_keys=True).encode()).hexdigest()[:12]


def _short(key: str) -> str:
    """Return a dotted key without its section."""
    return key.partition(".")[2] or key


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(_text, value)) or "none"
    if isinstance(value, float):
        return f"{value:.6g}"
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _tame(word: str) -> str:
    """Return a word of letters, digits, dots and dashes: a part of a folder's name."""
    return _STRANGE.sub("-", word).strip("-._")
