"""The page of a report: markup, style, script, words and payload in one file.

In: the subject of a report. Out: the text of ``report.html``, which needs no network and
allows itself none: its policy lets run only the script and the style that it was built with.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from amalgamation.language import read_page_words
from amalgamation.show.report.payload import build_payload

if TYPE_CHECKING:
    from amalgamation.show.report.subject import ReportSubject

__all__ = ["build_report", "build_script"]

_MODULES = (
    *("words", "dom", "data", "study", "ways", "plan", "amounts", "rules", "aims", "names", "view"),
    *(
        "shading",
        "outline",
        "eye",
        "legend",
        "picture",
        "map",
        "charts",
        "head",
        "scorecard",
        "losers",
        "nations",
        "list",
        "binding",
        "reasons",
        "why",
        "hand",
    ),
    *("panel", "search", "account", "plans", "main"),
)
"""Modules of the script, each after those that it imports."""

_IMPORT = re.compile(r"^import (\{[^}]*\}) from \"\./(\w+)\.js\";$", re.MULTILINE)
_EXPORT = re.compile(r"^export (function|const) (\w+)", re.MULTILINE)


def build_report(subject: ReportSubject, *, map_only: bool = False) -> str:
    """Build the text of ``report.html``.

    Parameters
    ----------
    subject
        What the report tells of.
    map_only
        Show the map with its tools, and leave out of sight what else the page tells.

    Returns
    -------
    str
        HTML that holds all it needs; the same for the same subject.

    Examples
    --------
    >>> import amalgamation as am
    >>> result = am.run("toy", overrides={"solve.processes": 1})
    >>> build_report(result.to_report_subject())[:15]
    '<!DOCTYPE html>'
    """
    script, style = build_script(), _asset("style.css")
    parts = {
        "policy": _policy(script, style),
        "parts": "map" if map_only else "all",
        "title": html.escape(subject.scenario.title or subject.scenario.scenario),
        "style": style,
        "payload": _json(build_payload(subject)),
        "words": _json(read_page_words()),
        "script": script,
    }
    # one pass, so that what a part holds is never taken for a place of another part
    return re.sub(r"%%(\w+)%%", lambda match: parts[match[1]], _asset("page.html"))


def build_script() -> str:
    """Build one script of the modules, each in a scope of its own, as its imports ask.

    A browser reads no module from a file on disk, so each becomes a function that is called
    at once and returns what it exports.
    """
    return '"use strict";\n' + "\n".join(_scoped(name, _asset(f"{name}.js")) for name in _MODULES)


def _scoped(name: str, source: str) -> str:
    exported = ", ".join(match[2] for match in _EXPORT.finditer(source))
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(r"const \1 = \2_js;", source))
    return f"const {name}_js = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _asset(name: str) -> str:
    return (files("amalgamation.show.report") / "assets" / name).read_text(encoding="utf-8")


def _json(value: Any) -> str:
    """Return JSON that no text in it can end: a browser reads ``</script>`` before JSON."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _policy(script: str, style: str) -> str:
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
