"""The payload of a report: all that its page knows, as JSON.

In: the subject of a report. Out: a dictionary of plain values. The page holds nothing else:
words come from the catalogue of words, everything that is shown comes from here.
"""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.account import build_engine_accounts, build_gap_shares
from amalgamation.language import LANGUAGES, Speech
from amalgamation.provenance import package_version, versions
from amalgamation.scenario import write_scenario_text
from amalgamation.show.colours import PALETTE
from amalgamation.show.report.compared import build_losers, build_nations
from amalgamation.show.report.figures import to_figure
from amalgamation.show.report.ground import build_distance, build_map, build_ties
from amalgamation.show.report.people import build_municipalities, build_units
from amalgamation.show.report.reasons import build_reasons
from amalgamation.show.report.study import build_study
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.measure import Scorecard
    from amalgamation.show.report.subject import ReportSubject
    from amalgamation.status import AimValue, Certificate
    from amalgamation.territory import Territory

__all__ = ["build_payload"]


def build_payload(subject: ReportSubject) -> dict[str, Any]:
    """Build the payload.

    Examples
    --------
    >>> import amalgamation as am
    >>> result = am.run("toy", overrides={"solve.processes": 1})
    >>> payload = build_payload(result.to_report_subject())
    >>> payload["certificate"]["meaning"], len(payload["units"]["id"])
    ({'key': 'proven_best'}, 12)
    """
    return {
        "version": package_version(),
        "language": subject.language,
        "question": _question(subject),
        "data": _data(subject.territory),
        "certificate": _certificate(subject.certificate),
        "inputs": [asdict(source) for source in subject.inputs],
        "versions": versions() | dict(subject.certificate.versions),
        "notices": _told(_notices(subject)),
        "rules": subject.scenario.rules.model_dump(mode="json", exclude_none=True),
        "aims": subject.scenario.aims.model_dump(mode="json", exclude_none=True, by_alias=True),
        "measures": [
            {
                "name": measure.name,
                "titles": _titles(measure.name, measure.title, subject.territory),
                "unit": measure.unit,
                "better": measure.higher_is_better,
            }
            for measure in subject.scorecard.measures
        ],
        "national": _national(subject.scorecard, subject.territory),
        "nations": build_nations(subject.scorecard),
        "losers": build_losers(subject.scorecard),
        "units": build_units(subject),
        "municipalities": build_municipalities(subject),
        "ties": build_ties(subject.graph),
        "distance": build_distance(subject.graph),
        "map": build_map(subject.territory),
        "reasons": build_reasons(subject.reasons),
        "study": build_study(subject.study, subject.territory, subject.graph),
        "outermost": subject.territory.outermost or None,
        "palette": PALETTE,
    }


def _notices(subject: ReportSubject) -> list[str]:
    card = subject.scorecard
    return list(dict.fromkeys((*subject.notices, *card.remarks, *card.notices)))


def _question(subject: ReportSubject) -> dict[str, Any]:
    scenario = subject.scenario
    return {
        "name": scenario.scenario,
        "title": _told([scenario.title or scenario.scenario]),
        "question": _told([scenario.question]),
        "text": write_scenario_text(scenario),
    }


def _data(territory: Territory) -> dict[str, Any]:
    return {
        "name": territory.name,
        "synthetic": territory.synthetic,
        "notice": _told([territory.notice]),
        "attributes": dict(territory.attributes),
        "tiers": list(territory.tiers),
    }


def _certificate(certificate: Certificate) -> dict[str, Any]:
    return {
        "status": str(certificate.status),
        "cost": to_figure(certificate.cost),
        "bound": to_figure(certificate.bound),
        "gap": to_figure(certificate.gap),
        "meaning": _meaning(certificate),
        "assumptions": _told(certificate.assumptions),
        "seconds": certificate.seconds,
        "peak_mb": certificate.peak_mb,
        "seed": certificate.seed,
        "aims": [_aim(aim) for aim in certificate.aims],
        "engines": [
            asdict(account) | {"blocks": account.blocks}
            for account in build_engine_accounts(certificate.blocks)
        ],
        "shares": [
            {"where": _told([share.where]), "percent": to_figure(share.percent)}
            for share in build_gap_shares(certificate)
        ],
        "frontier": [
            [point.number, to_figure(point.cost), to_figure(point.bound)]
            for point in certificate.frontier
        ],
    }


def _meaning(certificate: Certificate) -> dict[str, Any]:
    """Return which sentence `Certificate.meaning` says, with its figures, for every language."""
    if certificate.status is Status.MEASURED:
        return {"key": "measured"}
    if not (math.isfinite(certificate.bound) and certificate.bound > 0):
        return {"key": "nothing_proven"}
    ordered = "_in_order" if certificate.stages else ""
    if certificate.status is Status.OPTIMAL:
        return {"key": f"proven_best{ordered}"}
    more = math.ceil(1e4 * (certificate.cost / certificate.bound - 1) - 1e-9) / 100
    return {"key": f"at_most_more{ordered}", "bound": certificate.bound, "more": more}


def _aim(aim: AimValue) -> dict[str, Any]:
    return asdict(aim) | {
        "raw": to_figure(aim.raw),
        "reference": to_figure(aim.reference),
        "cost": to_figure(aim.cost),
    }


def _told(sentences: Sequence[str]) -> dict[str, list[str]]:
    """Return sentences of the program in every language, as far as the catalogue knows them."""
    return {code: [Speech(code).tell(text) for text in sentences] for code in LANGUAGES}


def _titles(measure: str, english: str, territory: Territory) -> dict[str, str]:
    return {code: Speech(code).title(measure, english, territory.nouns) for code in LANGUAGES}


def _national(scorecard: Scorecard, territory: Territory) -> list[dict[str, Any]]:
    shown = scorecard.shown.index
    return [
        {
            "name": str(name),
            "titles": _titles(str(name), str(row["title"]), territory),
            "unit": str(row["unit"]),
            "today": to_figure(row["today"]),
            "plan": to_figure(row["plan"]),
            "better": None if pd.isna(row["higher_is_better"]) else bool(row["higher_is_better"]),
            "headline": name in shown,
        }
        for name, row in scorecard.national.iterrows()
    ]
