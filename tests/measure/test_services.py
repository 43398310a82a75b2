"""Which municipalities have the users that a service needs."""

from __future__ import annotations

import numpy as np
import pytest

from amalgamation.measure import measure_plan, measure_services, measure_too_few
from amalgamation.measure.example import example_subject
from amalgamation.scenario.schema import ScorecardSection, Service

SCHOOL = Service(attribute="pupils", min=250, title="a school")
CLINIC = Service(attribute="patients", min=10, title="a clinic")
FIGURES = {"population": [400, 300, 300], "pupils": [100, 150, 249], "patients": [4, 4, 10]}


def test_a_municipality_with_exactly_the_least_has_enough():
    subject = example_subject("aac", **FIGURES)
    assert measure_too_few(subject, SCHOOL).to_dict() == {"a": 0, "c": 1}
    assert measure_services(subject, [SCHOOL, CLINIC]).to_dict() == {"a": 1, "c": 1}


def test_users_that_nobody_counted_are_neither_few_nor_enough():
    subject = example_subject("ab", pupils=[np.nan, 300])
    assert measure_too_few(subject, SCHOOL).isna().to_list() == [True, False]
    assert measure_services(subject, [SCHOOL]).isna().to_list() == [True, False]


def test_shares_of_municipalities_and_residents_stand_beside_today():
    subject = example_subject("aac", **FIGURES)
    parameters = ScorecardSection(services=[SCHOOL])
    card = measure_plan(subject.plan, subject.territory, subject.graph, parameters=parameters)
    table = card.national[["today", "plan"]]
    assert table.loc["municipalities_pupils_below_250"].to_list() == [100, 50]
    assert table.loc["residents_pupils_below_250"].to_list() == pytest.approx([100, 30])


def test_without_services_nothing_is_counted():
    subject = example_subject("aac", **FIGURES)
    parameters = ScorecardSection(services=[])
    card = measure_plan(subject.plan, subject.territory, subject.graph, parameters=parameters)
    assert "services" not in card.municipalities
