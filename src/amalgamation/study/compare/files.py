"""A comparison as files: tables, pictures and a page, in a folder that is whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.errors import InputError, OutputError
from amalgamation.show import to_png, to_svg
from amalgamation.study.compare.page import build_page
from amalgamation.write import check_run_folder, whole_folder

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

    from amalgamation.study.compare.trade_off import TradeOff
    from amalgamation.study.comparison import Comparison

__all__ = ["COMPARISON_FILES", "to_picture", "write_comparison"]

COMPARISON_FILES = (
    *("table.csv", "differences.csv", "agreement.csv", "changes.csv", "changes-by-parent.csv"),
    *("maps.png", "maps.svg", "trade-off.csv", "trade-off.png", "trade-off.svg", "report.html"),
)
"""Names of the files; the first marks a comparison's folder."""


def to_picture(figure: Figure, *, vector: bool = False) -> bytes:
    """Convert a figure to PNG, or to SVG, which keeps its lines whatever the size."""
    return to_svg(figure) if vector else to_png(figure)


def write_comparison(
    comparison: Comparison,
    folder: Path,
    *,
    overwrite: bool = False,
    language: str | None = None,
    trade_off: TradeOff | None = None,
) -> tuple[str, ...]:
    """Write a comparison; what it has not is left out.

    Returns
    -------
    tuple of str
        Names of the files, in the order of `COMPARISON_FILES`.

    Raises
    ------
    OutputError
        If the folder may not be used or cannot be written; it is then as it was before.
    """
    findings = check_run_folder(folder, overwrite=overwrite, files=COMPARISON_FILES)
    if findings:  # before anything is drawn
        raise OutputError("\n".join(finding.sentence() for finding in findings))
    given = trade_off or _usual(comparison)
    files = {**_tables(comparison), **_maps(comparison, language), **_trade_off(given, language)}
    drawn = files.get("maps.png")
    page = build_page(comparison, language=language, trade_off=given, drawn=drawn)
    files["report.html"] = page.encode()
    with whole_folder(folder, overwrite=overwrite, files=COMPARISON_FILES) as partial:
        for name, content in files.items():
            (partial / name).write_bytes(content)
    return tuple(name for name in COMPARISON_FILES if name in files)


def _usual(comparison: Comparison) -> TradeOff | None:
    try:
        return comparison.trade_off()
    except InputError:
        return None


def _tables(comparison: Comparison) -> dict[str, bytes]:
    files = {"table.csv": comparison.to_csv(), "differences.csv": comparison.differences_to_csv()}
    if not comparison.alone:
        table = comparison.agreements
        if any(column.synthetic for column in comparison.columns):
            table = table.assign(synthetic=True)
        files["agreement.csv"] = str(
            table.to_csv(index=False, lineterminator="\n", float_format="%.12g")
        )
        files["changes.csv"] = comparison.changes.to_csv()
        if comparison.changes.tiers:
            files["changes-by-parent.csv"] = comparison.changes.parents_to_csv()
    return {name: text.encode() for name, text in files.items()}


def _maps(comparison: Comparison, language: str | None) -> dict[str, bytes]:
    try:
        figure = comparison.plot_maps(language=language)
    except InputError:
        return {}  # the page says why
    return {"maps.png": to_png(figure), "maps.svg": to_svg(figure)}


def _trade_off(found: TradeOff | None, language: str | None) -> dict[str, bytes]:
    if found is None:
        return {}
    figure = found.plot(language=language)
    pictures = {"trade-off.png": to_png(figure), "trade-off.svg": to_svg(figure)}
    return {"trade-off.csv": found.to_csv().encode(), **pictures}
