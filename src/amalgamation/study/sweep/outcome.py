"""What came of one variant: a row of the study's table, and the files of its run folder."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.findings import errors_in, name_some
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amalgamation.findings import Finding
    from amalgamation.result import Result

__all__ = ["Figure", "Outcome", "build_outcome", "build_refusal"]

_UNFINISHED = (str(Status.FAILED), str(Status.INTERRUPTED))


@dataclass(frozen=True, slots=True)
class Figure:
    """A national measure of a plan.

    Parameters
    ----------
    name, title, unit
        Of the measure, as in ``national.csv``.
    today, plan
        Its values; NaN where there is none.
    higher_is_better
        None where neither direction is better in itself, or an older version wrote the row.
    """

    name: str
    title: str
    unit: str
    today: float
    plan: float
    higher_is_better: bool | None = None


@dataclass(frozen=True)
class Outcome:
    """Hold what came of one variant.

    Parameters
    ----------
    name
        The variant's.
    status
        How it ended, in the words of `Status`; ``"failed"`` where there is no answer.
    cost, bound, gap
        Without unit; infinite where unknown, the gap NaN where nothing was searched for.
    seconds
        Wall time of the variant where it was answered, from its scenario to its files.
    solve_seconds
        Wall time of the solve alone.
    municipalities
        Number of municipalities; None without a plan.
    peak_mb
        Most memory that its processes held, in MB of 1,000,000 bytes; 0 if unknown.
    reason
        Why there is no plan, or no answer.
    bad_input
        Whether it failed by what it was asked, not by us or by the machine.
    figures
        The national measures.
    notice
        The sentence that says that the data are made up; empty where they are not.
    files
        Name -> bytes: its run folder, on the way to the disk.
    """

    name: str
    status: str
    cost: float = math.inf
    bound: float = -math.inf
    gap: float = math.nan
    seconds: float = 0.0
    solve_seconds: float = 0.0
    municipalities: int | None = None
    peak_mb: float = 0.0
    reason: str = ""
    bad_input: bool = False
    figures: tuple[Figure, ...] = ()
    notice: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def is_finished(self) -> bool:
        """Whether the question was answered, if only by saying that there is no plan."""
        return self.status not in _UNFINISHED

    def to_object(self) -> dict[str, Any]:
        """Return everything but the files as JSON has it; what is not finite is None."""
        content = asdict(self)
        del content["files"]
        content["figures"] = [_finite(figure) for figure in content["figures"]]
        return _finite(content)

    @classmethod
    def from_object(cls, content: Mapping[str, Any]) -> Outcome:
        """Return the outcome that `to_object` wrote down.

        Raises
        ------
        KeyError, TypeError
            If the content is not of this kind.

        Examples
        --------
        >>> outcome = Outcome("a", "infeasible", reason="too few residents")
        >>> Outcome.from_object(outcome.to_object()).reason
        'too few residents'
        """
        figures = [Figure(**_numbers(one, today="nan", plan="nan")) for one in content["figures"]]
        known = _numbers(content, cost="inf", bound="-inf", gap="nan")
        return cls(**known | {"figures": tuple(figures)})


def _finite(content: dict[str, Any]) -> dict[str, Any]:
    return {
        key: None if isinstance(value, float) and not math.isfinite(value) else value
        for key, value in content.items()
    }


def _numbers(content: Mapping[str, Any], **unknown: str) -> dict[str, Any]:
    """Return content with what each unknown number stands for."""
    return {
        key: float(unknown[key]) if key in unknown and value is None else value
        for key, value in content.items()
    }


def build_outcome(name: str, result: Result, seconds: float, files: Mapping[str, bytes]) -> Outcome:
    """Build the outcome of a variant from its result.

    Parameters
    ----------
    name
        The variant's.
    result
        What came of it.
    seconds
        Wall time of the whole variant.
    files
        Its run folder; empty without a plan.
    """
    found, measured = result.certificate, result.status is Status.MEASURED
    return Outcome(
        name,
        str(result.status),
        cost=found.cost,
        bound=found.bound,
        gap=math.nan if measured else found.gap,
        seconds=round(seconds, 3),
        solve_seconds=round(found.seconds, 3),
        municipalities=None if result.plan is None else len(result.plan.seat_of),
        peak_mb=round(found.peak_mb, 1),
        reason=_reason(result),
        figures=_figures(result),
        notice=result.territory.notice,
        files=files,
    )


def _figures(result: Result) -> tuple[Figure, ...]:
    if result.scorecard is None:
        return ()
    return tuple(_figure(str(name), row) for name, row in result.scorecard.national.iterrows())


def _figure(name: str, row: pd.Series[Any]) -> Figure:
    better = row["higher_is_better"]
    way = None if pd.isna(better) else bool(better)
    return Figure(name, row["title"], row["unit"], float(row["today"]), float(row["plan"]), way)


def _reason(result: Result) -> str:
    if result.plan is not None:
        return f"{len(result.breaches):,} breaches of rules" if result.breaches else ""
    told = _sentences(errors_in(result.findings))
    return told or f"{result.status}: see `amalgamation run` with the same keys"


def _sentences(findings: Sequence[Finding]) -> str:
    return name_some([finding.sentence() for finding in findings], most=3)


def build_refusal(name: str, findings: Sequence[Finding], seconds: float = 0.0) -> Outcome:
    """Build the outcome of a variant whose scenario or data cannot be used."""
    reason, failed = _sentences(findings), str(Status.FAILED)
    return Outcome(name, failed, seconds=round(seconds, 3), reason=reason, bad_input=True)
