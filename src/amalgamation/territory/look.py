"""Look at a file of units and guess what its columns mean: for a person to correct.

In: a vector file or a table. Out: a guess for each part of the territory section, with
sample values. Nothing is refused but a file that cannot be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from amalgamation.territory.files import is_table
from amalgamation.territory.ledger import Ledger
from amalgamation.territory.numbers import from_text, looks_like_code
from amalgamation.territory.tables import read_table
from amalgamation.territory.vector import read_vector

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Guess", "look_at"]

# Words of column names in the languages of the files that were looked at: whole or in part.
_ID = re.compile(
    r"^(unit_?)?(id|code|kod|код|kato|като|insee|ehak|geoid|fips|ags|gem_?nr|nuts_id)$"
)
_NAME = re.compile(r"name|nom\b|^nom|nimi|имя|назван|наимен|атау|label")
_TYPE = re.compile(r"^(type|typ|kind|tüüp|тип|түрі|t)$|_type$")
_PEOPLE = re.compile(r"pop|resid|inhab|einw|people|rahva|elan|насел|жител|халық|людей")
_PARENT = re.compile(
    r"parent|dist|rayon|raion|oblast|region|county|state|province|epci|canton|arrond|"
    r"depart|maakond|район|област|округ|аудан|облыс"
)
_SYSTEMS = {
    ("kato", 9): (2, 4),
    ("insee", 5): (2,),
    ("geoid", 5): (2,),
    ("geoid", 10): (2, 5),
    ("fips", 5): (2,),
}
"""Name of the id column and its width -> lengths that name parents: KATO's oblast and rayon,
INSEE's department, the state and county of a FIPS code."""

_FEW, _MANY_KINDS = 2, 12
_SAMPLES = 3
_MOST_PREFIXES = 2


@dataclass(frozen=True)
class Guess:
    """Hold what the columns of a file seem to mean.

    Parameters
    ----------
    id, name, type, population
        Columns, or None where none looks like it.
    parents
        Columns that look like codes of parents.
    prefixes
        Number of leading characters of the id -> number of parents they would name.
    categories, attributes
        Columns of few words, and columns of numbers.
    samples
        Column -> its first different values.
    rows
        Number of units.
    layer
        Layer that was looked at, where the file has several.
    layers
        All layers or sheets, where there are several.
    has_polygons, has_crs
        Whether the file has geometry, and says in which CRS.
    within
        West, south, east, north in degrees, a little wider than the geometry; None where
        nobody knows.
    """

    id: str | None = None
    name: str | None = None
    type: str | None = None
    population: str | None = None
    parents: tuple[str, ...] = ()
    prefixes: Mapping[int, int] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: int = 0
    layer: str | None = None
    layers: tuple[str, ...] = ()
    has_polygons: bool = False
    has_crs: bool = True
    within: tuple[float, float, float, float] | None = None


def look_at(path: Path, layer: str | None = None, encoding: str | None = None) -> Guess:
    r"""Guess what the columns of a file mean.

    Parameters
    ----------
    path
        Vector file or table.
    layer
        Layer or sheet; None takes the first with geometry.
    encoding
        Of its text, where the file says none and it is not UTF-8.

    Raises
    ------
    DataError
        If the file cannot be read.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "units.csv")
    ...     _ = path.write_text("kod,nimi,rahvastik\n0001,Aa,50\n0002,Be,70\n")
    ...     guess = look_at(path)
    >>> guess.id, guess.name, guess.population
    ('kod', 'nimi', 'rahvastik')
    """
    layers = () if is_table(path.name) else _layers(path)
    chosen = layer or (layers[0] if len(layers) > 1 else None)
    frame, has_crs = _read(path, chosen, encoding)
    polygons = isinstance(frame, gpd.GeoDataFrame)
    table = pd.DataFrame(frame).drop(columns=[frame.geometry.name] if polygons else [])
    text = table.apply(_as_text)
    guess = _roles(text)
    return Guess(
        **guess,
        samples={str(column): tuple(_samples(text[column])) for column in text},
        rows=len(text),
        layer=chosen,
        layers=layers if len(layers) > 1 else (),
        has_polygons=polygons,
        has_crs=has_crs,
        within=_within(frame) if isinstance(frame, gpd.GeoDataFrame) and has_crs else None,
    )


def _layers(path: Path) -> tuple[str, ...]:
    try:
        listed = pyogrio.list_layers(path)
    except Exception:  # noqa: BLE001 - whatever GDAL says, `read_vector` says it in our words
        return ()
    spatial = [str(name) for name, kind in listed if kind is not None]
    return tuple(spatial or [str(name) for name, _ in listed])


