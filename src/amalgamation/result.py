"""The result of a run: everything that came of a scenario, in one hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.account import build_engine_accounts
from amalgamation.errors import InputError
from amalgamation.explain.number import explain_number
from amalgamation.explain.this_plan import (
    build_report_reasons,
    draw,
    explain_municipality,
    explain_unit,
    explain_whole,
)
from amalgamation.findings import Finding
from amalgamation.language import find_speech
from amalgamation.measure import build_municipality_polygons, build_today, nation_means
from amalgamation.scenario.nearest import nearest
from amalgamation.show import (
    Explorer,
    Fills,
    ReportSubject,
    build_explorer,
    build_report,
    plot_before_after,
    plot_frontier,
    plot_nations,
    plot_plan,
    shade,
    tell_apart,
    to_png,
    to_svg,
)
from amalgamation.status import Status
from amalgamation.territory import to_sketch
from amalgamation.territory.words import count_of
from amalgamation.verify import CHECKS
from amalgamation.write import RunRecord, write_run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from matplotlib.figure import Figure

    from amalgamation.explain.number import NumberReason
    from amalgamation.explain.this_plan import Drawn, Overview, Reasons
    from amalgamation.graph import UnitGraph
    from amalgamation.language import Speech
    from amalgamation.measure import Scorecard
    from amalgamation.plan import Plan
    from amalgamation.provenance import Source
    from amalgamation.scenario import Scenario
    from amalgamation.show import ReportReasons
    from amalgamation.status import Certificate
    from amalgamation.territory import Territory

__all__ = ["Result"]


@dataclass(frozen=True)
class Result:
    """Hold a scenario, what it was asked of, and what came of it.

    Parameters
    ----------
    scenario, territory, graph
        The question and the ground.
    certificate
        Status, cost, bound and gap.
    plan, scorecard
        The plan and its measures; None where there is no plan.
    findings
        Warnings and notes of the way, and the reasons where there is no plan.
    breaches
        Rules that the plan breaks; empty unless it was measured instead of solved for.
    inputs
        Files read, with hashes.
    """

    scenario: Scenario
    territory: Territory
    graph: UnitGraph
    certificate: Certificate
    plan: Plan | None = None
    scorecard: Scorecard | None = None
    findings: tuple[Finding, ...] = ()
    inputs: tuple[Source, ...] = ()
    breaches: tuple[Finding, ...] = ()

    @property
    def status(self) -> Status:
        """How the run ended."""
        return self.certificate.status

    @property
    def gap(self) -> float:
        """Proven relative gap."""
        return self.certificate.gap

    @cached_property
    def fills(self) -> Fills:
        """The municipalities' polygons, with colours that tell neighbours apart.

        Raises
        ------
        InputError
            If there is no plan.
        """
        plan = self._require_plan()
        return tell_apart(build_municipality_polygons(self.territory.geometry, plan))

    def plot(
        self, measure: str | None = None, *, language: str | None = None, **options: Any
    ) -> Figure:
        """Draw the map of the plan.

        Parameters
        ----------
        measure
            Column of the scorecard to shade municipalities by; default: colours that only
            tell neighbours apart.
        language
            Of words, numbers and, where the data have them, names: ``en``, ``ru``, ``kk``;
            default: English, with the names that the scenario chose.
        **options
            Passed to `amalgamation.show.plot_plan`.

        Raises
        ------
        InputError
            If there is no plan, the territory has no geometry, nothing is measured
            under that name, or there is no such language.

        Examples
        --------
        >>> import amalgamation as am
        >>> result = am.run("toy", overrides={"solve.processes": 1})
        >>> result.plot("population").axes[0].get_legend().get_title().get_text()
        'Population (residents)'
        """
        plan = self._require_plan()
        speech = find_speech(language)
        own: dict[str, Any] = {
            "title": self._title(speech),
            "subtitle": self._subtitle(speech),
            "language": language,
        }
        if self.territory.has_geometry:
            own["fills"] = self._shaded(measure, speech) if measure else self.fills
        return plot_plan(plan, self.territory, **own | options)

    def _shaded(self, measure: str, speech: Speech) -> Fills:
        assert self.scorecard is not None  # noqa: S101 - stands wherever a plan does
        known = {one.name: one for one in self.scorecard.measures}
        if measure not in known:
            raise InputError([_no_measure(measure, list(known))])
        title = speech.title(measure, known[measure].title, self.territory.nouns)
        values = self.scorecard.municipalities[measure]
        titled = speech.with_unit(title, known[measure].unit)
        return shade(self.fills.polygons, values, titled, speech)

    def plot_before_after(
        self, before: Plan | None = None, *, language: str | None = None, **options: Any
    ) -> Figure:
        """Draw today, or another plan, and this plan side by side.

        Parameters
        ----------
        before
            Plan on the left; default: each unit as it stands.
        language
            As for `plot`.
        **options
            Passed to `amalgamation.show.plot_before_after`.

        Raises
        ------
        InputError
            If there is no plan, or the territory has no geometry.
        """
        plan = self._require_plan()
        own: dict[str, Any] = {"title": self._title(find_speech(language)), "language": language}
        if self.territory.has_geometry:
            own["fills"] = self.fills
        before = build_today(self.territory) if before is None else before
        return plot_before_after(before, plan, self.territory, **own | options)

    def plot_frontier(self, *, language: str | None = None, **options: Any) -> Figure:
        """Draw cost and bound against the number of municipalities.

        Parameters
        ----------
        language
            As for `plot`.
        **options
            Passed to `amalgamation.show.plot_frontier`.

        Raises
        ------
        InputError
            If the rules leave one number of municipalities alone, or limit it by parent.
        """
        own = {
            "chosen": None if self.plan is None else len(self.plan.seat_of),
            "title": self._title(find_speech(language)),
            "language": language,
        }
        return plot_frontier(self.certificate.frontier, self.territory, **own | options)

    def plot_nations(self, *, language: str | None = None, **options: Any) -> Figure:
        """Draw the plan and today among the municipalities of 30 countries.

        Parameters
        ----------
        language
            As for `plot`.
        **options
            Passed to `amalgamation.show.plot_nations`.

        Raises
        ------
        InputError
            If there is no plan, or its mean population or area is not known.
        """
        self._require_plan()
        assert self.scorecard is not None  # noqa: S101 - stands wherever a plan does
        own: dict[str, Any] = {"title": self._title(find_speech(language)), "language": language}
        return plot_nations(self.scorecard, self.territory, **own | options)

    @cached_property
    def drawn(self) -> Drawn:
        """The plan in its problem: whom to ask what a change of it would cost.

        Raises
        ------
        InputError
            If there is no plan, or one of its municipalities crosses a wall.
        """
        plan = self._require_plan()
        return draw(self.scenario, self.territory, self.graph, plan, self.certificate)

    @cached_property
    def overview(self) -> Overview:
        """Every single change of the plan: what it would cost, and what it breaks.

        Raises
        ------
        InputError
            As for `drawn`.
        """
        return explain_whole(self.drawn)

    def explain_unit(self, unit: str) -> Reasons:
        """Say why a unit is where it is: what binds, and what each choice next to it costs.

        Parameters
        ----------
        unit
            Its code.

        Raises
        ------
        InputError
            If there is no plan, or it has no such unit.

        Examples
        --------
        >>> import amalgamation as am
        >>> result = am.run("toy", overrides={"solve.processes": 1})
        >>> print(result.explain_unit("990206000").place)
        990206000 (Toy 12) is in the municipality of 990206000 (Toy 12), alone.
        """
        return explain_unit(self.drawn, unit)

    def explain_municipality(self, municipality: str) -> Reasons:
        """Say why a municipality is as it is, and what it and its units could be instead.

        Parameters
        ----------
        municipality
            Its id in the plan.

        Raises
        ------
        InputError
            If there is no plan, or it has no such municipality.
        """
        return explain_municipality(self.drawn, municipality)

    def explain_number(self) -> NumberReason:
        """Say why no plan has more municipalities than this one, or fewer, as the aims prefer.

        Raises
        ------
        InputError
            As for `drawn`.
        """
        return explain_number(self.drawn, self.scenario, self.certificate)

    def report(self, *, language: str | None = None) -> str:
        """Build the text of ``report.html``: one page that opens anywhere, without a network.

        Parameters
        ----------
        language
            That the page opens in; default: that of the reader's browser. All others are a
            click away.

        Raises
        ------
        InputError
            If there is no plan to tell of, or no such language.
        """
        opens_in = "" if language is None else find_speech(language).language
        subject = self.to_report_subject()
        return build_report(replace(subject, language=opens_in, reasons=self._reasons()))

    def _reasons(self) -> ReportReasons | None:
        """Return what the page tells of reasons; None where a municipality crosses a wall."""
        try:
            return build_report_reasons(self.overview)
        except InputError:
            return None

    def explore(self, **options: Any) -> Explorer:
        """Show the map in a notebook, alive: to look closer, search, shade and draw by hand.

        It needs no network, and what it shows cannot reach the notebook.

        Parameters
        ----------
        **options
            Passed to `amalgamation.show.build_explorer`.

        Raises
        ------
        InputError
            If there is no plan, or the territory has no geometry.
        """
        return build_explorer(self.to_report_subject(), **options)

    def to_report_subject(self) -> ReportSubject:
        """Return what the report tells of.

        Raises
        ------
        InputError
            If there is no plan to tell of.
        """
        plan = self._require_plan()
        assert self.scorecard is not None  # noqa: S101 - stands wherever a plan does
        return ReportSubject(
            scenario=self.scenario,
            plan=plan,
            territory=self.territory,
            graph=self.graph,
            scorecard=self.scorecard,
            certificate=self.certificate,
            inputs=self.inputs,
            notices=self._notices(),
        )

    def _notices(self) -> tuple[str, ...]:
        return tuple(one.sentence() for one in (*self.findings, *self.breaches))

    def write(self, folder: Path, *, overwrite: bool = False, language: str | None = None) -> None:
        """Write the run folder, whole or not at all.

        Parameters
        ----------
        folder
            Absent, empty, or (with ``overwrite``) a former run folder.
        overwrite
            Replace a former run folder.
        language
            Of maps and report, as for `plot` and `report`; tables, GIS layers and records
            are the same in all languages.

        Raises
        ------
        InputError
            If there is no plan to write, or no such language.
        OutputError
            If the folder cannot be written.
        """
        write_run(folder, self._record(language), overwrite=overwrite)

    def _record(self, language: str | None = None) -> RunRecord:
        plan = self._require_plan()
        assert self.scorecard is not None  # noqa: S101 - stands wherever a plan does
        pictures = "png" in self.scenario.write
        drawn = {"png", "svg"} & set(self.scenario.write)
        picture = self.plot(language=language) if drawn and self.territory.has_geometry else None
        wants_frontier = pictures and len(self.certificate.frontier) > 1
        wants_nations = pictures and bool(nation_means(self.scorecard.national))
        return RunRecord(
            scenario=self.scenario,
            plan=plan,
            territory=self.territory,
            graph=self.graph,
            scorecard=self.scorecard,
            certificate=self.certificate,
            inputs=self.inputs,
            checks=() if self.breaches else tuple(CHECKS),
            notices=self._notices(),
            formats=tuple(self.scenario.write),
            findings=(*self.findings, *self.breaches),
            polygons=self.fills.polygons if self.territory.has_geometry else None,
            fills=_by_id(self.fills) if self.territory.has_geometry else {},
            map_png=to_png(picture) if picture and "png" in drawn else None,
            map_svg=to_svg(picture) if picture and "svg" in drawn else None,
            frontier_png=to_png(self.plot_frontier(language=language)) if wants_frontier else None,
            report_html=self.report(language=language) if "html" in self.scenario.write else None,
            nations_png=to_png(self.plot_nations(language=language)) if wants_nations else None,
            reasons=self.overview.to_frame() if "reasons" in self.scenario.write else None,
        )

    def _require_plan(self) -> Plan:
        if self.plan is None:
            finding = Finding(
                "no-plan",
                f"scenario {self.scenario.scenario}",
                f"status {self.status}",
                "a plan",
                "loosen a rule, or give it more time",
            )
            raise InputError([finding])
        return self.plan

    def _title(self, speech: Speech) -> str:
        return speech.tell(self.scenario.title or self.scenario.scenario)

    def _subtitle(self, speech: Speech) -> str:
        facts = self._facts()
        sizes = " → ".join(
            speech.say(f"count.{noun}", n=facts[noun]) for noun in ("units", "municipalities")
        )
        left = [speech.say("count.outside", n=facts["outside"])] if facts["outside"] else []
        gap = speech.say("picture.proven_gap", gap=speech.marked(facts["gap"]))
        proven = [] if self.certificate.bound == float("-inf") else [gap]
        status = speech.noun(facts["status"])
        return f"{', '.join([sizes, *left])}; {', '.join([status, *proven])}"

    def _facts(self) -> dict[str, Any]:
        return {
            "scenario": self.scenario.scenario,
            "status": str(self.status),
            "units": len(self.territory.ids),
            "municipalities": 0 if self.plan is None else len(self.plan.seat_of),
            "outside": 0 if self.plan is None else len(self.plan.outside),
            "cost": f"{self.certificate.cost:.6g}",
            "bound": f"{self.certificate.bound:.6g}",
            "gap": f"{100 * self.gap:.2f} %" if self.status is not Status.MEASURED else "none",
            "engines": self._engines() or "none",
            "frontier": self._frontier() or "none",
            "seconds": round(self.certificate.seconds, 1),
            "peak memory": f"{self.certificate.peak_mb:,.0f} MB",
            "data": "synthetic" if self.territory.synthetic else "as given",
        }

    def _engines(self) -> str:
        accounts = build_engine_accounts(self.certificate.blocks)
        return ", ".join(f"{one.engine} on {count_of(one.blocks, 'block')}" for one in accounts)

    def _frontier(self) -> str:
        numbers = [point.number for point in self.certificate.frontier]
        return f"{numbers[0]:,} to {numbers[-1]:,} municipalities" if len(numbers) > 1 else ""

    def __repr__(self) -> str:
        facts = self._facts()
        made_up = " (synthetic data)" if self.territory.synthetic else ""
        units, municipalities = _sizes(facts)
        return (
            f"<Result {facts['scenario']}{made_up}: {facts['status']}, {units} in "
            f"{municipalities}, cost {facts['cost']}, gap {facts['gap']}>"
        )

    def _repr_html_(self) -> str:
        head = pd.Series(self._facts(), name="Result").to_frame().to_html() + self._sketch()
        return head if self.scorecard is None else head + self.scorecard._repr_html_()

    def _sketch(self) -> str:
        if self.plan is None or not self.territory.has_geometry:
            return ""
        return to_sketch(self.fills.polygons, self.fills.colours)


def _by_id(fills: Fills) -> dict[str, str]:
    return {str(one): colour for one, colour in fills.colours.items()}


def _no_measure(measure: str, known: list[str]) -> Finding:
    near = nearest(measure, known)
    return Finding(
        "measure-unknown",
        f"measure {measure}",
        "no such column of the scorecard",
        f"one of its {len(known)} measures" + (f", such as {', '.join(near)}" if near else ""),
        "look at result.scorecard.municipalities.columns",
    )


def _sizes(facts: Mapping[str, Any]) -> tuple[str, str]:
    return count_of(facts["units"], "unit"), count_of(facts["municipalities"], "municipality")
