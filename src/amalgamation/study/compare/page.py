"""``report.html`` of a comparison: one page that opens anywhere, without a network.

Everything on it is text or a picture inside the file: its policy allows no script at all.
"""

from __future__ import annotations

import base64
import hashlib
import html
from typing import TYPE_CHECKING

from amalgamation.errors import InputError
from amalgamation.language import ENGLISH, find_speech
from amalgamation.show import MOST_MAPS, to_png
from amalgamation.study.compare.parts import (
    build_agreement_part,
    build_changes_part,
    build_measures_part,
    heading,
    line,
    picture,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amalgamation.language import Speech
    from amalgamation.study.compare.trade_off import TradeOff
    from amalgamation.study.comparison import Comparison

__all__ = [
    "build_maps_part",
    "build_page",
    "build_plans_part",
    "build_summary",
    "build_trade_off_part",
    "wrap_page",
]

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#22303c;background:#fff}"
    "h2{margin:2.2rem 0 .4rem;font-size:1.25rem}p{max-width:80ch;margin:.3rem 0 .6rem}"
    "table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}"
    "th,td{border-bottom:1px solid #dfe4e8;padding:.25rem .6rem;text-align:right;"
    "vertical-align:bottom;white-space:nowrap}"
    "th{position:sticky;top:0;background:#fff;white-space:normal;max-width:11rem;"
    "overflow-wrap:break-word}"
    "th:first-child,td:first-child{text-align:left;position:sticky;left:0;background:#fff;"
    "white-space:normal;min-width:9rem;max-width:24rem;overflow-wrap:break-word}"
    ".wide{overflow:auto;max-height:80vh}.notice{font-weight:600;color:#a33b20}"
    "td small{display:block;color:#5c6873}td small.good{color:#1d6b3a}td small.bad{color:#a33b20}"
    "img{max-width:100%;height:auto}summary{cursor:pointer;margin:.6rem 0}"
    ".a0{background:#fff}.a1{background:#f4f8fb}.a2{background:#e6eff6}.a3{background:#d6e5f0}"
    ".a4{background:#c4d9ea}.a5{background:#b0cbe2}"
)
_STRIP_DPI = 60


def build_page(
    comparison: Comparison,
    *,
    language: str | None = None,
    trade_off: TradeOff | None = None,
    drawn: bytes | None = None,
) -> str:
    """Build the text of ``report.html``.

    Parameters
    ----------
    comparison
        What is shown.
    language
        Of words, numbers and names.
    trade_off
        Default: as `Comparison.trade_off` chooses the measures.
    drawn
        The maps as PNG, where they are drawn already.
    """
    speech = find_speech(language)
    title = speech.say("command.compare.title")
    notices = [
        line(speech.tell(one), "notice" if at == 0 else "") for at, one in _notices(comparison)
    ]
    measures = [
        heading(speech.say("command.compare.measures")),
        line(speech.say("command.compare.measures_reading", first=comparison.against)),
        build_measures_part(comparison, speech),
    ]
    parts = [
        *build_plans_part(comparison, speech, drawn),
        *_trade_off(comparison, speech, trade_off),
    ]
    return wrap_page(title, [*notices, *measures, *parts], speech.language)


def build_summary(comparison: Comparison) -> str:
    """Build what a notebook shows: the table, a strip of maps, and who agrees with whom."""
    parts = [
        "<b>Comparison</b>",
        build_measures_part(comparison, ENGLISH),
        *(line(notice) for notice in comparison.notices),
    ]
    if not comparison.alone:
        drawn = build_maps_part(comparison, ENGLISH, dpi=_STRIP_DPI)
        agreed = build_agreement_part(comparison.agreements, ENGLISH, whole=False)
        parts += [*drawn, agreed, build_changes_part(comparison.changes, ENGLISH, whole=False)]
    return "".join(parts)


def wrap_page(title: str, parts: list[str], language: str) -> str:
    """Put parts into a page whose policy lets it run nothing and ask nobody."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style>"
    )
    body = f"<h1>{html.escape(title)}</h1>{''.join(parts)}"
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{body}</body></html>\n'


def _notices(comparison: Comparison) -> Iterator[tuple[int, str]]:
    """Return the notices, numbered from 0 where the first says what is made up, else from 1."""
    made_up = any(column.synthetic for column in comparison.columns)
    return enumerate(comparison.notices, start=0 if made_up else 1)


def build_plans_part(
    comparison: Comparison, speech: Speech, drawn: bytes | None = None
) -> list[str]:
    """Return maps, agreement and changes as HTML; or that no two runs have the same units."""
    others = [one for one in comparison.labels if one not in comparison.plans]
    runs = {column.label for column in comparison.columns if column.is_run}
    apart = ", ".join(one for one in others if one in runs)
    if comparison.alone:
        return [line(speech.say("command.compare.alone"))]
    said = [
        heading(speech.say("command.compare.agreement")),
        line(speech.say("command.compare.agreement_reading")),
        build_agreement_part(comparison.agreements, speech),
        heading(speech.say("command.compare.changes")),
        line(speech.say("command.compare.changes_rule", first=comparison.against)),
        build_changes_part(comparison.changes, speech),
    ]
    if apart:
        words = {"first": comparison.against, "names": apart}
        said.insert(0, line(speech.say("command.compare.other_units", **words)))
    maps = build_maps_part(comparison, speech, drawn)
    return [heading(speech.say("command.compare.maps")), *maps, *said]


def build_maps_part(
    comparison: Comparison, speech: Speech, drawn: bytes | None = None, dpi: float | None = None
) -> list[str]:
    """Return the maps as HTML, or why there are none."""
    try:
        pixels = drawn or to_png(comparison.plot_maps(language=language_of(speech)), dpi=dpi)
    except InputError as error:
        reason = "; ".join(finding.found for finding in error.findings)
        return [line(speech.say("command.compare.no_maps", reason=reason))]
    left = len(comparison.plans) - MOST_MAPS
    more = [line(speech.say("command.compare.more_maps", n=left))] if left > 0 else []
    return [picture(pixels, speech.say("command.compare.maps")), *more]


def _trade_off(comparison: Comparison, speech: Speech, given: TradeOff | None) -> list[str]:
    try:
        found = given or comparison.trade_off()
    except InputError:
        return []  # nothing differs, or nothing has two figures: there is no choice to show
    return [heading(speech.say("command.compare.trade_off")), *build_trade_off_part(found, speech)]


def build_trade_off_part(found: TradeOff, speech: Speech) -> list[str]:
    """Return two measures against each other as HTML."""
    words = speech.say("command.compare.trade_off")
    drawn = to_png(found.plot(language=language_of(speech)))
    return [picture(drawn, words), *map(line, found.sentences(speech))]


def language_of(speech: Speech) -> str | None:
    """Return the language that was asked for; None where none was."""
    return speech.language if speech.asked else None