def _read(path: Path, layer: str | None, encoding: str | None) -> tuple[pd.DataFrame, bool]:
    if is_table(path.name):
        return read_table(path, layer, encoding), True
    ledger = Ledger()  # what is wrong with the polygons is told when the scenario is checked
    frame = read_vector(path, ledger, layer=layer, encoding=encoding)
    return frame, not ledger.has("crs-absent")


def _within(frame: gpd.GeoDataFrame) -> tuple[float, float, float, float] | None:
    west, south, east, north = frame.to_crs("EPSG:4326").total_bounds
    low, high = np.floor([west * 10, south * 10]) / 10, np.ceil([east * 10, north * 10]) / 10
    edges = (*low.tolist(), *high.tolist())
    inside = all(abs(edge) <= most for edge, most in zip(edges, (180, 90) * 2, strict=True))
    return edges if inside and edges[0] < edges[2] and edges[1] < edges[3] else None


def _roles(text: pd.DataFrame) -> dict[str, Any]:
    columns = [str(column) for column in text]
    numbers = [one for one in columns if _is_number(text[one])]
    unique = [one for one in columns if text[one].is_unique and (text[one] != "").all()]
    identity = _first(unique, _ID) or next(
        (one for one in unique if one not in numbers or looks_like_code(text[one])), None
    )
    words = [one for one in columns if one not in {*numbers, identity}]
    spoken = [one for one in words if not _is_code(text[one])]
    name = _first(spoken, _NAME) or _most_distinct(text[spoken])
    whole = [one for one in numbers if text[one].str.fullmatch(r"\d+").all()]
    parents = [
        one
        for one in columns
        if one in {*words, *whole} and _PARENT.search(one.lower()) and _groups(text[one])
    ]
    kind = _first([one for one in words if _groups(text[one])], _TYPE)
    taken = {identity, name, kind, *parents}
    return {
        "id": identity,
        "name": name,
        "type": kind,
        "population": _first([one for one in numbers if one not in taken], _PEOPLE),
        "parents": tuple(parents),
        "prefixes": {} if identity is None else _prefixes(identity, text[identity]),
        "categories": tuple(
            one for one in words if one not in taken and _kinds(text[one]) <= _MANY_KINDS
            and _groups(text[one])
        ),
        "attributes": tuple(one for one in numbers if one not in taken),
    }  # fmt: skip


def _first(columns: list[str], words: re.Pattern[str]) -> str | None:
    return next((one for one in columns if words.search(one.lower())), None)


def _as_text(column: pd.Series) -> pd.Series[str]:
    return column.astype("str").where(column.notna(), "").str.strip()


def _is_code(cells: pd.Series[str]) -> bool:
    filled = cells[cells != ""]
    return bool(filled.str.fullmatch(r"[A-Z]{0,3}\d+").mean() > 0.5) if len(filled) else False  # noqa: PLR2004


def _is_number(cells: pd.Series[str]) -> bool:
    read = from_text(cells)
    return bool((cells != "").any() and not read.text.any() and not looks_like_code(cells))


def _kinds(cells: pd.Series[str]) -> int:
    return int(cells[cells != ""].nunique())


def _groups(cells: pd.Series[str]) -> bool:
    """Return whether values repeat, as those of a parent or a type do."""
    return _FEW <= _kinds(cells) <= len(cells) / 2


def _most_distinct(spoken: pd.DataFrame) -> str | None:
    kinds = {str(column): _kinds(spoken[column]) for column in spoken}
    most = max(kinds, key=lambda column: kinds[column], default=None)
    return most if most is not None and kinds[most] > len(spoken) / 2 else None


def _prefixes(column: str, ids: pd.Series[str]) -> dict[int, int]:
    """Find lengths of the id that name parents: those of a known code, else the first ones."""
    width = int(ids.str.len().max())
    if set(ids.str.len()) != {width} or not ids.str.fullmatch(r"[A-Z]{0,3}\d+").all():
        return {}
    groups = {length: int(ids.str[:length].nunique()) for length in range(1, width)}
    known = _SYSTEMS.get((column.lower(), width))
    if known is not None:
        return {length: groups[length] for length in known}
    found: dict[int, int] = {}
    for length in range(2, width):
        before = max([1, *found.values()])
        if before * 2 <= groups[length] <= len(ids) / 2 and len(found) < _MOST_PREFIXES:
            found[length] = groups[length]
    return found


def _samples(cells: pd.Series[str]) -> list[str]:
    return [str(cell) for cell in cells[cells != ""].drop_duplicates().iloc[:_SAMPLES]]
