"""Set finished runs, or the variants of a study, beside each other: folders in, figures out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pandas as pd

from amalgamation.study.compare import TradeOff, build_trade_off
from amalgamation.study.runs import compare_runs
from amalgamation.study.sweep import Study, expand_studies, find_plan_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.study.comparison import Comparison

__all__ = ["set_beside", "trade_off"]


def set_beside(
    *runs: str | Path,
    measures: Sequence[str] | Literal["shown", "all"] = "shown",
    against: str | None = None,
    data_folder: str | Path | None = None,
) -> Comparison:
    """Put finished runs side by side: figures, agreement, changes, maps, trade-offs.

    Parameters
    ----------
    *runs
        Run folders, of any version and of any data; a study's folder stands for its runs.
    measures
        Names of national measures; ``"shown"`` are those that a scorecard shows, ``"all"``
        those of any run.
    against
        Label of the column that the others are held against; default: the first run that
        is named, and today beside a single run.
    data_folder
        Folder of the scenario file, if its data are not bundled: a run does not record it.

    Returns
    -------
    Comparison
        Its table has today as the first column. Says in its notices what is made up, where
        units or data differ, and what is blank.

    Raises
    ------
    InputError
        If a folder is no run, no run has a measure of that name, or there is no such column.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import amalgamation as am
    >>> with TemporaryDirectory() as folder:
    ...     am.run("toy", overrides={"solve.processes": 1}).write(Path(folder, "toy"))
    ...     set_beside(Path(folder, "toy")).table.loc["municipalities", ["today", "toy"]].to_list()
    [12.0, 4.0]
    """
    home = None if data_folder is None else Path(data_folder)
    folders = expand_studies([Path(folder) for folder in runs])
    return compare_runs(folders, measures, against=against, data_folder=home)


def trade_off(source: str | Path | pd.DataFrame | Study, x: str, y: str) -> TradeOff:
    """Set two measures of a study's variants against each other; the Pareto set is marked.

    Of finished runs, `compare` has the same as a method.

    Parameters
    ----------
    source
        A study, its folder, its ``study.csv`` or ``study.parquet``, or any table of plans
        with a column for each measure.
    x, y
        Columns of its table: measures, or keys that vary. One that has no better direction
        by itself says which it is: ``municipalities:min`` or ``municipalities:max``.

    Raises
    ------
    InputError
        If there is no such table or column, a direction is missing, or fewer than two plans
        have both figures.

    Examples
    --------
    >>> figures = {"km": [3.0, 5.0, 6.0], "cost": [9.0, 4.0, 7.0]}
    >>> table = pd.DataFrame(figures, index=["a", "b", "c"])
    >>> trade_off(table, "km:min", "cost:min").pareto
    ('a', 'b')
    """
    found = find_plan_table(source if isinstance(source, pd.DataFrame | Study) else Path(source))
    return build_trade_off(found.table, [x, y], found.axes, found.notice)
