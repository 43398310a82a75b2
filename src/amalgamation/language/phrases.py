"""Sentences of the program, recognised: rooms speak English, and know no other language.

In: a sentence as a room says it. Out: the keys of the catalogue whose English words it may
be, and what stands in the places of these.

What may stand in a place shows in its name: ``n`` a number that decides on the form of the
words, ``number..`` a number or a range of these, ``amount..`` a number with a unit,
``measured`` a unit of measurement, ``noun..`` names of the program or one word of the user's
own, ``country..`` countries. ``label..`` is a unit by code and name, ``labels`` a list of these;
``file..`` is what has an ending, ``proper..`` a name of several words; ``key..``, ``words`` and
``text..`` are as a user types them.
``part..`` is told as well as it can be. Anything else is a sentence in turn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from amalgamation.language.catalogue import SOURCE, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DIGITS", "Phrase", "find_phrases", "names_of"]

_FAMILIES = ("sentence", "meaning", "help")
"""Families of keys whose English words are what rooms say."""

_PLACE = re.compile(r"\{(\w+)\}")
_PLACE_KIND = re.compile(r"n$|number|amount|measured|noun|country|key|file|proper|words$|labels?")
_WORD = re.compile(r"\w+")
_FORM = re.compile(r"\.(?:zero|one|two|few|many|other)$")
# A unit as messages name it: its code, its number where codes are doubled, and its name.
_LABEL = r"\S+(?: \((?:[^()]|\([^()]*\))+\)){0,2}"
# A unit of measurement of the user's own is one word: "at least 12 beds".
_OWN_UNIT = r"[^\s,;:()]+"
# So is a name of the user's own: an attribute, a tier or a type.
_OWN_NAME = r"\w[\w.-]*"
# English numbers: groups of three digits, a decimal point, a sign of a change, powers of ten.
DIGITS = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]\d+)?"


@dataclass(frozen=True)
class Phrase:
    """Hold one reading of a sentence.

    Parameters
    ----------
    key
        Of the catalogue, without a form.
    n
        The number that decides on the form; None where there is none.
    places
        Name of each other place -> what stands there.
    """

    key: str
    n: int | None = None
    places: dict[str, str] = field(default_factory=dict)


def find_phrases(sentence: str) -> Iterator[Phrase]:
    """Find the readings of a sentence, those with most words of their own first.

    Examples
    --------
    >>> phrase = next(find_phrases("12 units together"))
    >>> phrase.key, phrase.n, list(find_phrases("Lorem ipsum"))
    ('sentence.units_together', 12, [])
    """
    for rank in _candidates(sentence):
        key, text = _phrases()[rank]
        match = _pattern(text).fullmatch(sentence)
        if match:
            places = match.groupdict()
            number = places.pop("n", None)
            n = None if number is None else int(number.replace(",", ""))
            yield Phrase(_FORM.sub("", key), n, places)


@cache
def names_of(family: str) -> tuple[str, ...]:
    """Return what a family of keys has words for, in any language, the longest first.

    Examples
    --------
    >>> "km" in names_of("unit"), "Estonia" in names_of("country")
    (True, True)
    """
    keys = {key for words in read_words().values() for key in words}
    names = {key.partition(".")[2] for key in keys if key.partition(".")[0] == family}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def _phrases() -> list[tuple[str, str]]:
    """Return key and English words of every phrase, those with most words first."""
    english = read_words()[SOURCE]
    phrases = [(key, text) for key, text in english.items() if key.split(".")[0] in _FAMILIES]
    return sorted(phrases, key=lambda pair: (-len(_PLACE.sub("", pair[1])), pair[0]))


def _candidates(sentence: str) -> list[int]:
    """Return the ranks of the phrases that a sentence may be: it has their longest word."""
    by_word = _index()
    said = {"", *_WORD.findall(sentence)}
    return sorted(rank for word in said for rank in by_word.get(word, ()))


@cache
def _index() -> dict[str, list[int]]:
    """Return longest word -> ranks; of phrases that are marks and places alone, the empty word."""
    by_word: dict[str, list[int]] = {}
    for rank, (_, text) in enumerate(_phrases()):
        by_word.setdefault(_longest_word(text), []).append(rank)
    return by_word


def _longest_word(text: str) -> str:
    """Return the longest word that stands by itself: what fills a place cannot lengthen it."""
    apart = re.sub(r"\w*\{\w+\}\w*", "{}", text)
    return max(_WORD.findall(apart), key=len, default="")


@cache  # most phrases are never said in a run
def _pattern(text: str) -> re.Pattern[str]:
    parts = _PLACE.split(text)  # words, place, words, place, words
    for at, part in enumerate(parts):
        parts[at] = f"(?P<{part}>{_kind(part)})" if at % 2 else re.escape(part)
    return re.compile("".join(parts), re.DOTALL)


def _kind(place: str) -> str:
    kind = _PLACE_KIND.match(place)
    return _kinds()[kind[0]] if kind else ".+?"


@cache
def _kinds() -> dict[str, str]:
    names, units = (_any_of(names_of(family)) for family in ("name", "unit"))
    nouns = f"(?:{names}|{_OWN_NAME})"
    countries = _any_of(names_of("country"))
    return {
        "n": r"\d{1,3}(?:,\d{3})+|\d+",
        "number": rf"{DIGITS}(?: to {DIGITS})?",
        "amount": rf"{DIGITS}(?: (?:{units}|{_OWN_UNIT}))?",
        "measured": units,
        "noun": rf"{nouns}(?:(?:, | or ){nouns})*",
        "country": rf"{countries}(?:, {countries})*",
        "label": _LABEL,
        "labels": rf"{_LABEL}(?:, {_LABEL})*(?: and [\d,]+ more)?",
        "words": r"\S+(?:(?:, | or )\S+)*",
        "proper": r"[^\s(]+(?: (?:[A-Z\d]|[^\x00-\x7f])[^\s(]*)*",
        "file": r"[^,;:]*\.\w+",
        "key": r"[\w.\[\]]+(?: and [\w.\[\]]+)*",
    }


def _any_of(names: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(re.escape(name) for name in names if name and '#' not in name)})"
