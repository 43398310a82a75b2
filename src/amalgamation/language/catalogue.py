"""The words of a report in every language that it speaks.

In: ``words/<language>.json``, which a translator can edit. Out: language -> key -> words.
"""

from __future__ import annotations

import json
from importlib.resources import files

__all__ = ["LANGUAGES", "read_words"]

LANGUAGES = ("en", "ru", "kk")
"""Languages of the page; the first stands in where another lacks a title of a measure."""


def read_words() -> dict[str, dict[str, str]]:
    """Read the words: language -> key -> words.

    ``{name}`` in words stands for a figure or a name; words of a number have the forms of
    its language as keys of their own (``units.one``, ``units.few``, ``units.other``).

    Examples
    --------
    >>> read_words()["ru"]["layer.seats"]
    'Центры'
    """
    folder = files("amalgamation.language") / "words"
    return {
        language: json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
        for language in LANGUAGES
    }
