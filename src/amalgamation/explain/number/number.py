"""The reason of a number: why no plan has more municipalities than this one, or fewer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from amalgamation.explain.ground import Ground
from amalgamation.explain.number.part import count_part
from amalgamation.show import Highlights, plot_highlights, to_png
from amalgamation.territory.words import count_of
from amalgamation.write import write_explanation

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

    from amalgamation.explain.number.part import PartNumber
    from amalgamation.explain.this_plan import Drawn
    from amalgamation.scenario.schema import Scenario
    from amalgamation.status import Certificate

__all__ = ["NumberReason", "explain_number"]

_ROUNDING = 1e-6
_MANY = 12  # parts that are told one by one
_POCKET = "cannot stand without a neighbour"
_GATE = "what it must join"
_LARGE = "one municipality, however large"
_PIECE = "a piece with room for fewer"
_WHOLE = "what the arithmetic is about"


@dataclass(frozen=True)
class NumberReason:
    """Hold why a plan's number of municipalities is the most, or the fewest, that there can be.

    Parameters
    ----------
    drawn, scenario
        The plan and its question.
    prefer
        Whether ``many`` or ``few`` were looked for.
    parts
        What each part has and has room for, in the order of their first units.
    solved
        The best number of any plan, as the solver proved it; None where it proved nothing of it.
    """

    drawn: Drawn
    scenario: Scenario
    prefer: Literal["many", "few"]
    parts: tuple[PartNumber, ...]
    solved: int | None

    @property
    def number(self) -> int:
        """Municipalities of the plan."""
        return len(self.drawn.plan.seat_of)

    @property
    def arithmetic(self) -> int:
        """The best number that the parts' arithmetic leaves possible."""
        many = self.prefer == "many"
        return sum(part.most if many else part.least for part in self.parts)

    @property
    def limit(self) -> int | None:
        """The best number that ``rules.municipalities`` allows; None where it sets none."""
        rule = self.scenario.rules.municipalities
        return rule.highest if self.prefer == "many" else rule.lowest

    @property
    def proof(self) -> Literal["rule", "arithmetic", "solver", "none"]:
        """What proves that no plan has a better number: the rule itself, a reason, the solver.

        Arithmetic goes before the solver: its reason can be followed with a pencil.
        """
        if self.limit == self.number:
            return "rule"
        if self.arithmetic == self.number:
            return "arithmetic"
        return "solver" if self.solved == self.number else "none"

    def sentences(self) -> list[str]:
        """Return the reason as lines of text, the parts where arithmetic says most first."""
        if self.proof == "rule":
            return [self.first_line()]
        told = self._ordered()
        plain = [part for part in told if self._is_plain(part)] if len(told) > _MANY else []
        lines = [f"  - {self._of(part)}" for part in told if part not in plain]
        if plain:
            word = "more" if self.prefer == "many" else "fewer"
            parts = count_of(len(plain), "other part")
            lines.append(f"  - {parts}: one rule by itself allows no {word} than the plan has")
        return [self.first_line(), *lines]

    def _is_plain(self, part: PartNumber) -> bool:
        best = part.most if self.prefer == "many" else part.least
        return best == part.number and not part.told_by_room

    def _of(self, part: PartNumber) -> str:
        return part.sentence(many=self.prefer == "many", solved=self.proof == "solver")

    def first_line(self) -> str:
        """Return what is proven of the number, without the parts."""
        word, bound = ("more", "at most") if self.prefer == "many" else ("fewer", "at least")
        has = f"The plan has {count_of(self.number, 'municipality')}"
        if self.proof == "rule":
            return f"{has}, and rules.municipalities allows no {word}."
        if self.proof == "arithmetic":
            return f"{has}, and no plan can have {word}: arithmetic proves it, part by part."
        if self.proof == "solver":
            return f"{has}, and no plan has {word}: the solver proved it."
        known = f"{bound} {self.arithmetic:,} by arithmetic"
        if self.solved is not None:
            known += f", {bound} {self.solved:,} by the solver"
        return f"{has}; that no plan has {word} is not proven ({known})."

    def _ordered(self) -> list[PartNumber]:
        return sorted(self.parts, key=lambda part: (not part.told_by_room, part.units))

    def plot(self) -> Figure:
        """Draw the places that account for the number: pockets, what they join, large units.

        Raises
        ------
        DataError
            If the territory has no geometry.
        """
        return plot_highlights(self.highlights(), self.drawn.territory)

    def highlights(self) -> Highlights:
        """Return what the map of the reason shows."""
        roles: dict[str, list[str]] = {_POCKET: [], _GATE: [], _LARGE: [], _PIECE: []}
        for part in self.parts:
            for role, units in _roles(part).items():
                roles[role] += units
        if not any(roles.values()):
            roles[_WHOLE] = [unit for part in self.parts for unit in part.units]
        ordered = [(role, tuple(sorted(units))) for role, units in roles.items() if units]
        scenario = self.scenario.title or self.scenario.scenario
        return Highlights(
            title=f"{self._claim()}: {scenario}",
            sentence=" ".join([self.first_line(), *self._first()]),
            roles=tuple(ordered),
            walls=tuple(self.scenario.rules.walls),
        )

    def _claim(self) -> str:
        """Return what the map may be called: a reason only where it is one."""
        if self.proof in ("none", "solver"):
            return "What arithmetic says of the number of municipalities"
        return f"Why no plan has {'more' if self.prefer == 'many' else 'fewer'}"

    def _first(self) -> list[str]:
        """Return where arithmetic says most, in short: the map shows the place."""
        told = [part for part in self.parts if part.told_by_room]
        far = max(told, key=lambda part: part.lost, default=None)
        return [] if far is None or self.prefer == "few" else [f"{far.why(many=True)}."]

    def write(self, folder: Path, *, overwrite: bool = False) -> tuple[str, ...]:
        """Write the reason: ``explanation.json``, ``reason.geojson`` and ``reason.png``.

        Parameters
        ----------
        folder
            Absent, empty, or (with ``overwrite``) one of a former explanation.
        overwrite
            Replace it.

        Returns
        -------
        tuple of str
            Names of the files written.

        Raises
        ------
        OutputError
            If the folder may not be used or cannot be written.
        """
        territory = self.drawn.territory
        png = to_png(self.plot()) if territory.has_geometry else None
        roles = [self.highlights().roles]
        return write_explanation(
            folder, self.to_object(), territory, roles, png=png, overwrite=overwrite
        )

    def to_object(self) -> dict[str, Any]:
        """Return the reason as JSON has it."""
        return {
            "prefer": self.prefer,
            "municipalities": self.number,
            "proof": self.proof,
            "arithmetic": self.arithmetic,
            "solver": self.solved,
            "sentences": self.sentences(),
            "parts": [part.to_object() for part in self.parts],
        }

    def __repr__(self) -> str:
        return f"<NumberReason: {self.first_line()}>"


