"""A plan: which unit belongs to which municipality, and which unit is its seat.

A plan knows no solver, no rule and no geometry. It is what the rooms hand on and what
``assignment.csv`` holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import pandas as pd

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["ASSIGNMENT_COLUMNS", "Plan"]

ASSIGNMENT_COLUMNS = ("unit_id", "municipality_id", "seat_id")
"""Columns of ``assignment.csv``, the round-trip format."""


@dataclass(frozen=True)
class Plan:
    """Assign each unit to one municipality and each municipality to one seat.

    Parameters
    ----------
    municipality_of
        Unit id -> municipality id.
    seat_of
        Municipality id -> unit id of its seat; the seat is one of its units.
    outside
        Units that the plan leaves outside every municipality; kept sorted, each once.

    Raises
    ------
    DataError
        If a municipality has no seat, a seat has no units, a seat lies outside its
        municipality, or a unit is both outside and in a municipality.

    Examples
    --------
    >>> plan = Plan({"a": "m1", "b": "m1", "c": "m2"}, {"m1": "a", "m2": "c"})
    >>> plan
    <Plan: 3 units in 2 municipalities>
    >>> plan.municipalities
    {'m1': ('a', 'b'), 'm2': ('c',)}
    >>> Plan({"a": "m1", "b": "m1", "c": "m2"}, {"m1": "a", "m2": "c"}, outside=("d",))
    <Plan: 3 units in 2 municipalities, 1 outside>
    """

    municipality_of: Mapping[str, str]
    seat_of: Mapping[str, str]
    outside: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "municipality_of", dict(sorted(self.municipality_of.items())))
        object.__setattr__(self, "seat_of", dict(sorted(self.seat_of.items())))
        object.__setattr__(self, "outside", tuple(sorted(set(self.outside))))
        findings = [*self._check_seats(), *self._check_outside()]
        if findings:
            raise DataError(findings)

    def _check_outside(self) -> list[Finding]:
        torn = [unit for unit in self.outside if unit in self.municipality_of]
        if not torn:
            return []
        return [
            Finding(
                "outside-and-inside",
                "plan",
                f"{len(torn)} units both outside and in a municipality: {name_some(torn)}",
                "each unit in one municipality, or outside",
                "leave its municipality blank, or give it one",
                subjects=tuple(torn),
            )
        ]

    def _check_seats(self) -> list[Finding]:
        named = set(self.municipality_of.values())
        findings = [
            Finding(
                "municipality-without-seat",
                f"municipality {municipality}",
                "no seat",
                "one seat among its units",
                "name its seat in the column seat_id",
                subjects=(municipality,),
            )
            for municipality in sorted(named - set(self.seat_of))
        ]
        findings += [
            Finding(
                "seat-outside",
                f"municipality {municipality}",
                f"seat {seat} outside its units",
                "a seat among its own units",
                "name one of its units in the column seat_id",
                subjects=(municipality, seat),
            )
            for municipality, seat in self.seat_of.items()
            if self.municipality_of.get(seat) != municipality
        ]
        return findings

    @classmethod
    def from_seats(cls, seat_of_unit: Mapping[str, str], outside: Iterable[str] = ()) -> Self:
        """Convert a unit -> seat mapping; each municipality takes its seat's id as its own.

        Parameters
        ----------
        seat_of_unit
            Unit id -> unit id of its seat, for the units in municipalities.
        outside
            Units outside every municipality.

        Examples
        --------
        >>> Plan.from_seats({"a": "a", "b": "a"}).seat_of
        {'a': 'a'}
        """
        seats = {seat: seat for seat in seat_of_unit.values()}
        return cls(dict(seat_of_unit), seats, tuple(outside))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Self:
        """Convert a table with the columns of ``assignment.csv``.

        Parameters
        ----------
        frame
            Columns ``unit_id``, ``municipality_id``, ``seat_id``, all strings; a unit
            outside every municipality has the two others empty.

        Raises
        ------
        DataError
            If a column is absent, a unit occurs twice, or a municipality has two seats.
        """
        findings = _check_frame(frame)
        if findings:
            raise DataError(findings)
        outside = frame["municipality_id"].str.strip().eq("") & frame["seat_id"].str.strip().eq("")
        inside = frame[~outside]
        seats = inside.drop_duplicates("municipality_id")
        return cls(
            dict(zip(inside["unit_id"], inside["municipality_id"], strict=True)),
            dict(zip(seats["municipality_id"], seats["seat_id"], strict=True)),
            tuple(frame.loc[outside, "unit_id"]),
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the table of ``assignment.csv``, ordered by unit id."""
        rows = [
            *(
                (unit, municipality, self.seat_of[municipality])
                for unit, municipality in self.municipality_of.items()
            ),
            *((unit, "", "") for unit in self.outside),
        ]
        return pd.DataFrame(sorted(rows), columns=list(ASSIGNMENT_COLUMNS), dtype="str")

    @cached_property
    def municipalities(self) -> dict[str, tuple[str, ...]]:
        """Municipality id -> its units, both sorted."""
        members: dict[str, list[str]] = {municipality: [] for municipality in self.seat_of}
        for unit, municipality in self.municipality_of.items():
            members[municipality].append(unit)
        return {municipality: tuple(units) for municipality, units in members.items()}

    def seat_of_unit(self, unit: str) -> str:
        """Return the seat that a unit belongs to.

        Raises
        ------
        KeyError
            If the plan does not know the unit, or leaves it outside.
        """
        return self.seat_of[self.municipality_of[unit]]

    def _facts(self) -> dict[str, int]:
        return {
            "units": len(self.municipality_of),
            "municipalities": len(self.seat_of),
            "outside": len(self.outside),
        }

    def _words(self) -> str:
        facts = self._facts()
        inside = f"{facts['units']:,} units in {facts['municipalities']:,} municipalities"
        return f"{inside}, {facts['outside']:,} outside" if facts["outside"] else inside

    def __repr__(self) -> str:
        return f"<Plan: {self._words()}>"

    def _repr_html_(self) -> str:
        return f"<b>Plan</b>: {self._words()}"


def _check_frame(frame: pd.DataFrame) -> list[Finding]:
    absent = [column for column in ASSIGNMENT_COLUMNS if column not in frame.columns]
    if absent:
        return [
            Finding(
                "column-absent",
                "assignment table",
                "columns " + ", ".join(map(str, frame.columns)),
                "columns " + ", ".join(ASSIGNMENT_COLUMNS),
                "add " + ", ".join(absent),
            )
        ]
    twice = sorted(frame.loc[frame["unit_id"].duplicated(), "unit_id"].unique())
    named = frame[frame["municipality_id"].str.strip() != ""]
    seats = named.groupby("municipality_id")["seat_id"].nunique()
    torn = sorted(seats[seats > 1].index)
    findings = []
    if twice:
        findings.append(
            Finding(
                "duplicate-unit",
                "assignment table",
                f"{len(twice)} units assigned twice: {name_some(twice)}",
                "each unit in one row",
                "delete the rows that are wrong",
                subjects=tuple(twice),
            )
        )
    if torn:
        findings.append(
            Finding(
                "two-seats",
                "assignment table",
                f"{len(torn)} municipalities with two seats: {name_some(torn)}",
                "one seat for each municipality",
                "give all rows of a municipality the same seat_id",
                subjects=tuple(torn),
            )
        )
    return findings
