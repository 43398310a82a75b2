"""A scenario skeleton from a file: what its columns seem to mean, for a person to correct."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.scenario import scenario_from_text
from amalgamation.scenario.schema.base import flaw_of_encoding
from amalgamation.territory.look import look_at
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.territory.look import Guess

__all__ = ["scenario_text_from"]

_TOP = """\
# A guess at what the columns of {file} mean: check every line, then run
#   amalgamation check {name}.yaml
scenario: {name}
title: {title}
"""
_FLOOR = 5000
_PLACEHOLDER = "?"


def scenario_text_from(
    name: str,
    path: Path,
    reference: str,
    layer: str | None = None,
    *,
    encoding: str | None = None,
) -> str:
    """Write a scenario for a file, each column with sample values in a comment.

    Parameters
    ----------
    name
        The scenario's name.
    path
        Vector file or table of units.
    reference
        The file's path as the scenario names it.
    layer
        Layer or sheet; None takes the first with geometry.
    encoding
        Of its text, where the file says none and it is not UTF-8.

    Raises
    ------
    DataError
        If the file cannot be read, or nobody knows the encoding.
    ScenarioError
        If the name is none.
    """
    flaw = None if encoding is None else flaw_of_encoding(encoding)
    if flaw is not None:
        raise DataError([Finding("encoding", "--encoding", *flaw)])
    guess = look_at(path, layer, encoding)
    top = _TOP.format(file=path.name, name=_quoted(name), title=_quoted(name)).rstrip()
    lines = [top, *_territory(guess, reference, encoding), *_graph(guess), *_question(guess)]
    text = "\n".join([*lines, ""])
    scenario_from_text(text, label="new scenario", allow_outside=True)
    return text


def _territory(guess: Guess, reference: str, encoding: str | None) -> list[str]:
    lines = ["territory:", f"  units: {_quoted(reference)} # {count_of(guess.rows, 'row')}"]
    if encoding is not None:
        lines.append(f"  encoding: {_quoted(encoding)}")
    if guess.layer is not None:
        listed = ", ".join(map(_plain, guess.layers))
        lines.append(f"  layer: {_quoted(guess.layer)} # of {listed}")
    if guess.has_polygons and not guess.has_crs:
        lines.append("  crs: EPSG:4326 # the file names none: check it")
    if guess.within is not None:
        edges = ", ".join(f"{edge:g}" for edge in guess.within)
        lines.append(
            f"  within: [{edges}] # west, south, east, north: is that where the units lie?"
        )
    lines += _role("id", guess.id, guess, "code, a different text for each unit")
    lines += _role("name", guess.name, guess, "name of the unit")
    lines += _role("type", guess.type, guess, "kind of unit, such as town")
    lines += _parents(guess)
    if guess.population not in {None, "population"}:
        shown = _shown(str(guess.population), guess)
        lines.append(f"  attributes: {{population: {_quoted(str(guess.population))}}} # {shown}")
    others = [one for one in guess.attributes if one != guess.population]
    lines += [f"  # a column of numbers: {_plain(one)} # {_shown(one, guess)}" for one in others]
    if guess.categories:
        lines.append("  categories: # words to compare, as rules.like and aims.heterogeneity do")
        lines += [
            f"    {_quoted(_key(one))}: {_quoted(one)} # {_shown(one, guess)}"
            for one in guess.categories
        ]
    used = {guess.id, guess.name, guess.type, *guess.parents, *guess.categories}
    rest = [one for one in guess.samples if one not in {*used, *guess.attributes}]
    return [*lines, *(f"  # not used: {_plain(one)} # {_shown(one, guess)}" for one in rest)]


def _role(key: str, column: str | None, guess: Guess, meaning: str) -> list[str]:
    if column is None:
        return [f"  # {key}: {_PLACEHOLDER} # no column looks like it: {meaning}"]
    return [f"  {key}: {_quoted(column)} # {_shown(column, guess)}"]


def _parents(guess: Guess) -> list[str]:
    if not guess.parents and not guess.prefixes:
        return ["  # parents: {rayon: column} # or {prefix: n}: the first n characters of the id"]
    lines = ["  parents: # tier: column with the parent's code, or a prefix of the id"]
    lines += [
        f"    {_quoted(_key(one))}: {_quoted(one)} # {_shown(one, guess)}" for one in guess.parents
    ]
    return lines + [
        f"    prefix_{length}: {{prefix: {length}}} # {groups:,} parents: give the tier its name"
        for length, groups in guess.prefixes.items()
    ]


def _graph(guess: Guess) -> list[str]:
    if guess.has_polygons:
        return ["", "graph:", "  ties: {min_border_m: 100} # metres; a corner is not a border"]
    return [
        "",
        "# A table has no borders: name the pairs of neighbours in a file from,to,km,border_km,",
        "# or draw the units (territory.draw) inside the polygons of their parents.",
        "# graph:",
        "#   ties: {file: ties.csv}",
    ]


def _question(guess: Guess) -> list[str]:
    if guess.population is None:
        most = max(1, guess.rows // 3)
        rules = f"  municipalities: {{max: {most}}} # no column of residents was found"
        return ["", "rules:", rules, "aims:", "  ties_cut: 1.0 # km of border between them", *_END]
    return [
        "",
        "rules:",
        f"  population: {{min: {_FLOOR}}} # residents of a municipality at least",
        "aims:",
        "  access: 1.0 # person-km to the seat",
        *_END,
    ]


_END = ("", "solve: {gap_percent: 1, minutes: 10, seed: 1}", "write: [csv, geojson, gpkg, png]")


def _shown(column: str, guess: Guess) -> str:
    return ", ".join(map(_plain, guess.samples.get(column, ()))) or "blank"


def _plain(text: str) -> str:
    """Return a text for a comment: one line, printable, short."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return line if len(line) <= 30 else f"{line[:27]}..."  # noqa: PLR2004 - a comment's width


def _key(column: str) -> str:
    """Return a name of the tier or category that is none of the section's own words."""
    taken = {"name", "type", "population", "area_km2", "geometry", "unit_id"}
    return f"{column}_" if column in taken else column


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
