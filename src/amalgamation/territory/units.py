"""Read the units and all that is joined to them: everything as the files have it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from amalgamation.errors import DataError
from amalgamation.findings import errors_in
from amalgamation.territory.assemble import Joined
from amalgamation.territory.crosswalk import read_crosswalk, translate_codes
from amalgamation.territory.draw import Surroundings, draw_units, read_surroundings
from amalgamation.territory.join import join_table, read_join_table
from amalgamation.territory.letters import check_letters
from amalgamation.territory.numbers import Marks
from amalgamation.territory.polygons import see_to_polygons
from amalgamation.territory.settlements import list_units
from amalgamation.territory.unit_file import distinct, read_unit_file, set_ids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from amalgamation.scenario.schema import Table, TerritorySection
    from amalgamation.territory.join import JoinTable
    from amalgamation.territory.ledger import Ledger

__all__ = ["read_units"]


def read_units(section: TerritorySection, folder: Path, ledger: Ledger) -> Joined:
    """Read the units and everything that is joined to them.

    Parameters
    ----------
    section
        The scenario's territory section.
    folder
        Folder of the scenario file.
    ledger
        Takes what is wrong with any file, so that all of it is told in one go.

    Returns
    -------
    Joined
        A GeoDataFrame in the file's own CRS where there is geometry.

    Raises
    ------
    DataError
        If the file that lists the units cannot be read at all.
    """
    tables = _read_tables(section, folder, ledger)
    around = read_surroundings(section, folder, ledger)
    frame, separators = _read_listed(section, around, folder, ledger)
    frame, known = set_ids(frame, section, ledger)
    frame, tables = _translate(frame, tables, section, folder, ledger)
    complete = known and None not in tables
    # All polygons of the file are looked at, unless what no table knows is to be dropped.
    late = section.unmatched == "drop" or section.draw is not None
    frame = frame if late else see_to_polygons(frame, section, ledger)
    if known:
        frame, more = _join(frame, tables, section, ledger)
        separators |= more
    if section.draw is not None:
        drawn = _draw(frame, section, around, ledger) if complete else None
        frame, complete = (frame, False) if drawn is None else (drawn, complete)
    frame = see_to_polygons(frame, section, ledger) if late else frame
    _check_any(frame, section, ledger)
    frame = frame.set_axis(distinct(frame.index), axis="index").sort_index()
    ledger.add(check_letters(frame, Path(section.source).name))
    return Joined(frame, separators, Marks.from_section(section), complete=complete)


def _read_tables(section: TerritorySection, folder: Path, ledger: Ledger) -> list[JoinTable | None]:
    def read(table: Table) -> JoinTable | None:
        return ledger.attempt(lambda own: read_join_table(table, folder, own, section.encoding))

    return [read(table) for table in section.tables]


def _read_listed(
    section: TerritorySection, around: Surroundings | None, folder: Path, ledger: Ledger
) -> tuple[pd.DataFrame, dict[str, str | None]]:
    if section.units is None:
        if around is None or around.settlements is None:
            raise DataError(errors_in(ledger.findings))
        return list_units(around.settlements, section.id or "code", ledger), {}
    try:
        return read_unit_file(section, folder, ledger)
    except DataError as error:
        told = [*errors_in(ledger.findings), *error.findings]
        raise DataError(list(dict.fromkeys(told))) from error


def _translate(
    frame: pd.DataFrame,
    tables: list[JoinTable | None],
    section: TerritorySection,
    folder: Path,
    ledger: Ledger,
) -> tuple[pd.DataFrame, list[JoinTable | None]]:
    """Give units or tables their new codes; without a crosswalk that was asked for, no table."""
    crosswalk = section.crosswalk
    if crosswalk is None:
        return frame, tables
    codes = ledger.attempt(lambda own: read_crosswalk(crosswalk, folder, own, section.encoding))
    if codes is None or not _is_sound(frame.index):
        return frame, [None for _ in tables]
    marks, file = Marks.from_section(section), Path(section.source).name
    if crosswalk.of == "units":
        mark = frame.attrs.get("separator")
        frame = translate_codes(frame, codes, file, ledger, separator=mark, marks=marks)
        return frame, tables
    return frame, [table and _recoded(table, codes, marks, ledger) for table in tables]


def _recoded(
    table: JoinTable, codes: Mapping[str, Sequence[str]], marks: Marks, ledger: Ledger
) -> JoinTable:
    frame = translate_codes(
        table.frame, codes, table.where, ledger, separator=table.separator, marks=marks
    )
    return replace(table, frame=frame)


def _is_sound(ids: pd.Index) -> bool:
    return bool(ids.is_unique and "" not in ids)


def _join(
    frame: pd.DataFrame,
    tables: Sequence[JoinTable | None],
    section: TerritorySection,
    ledger: Ledger,
) -> tuple[pd.DataFrame, dict[str, str | None]]:
    drop, file = section.unmatched == "drop", Path(section.source).name
    separators: dict[str, str | None] = {}
    for table in tables:
        if table is not None:
            frame = join_table(frame, table, file, drop=drop, ledger=ledger)
            separators |= dict.fromkeys(table.frame.columns, table.separator)
    return frame, separators


def _draw(
    frame: pd.DataFrame,
    section: TerritorySection,
    around: Surroundings | None,
    ledger: Ledger,
) -> pd.DataFrame | None:
    if around is None or not _is_sound(frame.index) or frame.empty:
        return None
    return ledger.attempt(lambda own: draw_units(frame, section, around, own))


def _check_any(frame: pd.DataFrame, section: TerritorySection, ledger: Ledger) -> None:
    if not frame.empty or errors_in(ledger.findings):
        return
    ledger.error(
        "no-units",
        Path(section.source).name,
        "no unit left after joining the tables",
        "at least one",
        "check that the id columns hold the same codes",
    )
    ledger.refuse()
