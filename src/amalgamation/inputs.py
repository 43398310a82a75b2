"""Every file that a scenario names, read in one go.

In: a scenario. Out: its territory, its graph and its wishes, or all that is wrong with any of
their files at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.errors import DataError
from amalgamation.graph import build_graph, check_graph_files
from amalgamation.territory import read_ids, read_territory, read_wishes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.findings import Finding
    from amalgamation.graph import UnitGraph
    from amalgamation.scenario import ScenarioFile
    from amalgamation.territory import Territory

__all__ = ["read_inputs"]


def read_inputs(file: ScenarioFile) -> tuple[ScenarioFile, Territory, UnitGraph]:
    """Read the territory, the graph and the wishes of a scenario.

    Returns
    -------
    tuple
        The scenario, with the wishes of its file written out, so that a run's record is
        whole; its territory; and its graph.

    Raises
    ------
    DataError
        If a file cannot be used: all problems of all files at once, as far as the codes of
        the units are known.

    Examples
    --------
    >>> from amalgamation.scenario import read_scenario
    >>> _, territory, graph = read_inputs(read_scenario("toy"))
    >>> len(territory.ids), len(graph.ties)
    (12, 23)
    """
    question = file.scenario
    try:
        territory = read_territory(question.territory, file.folder, needed=question.attributes_used)
    except DataError as error:
        ids = read_ids(question.territory, file.folder)
        more = [] if ids is None else _check_others(file, ids)
        raise DataError([*error.findings, *more]) from error
    asked, told = _try_wishes(file, territory.ids)
    try:
        encoding = question.territory.encoding
        graph = build_graph(territory, question.graph, file.folder, encoding=encoding)
    except DataError as error:
        raise DataError([*told, *error.findings]) from error
    if told:
        raise DataError(told)
    return asked, territory, graph


def _check_others(file: ScenarioFile, ids: Sequence[str]) -> list[Finding]:
    """Return what is wrong with the other files, where the territory was refused."""
    _, told = _try_wishes(file, ids)
    question = file.scenario
    encoding = question.territory.encoding
    return [*check_graph_files(question.graph, file.folder, ids, encoding), *told]


def _try_wishes(file: ScenarioFile, ids: Sequence[str]) -> tuple[ScenarioFile, list[Finding]]:
    try:
        return _with_wishes(file, ids), []
    except DataError as error:
        return file, list(error.findings)


def _with_wishes(file: ScenarioFile, ids: Sequence[str]) -> ScenarioFile:
    aims = file.scenario.aims
    if aims.wishes is None or aims.wishes.file is None:
        return file
    encoding = file.scenario.territory.encoding
    wishes, source = read_wishes(aims.wishes, file.folder, ids, encoding)
    aims = aims.model_copy(update={"wishes": wishes})
    scenario = file.scenario.model_copy(update={"aims": aims})
    return replace(file, scenario=scenario, sources=(*file.sources, source))
