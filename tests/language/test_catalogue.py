"""Every word stands in every language, says the same things, and is said by somebody."""

from __future__ import annotations

import ast
import errno
import os
import re
from importlib.resources import files
from pathlib import Path

import pytest
import shapely
from babel import Locale

import amalgamation as am
from amalgamation.language import LANGUAGES, SOURCE, Speech, read_page_words, read_words
from amalgamation.measure import read_nations
from amalgamation.scenario import json_schema, read_scenario, scenario_names
from amalgamation.status import Status
from amalgamation.territory import dataset_names, find_dataset

# English titles of measures, units, names and countries come with the data
FROM_DATA = ("measure.", "name.", "unit.", "country.")
WORDS = read_words()
OTHERS = LANGUAGES[1:]
SOURCES = Path(am.__file__).parent


def base(key):
    return re.sub(r"\.(one|few|many|other)$", "", key)


def family(key):
    return key.split(".")[0]


def forms(language):
    return {*Locale.parse(language).plural_form.tags, "other"}


def assets(ending):
    folder = files("amalgamation.show.report") / "assets"
    return [one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(ending)]


def texts_of(path):
    """Return the strings of a module but its manuals; what is filled in later is a blank."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    manuals = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [getattr(part, "value", None) for part in node.values]
            yield "".join(part if isinstance(part, str) else BLANK for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from () if id(node) in manuals else (node.value,)


BLANK = "\0"
PROGRAM = {path: set(texts_of(path)) for path in sorted(SOURCES.rglob("*.py"))}
SAID = set().union(*PROGRAM.values())


def test_english_is_the_source_and_the_asked_languages_are_there():
    assert LANGUAGES[0] == SOURCE == "en"
    assert {"en", "ru", "kk"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_every_english_key_stands_in_each_language_and_no_other_does(language):
    ours, theirs = ({base(key) for key in WORDS[one]} for one in ("en", language))
    assert ours - theirs == set()
    assert {key for key in theirs - ours if not key.startswith(FROM_DATA)} == set()


def test_languages_other_than_english_know_the_same_names_and_measures():
    known = [{base(key) for key in WORDS[one]} for one in OTHERS]
    assert all(keys == known[0] for keys in known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_number_have_the_forms_of_their_language_and_no_others(language):
    """Else "5 муниципалитет" would stand on a map; the forms are those of CLDR, by Babel."""
    keys = set(WORDS[language])
    counted = {base(key) for key in keys if key != base(key)}
    there = {key: {form for form in forms(language) if f"{key}.{form}" in keys} for key in counted}
    assert {
        key: lacking for key, found in there.items() if (lacking := forms(language) - found)
    } == {}
    assert [
        key for key in keys if base(key) != key and key.rsplit(".")[-1] not in forms(language)
    ] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_the_english_words(language):
    """A place that English has not would stay empty; one that is dropped would hide a figure."""

    def places(one, wanted):
        texts = [text for key, text in WORDS[one].items() if base(key) == wanted]
        return {place for text in texts for place in re.findall(r"\{(\w+)\}", text)}

    shared = {base(key) for key in WORDS["en"]}
    assert {key: places(language, key) for key in shared} == {
        key: places("en", key) for key in shared
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_blank_or_padded_but_units_without_a_word(language):
    blank = {key for key, text in WORDS[language].items() if not text}
    assert {family(key) for key in blank} <= {"unit"}
    padded = {key for key, text in WORDS[language].items() if text != text.rstrip()}
    assert padded == set()


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
    assert said - {base(key) for key in read_page_words()["en"]} == set()


def test_every_key_that_the_program_says_is_known():
    """A key that is not there would end a run at its last sentence."""
    said = {text for text in SAID if re.fullmatch(r"(command|picture|count)\.[\w.]*\w", text)}
    assert len(said) > 60
    assert said - {base(key) for key in WORDS["en"]} == set()


def test_no_words_are_left_over_that_the_page_never_says():
    """A key that nobody says is a translator's wasted hour."""
    everything = "".join([*assets(".js"), *assets(".html")])
    # said by a name that the script puts together
    families = (
        *("name", "unit", "meaning", "rule", "broken", "aim", "language", "layer", "account"),
        "study",
    )
    idle = [
        key
        for key in sorted({base(key) for key in read_page_words()["en"]})
        if family(key) not in families and f'"{key}"' not in everything
    ]
    assert idle == []


