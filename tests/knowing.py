"""Whether the catalogue knows a text of the source, in which a blank stands for what is filled in.

It is recognised as `amalgamation.language` recognises a sentence that a room says: by the
English words of the catalogue, with what stands in their places told in turn. A blank fits
into every place; words of the text fit only where the catalogue has words.
"""

from __future__ import annotations

import re
from functools import cache

from amalgamation.language import phrases, read_words
from source_texts import BLANK

__all__ = ["is_fragment", "is_known", "is_wordless"]

# names of formats and programs are the same in every language
_NAMES = {"CSV", "GDAL", "JSON", "ODS", "PROJ", "SHA", "UTF", "XLS", "XLSX", "YAML", "pyarrow"}
_NAMES |= {"km", "unknown"}
# what a user types: keys, options, quoted words, names with a dash, commands
_TYPED = re.compile(
    r"`[^`]*`|\"[^\"]*\"|'[^']*'|--[\w-]+|[\w\0]*[._=\0\[\]][\w\0.=\[\]-]*|\w+-\w[\w-]*"
    r"|amalgamation(?: [a-z-]+)*"
)
_USERS = re.compile("text|words|label|key|noun|country|file|proper")
_FIGURES = re.compile("n$|number|amount|measured")
_FAMILIES = ("command", "count", "help", "meaning", "name", "picture", "sentence", "word")


def is_wordless(text):
    """Say whether a text has no words of the program: marks, blanks and what a user types."""
    return not set(re.findall(r"[A-Za-z]{2,}", _TYPED.sub(" ", text))) - _NAMES


@cache
def is_known(text):
    """Say whether the catalogue tells all of a text."""
    text = text.strip(" ,\n")
    if is_wordless(text):
        return True
    said = {"", *re.findall(r"\w+", text)}
    for pattern, word in _patterns():
        match = pattern.fullmatch(text) if word in said else None
        if match and all(_fits(*place) for place in match.groupdict().items()):
            return True
    parts = text.split(", ")
    return len(parts) > 1 and all(map(is_known, parts))


def _fits(place, text):
    if _USERS.match(place):
        return is_wordless(text) or " " not in text
    return bool(_FIGURES.match(place)) or is_known(text)


@cache
def _patterns():
    found = []
    for _, text in phrases._phrases():
        parts = phrases._PLACE.split(text)
        for at, part in enumerate(parts):
            parts[at] = f"(?P<{part}>{_kind(part)})" if at % 2 else re.escape(part)
        found.append((re.compile("".join(parts), re.DOTALL), phrases._longest_word(text)))
    return found


def _kind(place):
    """Return what the catalogue lets stand in a place, with the blank as a letter of it."""
    kind = phrases._kind(place)
    kind = re.sub(r"(?<!\[)\\w", lambda _: rf"[\w{BLANK}]", kind)
    kind = re.sub(rf"\[\\w(?!{BLANK})", lambda _: rf"[\w{BLANK}", kind)
    return f"(?:{BLANK}|{kind})".replace(r"\d+)", rf"\d+|{BLANK})")


@cache
def _everything_said():
    english = read_words()["en"]
    said = [text for key, text in english.items() if key.split(".")[0] in _FAMILIES]
    return "\n".join(re.sub(r"\{\w+\}", BLANK, text) for text in said)


@cache
def is_fragment(text):
    """Say whether the words of a text stand in one text of the catalogue, in their order."""
    pieces = [
        piece.strip(" ,;:.()") for piece in re.sub(r"\0 (?:km|m)\b", BLANK, text).split(BLANK)
    ]
    worded = [re.escape(piece) for piece in pieces if not is_wordless(piece)]
    pattern = r"[^\n]*?".join(rf"(?<!\w){piece}(?!\w)" for piece in worded)
    return re.search(pattern, _everything_said()) is not None
