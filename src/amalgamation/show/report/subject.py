"""What a report tells of: a plan, its ground, its measures and its certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amalgamation.graph import UnitGraph
    from amalgamation.measure import Scorecard
    from amalgamation.plan import Plan
    from amalgamation.provenance import Source
    from amalgamation.scenario import Scenario
    from amalgamation.show.report.reasons import ReportReasons
    from amalgamation.show.report.study import ReportStudy
    from amalgamation.status import Certificate
    from amalgamation.territory import Territory

__all__ = ["ReportSubject"]


@dataclass(frozen=True)
class ReportSubject:
    """Hold all that a report is made from.

    Parameters
    ----------
    scenario, plan, territory, graph, scorecard, certificate
        The question and what came of it.
    inputs
        Files read, with hashes.
    notices
        Sentences that the reader must know.
    language
        That the page opens in; empty for that of the reader's browser.
    reasons
        What binds, and what each single change would cost; None leaves it out.
    study
        Other plans beside this one, and how sure each border is; None for one plan alone.
    """

    scenario: Scenario
    plan: Plan
    territory: Territory
    graph: UnitGraph
    scorecard: Scorecard
    certificate: Certificate
    inputs: tuple[Source, ...] = ()
    notices: tuple[str, ...] = ()
    language: str = ""
    reasons: ReportReasons | None = None
    study: ReportStudy | None = None
