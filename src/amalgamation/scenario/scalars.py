"""What a plain word of a scenario file is: the core schema of YAML 1.2, and no more.

So ``no`` and ``12:30:00`` are text, ``1e3`` is a number, and what invites mistakes
(``010``, ``.inf``) is refused. Source: YAML 1.2.2, section 10.3.2.
"""

from __future__ import annotations

import math
import re

__all__ = ["complain_of_number", "resolve"]

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]")
_MOST_DIGITS = 30


def resolve(text: str) -> str | int | float | bool | None:
    """Return the value of a plain word.

    Examples
    --------
    >>> [resolve(word) for word in ("no", "true", "~", "5e3", "12:30:00", "0x10")]
    ['no', True, None, 5000.0, '12:30:00', 16]
    """
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    return _number(text) if _is_number(text) else text


def _is_number(text: str) -> bool:
    return any(form.fullmatch(text) for form in (_FLOAT, _BASED, _NOT_FINITE))


def _number(text: str) -> int | float:
    if len(text) > _MOST_DIGITS:  # int() of endless digits is slow, and float() may overflow
        return math.inf
    if _INTEGER.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))


def complain_of_number(text: str) -> tuple[str, str] | None:
    """Return what was expected and what to do, if a plain number invites mistakes.

    Examples
    --------
    >>> complain_of_number("010")
    ('a number without leading zeros, or a code in quotes', 'write 10, or "010" if it is a code')
    """
    if not _is_number(text):
        return None
    if _LEADING_ZERO.match(text):
        stripped = text.lstrip("+-0") or "0"
        stripped = f"0{stripped}" if stripped.startswith(".") else stripped
        return (
            "a number without leading zeros, or a code in quotes",
            f'write {stripped}, or "{text}" if it is a code',
        )
    if not math.isfinite(_number(text)):
        return "a finite number of at most 30 characters", "write the number itself"
    return None
