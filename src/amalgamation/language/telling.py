"""Telling a sentence of the program in another language.

In: a speech and an English sentence. Out: the sentence in the speech's language, or None
where the catalogue does not know all of it: no sentence comes out half English.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from amalgamation.language.phrases import DIGITS, find_phrases

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.language.phrases import Phrase
    from amalgamation.language.speech import Speech

__all__ = ["tell"]

_JOINTS = re.compile(r" (and|or) ")
_AMOUNT = re.compile(rf"(?P<numbers>{DIGITS}(?: to {DIGITS})?)(?: (?P<unit>.+))?")


@lru_cache(maxsize=4096)  # findings share most of their parts
def tell(speech: Speech, sentence: str) -> str | None:
    """Tell a sentence, an amount, or a list of these; None where a part is not known.

    Examples
    --------
    >>> from amalgamation.language import Speech
    >>> tell(Speech("kk"), "12 units, 23 ties"), tell(Speech("kk"), "12 units, a few ties")
    ('12 бірлік, 23 байланыс', None)
    """
    for phrase in find_phrases(sentence):
        places = {name: _place(speech, name, text) for name, text in phrase.places.items()}
        if None not in places.values():
            return _filled(speech, phrase, {name: str(told) for name, told in places.items()})
    return _list(speech, sentence.split(", "))


def _filled(speech: Speech, phrase: Phrase, places: dict[str, str]) -> str:
    if phrase.n is None:
        return speech.say(phrase.key, **places)
    return speech.say(phrase.key, n=phrase.n, **places)


def _list(speech: Speech, texts: list[str]) -> str | None:
    if len(texts) == 1:
        return _amount(speech, texts[0])
    parts = [tell(speech, text) for text in texts]
    return None if None in parts else ", ".join(map(str, parts))


def _place(speech: Speech, name: str, text: str) -> str | None:
    """Return what stands in a place of a phrase, as the name of the place asks."""
    tellers: dict[str, Callable[[str], str | None]] = {
        "text": str,
        "key": lambda keys: _joined(speech, keys),
        "words": lambda words: _joined(speech, words),
        "labels": lambda labels: tell(speech, labels) or labels,
        "label": str,
        "file": str,
        "proper": str,
        "part": lambda part: tell(speech, part) or part,
        "noun": lambda nouns: _listed(speech.noun, nouns),
        "country": lambda countries: _listed(speech.country, countries),
        "measured": speech.unit,
        "number": lambda number: _amount(speech, number),
        "amount": lambda amount: _amount(speech, amount, own=True),
    }
    kinds = [kind for kind in tellers if name.startswith(kind)]
    return tellers[kinds[0]](text) if kinds else tell(speech, text)


def _joined(speech: Speech, words: str) -> str:
    return _JOINTS.sub(lambda joint: f" {speech.say(f'word.{joint[1]}')} ", words)


def _listed(named: Callable[[str], str], names: str) -> str:
    return ", ".join(named(name) for name in re.split(", | or ", names))


def _amount(speech: Speech, text: str, *, own: bool = False) -> str | None:
    """Return a number, a range or an amount in the language; None if it is none.

    A unit that the catalogue does not know is the user's ``own``, or no unit at all.
    """
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    if match["unit"] and not own and not speech.knows(f"unit.{match['unit']}"):
        return None
    numbers = [speech.marked(number) for number in match["numbers"].split(" to ")]
    return f"{'–'.join(numbers)} {speech.unit(match['unit'] or '')}".rstrip()
