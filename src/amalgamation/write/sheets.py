"""The tables of ``scorecard.xlsx``: what stands on each sheet, and what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.write.polygons import build_municipality_table, build_unit_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from amalgamation.measure import Measure, Scorecard
    from amalgamation.status import Certificate
    from amalgamation.write.record import RunRecord

__all__ = ["Sheet", "build_sheets"]

_ASSIGNED = ("unit_id", "name", "municipality_id", "seat_id", "is_seat")
_WHO = {
    "municipality_id": "Id of the municipality",
    "seat_id": "Id of the unit that is the seat",
    "name": "Name of the seat",
    "seat_type": "Type of the seat's unit",
    "kind": "Urban, mixed or rural, by the share of urban residents",
    "capability_level": "Level of capability, by its points",
    "synthetic": "Whether the data are made up",
}
_SUMMARY = {
    "measure": "Name of the measure",
    "title": "What is measured",
    "unit": "Unit of the figures",
    "today": "Each unit a municipality by itself",
    "plan": "This plan",
    "change": "Plan less today",
    "better": "Which direction is better, where one is",
}
_LOSE = {
    "against": "Today's seat that the way is held against: each unit's own, or its parent's",
    "municipality_id": "Id of the municipality",
    "name": "Name of the seat",
    "farther": "Residents with a longer way than to that seat of today",
    "farther_percent": "Their share of the municipality's residents",
    "growth": "By how much their way is longer, in the mean",
}
_ASSIGNMENT = {
    "unit_id": "Id of the unit",
    "name": "Name of the unit",
    "municipality_id": "Its municipality; blank where the plan leaves it outside",
    "municipality": "Name of the municipality's seat",
    "seat_id": "Id of the unit that is the seat",
    "is_seat": "Whether the unit is the seat itself",
}
_AIMS = {
    "name": "Aim of the scenario",
    "unit": "Unit of raw, reference and target",
    "raw": "Value of this plan",
    "reference": "Value at the reference plan: what 1 means",
    "weight": "Weight in the scenario",
    "target": "What a balance aim measures the deviation from",
    "cost": "Part of the plan's cost: weight times raw, divided by reference",
}


@dataclass(frozen=True)
class Sheet:
    """Hold one table with the meaning of its columns.

    Parameters
    ----------
    name
        Of the sheet; at most 31 letters.
    about
        What the table is, in one sentence.
    table
        What stands on the sheet, column by column; the index is not written.
    notes
        Column -> title, unit and source, those that there are.
    by_row
        Whether figures of a row, not of a column, share a unit.
    """

    name: str
    about: str
    table: pd.DataFrame
    notes: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    by_row: bool = False


def build_sheets(record: RunRecord) -> list[Sheet]:
    """Build the sheets: summary, municipalities, losers, assignment, aims, certificate, notes.

    Without residents nobody is known to lose; without a certificate there are neither aims
    nor certificate. The last sheet says what each column of the others is, in what unit, and
    where its formula stands.
    """
    card = record.scorecard
    sheets = [_summary(card), _municipalities(card), *_losers(card), _assignment(record)]
    if record.certificate is not None:
        sheets += [_aims(record.certificate), _certificate(record.certificate, record)]
    return [*sheets, _notes(sheets)]


def _plain(notes: Mapping[str, str]) -> dict[str, tuple[str, str, str]]:
    return {name: (title, "", "") for name, title in notes.items()}


def _summary(scorecard: Scorecard) -> Sheet:
    national = scorecard.national.reset_index()
    words = {True: "higher", False: "lower"}
    better = [words.get(each, "") for each in national["higher_is_better"].astype("object")]
    figures = national[["today", "plan"]].astype("float64")
    table = national[["measure", "title", "unit"]].join(figures)
    table = table.assign(change=figures["plan"] - figures["today"], better=better)
    return Sheet("summary", "Today beside the plan, in all.", table, _plain(_SUMMARY), by_row=True)


def _municipalities(scorecard: Scorecard) -> Sheet:
    table = build_municipality_table(scorecard).reset_index()
    known = {measure.name: measure for measure in scorecard.measures}
    notes = {str(column): _note(str(column), known) for column in table.columns}
    return Sheet("municipalities", "The plan, municipality by municipality.", table, notes)


def _losers(scorecard: Scorecard) -> list[Sheet]:
    """List where most residents lose, against each of today's seats; nothing where nobody does."""
    found = {seat: scorecard.where_most_lose(seat) for seat in scorecard.seats_today}
    losing = {seat: table for seat, table in found.items() if len(table)}
    if not losing:
        return []
    tables = [
        table.reset_index().set_axis(list(_LOSE)[1:], axis="columns").assign(against=seat)
        for seat, table in losing.items()
    ]
    units = {measure.name: measure.unit for measure in scorecard.measures}
    told = [units.get(str(name), "") for name in next(iter(losing.values()))]
    notes = {
        name: (title, unit, "")
        for (name, title), unit in zip(_LOSE.items(), ["", "", *told], strict=True)
    }
    about = "The ten municipalities where most residents have a longer way to the seat than today."
    return [Sheet("where_most_lose", about, pd.concat(tables)[list(_LOSE)], notes)]


