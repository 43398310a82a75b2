"""From a question to its alternatives: take up a plan, and look for others as good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amalgamation.study.alternatives.find import check_options, find_alternatives
from amalgamation.study.alternatives.take_up import take_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from amalgamation.study.alternatives.alternatives import Alternatives

__all__ = ["look_for_alternatives"]

_SECONDS = 60.0


def look_for_alternatives(  # noqa: PLR0913 - the options of a study, all by name
    question: str | Path,
    *,
    within: float = 2.0,
    number: int = 8,
    probes: int = 20,
    minutes: float = 5.0,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    data_folder: Path | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> Alternatives:
    """Find plans that cost at most some per cent more and differ as much as possible.

    Parameters
    ----------
    question
        A run folder, whose plan is taken; or a scenario, which is answered first.
    within
        Per cent that each block (each piece that walls and water make independent) may cost
        more than in the plan.
    number
        How many to look for.
    probes
        Of the ties that all of them decide alike, so many are asked whether that is certain.
    minutes
        Time for looking, besides that of the answer.
    overrides
        Dotted keys that change a scenario; a run's question stays as it was.
    allow_outside
        Let a scenario name files outside its own folder.
    data_folder
        Of a run whose data are not bundled: the folder of its scenario file.
    report
        Called with a sentence for each step.

    Raises
    ------
    InputError
        If the question, its data or a number cannot be used, or it has no plan.
    VerificationError
        If a plan breaks a rule: our fault, and nothing is handed out.

    Examples
    --------
    >>> few = {"within": 5, "number": 2, "probes": 0}
    >>> found = look_for_alternatives("toy", **few, overrides={"solve.processes": 1})
    >>> found.table["municipalities"].to_dict()
    {'plan': 4, '1': 4, '2': 4}
    """
    check_options(within, number, probes)
    begun = take_up(
        question,
        overrides=overrides,
        allow_outside=allow_outside,
        data_folder=data_folder,
        report=report,
    )
    options = begun.ground.file.scenario.solve
    return find_alternatives(
        begun.ground,
        begun.plan,
        bound=begun.certificate.bound,
        within=within,
        number=number,
        probes=probes,
        seconds=minutes * _SECONDS,
        seed=options.seed,
        processes=options.processes,
        report=report,
    )
