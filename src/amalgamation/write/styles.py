"""How QGIS draws the layers of ``plan.gpkg`` when it opens them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.write.qml import Look, Style, to_qml

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FILL", "build_style_table", "build_styles"]

FILL = "fill"
"""Column of the municipalities with the colour that tells each from its neighbours."""

_INK = "34,48,60,255"
_BORDER = {"outline_color": "86,100,111,255", "outline_width": "0.26", "outline_style": "solid"}
_BARE = {"style": "no"}
_UNITS = {"outline_color": "120,130,140,160", "outline_width": "0.1", "outline_style": "solid"}
_OUTSIDE = {"style": "f_diagonal", "color": "164,172,179,255"}
_SEAT = {"name": "circle", "size": "1.7", "color": _INK, "outline_color": "255,255,255,255"}
_WITHIN = {"line_color": "150,160,170,200", "line_width": "0.15"}
_SEVERED = {"line_color": "204,99,17,220", "line_width": "0.3", "line_style": "dash"}
_FOUND = {"name": "diamond", "size": "2.2", "outline_color": "255,255,255,255"}
# Sequential blues of ColorBrewer, whose five steps are told apart by all eyes and in grey.
_STEPS = ("239,243,255", "189,215,231", "107,174,214", "49,130,189", "8,81,156")
_SHADED = {"population": "residents", "mean_km": "mean way to the seat (km)"}


def build_styles(municipalities: pd.DataFrame) -> list[Style]:
    """Build the style of each layer, and further ones that a click chooses.

    Parameters
    ----------
    municipalities
        The layer's table; where it has a column `FILL`, that tells neighbours apart.

    Returns
    -------
    list of Style
        The first of each layer is the one that QGIS applies on opening.
    """
    return [
        _apart(municipalities),
        *(
            _shades(municipalities[column], words)
            for column, words in _SHADED.items()
            if column in municipalities
        ),
        Style(
            "units",
            "outlines",
            "fill",
            [
                Look("unit outside", '"municipality_id" IS NULL', {**_UNITS, **_OUTSIDE}),
                Look("unit", "", {**_UNITS, **_BARE}),
            ],
        ),
        Style(
            "seats",
            "seats",
            "marker",
            [Look("seat", "", _SEAT)],
            labelled="name",
            labelled_first="population" if "population" in municipalities else "",
        ),
        Style(
            "ties",
            "ties",
            "line",
            [Look("severed tie", '"severed"', _SEVERED), Look("tie", "", _WITHIN)],
        ),
        Style("findings", "findings", "marker", _severities()),
    ]


def build_style_table(styles: list[Style]) -> pd.DataFrame:
    """Build the table ``layer_styles``, in which QGIS looks for a layer's style."""
    first = {style.layer: style.name for style in reversed(styles)}
    rows = [
        {
            "f_table_catalog": "",
            "f_table_schema": "",
            "f_table_name": style.layer,
            "f_geometry_column": "geom",
            "styleName": style.name,
            "styleQML": to_qml(style),
            "styleSLD": "",
            "useAsDefault": first[style.layer] == style.name,
            "description": f"{style.layer}: {style.name}",
            "owner": "",
            "ui": "",
            "update_time": pd.NaT,
        }
        for style in styles
    ]
    table = pd.DataFrame(rows).rename_axis("id")
    return table.astype({"update_time": "datetime64[ms]"})


def _apart(municipalities: pd.DataFrame) -> Style:
    fills = sorted(municipalities[FILL].dropna().unique()) if FILL in municipalities else []
    looks = [Look("", each, {"color": _rgb(each), **_BORDER}) for each in fills]
    if looks:
        return Style("municipalities", "told apart", "fill", looks, column=FILL)
    plain = Look("municipality", "", {"color": "217,226,233,255", **_BORDER})
    return Style("municipalities", "plain", "fill", [plain])


def _rgb(colour: str) -> str:
    """Convert ``#rrggbb`` to the words of QGIS."""
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"


def _shades(values: pd.Series[float], words: str) -> Style:
    """Shade by quintiles, each up to and with its upper limit."""
    limits = _quintiles(values)
    looks = [
        Look(
            f"{low:,.4g} to {high:,.4g} {words}",
            f'"{values.name}" <= {high!r}' + (f' AND "{values.name}" > {low!r}' if at else ""),
            {"color": f"{_STEPS[at]},255", **_BORDER},
        )
        for at, (low, high) in enumerate(pairwise(limits))
    ]
    unknown = Look("no data", "", {"color": "217,217,217,255", **_BORDER})
    return Style("municipalities", f"by {words}", "fill", [*looks, unknown])


def _quintiles(values: pd.Series[float]) -> list[float]:
    known = values.to_numpy(np.float64)
    known = known[np.isfinite(known)]
    if not known.size:
        return []
    limits = np.quantile(known, np.linspace(0, 1, len(_STEPS) + 1), method="inverted_cdf")
    return [float(limits[0]), *(float(each) for each in np.unique(limits[1:]))]


def _severities() -> list[Look]:
    colours: Mapping[str, str] = {"error": "163,59,32,255", "warning": "204,153,17,255"}
    graver = [
        Look(word, f"\"severity\" = '{word}'", {"color": colour, **_FOUND})
        for word, colour in colours.items()
    ]
    return [*graver, Look("note", "", {"color": "107,174,214,255", **_FOUND})]
