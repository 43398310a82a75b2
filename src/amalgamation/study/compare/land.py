"""The land that runs speak of: read again from their data, when a comparison asks for it.

In: a finished run. Out: its territory, or why it is not there. A comparison goes on without
it, but then knows no residents, names or borders.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from amalgamation.errors import DataError, InputError
from amalgamation.findings import Finding
from amalgamation.scenario.schema import TerritorySection
from amalgamation.territory import read_territory

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.study.finished import FinishedRun
    from amalgamation.territory import Territory

__all__ = ["Land"]

_REMEDY = "name the folder of the scenario file: --data-folder DIR (data_folder in Python)"


@dataclass(frozen=True)
class Land:
    """Read the units of a run again, once, and only where they are those that it was made from.

    Parameters
    ----------
    run
        Its record names the data.
    data_folder
        Folder of the scenario file, if its data are not bundled: a run does not record it.
    """

    run: FinishedRun
    data_folder: Path | None = None

    @property
    def territory(self) -> Territory | None:
        """The units; None where they cannot be had."""
        return self._found[0]

    @property
    def reason(self) -> str:
        """Why there are no units; empty where they are there."""
        return self._found[1]

    def check(self) -> None:
        """Refuse a folder that somebody named and that does not hold the data.

        Raises
        ------
        DataError
            If the data there are not those of the run.
        """
        if self.data_folder is not None and self.reason:
            found, expected = self.reason, "the data that the run was made from"
            where = f"data folder {self.data_folder}"
            raise DataError([Finding("data-folder", where, found, expected, _REMEDY)])

    @cached_property
    def _found(self) -> tuple[Territory | None, str]:
        try:
            territory = self._read()
        except InputError as error:
            first = error.findings[0]
            absent = first.check == "file-absent" and self.data_folder is None
            told = _REMEDY if absent else first.sentence()
            return None, f"the data of {self.run.scenario} are not at hand; {told}"
        except ValueError as error:
            line = " ".join(str(error).split())
            return None, f"the territory of {self.run.scenario} is asked for otherwise now: {line}"
        if territory.ids != self.run.units:
            return None, f"the data of {self.run.scenario} have other units now"
        if not _digests(territory) <= self.run.data:
            return None, f"the data of {self.run.scenario} changed since the run"
        return territory, ""

    def _read(self) -> Territory:
        section = TerritorySection.model_validate_json(json.dumps(self.run.territory))
        return read_territory(section, self.data_folder or self.run.folder)


def _digests(territory: Territory) -> set[tuple[str, str]]:
    return {(source.role, source.sha256) for source in territory.sources}
