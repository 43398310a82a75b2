"""Speaking a language: words by key, numbers, units and titles of measures.

In: a language, keys of the catalogue, figures. Out: text for people. What machines read
(tables, JSON, GIS layers, records of runs) never comes through here.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from amalgamation.language.catalogue import SOURCE, read_words
from amalgamation.language.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

__all__ = ["ENGLISH", "Speech"]

_PLACE = re.compile(r"\{(\w+)\}")
_LAST_NUMBER = re.compile(r"\d+(?!.*\d)")
_THOUSAND = 1000
_UNKNOWN = "–"
# What stands before a line of a list.
_MARKED = re.compile(r"(\s*(?:- )?)(.*)", re.DOTALL)


@dataclass(frozen=True)
class Speech:
    """Speak a language.

    Parameters
    ----------
    language
        Code of a language of the catalogue.
    asked
        Whether a person asked for it. If so, units are called by their name in it, where
        the data have one; else by the name that the scenario chose.

    Examples
    --------
    >>> russian = Speech("ru")
    >>> [russian.say("count.municipalities", n=n) for n in (1, 2, 5)]
    ['1 муниципалитет', '2 муниципалитета', '5 муниципалитетов']
    >>> russian.unit("km"), russian.tell("at least one seat")
    ('км', 'at least one seat')
    """

    language: str = SOURCE
    asked: bool = False

    def say(self, key: str, /, **values: str | float) -> str:
        """Return the words of a key, its places filled; numbers are written as figures.

        Parameters
        ----------
        key
            Of the catalogue; where ``n`` is among the values, its form for that number.
        **values
            For the places in the words.

        Raises
        ------
        KeyError
            If the catalogue has no such key.
        """
        told = {name: self._value(value) for name, value in values.items()}
        words = self._words(key, values.get("n"))
        return _PLACE.sub(lambda match: told[match[1]], words)

    def knows(self, key: str) -> bool:
        """Say whether the language has a key of its own."""
        return key in read_words()[self.language]

    def _words(self, key: str, n: str | float | None) -> str:
        words = read_words()[self.language]
        if n is None:
            return words[key]
        form = _locale(self.language).plural_form(n if isinstance(n, int) else float(n))
        return words.get(f"{key}.{form}") or words[f"{key}.other"]

    def _value(self, value: str | float) -> str:
        return value if isinstance(value, str) else self.figure(value)

    def figure(self, value: Any) -> str:
        r"""Return a figure: whole and large ones without decimals, others with three digits.

        Examples
        --------
        >>> Speech("kk").figure(2452.5), Speech("kk").figure(4.7712), Speech("en").figure(1e4)
        ('2\xa0452', '4,77', '10,000')
        """
        if value is None or math.isnan(value):
            return _UNKNOWN
        if math.isinf(value):
            return "∞"
        whole = float(value).is_integer() or abs(value) >= _THOUSAND
        return self.number(value, ",.0f" if whole else ",.3g")

    def number(self, value: float, form: str) -> str:
        """Return a number in one of Python's forms, with the marks of the language."""
        return self.marked(f"{value:{form}}")

    def marked(self, number: str) -> str:
        r"""Return an English number with the language's marks of groups and decimals.

        Examples
        --------
        >>> Speech("ru").marked("12,345.67")
        '12\xa0345,67'
        """
        return number.translate(_marks(self.language))

    def unit(self, unit: str) -> str:
        """Return the word for a unit of measurement; itself where it is not known.

        Examples
        --------
        >>> Speech("kk").unit("residents/km2"), Speech("kk").unit("parsecs")
        ('адам/км²', 'parsecs')
        """
        numbered = re.sub(r"\d+$", "#", unit)
        if not unit or self.knows(f"unit.{unit}") or not self.knows(f"unit.{numbered}"):
            return read_words()[self.language].get(f"unit.{unit}", unit)
        return self.say(f"unit.{numbered}", number=unit[len(numbered) - 1 :])

    def noun(self, name: str) -> str:
        """Return the word for an attribute, tier, type, status, engine or stage.

        A name that the catalogue does not know is the user's own: it stays as it is.

        Examples
        --------
        >>> Speech("ru").noun("oblast"), Speech("ru").noun("NUTS_3")
        ('область', 'NUTS 3')
        """
        key = f"name.{name}"
        return self.say(key).lower() if self.knows(key) else name.replace("_", " ")

    def country(self, name: str) -> str:
        """Return the name of a country; itself where it is not known."""
        return read_words()[self.language].get(f"country.{name}", name)

    def title(self, measure: str, english: str, nouns: Iterable[str]) -> str:
        """Return the title of a measure.

        The catalogue is searched for the measure's name; then with ``#`` for its last
        number; then with ``*`` for an attribute, tier or category in it. Minutes have the
        titles of km.

        Parameters
        ----------
        measure
            Name of the measure.
        english
            Its title where the catalogue has none.
        nouns
            Attributes, tiers and categories of the territory.

        Examples
        --------
        >>> Speech("ru").title("zone_count", "Kinds of zone", ["zone"])
        'Разных значений (zone)'
        """
        plain = re.sub(r"_minutes$", "_km", measure)
        for noun in ("", *sorted(nouns, key=len, reverse=True)):
            shape = _starred(plain, noun)
            for key in (f"measure.{shape}", f"measure.{_LAST_NUMBER.sub('#', shape)}"):
                if self.knows(key):
                    return self.say(key, number=self._last_number(shape), noun=self.noun(noun))
        return english

    def _last_number(self, name: str) -> str:
        number = _LAST_NUMBER.search(name)
        return self.figure(int(number[0])) if number else ""

    def with_unit(self, title: str, unit: str) -> str:
        """Return a title with its unit in brackets, if it has one."""
        word = self.unit(unit)
        return f"{title} ({word})" if word else title

    def names(self, units: pd.DataFrame) -> pd.Series[str]:
        """Return the units' names, in the language that was asked for where the data have it.

        Parameters
        ----------
        units
            The units of a territory.
        """
        names = units["name"]
        own = f"name_{self.language}"
        if self.asked and own in units:
            names = units[own].where(units[own].notna() & (units[own] != ""), names)
        return names.astype("str")

    def tell(self, sentence: str) -> str:
        r"""Translate a sentence of the program; one that the catalogue lacks stays English.

        Sentences are recognised by the English ones of the catalogue, and what stands in
        their places is told in turn; a sentence of which a part is not known stays English
        as a whole.

        Examples
        --------
        >>> Speech("ru").tell("at most 2,500 residents"), Speech("ru").tell("at most a few")
        ('не более 2\xa0500 чел.', 'at most a few')
        """
        if self.language == SOURCE:
            return sentence
        mark, words = _MARKED.fullmatch(sentence).groups()  # type: ignore[union-attr]
        told = tell(self, words)
        return sentence if told is None else f"{mark}{told}"


ENGLISH = Speech()
"""The speech of whoever asks for none."""


def _starred(name: str, noun: str) -> str:
    """Put a star for a noun that stands as a part of a name of its own."""
    return f"_{name}_".replace(f"_{noun}_", "_*_")[1:-1] if noun else name


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


@cache
def _marks(language: str) -> dict[int, str]:
    locale = _locale(language)
    return str.maketrans({",": get_group_symbol(locale), ".": get_decimal_symbol(locale)})
