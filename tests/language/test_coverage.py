"""How much of what findings say is told in other languages: counted, not claimed.

Every text that the source hands to a finding as found, expected or remedy is looked for in
the catalogue by its words. What is not there is told in English, inside a translated frame.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

import amalgamation as am
from amalgamation.cli import main
from amalgamation.language import LANGUAGES, Speech, read_words

SOURCES = Path(am.__file__).parent
# Functions that make a finding, and where its texts begin among their arguments.
MAKERS = {"Finding": 2, "impossible": 2, "breach": 1, "contradiction": 0, "_contradiction": 2}
# In per cent of the texts of a room. To translate more raises a floor; `explain` stood at 85 before
# it learned to say why there is no plan, whose sentences are still to be translated.
FLOORS = {"explain": 70, "plan": 100, "scenario": 55, "verify": 65}


def stems(text):
    words = re.findall(r"[a-z]{3,}", text.lower())
    return frozenset(re.sub(r"s$", "", re.sub(r"ies$", "y", word)) for word in words) - COUNTED


COUNTED = frozenset({"unit", "municipality", "and", "more"})
KNOWN = {
    stems(re.sub(r"\{\w+\}", " ", text))
    for key, text in read_words()["en"].items()
    if key.startswith("sentence.")
}


def texts_of_findings(tree):
    for node in ast.walk(tree):
        name = getattr(
            getattr(node, "func", None), "id", getattr(getattr(node, "func", None), "attr", "")
        )
        if isinstance(node, ast.Call) and name in MAKERS:
            yield from map(template, node.args[MAKERS[name] : MAKERS[name] + 3])
            yield from (template(word.value) for word in node.keywords if word.arg == "remedy")


def template(node):
    """Return the words of a text, without what is filled in; none of a text made elsewhere."""
    if isinstance(node, ast.JoinedStr):
        return " ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def count():
    told, known = Counter(), Counter()
    for path in sorted(SOURCES.rglob("*.py")):
        room = path.relative_to(SOURCES).parts[0].removesuffix(".py")
        for words in map(stems, texts_of_findings(ast.parse(path.read_text(encoding="utf-8")))):
            told[room] += bool(words)
            known[room] += bool(words) and words in KNOWN
    return told, known


def test_so_much_of_what_findings_say_is_told_in_other_languages():
    told, known = count()
    shares = {room: 100 * known[room] / told[room] for room in told if told[room]}
    table = [f"{room} {known[room]} of {told[room]}" for room in sorted(shares)]
    low = [room for room, floor in FLOORS.items() if shares[room] < floor]
    assert low == [], f"in all {sum(known.values())} of {sum(told.values())}: {', '.join(table)}"


SLIPS = [
    "rules.population.min=60000",
    "rules.population.max=5000",
    "rules.population={min: abc}",
    "rules.population={min: '3,5'}",
    "rules.populaton.min=3",
    "rules.municipalities.min=13",
    "rules.municipalities={exactly: null, min: 7}",
    "rules.municipalities={exactly: 0}",
    "rules.walls=oblast",
    "rules.walls=[oblas]",
    "rules.max_units=1",
    "rules.seats={types: [city]}",
    "rules.sums={beds: {min: 3}}",
    "rules.keep_together=[{units: ['990101000', '990402000']}]",
    "rules.keep_together=[{units: ['990101000', '990102000']}]",
    "graph.distance=along",
    "solve.engine=colums",
    "solve.minutes=-1",
    "write=[cvs]",
    "nonsense",
]


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_english_word_is_left_in_what_is_said_of_usual_slips(
    capsys, monkeypatch, slip, language
):
    """Keys, file names, codes and quoted texts stay as they are typed; nothing else does."""
    monkeypatch.setenv("AMALGAMATION_LANGUAGE", language)
    main(["check", "toy", "--set", slip, "--quiet"])
    errors = capsys.readouterr().err
    typed = r"`[^`]*`|\"[^\"]*\"|\[[^\]]*\]|\([^)]*\)|[\w.]+[._=][\w.]+|\b(?:min|max|Toy)\b"
    speech = Speech(language)
    left = re.sub(typed, "", errors.replace(speech.say("command.remedy"), ""))
    english = set(re.findall(r"[A-Za-z]{3,}", left)) - USERS_OWN
    assert english == set()


# names of keys, values, attributes and tiers that the messages list
USERS_OWN = {
    *("walls", "municipalities", "population", "sums", "ratios", "like", "seats", "frozen"),
    *("oblast", "oblas", "rayon", "toy", "auto", "compact", "columns", "search", "colums"),
    *("straight", "matrix", "unit", "fallback", "write", "csv", "geojson", "gpkg", "html"),
    *("parquet", "png", "svg", "xlsx", "city", "settlement", "town", "village", "type"),
    *("settlements", "production", "beds", "exactly", "reasons"),
    *("roads", "farthest", "layer", "crs"),
}
