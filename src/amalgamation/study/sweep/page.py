"""``report.html``: a study on one page that opens anywhere, without a network."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from amalgamation.measure import SHOWN
from amalgamation.study.comparison import figure_text
from amalgamation.study.sweep.folder import run_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.study.sweep.outcome import Outcome
    from amalgamation.study.sweep.study import Study

__all__ = ["build_page"]

_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;margin:2rem;color:#1b1f23}"
    "table{border-collapse:collapse;font-size:13px}"
    "th,td{border-bottom:1px solid #d8dee4;padding:.25rem .6rem;text-align:right;"
    "vertical-align:bottom;white-space:nowrap}"
    "th{position:sticky;top:0;background:#fff;white-space:normal;max-width:9rem}"
    "th:first-child,td:first-child{text-align:left;position:sticky;left:0;background:#fff}"
    ".wide{overflow:auto;max-height:80vh}.notice{font-weight:600}"
)


def build_page(study: Study) -> str:
    """Build the text of ``report.html``.

    Parameters
    ----------
    study
        Finished or not; variants without an answer say why.
    """
    asked = study.manifest
    title = html.escape(asked.title or asked.scenario)
    parts = [
        f"<h1>{title}</h1>",
        _paragraph(asked.question),
        _paragraph(study.notice, "notice"),
        _paragraph(study.sentence() + "."),
        f'<div class="wide"><table>{_rows(study)}</table></div>',
        _paragraph(_READING),
        _paragraph("; ".join(f"{part} {version}" for part, version in asked.versions.items())),
    ]
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(parts)}</body></html>'


_READING = (
    "Gap: the most that a better plan of the same variant could save. Costs of variants whose "
    "aims or weights differ are no answers to one question: compare their measures."
)


def _paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{html.escape(text)}</p>' if text else ""


def _rows(study: Study) -> str:
    shown = _measures(study)
    keys = study._keys()  # noqa: SLF001 - as every way of showing a study
    head = ["Variant", *keys, "Status", "Gap (%)", "Seconds", *shown.values(), "Reason"]
    table = study.table.to_dict(orient="index")
    lines = [
        [
            _link(study, str(name)),
            *(html.escape(_cell(row.get(column))) for column in _columns(keys, shown)),
        ]
        for name, row in table.items()
    ]
    heads = _line("th", map(html.escape, head))
    return heads + "".join(_line("td", cells) for cells in lines)


def _columns(keys: list[str], shown: dict[str, str]) -> list[str]:
    return [*keys, "status", "gap_percent", "seconds", *shown, "reason"]


def _measures(study: Study) -> dict[str, str]:
    """Return the measures that a scorecard shows: name -> title with unit."""
    found = {
        figure.name: f"{figure.title} ({figure.unit})" if figure.unit else figure.title
        for outcome in study.outcomes.values()
        for figure in outcome.figures
    }
    return {name: title for name, title in found.items() if name in SHOWN}


def _link(study: Study, name: str) -> str:
    outcome: Outcome | None = study.outcomes.get(name)
    if outcome is None or outcome.municipalities is None:
        return html.escape(name)
    place = run_folder(study.folder, name).relative_to(study.folder)
    return f'<a href="{quote(place.as_posix())}/">{html.escape(name)}</a>'


def _line(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return figure_text(value) if isinstance(value, int | float) else str(value)