def test_no_words_are_left_over_that_the_program_never_says():
    """Said as a whole, or put together behind a beginning such as ``command.ended.``."""
    begun = {
        text.partition(BLANK)[0] for text in SAID if re.match(rf"[a-z_]+\.[a-z_.]*{BLANK}", text)
    }
    families = ("command", "picture", "count", "word")
    keys = sorted({base(key) for key in WORDS["en"] if family(key) in families})
    idle = [
        key
        for key in keys
        if key not in SAID
        and not any(key.startswith(start) and "." not in key[len(start) :] for start in begun)
    ]
    assert idle == []


def test_every_sentence_of_the_catalogue_is_one_that_some_module_still_says():
    """Sentences are recognised by their English words: a room that says them anew loses them."""
    questions = [read_scenario(name).scenario for name in scenario_names()]
    bundled = [text for one in questions for text in (one.title, one.question)]
    bundled += [find_dataset(name).notice for name in dataset_names()]
    bundled += [*dataset_names().values(), str(json_schema())]
    system = " ".join(map(os.strerror, errno.errorcode))
    kinds = " ".join(shapely.GeometryType.__members__)
    voices = [stems(text) for text in (*bundled, f"Errno {system}", kinds, PARSER)]
    voices += [set().union(*map(stems, texts)) | COUNTED for texts in PROGRAM.values() if texts]
    sentences = {key: stems(re.sub(r"\{\w+\}", " ", text)) for key, text in WORDS["en"].items()}
    lost = [
        key
        for key, said in sentences.items()
        if family(key) == "sentence" and not any(said <= voice for voice in voices)
    ]
    assert lost == []


# what typer and pydantic say of a slip on the command line
PARSER = """
No such command option. Did you mean? Possible options. Missing argument option. Got unexpected
extra arguments. Option requires an argument. Invalid value for. Input should be a valid number
integer, unable to parse string as an integer, greater than or equal to.
"""


def stems(text):
    """Return the words of a text without the endings that a count gives them."""
    words = re.findall(r"[a-z]{3,}", text.lower())
    return {re.sub(r"s$", "", re.sub(r"ies$", "y", word)) for word in words}


# what `count_of` and `name_some` put into sentences of other modules
COUNTED = stems("unit municipality block round column cut node tie component island parts and more")


@pytest.mark.parametrize("language", OTHERS)
def test_every_measure_of_a_bundled_territory_has_a_title(language):
    result = am.run("toy", overrides={"solve.processes": 1})
    speech, nouns = Speech(language), result.territory.nouns
    names = [*result.scorecard.national.index, *(m.name for m in result.scorecard.measures)]
    assert [name for name in names if not speech.title(name, "", nouns)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_country_of_the_comparison_has_a_name(language):
    assert [name for name in read_nations().index if f"country.{name}" not in WORDS[language]] == []


def test_every_status_has_a_word():
    """Those of a run without a plan are said by the command, the others on maps as well."""
    for status in Status:
        assert all(f"name.{status}" in WORDS[language] for language in LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_bundled_questions_and_notices_are_told_in_every_language(language):
    """A minister's map has no English title, and what is synthetic says so in her language."""
    speech = Speech(language)
    questions = [read_scenario(name).scenario for name in scenario_names()]
    texts = [text for one in questions for text in (one.title, one.question)]
    texts += [find_dataset(name).notice for name in dataset_names()]
    assert [text for text in texts if speech.tell(text) == text] == []
