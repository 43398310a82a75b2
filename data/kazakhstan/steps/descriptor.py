"""Hold a dataset's `datapackage.json` against the files that it describes.

In: the folder of a dataset (Frictionless Data Package, version 1).  Out: a sentence for
everything that is said and not so, or is so and not said.  Titles and descriptions are
written by hand; this sees to it that they belong to the columns as they are.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from pandas.api.types import is_integer_dtype, is_numeric_dtype

TABLES = (".csv", ".gpkg", ".geojson")
SAYS = ("name", "type", "title", "unit", "origin", "description")
ORIGINS = ("real", "mixed", "synthetic")
GEOMETRY = "geometry"

# What a column breaks of a constraint: the number of its values that do.
BREACHES: dict[str, Callable[[pd.Series, Any], int]] = {
    "required": lambda column, wanted: int(column.isna().sum()) if wanted else 0,
    "unique": lambda column, wanted: int(column.duplicated().sum()) if wanted else 0,
    "pattern": lambda column, pattern: int((~column.dropna().str.fullmatch(pattern)).sum()),
    "enum": lambda column, words: int((~column.dropna().isin(words)).sum()),
    "minimum": lambda column, least: int((pd.to_numeric(column.dropna()) < least).sum()),
}


def find_misfits(folder: Path) -> list[str]:
    """Find where the descriptor of a folder and its files differ; empty if nowhere."""
    resources = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    told = {resource["path"] for resource in resources}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    tables = {path for path in there if path.endswith(TABLES)}
    misfits = [f"{path}: described, but not there" for path in sorted(told - there)]
    misfits += [f"{path}: there, but not described" for path in sorted(tables - told)]
    for resource in resources:
        if resource["path"] in there and resource["path"].endswith(TABLES):
            schema = resource.get("schema", {"fields": []})
            found = _compare(_read(folder / resource["path"]), schema)
            misfits += [f"{resource['path']}: {misfit}" for misfit in found]
    return misfits


def _read(path: Path) -> pd.DataFrame:
    """Read a table; a CSV has text alone, and an empty cell holds nothing."""
    if path.suffix == ".csv":
        return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    table: pd.DataFrame = gpd.read_file(path)
    return table


def _compare(table: pd.DataFrame, schema: Mapping[str, Any]) -> Iterator[str]:
    fields = {field["name"]: field for field in schema["fields"]}
    if list(fields) != list(table.columns):
        strange = sorted(set(fields) ^ set(table.columns))
        yield f"columns {', '.join(strange) or 'in another order'} differ"
    for name in [name for name in table.columns if name in fields]:
        for misfit in _compare_column(table[name], fields[name], typed="geometry" in table):
            yield f"column {name}: {misfit}"
    key = schema.get("primaryKey", [])
    columns = [key] if isinstance(key, str) else key
    if columns and set(columns) <= set(table.columns) and table.duplicated(columns).any():
        yield f"primary key {', '.join(columns)} is not unique"


def _compare_column(column: pd.Series, field: Mapping[str, Any], *, typed: bool) -> Iterator[str]:
    silent = [word for word in SAYS if not field.get(word)]
    if silent:
        yield f"no {', '.join(silent)}"
    if field.get("origin") not in ORIGINS:
        yield f"origin {field.get('origin')}, none of {', '.join(ORIGINS)}"
    if column.name != GEOMETRY and not _is_of_type(column, str(field["type"]), typed=typed):
        yield f"not of type {field['type']}"
        return
    for word, wanted in field.get("constraints", {}).items():
        broken = BREACHES[word](column, wanted) if word in BREACHES else len(column)
        if broken:
            yield f"{word} does not hold in {broken} of {len(column)} rows"


def _is_of_type(column: pd.Series, kind: str, *, typed: bool) -> bool:
    """Tell whether values have a type: by the file's own, or by how the text of a CSV reads."""
    if typed:
        fits = {"integer": is_integer_dtype, "number": is_numeric_dtype}
        return bool(fits[kind](column)) if kind in fits else not is_numeric_dtype(column)
    text = column.dropna()
    if kind == "integer":
        return bool(text.str.fullmatch(r"-?\d+").all())
    return kind != "number" or bool(pd.to_numeric(text, errors="coerce").notna().all())
