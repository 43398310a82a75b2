"""Words, numbers, units, titles and names as a language has them."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.errors import InputError
from amalgamation.language import LANGUAGES, Speech, find_speech

NARROW = "\u00a0"  # CLDR's mark of thousands in Russian and Kazakh: a line never breaks there


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 муниципалитет"),
        (2, "2 муниципалитета"),
        (5, "5 муниципалитетов"),
        (11, "11 муниципалитетов"),
        (21, "21 муниципалитет"),
        (22, "22 муниципалитета"),
        (112, "112 муниципалитетов"),
        (2492, f"2{NARROW}492 муниципалитета"),
    ],
)
def test_russian_counts_as_russians_do(number, words):
    assert Speech("ru").say("count.municipalities", n=number) == words


@given(st.integers(0, 10_000))
def test_russian_forms_follow_the_last_two_digits(n):
    """The rule of CLDR by hand: 11 to 14 are many, else the last digit decides."""
    tail, last = n % 100, n % 10
    word = "единиц" if 11 <= tail <= 14 or last in (0, 5, 6, 7, 8, 9) else "единицы"
    word = "единица" if last == 1 and tail != 11 else word
    assert Speech("ru").say("count.units", n=n).split(" ")[-1] == word


def test_kazakh_nouns_stay_single_behind_a_number():
    assert [Speech("kk").say("count.units", n=n) for n in (1, 2, 5)] == [
        "1 бірлік",
        "2 бірлік",
        "5 бірлік",
    ]


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (2452.0, "2,452", f"2{NARROW}452"),
        (1234567.8, "1,234,568", f"1{NARROW}234{NARROW}568"),
        (4.7712, "4.77", "4,77"),
        (0.5, "0.5", "0,5"),
        (-12.25, "-12.2", "-12,2"),
        (math.nan, "–", "–"),
        (math.inf, "∞", "∞"),
    ],
)
def test_figures_have_the_marks_of_the_language(value, english, russian):
    assert Speech("en").figure(value) == english
    assert Speech("ru").figure(value) == Speech("kk").figure(value) == russian


@given(st.floats(-1e12, 1e12), st.sampled_from(LANGUAGES))
def test_a_figure_is_the_same_number_in_every_language(value, language):
    english, shown = Speech().figure(value), Speech(language).figure(value)
    swapped = english.translate({ord(","): NARROW, ord("."): ","})
    assert shown == (english if language == "en" else swapped)


def test_units_have_words_and_unknown_ones_stay():
    assert [Speech("ru").unit(unit) for unit in ("km2", "people", "of 30", "", "USD")] == [
        "км²",
        "чел.",
        "из 30",
        "",
        "USD",
    ]
    assert Speech("ru").with_unit("Площадь", "km2") == "Площадь (км²)"
    assert Speech("en").with_unit("Ratio", "number") == "Ratio"


def test_a_title_names_the_attribute_tier_or_category_that_the_measure_is_about():
    speech, nouns = Speech("ru"), ["natural_zone", "rayon", "school_age"]
    titles = {
        "within_25_km": "Жители не дальше 25 км от центра",
        "mean_minutes": "Средний путь жителей до центра",
        "rayon_cut": "Разрезаны между муниципалитетами с чужими единицами (район)",
        "natural_zone_count": "Разных значений (природная зона)",
        "municipalities_school_age_below_250": "Муниципалитеты, где пользователей мало "
        "(дети школьного возраста: менее 250)",
        "no_such_measure": "as it came",
    }
    told = {name: speech.title(name, "as it came", nouns) for name in titles}
    assert told == titles


def test_units_are_called_by_their_names_in_the_language_where_they_have_one():
    units = pd.DataFrame({"name": ["Aksu", "Toy"], "name_kk": ["Ақсу", None]}, index=["a", "b"])
    assert Speech("kk", asked=True).names(units).to_list() == ["Ақсу", "Toy"]
    assert Speech("ru", asked=True).names(units).to_list() == ["Aksu", "Toy"]
    assert Speech("kk").names(units).to_list() == ["Aksu", "Toy"], "nobody asked for Kazakh"


@pytest.mark.parametrize(
    ("asked", "remedy"),
    [
        ("RU", None),
        ("Russian", "did you mean ru?"),
        ("қазақша", "did you mean kk?"),
        ("kk_KZ.UTF-8", "did you mean kk?"),
        ("klingon", "choose one of these codes"),
    ],
)
def test_a_language_is_found_by_its_code_and_else_the_nearest_is_named(asked, remedy):
    if remedy is None:
        assert find_speech(asked) == Speech("ru", asked=True)
        return
    with pytest.raises(InputError) as caught:
        find_speech(asked)
    (finding,) = caught.value.findings
    assert (finding.check, finding.where, finding.found) == (
        "unknown-language",
        "language",
        f"`{asked}`",
    )
    assert finding.expected == "one of en (English), kk (Қазақша), ru (Русский)"
    assert finding.remedy == remedy
