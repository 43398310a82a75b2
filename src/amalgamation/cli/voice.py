"""Where the command speaks: results on stdout, everything else on stderr.

Nothing here reads markup: a name in square brackets is a name in square brackets.
"""

from __future__ import annotations

import io
import json
import math
import os
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console
from rich.text import Text

from amalgamation.cli.text import clean
from amalgamation.language import Speech

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

__all__ = ["Voice", "console_on", "harden_streams", "speaking"]

# Without a terminal nobody says how wide a page is: a table of long titles fits here.
_PAGE = 110

_SPEECH: ContextVar[Speech | None] = ContextVar("speech", default=None)


@contextmanager
def speaking(speech: Speech) -> Iterator[None]:
    """Give every voice that begins inside a language."""
    before = _SPEECH.set(speech)
    try:
        yield
    finally:
        _SPEECH.reset(before)


def _current_speech() -> Speech:
    return _SPEECH.get() or Speech()


def harden_streams() -> None:
    """Let no letter that a stream cannot write end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def console_on(stream: TextIO) -> Console:
    """Return a console on a stream that takes text as it is."""
    width = None if stream.isatty() or "COLUMNS" in os.environ else _PAGE
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)


@dataclass(frozen=True)
class Voice:
    """Speak as the options ask.

    Parameters
    ----------
    quiet
        Nothing but errors.
    as_json
        One JSON object on stdout instead of text; it is the same in every language.
    speech
        The language of what it says; default: that of the command.
    """

    quiet: bool = False
    as_json: bool = False
    speech: Speech = field(default_factory=_current_speech, kw_only=True)

    @property
    def language(self) -> str | None:
        """The language that was asked for, which maps and report take as well."""
        return self.speech.language if self.speech.asked else None

    @property
    def talks(self) -> bool:
        """Whether text for people goes to stdout."""
        return not (self.quiet or self.as_json)

    def say(self, *lines: str, style: str = "") -> None:
        """Say lines of a result."""
        if self.talks:
            _write(console_on(sys.stdout), lines, style)

    def relay(self, *lines: str, style: str = "") -> None:
        """Say lines that a room put together, in the reader's language."""
        self.say(*map(self.speech.tell, lines), style=style)

    def show(self, renderable: RenderableType) -> None:
        """Show a table of a result."""
        if self.talks:
            console_on(sys.stdout).print(renderable)

    def tell(self, *lines: str) -> None:
        """Tell what is going on, in the reader's language."""
        if not self.quiet:
            _write(console_on(sys.stderr), map(self.speech.tell, lines), "")

    def complain(self, *lines: str) -> None:
        """Say what went wrong; nothing silences this."""
        _write(console_on(sys.stderr), lines, "")

    def answer(self, content: dict[str, Any]) -> None:
        """Print the JSON object, if one was asked for; unknown numbers are null."""
        if self.as_json:
            text = json.dumps(_without_infinities(content), indent=2, allow_nan=False)
            sys.stdout.write(text + "\n")
            sys.stdout.flush()


def _write(console: Console, lines: Iterable[str], style: str) -> None:
    for line in lines:
        console.print(Text(clean(line), style=style), soft_wrap=True)
    console.file.flush()


def _without_infinities(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_infinities(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_without_infinities(entry) for entry in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