def _note(column: str, known: Mapping[str, Measure]) -> tuple[str, str, str]:
    if column in known:
        measure = known[column]
        return measure.title, measure.unit, measure.source
    if column.startswith("name_"):
        return f"Name of the seat, language {column.removeprefix('name_')}", "", ""
    return _WHO.get(column, f"Code of the seat's {column}"), "", ""


def _assignment(record: RunRecord) -> Sheet:
    units = build_unit_table(record.plan, record.territory).reset_index()
    names = record.scorecard.municipalities["name"]
    table = units[list(_ASSIGNED)]
    table.insert(3, "municipality", table["municipality_id"].map(names))
    about = "Which unit belongs to which municipality."
    return Sheet("assignment", about, table, _plain(_ASSIGNMENT))


def _aims(certificate: Certificate) -> Sheet:
    rows = [[getattr(aim, name) for name in _AIMS] for aim in certificate.aims]
    about = "What the plan costs, aim by aim; the sum of the last column is its cost."
    return Sheet("aims", about, pd.DataFrame(rows, columns=list(_AIMS)), _plain(_AIMS), by_row=True)


def _certificate(certificate: Certificate, record: RunRecord) -> Sheet:
    facts = [*_claims(certificate, record)]
    table = pd.DataFrame(facts, columns=["what", "value"], dtype="object")
    notes = {"what": "Part of the certificate", "value": "Figure or sentence"}
    return Sheet("certificate", "What was proven of the plan.", table, _plain(notes), by_row=True)


def _claims(certificate: Certificate, record: RunRecord) -> Iterator[tuple[str, Any]]:
    yield "scenario", record.scenario.scenario
    yield "title", record.scenario.title
    yield "question", record.scenario.question
    yield "status", str(certificate.status)
    yield "in a sentence", certificate.meaning()
    yield "cost (no unit)", certificate.cost
    yield "bound (no unit)", certificate.bound
    yield "gap (%)", 100 * certificate.gap
    yield "time (seconds)", certificate.seconds
    yield "seed", certificate.seed
    yield from (("rests on", sentence) for sentence in certificate.assumptions)
    yield from (("note", sentence) for sentence in record.notices)
    yield from (("note", sentence) for sentence in record.scorecard.remarks)
    yield from (("note", sentence) for sentence in record.scorecard.notices)


def _notes(sheets: list[Sheet]) -> Sheet:
    rows = [
        (sheet.name, column, *sheet.notes[str(column)])
        for sheet in sheets
        for column in sheet.table.columns
    ]
    names = ["sheet", "column", "title", "unit", "source"]
    table = pd.DataFrame(rows, columns=names, dtype="object")
    about = "What each column is; sources are keys of docs/references.bib of the project."
    titles = ["Sheet", "Column of it", "What it is", "Unit", "Where its formula stands"]
    return Sheet("notes", about, table, _plain(dict(zip(names, titles, strict=True))))
