"""Text from data, made harmless for a terminal."""

from __future__ import annotations

import re

__all__ = ["clean"]

# What a terminal obeys: ECMA-48 control sequences (5.4), strings such as a title (8.3.89),
# and two-character escapes, with the 7-bit and the 8-bit introducers.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
# Line breaks of all kinds become a blank: a name must not forge a line of ours.
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
# Other controls, and those that turn the direction of what follows.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    r"""Return a text as one line without anything that a terminal would obey.

    Examples
    --------
    >>> clean("\x1b[31mAk\x07mola\x1b[0m\nerror: [bold]none")
    'Akmola error: [bold]none'
    """
    return _CONTROLS.sub("", _BREAKS.sub(" ", _ESCAPES.sub("", text)))
