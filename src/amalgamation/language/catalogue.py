"""The words of report, maps and messages in every language.

In: ``words/<language>.json``, which a translator can edit; a file more is a language more.
Out: language -> key -> words.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "SOURCE", "read_page_words", "read_words"]

SOURCE = "en"
"""The language that the program is written in: it stands in where another lacks a word."""

_FOLDER = files("amalgamation.language") / "words"
_CODES = sorted(one.name.removesuffix(".json") for one in _FOLDER.iterdir())

LANGUAGES = (SOURCE, *(code for code in _CODES if code != SOURCE))
"""Codes of the languages, the source first."""

_NOT_ON_PAGE = frozenset({"command", "count", "help", "measure", "picture", "sentence", "word"})
"""Families that the page never says: what it tells of measures comes with its payload."""


@cache
def read_words() -> Mapping[str, Mapping[str, str]]:
    """Read the words: language -> key -> words.

    ``{name}`` in words stands for a figure or a name; words of a number have the forms of
    its language as keys of their own (``units.one``, ``units.few``, ``units.other``).

    Examples
    --------
    >>> read_words()["ru"]["layer.seats"]
    'Центры'
    """
    return {
        language: json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
        for language in LANGUAGES
    }


def read_page_words() -> dict[str, dict[str, str]]:
    """Read the words that the page of a report says by itself: language -> key -> words.

    Examples
    --------
    >>> "layer.seats" in read_page_words()["kk"], "command.ready" in read_page_words()["kk"]
    (True, False)
    """
    return {
        language: {key: text for key, text in words.items() if _family(key) not in _NOT_ON_PAGE}
        for language, words in read_words().items()
    }


def _family(key: str) -> str:
    return key.partition(".")[0]
