"""Progress of a run: a live page on a terminal, plain lines elsewhere, nothing if quiet."""

from __future__ import annotations

import math
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.live import Live
from rich.table import Table
from rich.text import Text

from amalgamation.cli.text import clean
from amalgamation.cli.voice import console_on
from amalgamation.status import relative_gap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from amalgamation.cli.voice import Voice
    from amalgamation.language import Speech
    from amalgamation.solve import Progress

__all__ = ["show_progress"]

_UNKNOWN = "-"


@dataclass
class _Board:
    """Hold the latest word of every block."""

    scenario: str
    speech: Speech
    solves: bool = True
    latest: dict[str, Progress] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per unfinished block, then the total."""
        blocks = sorted(self.latest.copy().items())
        rows = [self._row(name, word) for name, word in blocks if not word.done]
        return [*rows, self._total()]

    def _row(self, name: str, word: Progress) -> tuple[str, ...]:
        stage = self.speech.noun(word.stage)
        return (clean(name), stage, *_figures(word.cost, word.bound, self.speech))

    def _total(self) -> tuple[str, ...]:
        known = list(self.latest.copy().values())
        if not known:
            opening = _opening(self.scenario, self.speech, solves=self.solves)
            return (opening, f"{self.seconds:.0f} s", *[_UNKNOWN] * 3)
        done = sum(word.done for word in known)
        cost, bound = sum(word.cost for word in known), sum(word.bound for word in known)
        name = self.speech.say("command.total", done=done, n=len(known))
        return (name, f"{self.seconds:.0f} s", *_figures(cost, bound, self.speech))


def _figures(cost: float, bound: float, speech: Speech) -> tuple[str, str, str]:
    gap = relative_gap(cost, bound)
    shown = f"{speech.number(100 * gap, '.2f')} %" if math.isfinite(gap) else _UNKNOWN
    return _figure(cost, speech), _figure(bound, speech), shown


def _figure(value: float, speech: Speech) -> str:
    return speech.number(value, ".5g") if math.isfinite(value) else _UNKNOWN


@contextmanager
def show_progress(
    voice: Voice, scenario: str, *, solves: bool = True
) -> Iterator[Callable[[Progress], None]]:
    """Give a function that takes the progress of blocks and shows it on stderr.

    Parameters
    ----------
    voice
        Whether to show anything.
    scenario
        The scenario's name.
    solves
        False where the scenario gives its plan: there is no search to end.
    """
    if voice.quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _live(_Board(scenario, voice.speech, solves=solves)) as report:
            yield report
    else:
        voice.tell(_opening(scenario, voice.speech, solves=solves))
        yield _plain(voice)


def _opening(scenario: str, speech: Speech, *, solves: bool) -> str:
    return speech.say("command.reading" if solves else "command.measuring", scenario=scenario)


@contextmanager
def _live(board: _Board) -> Iterator[Callable[[Progress], None]]:
    def report(word: Progress) -> None:
        board.latest[word.block] = word

    console = console_on(sys.stderr)
    with Live(get_renderable=lambda: _page(board), console=console, transient=True):
        yield report


def _page(board: _Board) -> Table:
    say = board.speech.say
    way_out = say("command.way_out") if board.solves else None
    table = Table(box=None, pad_edge=False, caption=way_out)
    table.add_column(say("command.block"), ratio=1)
    table.add_column(say("command.stage"))
    for title in ("cost", "bound", "gap"):
        table.add_column(say(f"command.{title}"), justify="right", min_width=9)
    for row in board.rows():
        table.add_row(*map(Text, row))
    return table


def _plain(voice: Voice) -> Callable[[Progress], None]:
    began, said = time.monotonic(), dict[str, str]()

    def report(word: Progress) -> None:
        line = _line(word, voice.speech)
        # a block may finish a stage in several rounds that tell nothing new
        if word.done and said.get(word.block) != line:
            said[word.block] = line
            voice.tell(f"{time.monotonic() - began:6.1f} s  {line}")

    return report


def _line(word: Progress, speech: Speech) -> str:
    cost, bound, gap = _figures(word.cost, word.bound, speech)
    stage = speech.noun(word.stage)
    return speech.say(
        "command.stage_done", block=word.block, stage=stage, cost=cost, bound=bound, gap=gap
    )
