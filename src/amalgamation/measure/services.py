"""Services: whether a municipality has the users that a service needs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.measures import Measure, NationalMeasure, words_of
from amalgamation.measure.shares import percent_of_municipalities, percent_of_residents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject
    from amalgamation.scenario.schema import Service

__all__ = [
    "measure_services",
    "measure_too_few",
    "municipality_measures",
    "national_measures",
]


def municipality_measures(context: Context) -> list[Measure]:
    """Return the number of services that a municipality has the users for."""
    services = context.parameters.services
    if not services:
        return []
    return [
        Measure(
            "services",
            "Services that it has the users for",
            f"of {len(services)}",
            partial(measure_services, services=services),
            higher_is_better=True,
            needs=tuple(dict.fromkeys(service.attribute for service in services)),
        )
    ]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return, for each service, the shares of municipalities and residents without the users."""
    return [row for service in context.parameters.services for row in _rows(service)]


def _rows(service: Service) -> list[NationalMeasure]:
    too_few = partial(measure_too_few, service=service)
    ending = f"{service.attribute}_below_{service.min:.12g}"
    words = f"without the users for {service.title}"
    return [
        NationalMeasure(
            f"municipalities_{ending}",
            f"Municipalities {words}",
            "%",
            lambda subject: percent_of_municipalities(too_few(subject)),
            higher_is_better=False,
            needs=(service.attribute,),
            formula=f"Share of municipalities. {words_of(too_few)}",
        ),
        NationalMeasure(
            f"residents_{ending}",
            f"Residents of municipalities {words}",
            "%",
            lambda subject: percent_of_residents(subject, too_few(subject)),
            higher_is_better=False,
            needs=(service.attribute, "population"),
            formula=f"Share of residents of such municipalities. {words_of(too_few)}",
        ),
    ]


def measure_too_few(subject: Subject, service: Service) -> pd.Series[float]:
    """Say which municipalities have fewer users than a service needs.

    Returns
    -------
    pandas.Series
        On the municipality index, 1 where it has too few and 0 where enough; NaN where the
        users of a unit are not known.

    Raises
    ------
    KeyError
        If the territory has no such attribute.

    Examples
    --------
    >>> from amalgamation.measure.example import example_subject
    >>> from amalgamation.scenario.schema import Service
    >>> school = Service(attribute="pupils", min=250, title="schools")
    >>> measure_too_few(example_subject("aac", pupils=[100, 150, 249]), school).to_list()
    [0.0, 1.0]
    """
    users = subject.total_of(service.attribute)
    few = (users < service.min).astype(np.float64)
    return few.where(users.notna()).rename("too_few")


def measure_services(subject: Subject, services: Sequence[Service]) -> pd.Series[float]:
    """Count the services that each municipality has the users for.

    Returns
    -------
    pandas.Series
        On the municipality index; NaN where the users of any of them are not known.

    Raises
    ------
    KeyError
        If the territory has no such attribute.
    """
    lacking = [measure_too_few(subject, service) for service in services]
    return (len(services) - pd.concat(lacking, axis=1).sum(axis=1, skipna=False)).rename("services")
