"""A study of several plans: what every such study shows, and the folder that it writes."""

from __future__ import annotations

import html
import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from pyogrio.errors import DataLayerError, DataSourceError

from amalgamation.errors import OutputError
from amalgamation.language import find_speech
from amalgamation.measure import measure_plan
from amalgamation.provenance import versions
from amalgamation.show import (
    ReportStudy,
    ReportSubject,
    build_report,
    plot_certainty,
    to_png,
)
from amalgamation.study.figures import known, markdown_of
from amalgamation.write import CERTAINTY_FILES, whole_folder, write_assignment, write_certainty

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    from matplotlib.figure import Figure

    from amalgamation.graph import UnitGraph
    from amalgamation.measure import Certainty
    from amalgamation.plan import Plan
    from amalgamation.provenance import Source
    from amalgamation.scenario import Scenario
    from amalgamation.status import Certificate
    from amalgamation.territory import Territory

__all__ = ["Study", "files_of"]


@dataclass(frozen=True, repr=False)
class Study(ABC):
    """Hold several plans of one territory, and what they have in common.

    Parameters
    ----------
    scenario, territory, graph
        The question, its units and their ties.
    certainty
        Over all plans.
    inputs
        Files read, with hashes.
    """

    scenario: Scenario
    territory: Territory
    graph: UnitGraph
    certainty: Certainty
    inputs: tuple[Source, ...]

    kind: ClassVar[str]
    """Names the study's files: ``alternatives.csv`` and the like."""

    @property
    @abstractmethod
    def plans(self) -> Mapping[str, Plan]:
        """Name -> plan; the first is the one that the others are held against."""

    @property
    @abstractmethod
    def certificate(self) -> Certificate:
        """Of the first plan."""

    @property
    @abstractmethod
    def table(self) -> pd.DataFrame:
        """One row per plan."""

    @abstractmethod
    def sentences(self) -> tuple[str, ...]:
        """Return what was found, in words."""

    def plot(self, **options: Any) -> Figure:
        """Draw the map of what is certain and what is a choice.

        Parameters
        ----------
        **options
            Passed to `amalgamation.show.plot_certainty`.

        Raises
        ------
        DataError
            If the territory has no geometry.
        """
        title = self.scenario.title or self.scenario.scenario
        return plot_certainty(self.certainty, self.territory, **{"title": title} | options)

    def report(self, *, language: str | None = None) -> str:
        """Build the text of ``report.html``: the first plan, the others, and how sure each is.

        Parameters
        ----------
        language
            That the page opens in; default: that of the reader's browser.

        Raises
        ------
        InputError
            If there is no such language.
        """
        plan = next(iter(self.plans.values()))
        parameters = self.scenario.scorecard
        card = measure_plan(plan, self.territory, self.graph, parameters=parameters)
        subject = ReportSubject(
            self.scenario,
            plan,
            self.territory,
            self.graph,
            card,
            self.certificate,
            self.inputs,
            language="" if language is None else find_speech(language).language,
            study=ReportStudy(self.kind, self.plans, self.certainty, self.table),
        )
        return build_report(subject)

    def to_markdown(self) -> str:
        """Return a summary: sentences, then a row per plan."""
        made_up = [f"*{self.certainty.notice}*"] if self.certainty.notice else []
        title = self.scenario.title or self.scenario.scenario
        parts = [f"# {title}: {self.kind}", *made_up, *self.sentences(), markdown_of(self.table)]
        if self.territory.has_geometry:
            parts.append("![What is certain and what is a choice](certainty.png)")
        return "\n\n".join(parts) + "\n"

    def to_object(self) -> dict[str, Any]:
        """Return the record as one JSON object; unknown numbers are None."""
        rows = self.table.reset_index().to_dict(orient="records")
        return {
            "scenario": self.scenario.model_dump(mode="json", by_alias=True),
            "synthetic": self.territory.synthetic,
            "notice": self.certainty.notice,
            "sentences": list(self.sentences()),
            "plans": [{str(key): known(value) for key, value in row.items()} for row in rows],
            "certainty": self.certainty._facts(),  # noqa: SLF001 - feeds every way of showing it
            "versions": versions(),
        }

    def write(self, folder: Path, *, overwrite: bool = False, language: str | None = None) -> None:
        """Write the study's folder, whole or not at all.

        Parameters
        ----------
        folder
            Absent, empty, or (with ``overwrite``) one of a former study of this kind.
        overwrite
            Replace it.
        language
            Of the map, and that the report opens in; tables are the same in every language.

        Raises
        ------
        OutputError
            If the folder may not be used or cannot be written; it is then as it was before.
        """
        picture = to_png(self.plot(language=language)) if self.territory.has_geometry else None
        page = self.report(language=language)
        text = json.dumps(_clean(self.to_object()), ensure_ascii=False, allow_nan=False, indent=2)
        try:
            with whole_folder(folder, overwrite=overwrite, files=files_of(self.kind)) as partial:
                for name, plan in self.plans.items():
                    write_assignment(partial / f"assignment-{name}.csv", plan)
                write_certainty(partial, self.certainty, self.territory, picture)
                table = self.table.to_csv(float_format="%.10g", lineterminator="\n")
                (partial / f"{self.kind}.csv").write_bytes(table.encode())
                (partial / "report.html").write_bytes(page.encode())
                (partial / "summary.md").write_bytes(self.to_markdown().encode())
                (partial / f"{self.kind}.json").write_bytes(f"{text}\n".encode())
        except (DataSourceError, DataLayerError) as error:
            msg = f"folder {folder}: {error}; nothing was left there"
            raise OutputError(msg) from error

    def __repr__(self) -> str:
        made_up = " (synthetic data)" if self.territory.synthetic else ""
        return f"<{type(self).__name__} {self.scenario.scenario}{made_up}: {self.sentences()[0]}>"

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self.sentences())
        return lines + str(self.table.to_html())


def files_of(kind: str) -> tuple[str, ...]:
    """Return the names, or patterns of names, of a study's files; the first is its mark."""
    tables = (f"{kind}.json", f"{kind}.csv", "assignment-*.csv")
    return (*tables, "summary.md", "report.html", *CERTAINTY_FILES)


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _clean(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(entry) for entry in value]
    return known(value)
