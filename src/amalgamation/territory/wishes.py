"""Wishes of communities, from a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from amalgamation.findings import Finding
from amalgamation.scenario.schema import Wish, WishesAim
from amalgamation.territory.files import locate
from amalgamation.territory.ledger import Ledger
from amalgamation.territory.numbers import from_text
from amalgamation.territory.tables import read_table
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from amalgamation.provenance import Source

__all__ = ["read_wishes"]

_COLUMNS = ("unit", "with", "against", "weight", "reason")


def read_wishes(
    section: WishesAim, folder: Path, ids: Sequence[str], encoding: str | None = None
) -> tuple[WishesAim, Source]:
    """Read the wishes of a file, after those that the scenario writes out.

    The columns are ``unit``, ``with`` or ``against`` (or both, one of them blank in each
    row), and, if they are there, ``weight`` (1 where blank) and ``reason``.

    Parameters
    ----------
    section
        The scenario's ``aims.wishes``, with a file.
    folder
        Folder of the scenario file.
    ids
        Codes of the units.
    encoding
        Of a text file that is not UTF-8 and does not say its own.

    Returns
    -------
    tuple
        The section with all wishes and without the file, and the file with its hash.

    Raises
    ------
    DataError
        If the file or a column is not there, a row names no partner or two, a code is
        unknown, or a weight is not above zero; all rows at once, by row and code.
    """
    ledger = Ledger()
    path = locate(str(section.file), folder, "aims.wishes.file")
    table = read_table(path, encoding=encoding)
    ledger.read("wishes", path)
    columns = [str(name) for name in table.columns]
    unknown = [name for name in columns if name not in _COLUMNS]
    for name in unknown:
        ledger.error("column-unknown", f"{path.name}, header", f"a column {name}",
                     ", ".join(_COLUMNS), nearest(name, _COLUMNS), name)  # fmt: skip
    if "unit" not in columns or not {"with", "against"} & set(columns):
        ledger.error("column-absent", f"{path.name}, header", "no column unit, with or against",
                     "unit, and with or against", "add the column")  # fmt: skip
    ledger.refuse()
    wishes = [
        wish
        for number, row in enumerate(_rows(table), start=2)
        if (wish := _wish(row, f"{path.name}, row {number}", ids, ledger)) is not None
    ]
    ledger.refuse()
    whole = WishesAim(weight=section.weight, wishes=[*section.wishes, *wishes])
    return whole, ledger.sources[0]


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    """Return each row's cells that are not blank; weights with a decimal point."""
    cells = table.apply(lambda column: column.str.strip())
    if "weight" in cells:
        numbers = from_text(cells["weight"], table.attrs.get("separator")).numbers
        cells["weight"] = numbers.astype("str").where(cells["weight"] != "", "")
    return [
        {str(key): str(cell) for key, cell in row.items() if cell}
        for row in cells.to_dict(orient="records")
    ]


def _wish(row: Mapping[str, str], where: str, ids: Sequence[str], ledger: Ledger) -> Wish | None:
    place = f"{where} ({row.get('unit', 'no unit')})"
    known = set(ids)
    absent = [
        row[key] for key in ("unit", "with", "against") if row.get(key, "") not in {"", *known}
    ]
    for code in absent:
        ledger.error("unknown-unit", place, f"unknown unit {code}", "ids of the units",
                     nearest(code, ids), code)  # fmt: skip
    try:
        cells = {key: float(cell) if key == "weight" else cell for key, cell in row.items()}
        return Wish.model_validate(cells)
    except ValidationError as error:
        ledger.add(_finding(problem, place) for problem in error.errors())
        return None


def _finding(problem: Mapping[str, object], place: str) -> Finding:
    given = problem.get("ctx")
    parts = given if isinstance(given, dict) else {}
    column = ".".join(str(step) for step in problem["loc"]) if problem["loc"] else ""  # type: ignore[attr-defined]
    return Finding(
        "wish",
        f"{place}, {column}" if column else place,
        str(parts.get("found", problem["msg"])),
        str(parts.get("expected", "a unit, one partner, and a weight above zero")),
        str(parts.get("remedy", "correct the row")),
    )
