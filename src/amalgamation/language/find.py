"""The speech of a language that somebody asked for."""

from __future__ import annotations

import re

from babel import Locale

from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.language.catalogue import LANGUAGES, SOURCE, read_words
from amalgamation.language.speech import ENGLISH, Speech

__all__ = ["find_speech"]

# who writes the code of a country means its language
_COUNTRIES = {"gb": "en", "kz": "kk", "us": "en"}


def find_speech(language: str | None) -> Speech:
    """Find the speech of a language; none asked for is English.

    Raises
    ------
    InputError
        If the catalogue has no such language; it names the nearest.

    Examples
    --------
    >>> find_speech("kk").say("today"), find_speech(None).say("today")
    ('Бүгін', 'Today')
    """
    if language is None:
        return ENGLISH
    code = language.strip().lower()
    if code not in LANGUAGES:
        raise InputError([_unknown(language)])
    return Speech(code, asked=True)


def _unknown(language: str) -> Finding:
    known = ", ".join(f"{code} ({read_words()[code]['language.name']})" for code in LANGUAGES)
    return Finding(
        "unknown-language", "language", f"`{language}`", f"one of {known}", _remedy(language)
    )


def _remedy(language: str) -> str:
    """Name the language that was meant: by its code, its region's code or its own name."""
    names = {code: code for code in LANGUAGES} | _COUNTRIES
    names |= {read_words()[code]["language.name"].lower(): code for code in LANGUAGES}
    names |= {str(Locale.parse(code).get_language_name(SOURCE)).lower(): code for code in LANGUAGES}
    from amalgamation.scenario.nearest import nearest  # noqa: PLC0415 - a heavy room

    near = nearest(re.split(r"[-_.]", language.lower())[0], names, most=1)
    return f"did you mean {names[near[0]]}?" if near else "choose one of these codes"
