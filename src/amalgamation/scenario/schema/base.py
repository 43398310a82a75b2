"""The base of all sections, and how a section says that it contradicts itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

__all__ = [
    "Attribute",
    "Category",
    "Code",
    "Section",
    "Tier",
    "Weight",
    "check_order",
    "contradiction",
    "flaw_of_encoding",
]


Code = Annotated[str, Field(min_length=1)]
"""A unit id or a parent's code."""
Tier = Annotated[str, Field(min_length=1)]
"""Name of a tier."""
Attribute = Annotated[str, Field(min_length=1)]
"""Name of a numeric attribute."""
Category = Annotated[str, Field(min_length=1)]
"""Name of a column of words, such as the natural zone."""
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
"""Weight of an aim."""


class Section(BaseModel):
    """Base of all sections: frozen, no unknown keys, no silent conversion, finite numbers."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


def contradiction(found: str, expected: str, remedy: str, key: str = "") -> PydanticCustomError:
    """Return an error whose parts survive pydantic; ``key`` is where, below the section."""
    return PydanticCustomError(
        "contradiction",
        "found {found}; expected {expected}; {remedy}",
        {"found": found, "expected": expected, "remedy": remedy, "key": key},
    )


def check_order(least: float | None, most: float | None) -> None:
    """Refuse a range whose ends are the wrong way round.

    Raises
    ------
    PydanticCustomError
        If ``least`` lies above ``most``.
    """
    if least is not None and most is not None and least > most:
        found = f"min {least:,.12g} above max {most:,.12g}"
        raise contradiction(found, "min at most max", "lower min or raise max")


def flaw_of_encoding(name: str) -> tuple[str, str, str] | None:
    """Return what is found, expected and to be done where a name is that of no encoding of text.

    Examples
    --------
    >>> [flaw_of_encoding(name) is None for name in ("cp1251", "cp12511", "hex")]
    [True, False, False]
    """
    try:
        "a".encode(name)
    except (LookupError, ValueError):  # unknown, or no encoding of text
        known = "write cp1251, kz1048, cp866 or utf-8"
        return f'the encoding "{name}"', "an encoding by its name", known
    return None
