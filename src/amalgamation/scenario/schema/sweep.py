"""Variants of a scenario: lists of values multiplied, and weights drawn by chance."""

from __future__ import annotations

import json
import math
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from amalgamation.scenario.schema.base import Section, check_order, contradiction

__all__ = ["Between", "Sample", "Sweep"]

Key = Annotated[str, Field(min_length=1)]
"""A dotted key of the scenario, such as `rules.population.min`."""

_MOST_VARIANTS = 100_000
# Sections that a variant may not vary: its name is made from what it varies.
_FIXED = ("scenario", "sweep", "schema_version", "extends")


class Between(Section):
    """From where to where a number is drawn."""

    min: float
    """The least."""
    max: float
    """The greatest."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.min, self.max)
        return self


class Sample(Section):
    """Numbers drawn by chance, such as weights of aims."""

    method: Literal["latin_hypercube", "random"] = "latin_hypercube"
    """`latin_hypercube` spreads the draws evenly over each range; `random` does not."""
    number: Annotated[int, Field(ge=1, le=_MOST_VARIANTS)]
    """How many draws."""
    seed: Annotated[int, Field(ge=0)] = 1
    """Seed of the draws; the same seed draws the same numbers."""
    between: Annotated[dict[Key, Between], Field(min_length=1)]
    """Dotted key, such as `aims.access` -> range of the number that is drawn for it."""


class Sweep(Section):
    """Variants of a scenario; `amalgamation sweep` answers each of them."""

    over: dict[Key, Annotated[list[Any], Field(min_length=1)]] = {}
    """Dotted key, such as `rules.population.min` -> its values; lists are multiplied."""
    sample: Sample | None = None
    """Draws of numbers, each combined with every combination of `over`."""

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.over and self.sample is None:
            raise contradiction(
                "neither `over` nor `sample`", "something that varies", "write one of them"
            )
        return self

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        drawn = [] if self.sample is None else list(self.sample.between)
        for key in (*self.over, *drawn):
            self._check_key(key, drawn)
        return self

    def _check_key(self, key: str, drawn: list[str]) -> None:
        if key.partition(".")[0] in _FIXED:
            found, expected = f"`{key}` varied", "a key that asks for something"
            raise contradiction(found, expected, "remove it: variants are named by themselves")
        if key in drawn and key in self.over:
            found = f"`{key}` in `over` and in `sample.between`"
            raise contradiction(found, "each key varied once", "keep one of them", f"over.{key}")
        texts = [json.dumps(value, sort_keys=True) for value in self.over.get(key, ())]
        if len(set(texts)) < len(texts):
            found = f"a value of `{key}` twice"
            raise contradiction(found, "each value once", "remove one of them", "over")

    @model_validator(mode="after")
    def _not_endless(self) -> Self:
        if self.number > _MOST_VARIANTS:
            found = f"{self.number:,} variants"
            raise contradiction(found, f"at most {_MOST_VARIANTS:,}", "vary fewer values")
        return self

    @property
    def number(self) -> int:
        """How many variants there are."""
        draws = 1 if self.sample is None else self.sample.number
        return draws * math.prod(len(values) for values in self.over.values())
