"""``report.html``: a study on one page that opens anywhere, without a network."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from amalgamation.measure import SHOWN
from amalgamation.study.compare.page import wrap_page
from amalgamation.study.compare.parts import line
from amalgamation.study.figures import figure_text
from amalgamation.study.sweep.folder import run_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amalgamation.study.sweep.outcome import Outcome
    from amalgamation.study.sweep.study import Study

__all__ = ["build_page"]


def build_page(study: Study, compared: Sequence[str] = ()) -> str:
    """Build the text of ``report.html``.

    Parameters
    ----------
    study
        Finished or not; variants without an answer say why.
    compared
        What `amalgamation.study.sweep.compared.build_compared` says of its variants.
    """
    asked = study.manifest
    parts = [
        line(asked.question),
        line(study.notice, "notice"),
        line(study.sentence() + "."),
        f'<div class="wide"><table>{_rows(study)}</table></div>',
        line(_READING),
        *compared,
        line("; ".join(f"{part} {version}" for part, version in asked.versions.items())),
    ]
    return wrap_page(asked.title or asked.scenario, parts, "en")


_READING = (
    "Gap: the most that a better plan of the same variant could save. Costs of variants whose "
    "aims or weights differ are no answers to one question: compare their measures."
)


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
