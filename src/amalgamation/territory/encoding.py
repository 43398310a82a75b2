"""Bytes to text: what the file says of itself, what the scenario says, or a guess to show.

UTF-8 is tried first, since text in another encoding is hardly ever valid UTF-8. A guess is
shown and never used: three Cyrillic code pages differ only in their letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from amalgamation.errors import DataError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["GUESSES", "decode", "guess_encoding", "unmojibake"]

GUESSES = ("cp1251", "kz1048", "cp866")
"""Code pages of Russian and Kazakh files: Windows, its Kazakh form (STRK1048), and DOS."""

_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі")
_BEFORE, _AFTER = 20, 40

# Bytes of one code page read as those of another: letters with accents, and nothing else.
_SUSPECT = re.compile("[\u00a8\u00b8\u00c0-\u00ff]{3,}|[\u00c3\u00d0-\u00d3][\u0080-\u2122]")
_MISREADINGS = (("cp1252", "utf-8"), ("cp1252", "cp1251"))


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """Decode a text file.

    Parameters
    ----------
    data
        The file's bytes.
    name
        What messages call the file.
    encoding
        What the scenario says of files that are neither UTF-8 nor UTF-16 with a byte order
        mark.

    Returns
    -------
    tuple of str
        The text, and the encoding that it was read as.

    Raises
    ------
    DataError
        If the bytes are not text in that encoding; it shows a guess.

    Examples
    --------
    >>> decode("Костанай".encode("cp1251"), "x.csv", "cp1251")
    ('Костанай', 'cp1251')
    """
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    known = "utf-16" if marked else "utf-8"
    tried = [known] if marked or encoding is None else [known, encoding]
    for one in tried:
        try:
            return _strictly(data, one), one
        except UnicodeDecodeError as error:
            failure = error
    raise DataError([_not_text(data, failure, name)]) from failure


def _strictly(data: bytes, encoding: str) -> str:
    text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    at = text.find("\x00")
    if at >= 0:  # valid as UTF-8, but it is UTF-16 without its mark, or no text at all
        raise UnicodeDecodeError(encoding, data, at, at + 1, "a zero byte")
    return text


def _not_text(data: bytes, error: UnicodeDecodeError, name: str) -> Finding:
    guess = "utf-16-le" if b"\x00" in data else guess_encoding(data)
    shown = data[max(0, error.start - _BEFORE) : error.start + _AFTER]
    preview = " ".join(shown.decode(guess, errors="replace").split())
    return Finding(
        "encoding",
        f"{name}, byte {error.start}",
        f"bytes that are not {error.encoding}; as {guess} they read '{preview}'",
        "UTF-8, or UTF-16 with a byte order mark",
        f"save the file as UTF-8, or write territory.encoding: {guess} if that reads well "
        f"(for new --from: --encoding {guess})",
    )


def guess_encoding(data: bytes) -> str:
    """Return the Cyrillic code page as which bytes read best.

    Examples
    --------
    >>> [guess_encoding("Қостанай облысы".encode("kz1048")), guess_encoding("Село".encode("cp866"))]
    ['kz1048', 'cp866']
    """
    scores = {guess: _score(data.decode(guess, errors="replace")) for guess in GUESSES}
    return max(GUESSES, key=scores.__getitem__)


def _score(text: str) -> int:
    # Small letters are common in text, and other signs above ASCII are not.
    small = sum(letter in _LETTERS for letter in text)
    large = sum(letter.lower() in _LETTERS and letter not in _LETTERS for letter in text)
    high = sum(letter > "\x7f" for letter in text)
    return 2 * small + large - 3 * (high - small - large)


def unmojibake(text: str) -> str | None:
    """Return what a text was before it was read in a wrong encoding; None if it reads well.

    Examples
    --------
    >>> unmojibake("Êîñòàíàé"), unmojibake("Saint-Étienne")
    ('Костанай', None)
    """
    if not _SUSPECT.search(text):
        return None
    for wrong, right in _MISREADINGS:
        try:
            guess = b"".join(_to_byte(sign, wrong) for sign in text).decode(right)
        except UnicodeError:
            continue
        if _is_cyrillic(guess):
            return guess
    return None


def _to_byte(sign: str, encoding: str) -> bytes:
    # a byte that a code page has no letter for passes through as it is
    return sign.encode("latin-1" if "\x80" <= sign <= "\x9f" else encoding)


def _is_cyrillic(text: Iterable[str]) -> bool:
    high = [letter.lower() for letter in text if letter > "\x7f"]
    return len(high) > 2 and all(letter in _LETTERS for letter in high)  # noqa: PLR2004
