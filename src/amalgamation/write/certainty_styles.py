"""How QGIS draws the layers of ``certainty.gpkg``: in the classes of the map of certainty."""

from __future__ import annotations

from amalgamation.write.qml import Look, Style

__all__ = ["build_certainty_styles"]

_OUTLINE = {"outline_color": "255,255,255,255", "outline_width": "0.1", "outline_style": "solid"}
# Each begins where the one before ends.
_SHADES = (
    (0.0, 50.0, "247,243,248,255", "with its own in less than half of the plans"),
    (50.0, 75.0, "220,217,234,255", "in half to 3 in 4"),
    (75.0, 100.0, "169,190,219,255", "in 3 in 4 or more"),
)
_ALL = ("111,159,196,255", "in every plan")
_REFUTED = "\"reason\" = 'asked'"
_STANDS = '"stands_percent"'


def build_certainty_styles() -> list[Style]:
    """Build the style of each layer; the rules of one never overlap.

    Examples
    --------
    >>> [style.layer for style in build_certainty_styles()]
    ['units', 'borders']
    """
    fills = [
        Look(words, f'"stays_percent" >= {low:g} AND "stays_percent" < {high:g}', _fill(colour))
        for low, high, colour, words in _SHADES
    ]
    fills.append(Look(_ALL[1], '"stays_percent" >= 100', _fill(_ALL[0])))
    lines = [
        Look("every plan: certain", f"{_STANDS} >= 100 AND NOT {_REFUTED}", _line("61,28,2", 0.66)),
        Look(
            "half or more: likely",
            f"{_STANDS} >= 50 AND ({_STANDS} < 100 OR {_REFUTED})",
            _line("194,84,10", 0.46),
        ),
        Look("fewer: a choice", f"{_STANDS} > 0 AND {_STANDS} < 50", _line("243,163,92", 0.3)),
        Look(
            "proven: no border in any plan of this cost",
            f"{_STANDS} <= 0 AND \"reason\" = 'proven'",
            {**_line("44,110,73", 0.4), "line_style": "dot"},
        ),
        Look("no border", "", {"line_style": "no"}),
    ]
    return [
        Style("units", "how sure", "fill", fills),
        Style("borders", "how sure", "line", lines),
    ]


def _fill(colour: str) -> dict[str, str]:
    return {"color": colour, **_OUTLINE}


def _line(colour: str, width: float) -> dict[str, str]:
    return {"line_color": f"{colour},255", "line_width": f"{width:g}"}
