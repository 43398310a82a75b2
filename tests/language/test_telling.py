"""Sentences of the program are told in another language, as a whole or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.account import EngineAccount
from amalgamation.findings import Finding
from amalgamation.language import LANGUAGES, Speech
from amalgamation.status import Certificate, Status


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("at least 5,000 residents", "не менее 5\u00a0000 чел."),
        ("1 unit together", "вместе 1 единица"),
        ("22 units together", "вместе 22 единицы"),
        (
            "at most 2 municipalities possible (2 in the largest part: 2 units)",
            "возможно не более 2 муниципалитетов (2 в крупнейшей части: 2 единицы)",
        ),
        (
            "a whole number of at least 1, or a section with the keys min, max",
            "целое число не менее 1 или раздел с ключами min, max",
        ),
        ("did you mean rayon or oblast?", "имелось в виду rayon или oblast?"),
        ("write 3.5, with a decimal point", "запишите 3.5, с десятичной точкой"),
        ("nine.yaml, line 1200, rules.walls", "nine.yaml, строка 1200, rules.walls"),
        ("at least 12 beds", "не менее 12 beds"),
        (
            "units of 2 values of landscape: hills, steppe",
            "единицы с 2 значениями (landscape): hills, steppe",
        ),
        (
            (
                "  - 990101000 (Ak kol) alone: +48 person-km (access) = +14.1 % of the cost; "
                "breaks rules.population.min by 2,350 people (5,650 people, at least 8,000)"
            ),
            (
                "  - 990101000 (Ak kol) отдельно: +48 чел.-км (access) = +14,1 % стоимости; "
                "нарушает rules.population.min на 2\u00a0350 чел. "
                "(5\u00a0650 чел., не менее 8\u00a0000)"
            ),
        ),
        (
            "Akmola Region (281 units): no plan keeps all of a reach of 20 km (rules.reach_km.max)",
            (
                "Akmola Region (281 единица): ни один план не соблюдает всё это: "
                "досягаемость 20 км (rules.reach_km.max)"
            ),
        ),
    ],
)
def test_what_stands_in_a_sentence_is_told_in_turn(english, russian):
    """Numbers have the marks of the language, but what a user must type stays as it is."""
    assert Speech("ru").tell(english) == russian


@pytest.mark.parametrize(
    "sentence",
    [
        "Lorem ipsum",
        "at most a handful",
        "12 units, a few ties",
        "17 Main Street",
        "a box of nails",
        "bread and butter, sugar and milk",
        "no plan in the box (281 units)",
        "two wombats in Ak kol: a lot",
        "Where are they? Here.",
        "",
    ],
)
def test_a_sentence_of_which_a_part_is_not_known_stays_english(sentence):
    """Half a sentence in each of two languages is worse than one in the wrong one."""
    for language in LANGUAGES:
        assert Speech(language).tell(sentence) == sentence


@given(st.text(max_size=60))
def test_no_text_of_a_user_breaks_the_telling(text):
    """Names come from data: braces, line breaks and patterns in them are text."""
    told = Speech("kk").tell(f"unit {text}: found the text {text}")
    assert text in told or not text


def test_a_finding_is_told_by_its_parts_with_the_users_names_untouched():
    finding = Finding(
        "rules.population.min",
        "rules.population.min, municipality 111 with seat 111 (Ak {n} kol)",
        "1,240 residents",
        "at least 5,000 residents",
        "repair the assignment, or change the rule in the scenario",
    )
    assert Speech("ru").tell(finding.sentence()) == (
        "rules.population.min, муниципалитет 111 с центром 111 (Ak {n} kol): "
        "найдено: 1\u00a0240 чел.; ожидалось: не менее 5\u00a0000 чел.; "
        "исправьте план или измените правило в сценарии"
    )


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_certificate_is_told_whatever_its_status(status, language):
    speech, plan = Speech(language), Certificate(status, 2.02, 2.0)
    for certificate in (plan, Certificate(status, 2.0, 0.0), Certificate(status, 2.0, 2.0)):
        for sentence in (certificate.sentence(), certificate.meaning()):
            assert speech.tell(sentence) != sentence


def test_the_account_of_an_engine_is_told_with_its_reasons():
    account = EngineAccount("columns", {"12 to 40 units are few": 10}, 412, 0, 1, 96310, 231.4)
    assert Speech("kk").tell(account.sentence()) == (
        "бағандар, 10 блок (бірлік аз: 12–40): 412 айналым, 1 қима, 96\u00a0310 түйін, 231,4 с"
    )
