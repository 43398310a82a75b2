"""Write a run folder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pyogrio.errors import DataLayerError, DataSourceError

from amalgamation.errors import OutputError
from amalgamation.write.catalogue import formats_of
from amalgamation.write.folder import whole_folder
from amalgamation.write.record import write_record

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.write.record import RunRecord

__all__ = ["write_run"]


def write_run(folder: Path, record: RunRecord, *, overwrite: bool = False) -> None:
    """Write the run folder, whole or not at all.

    Parameters
    ----------
    folder
        Absent, empty, or (with ``overwrite``) a former run folder that holds nothing else.
    record
        What to write; ``run.json`` is always written.
    overwrite
        Whether a former run folder is replaced.

    Raises
    ------
    OutputError
        If the folder may not be used or cannot be written; it is then as it was before.
    """
    lacking = [(entry, entry.lacks(record)) for entry in formats_of(record)]
    left_out = [f"{' and '.join(entry.files)} left out: {why}" for entry, why in lacking if why]
    notices = dict.fromkeys(
        (*_synthetic(record), *record.notices, *_of_scorecard(record), *left_out)
    )
    try:
        with whole_folder(folder, overwrite=overwrite) as partial:
            for entry in [entry for entry, why in lacking if not why]:
                entry.write(partial, record)
            write_record(partial / "run.json", replace(record, notices=tuple(notices)))
    except (DataSourceError, DataLayerError) as error:
        msg = f"folder {folder}: {error}; nothing was left there"
        raise OutputError(msg) from error


def _of_scorecard(record: RunRecord) -> tuple[str, ...]:
    return (*record.scorecard.remarks, *record.scorecard.notices)


def _synthetic(record: RunRecord) -> tuple[str, ...]:
    return (record.territory.notice,) if record.territory.notice else ()
