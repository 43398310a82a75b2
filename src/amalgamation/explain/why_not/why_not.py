"""The answer to "why is there no plan?"."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.errors import InputError
from amalgamation.explain.why_not.highlights import build_highlights
from amalgamation.findings import Finding
from amalgamation.show import plot_highlights, to_png
from amalgamation.status import Status
from amalgamation.territory.words import count_of
from amalgamation.write import write_explanation

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

    from amalgamation.explain.why_not.question import Question
    from amalgamation.explain.why_not.reason import Reason
    from amalgamation.plan import Plan

__all__ = ["WhyNot"]

_NOTHING = "Nothing stands in the way: there is a plan that keeps every rule."
_OPEN = "Not settled in the time: no plan was found, and none was ruled out."
_SHARED = (
    "A number of municipalities over several blocks is asked as well; what is said of one "
    "block does not count it."
)
_ASIDE = "There is a plan that keeps every rule, the limit of rules.at_most on {} left aside."
_CAPPED = (
    "The limit of rules.at_most on {} was left out of this question: where there is a plan without "
    "it, the limit is what leaves none."
)


@dataclass(frozen=True)
class WhyNot:
    """Say why a scenario has no plan; or that it has one; or that neither is known.

    Parameters
    ----------
    question
        What was asked, without aims.
    reasons
        One for each place without a plan, in the order of the units.
    plan
        A verified plan, where there is one: any, not a good one.
    open
        Places of which nothing could be settled in the time.
    seconds
        Time taken.
    capped
        Aims that ``rules.at_most`` limits: these limits were not asked.
    """

    question: Question
    reasons: tuple[Reason, ...] = ()
    plan: Plan | None = None
    open: tuple[str, ...] = ()
    seconds: float = 0.0
    capped: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """``infeasible`` where it is proven, ``feasible`` with a plan, else ``no plan found``."""
        if self.reasons:
            return Status.INFEASIBLE
        return Status.NO_PLAN if self.plan is None else Status.FEASIBLE

    def first_line(self) -> str:
        """Return the answer as one line: the first cause, and what would lift it."""
        if self.reasons:
            others = len(self.reasons) - 1
            more = f" (and {count_of(others, 'place')} more without a plan)" if others else ""
            return self.reasons[0].sentence() + more
        if self.plan is not None and self.capped:
            return _ASIDE.format(", ".join(self.capped))
        return _OPEN if self.plan is None else _NOTHING

    def lines(self) -> list[str]:
        """Return the whole answer as lines of text; the first is `first_line`."""
        lines = [self.first_line()]
        for number, reason in enumerate(self.reasons, start=1):
            if number > 1:
                lines += ["", f"and {reason.sentence()}"]
            lines += reason.lines()
        lines += self.caveats()
        return lines

    def caveats(self) -> list[str]:
        """Return what the answer does not say."""
        shared = any(len(limit.blocks) > 1 for limit in self.question.problem.limits)
        apart = any(not reason.place.is_everything for reason in self.reasons)
        return [
            *([_SHARED] if shared and apart else []),
            *([_CAPPED.format(", ".join(self.capped))] if self.capped else []),
            *(f"not settled in the time: {name}" for name in self.open),
            *([self.question.territory.notice] if self.question.territory.notice else []),
        ]

    def plot(self, reason: int = 0, *, language: str | None = None) -> Figure:
        """Draw the map of a reason: the units that it speaks of, and what cuts them off.

        Parameters
        ----------
        reason
            Position in ``reasons``.
        language
            Code of the language of all words; default: English.

        Raises
        ------
        InputError
            If there is no such reason, or the territory has no geometry.
        """
        if not 0 <= reason < len(self.reasons):
            raise InputError([self._no_reason(reason)])
        own = self.reasons[reason]
        return plot_highlights(build_highlights(own), self.question.territory, language=language)

    def _no_reason(self, reason: int) -> Finding:
        count = len(self.reasons)
        return Finding(
            "no-reason",
            f"reason {reason}",
            f"{count} reasons" if count else self.first_line(),
            f"0 to {count - 1}" if count else "a reason to draw",
            "ask for one that there is" if count else "tighten a rule, if one is wanted",
        )

    def write(
        self, folder: Path, *, overwrite: bool = False, language: str | None = None
    ) -> tuple[str, ...]:
        """Write ``explanation.json``, and with reasons and polygons their map.

        Parameters
        ----------
        folder
            Absent, empty, or (with ``overwrite``) one of a former explanation.
        overwrite
            Replace a former explanation.
        language
            Code of the language of the map; the object is the same in every language.

        Returns
        -------
        tuple of str
            Names of the files.

        Raises
        ------
        OutputError
            If the folder cannot be written.
        """
        drawn = bool(self.reasons) and self.question.territory.has_geometry
        return write_explanation(
            folder,
            self.to_object(),
            self.question.territory,
            [build_highlights(reason).roles for reason in self.reasons],
            png=to_png(self.plot(language=language)) if drawn else None,
            overwrite=overwrite,
        )

    def to_object(self) -> dict[str, Any]:
        """Return the answer as JSON has it."""
        return {
            "scenario": self.question.scenario.scenario,
            "status": str(self.status),
            "first_line": self.first_line(),
            "reasons": [reason.to_object() for reason in self.reasons],
            "caveats": self.caveats(),
            "open": list(self.open),
            "synthetic": self.question.territory.synthetic,
            "notice": self.question.territory.notice,
            "seconds": self.seconds,
        }

    def _facts(self) -> dict[str, Any]:
        return {
            "scenario": self.question.scenario.scenario,
            "status": str(self.status),
            "reasons": len(self.reasons),
            "by arithmetic": sum(reason.by_arithmetic for reason in self.reasons),
            "ways out": sum(len(reason.relaxations) for reason in self.reasons),
            "not settled": len(self.open) + sum(len(reason.open) for reason in self.reasons),
            "seconds": round(self.seconds, 1),
            "data": "synthetic" if self.question.territory.synthetic else "as given",
        }

    def __repr__(self) -> str:
        made_up = " (synthetic data)" if self.question.territory.synthetic else ""
        name = self.question.scenario.scenario
        return f"<WhyNot {name}{made_up}: {self.status}; {self.first_line()}>"

    def _repr_html_(self) -> str:
        facts = "".join(
            f"<tr><th>{html.escape(name)}</th><td>{html.escape(str(value))}</td></tr>"
            for name, value in self._facts().items()
        )
        lines = "<br>".join(html.escape(line) for line in self.lines())
        return f"<table>{facts}</table><p>{lines}</p>"
