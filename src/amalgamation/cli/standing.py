"""How far a study is: while it runs, and as a table."""

from __future__ import annotations

import math
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from textwrap import shorten
from typing import TYPE_CHECKING, Literal

from rich import box
from rich.live import Live
from rich.table import Table
from rich.text import Text

from amalgamation.cli.text import clean
from amalgamation.cli.voice import console_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from amalgamation.cli.voice import Voice
    from amalgamation.language import Speech
    from amalgamation.study.sweep import Outcome, Standing, Study

__all__ = ["show_standing", "show_study"]

_UNKNOWN, _LONGEST = "-", 100


@dataclass
class _Board:
    """Hold what was told last, and how often anything was told."""

    latest: Standing | None = None
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began


@contextmanager
def show_standing(voice: Voice, folder: Path) -> Iterator[Callable[[Standing], None]]:
    """Give a function that takes how far a study is and shows it on stderr.

    An interruption is told with what is kept.
    """
    board = _Board()
    voice.tell(f"reading the variants; the study stands in {folder}")
    try:
        if not voice.quiet and sys.stderr.isatty():
            with _live(board, voice.speech) as report:
                yield report
        else:
            yield _plain(voice, board)
    except KeyboardInterrupt:
        if board.latest is not None:
            kept = f"{board.latest.finished:,} of {board.latest.variants:,} variants are kept"
            voice.complain(voice.speech.tell(f"interrupted: {kept}; the same command goes on"))
        raise


@contextmanager
def _live(board: _Board, speech: Speech) -> Iterator[Callable[[Standing], None]]:
    console = console_on(sys.stderr)
    with Live(get_renderable=lambda: _page(board, speech), console=console, transient=True):

        def report(now: Standing) -> None:
            board.latest = now
            if now.latest is not None:
                console.print(Text(_line(board.seconds, now, now.latest, speech)))

        yield report


def _page(board: _Board, speech: Speech) -> Table:
    way_out = speech.tell("Ctrl-C ends it; the same command goes on with what is left")
    table = Table(box=None, pad_edge=False, caption=way_out, show_header=False)
    now = board.latest
    for name in () if now is None else now.at_work:
        table.add_row(Text(clean(name)), speech.tell("at work"))
    table.add_row(speech.tell(_total(now)), speech.tell(f"{board.seconds:.0f} s"))
    return table


def _total(now: Standing | None) -> str:
    if now is None:
        return "reading"
    parts = [f"{now.finished:,} of {now.variants:,} variants finished"]
    parts += [f"{now.failed:,} failed"] if now.failed else []
    return ", ".join([*parts, *filter(None, [_left(now)])])


def _left(now: Standing) -> str:
    known = math.isfinite(now.seconds_left)
    return f"about {now.seconds_left:,.0f} s left" if known else ""


def _plain(voice: Voice, board: _Board) -> Callable[[Standing], None]:
    def report(now: Standing) -> None:
        board.latest = now
        if now.latest is not None:
            voice.tell(_line(board.seconds, now, now.latest, voice.speech))

    return report


def _line(seconds: float, now: Standing, outcome: Outcome, speech: Speech) -> str:
    done = now.finished + now.failed
    told = _reason(outcome, speech) or _costs(outcome, speech)
    head = f"{seconds:6.1f} s  {speech.tell(f'{done:,} of {now.variants:,}')}"
    left = speech.tell(_left(now))
    ended = f"{outcome.name}: {speech.noun(outcome.status)}: {told}"
    return clean(f"{head}  {ended}{f', {left}' if left else ''}")


def _costs(outcome: Outcome, speech: Speech) -> str:
    figures = {"cost": _figure(outcome.cost), "gap": _gap(outcome.gap)}
    named = [f"{speech.say(f'command.{name}')} {speech.marked(n)}" for name, n in figures.items()]
    return ", ".join(named)


def _reason(outcome: Outcome, speech: Speech) -> str:
    known = outcome.municipalities is not None
    return "" if known else shorten(speech.tell(outcome.reason), _LONGEST)


def _figure(value: float) -> str:
    return f"{value:.5g}" if math.isfinite(value) else _UNKNOWN


def _gap(gap: float) -> str:
    return f"{100 * gap:.2f} %" if math.isfinite(gap) else _UNKNOWN


def show_study(voice: Voice, study: Study) -> None:
    """Show a study as a table, a row for each variant."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    facts = study._facts()  # noqa: SLF001 - feeds every way of showing it
    for column in facts[0]:
        justify: Literal["left", "right"] = "left" if column == "variant" else "right"
        head = clean(voice.speech.tell(column))
        table.add_column(Text(head), justify=justify, overflow="fold")
    for row in facts:
        table.add_row(*(Text(clean(_cell(*one, voice.speech))) for one in row.items()))
    voice.show(table)
    voice.say("", f"{study.manifest.scenario}: {voice.speech.tell(study.sentence())}")
    if study.notice:
        voice.relay(study.notice)


def _cell(column: str, text: str, speech: Speech) -> str:
    return speech.noun(text) if column == "status" and text else text
