"""Every word of the report stands in every language, and says the same things."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

import amalgamation as am
from amalgamation.language import LANGUAGES, read_words
from amalgamation.status import Status

FORMS = {"en": ("one", "other"), "ru": ("one", "few", "many", "other"), "kk": ("one", "other")}
# English titles of measures, units and names come with the data
FROM_DATA = ("measure.", "name.", "unit.")
WORDS = read_words()


def base(key):
    return re.sub(r"\.(one|few|many|other)$", "", key)


def assets(ending):
    folder = files("amalgamation.show.report") / "assets"
    return [one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(ending)]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_key_of_the_page_stands_in_each_language(language):
    ours, theirs = ({base(key) for key in WORDS[one]} for one in ("en", language))
    assert ours - theirs == set()
    assert {key for key in theirs - ours if not key.startswith(FROM_DATA)} == set()


def test_languages_other_than_english_know_the_same_names_and_measures():
    known = [{base(key) for key in WORDS[one]} for one in LANGUAGES[1:]]
    assert known[0] == known[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_number_have_all_forms_of_their_language(language):
    keys = set(WORDS[language])
    counted = {base(key) for key in keys if key != base(key)}
    lacking = [f"{key}.{form}" for key in counted for form in FORMS[language]]
    assert [key for key in lacking if key not in keys] == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_translation_names_no_place_that_english_has_not(language):
    def places(one, wanted):
        texts = [text for key, text in WORDS[one].items() if base(key) == wanted]
        return {place for text in texts for place in re.findall(r"\{(\w+)\}", text)}

    shared = {base(key) for key in WORDS["en"]}
    assert {key: places(language, key) for key in shared} == {
        key: places("en", key) for key in shared
    }


def test_every_key_that_the_page_says_is_known():
    said = set()
    for text in assets(".js"):
        said |= set(re.findall(r'\b(?:say|block)\("([\w.]+)"', text))
        said |= {
            word
            for pair in re.findall(r'\? "([a-z]+\.\w+)" : "([a-z]+\.\w+)"', text)
            for word in pair
        }
    for text in assets(".html"):
        said |= set(re.findall(r'data-(?:say|hint)="([\w.]+)"', text))
    assert len(said) > 70
    assert said - {base(key) for key in WORDS["en"]} == set()


def test_no_words_are_left_over_that_the_page_never_says():
    """A key that nobody says is a translator's wasted hour."""
    everything = "".join([*assets(".js"), *assets(".html")])
    # said by a name that the script puts together
    families = ("measure", "name", "unit", "meaning", "rule", "broken", "aim", "language", "layer")
    families += ("account",)
    idle = [
        key
        for key in sorted({base(key) for key in WORDS["en"]})
        if key.split(".")[0] not in families and f'"{key}"' not in everything
    ]
    assert idle == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_measure_of_a_bundled_territory_has_a_title(language):
    """The same search as in `words.js`: the name, with # for its number, with * for a noun."""
    result = am.run("toy", overrides={"solve.processes": 1})
    territory = result.territory
    nouns = [*territory.attributes, *territory.tiers, *territory.categories]
    names = [*result.scorecard.national.index, *(m.name for m in result.scorecard.measures)]
    lacking = [
        name
        for name in names
        if not any(
            f"measure.{re.sub(number, '#', shape)}" in WORDS[language]
            for shape in [name, *(starred(name, noun) for noun in nouns)]
            for number in (r"$^", r"\d+(?!.*\d)")
        )
    ]
    assert lacking == []


def starred(name, noun):
    return f"_{name}_".replace(f"_{noun}_", "_*_")[1:-1]


def test_every_status_of_a_plan_has_a_word():
    without_plan = {Status.NO_PLAN, Status.INFEASIBLE, Status.FAILED}
    for status in set(Status) - without_plan:
        assert all(f"name.{status}" in WORDS[language] for language in LANGUAGES)