def _roles(part: PartNumber) -> dict[str, list[str]]:
    """Return the part that units play where arithmetic says more than a division."""
    if not part.told_by_room or part.room is None:
        return {}
    room = part.room
    pockets = [unit for node in (*room.large, *room.nodes) for unit in node.pocket]
    pockets += [unit for piece in room.pieces if not piece.room for unit in piece.units]
    joined = {gate for piece in room.pieces if not piece.room for gate in piece.beside}
    joined |= {node.gate for node in (*room.large, *room.nodes) if node.pocket}
    pocketed = set(pockets)
    large = [node.gate for node in room.large if node.gate not in joined]
    pieces = [unit for piece in room.pieces if piece.room for unit in piece.units]
    return {
        _POCKET: sorted(pocketed),
        _GATE: sorted(joined - pocketed),
        _LARGE: large,
        _PIECE: sorted(set(pieces) - pocketed - joined),
    }


def explain_number(drawn: Drawn, scenario: Scenario, certificate: Certificate) -> NumberReason:
    """Say why no plan has more municipalities than this one, or fewer.

    Parameters
    ----------
    drawn
        The plan.
    scenario
        Its question: fewer are looked for if ``aims.number`` prefers few, else more.
    certificate
        What the solver proved of the plan.

    Examples
    --------
    >>> import amalgamation as am
    >>> result = am.run("toy", overrides={"solve.processes": 1})
    >>> explain_number(result.drawn, result.scenario, result.certificate).proof
    'rule'
    """
    ground = Ground(scenario, drawn.territory, drawn.graph)
    prefer: Literal["many", "few"] = "many"
    if scenario.aims.number is not None and scenario.aims.number.prefer == "few":
        prefer = "few"
    seats = list(drawn.plan.seat_of.values())
    parts = tuple(
        count_part(ground, part, sum(seat in set(part) for seat in seats)) for part in ground.parts
    )
    return NumberReason(drawn, scenario, prefer, parts, _solved(drawn, certificate, prefer))


def _solved(drawn: Drawn, certificate: Certificate, prefer: str) -> int | None:
    """Return the best number by the solver's bound, where the number is all that was aimed at."""
    aims = [aim for aim in certificate.aims if aim.weight > 0]
    if len(aims) != 1 or aims[0].name != f"number.{prefer}" or not math.isfinite(certificate.bound):
        return None
    (aim,) = aims
    raw = math.ceil(certificate.bound * aim.reference / aim.weight - _ROUNDING)
    if prefer == "few":
        return raw
    inside = sum(len(block) for block in drawn.problem.blocks)
    return inside - raw
