"""Bundled datasets: a descriptor in, the same section that a scenario might have written out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.bundled import bundled_folder
from amalgamation.errors import UnknownDatasetError
from amalgamation.findings import Finding
from amalgamation.scenario.schema import TerritorySection
from amalgamation.territory.tables import read_table
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["Dataset", "dataset_names", "find_dataset"]

_TIERS = ("rayon", "oblast")
_DEFAULT_NAME = "name_en"


@dataclass(frozen=True)
class Dataset:
    """Hold a bundled dataset's descriptor.

    Parameters
    ----------
    folder
        Where its files lie.
    package
        Its ``datapackage.json`` (Frictionless Data Package, version 1).
    """

    folder: Path
    package: Mapping[str, Any]

    @property
    def notice(self) -> str:
        """What every map and table made from it says."""
        return str(self.package.get("notice", ""))

    def merge(self, section: TerritorySection) -> TerritorySection:
        """Return the section that reads its files, with what the scenario adds or changes."""
        fields = {field["name"] for field in self._resource("units")["schema"]["fields"]}
        base = TerritorySection(
            units=str(self.folder / self._resource("units")["path"]),
            id="code",
            name=_DEFAULT_NAME,
            type="type",
            parents={tier: tier for tier in _TIERS if tier in fields},
            synthetic=bool(self.package.get("synthetic", False)),
        )
        return base.model_copy(update=_chosen(section))

    def units_of(self, attributes: Iterable[str]) -> dict[str, str]:
        """Return the unit of each attribute that the descriptor knows."""
        fields = self._resource("units")["schema"]["fields"]
        units = {field["name"]: str(field.get("unit", "")) for field in fields}
        return {attribute: units[attribute] for attribute in attributes if attribute in units}

    def read_parent_names(self, name: str | None) -> dict[str, dict[str, str]]:
        """Read the parents' names, in the language of the chosen name column."""
        if not self._has_parents:
            return {}
        frame = read_table(self.folder / self._resource("parents")["path"])
        column = name if name in frame.columns else _DEFAULT_NAME
        return {
            str(tier): dict(zip(part["code"], part[column], strict=True))
            for tier, part in frame.groupby("tier")
        }

    def read_parent_names_in(self) -> dict[str, dict[str, dict[str, str]]]:
        """Read the parents' names in all languages: language -> tier -> code -> name."""
        columns = self._name_columns()
        return {column.removeprefix("name_"): self.read_parent_names(column) for column in columns}

    def read_names(self, tier: str) -> dict[str, dict[str, str]]:
        """Read a tier's names in all languages: column -> code -> name."""
        return {
            f"name_{language}": dict(names[tier])
            for language, names in self.read_parent_names_in().items()
            if tier in names
        }

    def _name_columns(self) -> list[str]:
        if not self._has_parents:
            return []
        frame = read_table(self.folder / self._resource("parents")["path"])
        return [str(column) for column in frame.columns if column.startswith("name_")]

    @property
    def _has_parents(self) -> bool:
        return any(resource["name"] == "parents" for resource in self.package["resources"])

    def _resource(self, name: str) -> Mapping[str, Any]:
        return next(one for one in self.package["resources"] if one["name"] == name)


def _chosen(section: TerritorySection) -> dict[str, Any]:
    """Return what differs from the schema's defaults: a run's record writes those out too."""
    defaults = TerritorySection(dataset=section.dataset)
    changed = {name: value for name, value in section if value != getattr(defaults, name)}
    return {name: changed[name] for name in sorted(changed.keys() - {"units", "synthetic"})}


def dataset_names() -> dict[str, str]:
    """Return the bundled datasets: name -> title, ordered by name.

    Examples
    --------
    >>> list(dataset_names())
    ['kazakhstan-2021', 'toy']
    """
    return {name: str(one.package["title"]) for name, one in _datasets().items()}


def find_dataset(name: str) -> Dataset:
    """Find a bundled dataset.

    Raises
    ------
    UnknownDatasetError
        If there is none of this name; it names the nearest.
    """
    datasets = _datasets()
    if name not in datasets:
        raise UnknownDatasetError(
            [
                Finding(
                    "unknown-dataset",
                    "territory.dataset",
                    f"no bundled dataset {name}",
                    "a name that `amalgamation datasets` lists",
                    nearest(name, list(datasets)),
                    subjects=(name,),
                )
            ]
        )
    return datasets[name]


def _datasets() -> dict[str, Dataset]:
    found = [
        Dataset(path.parent, json.loads(path.read_text(encoding="utf-8")))
        for path in bundled_folder("data").glob("*/datapackage.json")
    ]
    return {str(one.package["name"]): one for one in sorted(found, key=lambda d: d.package["name"])}
