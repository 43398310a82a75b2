"""What the program says is told in other languages: all of it, and what is not is named here.

The source is read without running it (`source_texts`), and every text is looked for in the
catalogue as the command would (`knowing`). A text without a translation fails by name, with
what to add; so this file's output is also the list of all that is missing.
"""

from __future__ import annotations

import ast
import re

import pytest
import typer

from amalgamation.cli import main
from amalgamation.cli.app import app
from amalgamation.language import LANGUAGES, Speech, read_words
from bad_input_files import ask, write_units
from knowing import is_fragment, is_known
from source_texts import BLANK, SOURCES, texts_of_findings, trees

HELP = """
no translation of {number} texts. Each is told in English until it has one. Add to
src/amalgamation/language/words/en.json its words as they are, with a place for each ~, such as
{{number}}, {{amount}}, {{label}}, {{text_name}} or {{part_units}} (what may stand in which:
src/amalgamation/language/phrases.py), and to ru.json and kk.json the same key with the
translation; see "For translators" in docs/languages.md.
"""

# The reading puts together what the code keeps apart; what is really said is in the catalogue.
NEVER_SAID = {
    "~ ~, unknown to any unit": "each kind has its own sentence",
    "~ ~, unknown to territory ~": "each kind has its own sentence",
    "~ ~, unknown to tier ~": "each kind has its own sentence",
    "a wish of ~ against ~, which no municipality can hold together: unmet in every plan, "
    "and left out of the aim": "such a wish is met",
    "a wish of ~ with ~, which no municipality can hold together: met in every plan, "
    "and left out of the aim": "such a wish is unmet",
    "no tie to any other unit; no other unit has a place~": "others follow only the nearest",
    "no ~ beside it, which holds ~": "one sentence for each ending",
    "one of the key ~": "one of at least two",
    "plan ~ with not cheaper with a bound of ~": "two sentences in one name",
    "~ units named ~:": "it goes on",
}

# Modules whose texts are not spoken, or have words of their own.
APART = {
    "language/": "patterns",
    "measure/": "titles of measures stand in the catalogue by the name of the measure",
    "scenario/json_schema.py": "what machines read is the same in every language",
    "scenario/skeleton.py": "a scenario file, for editors and for sharing",
    "territory/skeleton.py": "a scenario file, for editors and for sharing",
    "show/report/page.py": "markup",
    "study/compare/page.py": "the page of a comparison: English so far",
    "study/sweep/page.py": "the report of a study: English so far",
    "notebook.py": "a notebook is Python, in English",
    "write/": "what machines read is the same in every language",
}
# but these rooms' notices are spoken
SPOKEN = ("measure/certainty.py", "measure/notices.py", "write/assignment.py", "write/folder.py")

UNSPOKEN = {
    "module ~ has no attribute ~": "Python",
    "bundled/~ inside the package": "one sentence for each folder",
    "no plan found": "a status: the catalogue has names of these",
    "within gap": "a status: the catalogue has names of these",
    "what if": "the name of an errand",
    "ways out": "a table of a notebook",
    "as given": "a table of a notebook",
    "peak memory": "a table of a notebook",
    "ties left open": "a table of a notebook",
    "groups, first": "a table of a notebook",
    "groups, second": "a table of a notebook",
    "adjusted Rand index, weighted": "a table of a notebook",
    "pairwise F1, weighted": "a table of a notebook",
    "share in an identical grouping": "a table of a notebook",
    "none: a table without geometry": "a table of a notebook",
    "straight distances need the seats' places, and this graph has none": "for programmers",
    "distances from a matrix need the matrix, and this graph has none": "for programmers",
    "nodes of the unit graph must be in sorted order": "for programmers",
    "tie ~ - ~: needs km > 0 and border_km >= 0, found ~": "for programmers",
    "grid of ~ x ~ units: expected 1 to ~ rows and columns": "for programmers",
    "~ plans side by side: expected 1 to ~": "for programmers",
    "![Plans and the region that no plan reaches](frontier.png)": "markup",
    "scale bar: found a length of ~; expected one above 0": "for programmers",
    "nothing says how to draw the units": "for programmers",
    "nothing says how to apportion": "for programmers",
    "HiGHS ended with ~: a bounded model cannot; run `amalgamation doctor`": "for programmers",
    "A worker was restarted": "a warning of a library, sought for",
    "Sending large graph": "a warning of a library, sought for",
    "island: tied to the nearest unit": "a reason in the record",
    "units merged away": "a unit of measurement",
    "km of border": "a unit of measurement",
    "wishes, weighted": "a unit of measurement",
    "thousand KZT": "a unit of measurement",
    "Ukraine-like, not the official numbers": "a title that a scenario may change",
    "schools (250 children of school age)": "a title that a scenario may change",
    "found {found}; expected {expected}; {remedy}": "a frame",
    "~, among all ~ municipalities": "what the solver said, for the record",
    "field larger": "what Python says, sought for",
    "units > 1": "a question to a table",
    "offset points": "matplotlib",
    "lower right": "matplotlib",
    "DejaVu Sans": "matplotlib",
    "![What is certain and what is a choice](certainty.png)": "markup",
    "pip install --upgrade 'highspy>=1.15'": "a command",
    "Unit ~-~": "a name in the data",
    "written to ~: study.csv, report.html, runs/NAME": "files behind what is known",
    "add `parents: {~: column}`, or {prefix: n} of the unit id": "braces are places in it",
    "add aims.balance.~: {weight: 0, target: ...}": "braces are places in it",
    "~ with ~ residents of units that are not listed: ~": "the unit is a part of the amount",
}


def shown(text):
    return text.strip(" ,\n").replace(BLANK, "~")


def complaint(missing):
    lines = "\n".join(f"  {place}: {text}" for place, text in sorted(missing.items()))
    return HELP.format(number=len(missing)) + lines


def test_every_text_of_a_finding_is_told_in_other_languages():
    """Where, found, expected, remedy: none is English inside a translated frame."""
    missing = {}
    for place, part, text in texts_of_findings():
        is_key = part == "where" and " " not in text.strip(" ,")
        if not is_key and not is_known(text) and shown(text) not in NEVER_SAID:
            missing[f"{place} {part}"] = shown(text)
    assert missing == {}, complaint(missing)


def test_every_other_sentence_has_its_words_in_the_catalogue():
    """Explanations, studies, progress: a sentence that is put together, at least piece by piece."""
    missing = {}
    for place, text in sorted(prose()):
        known = is_known(text) or is_fragment(text)
        if not known and shown(text) not in UNSPOKEN | NEVER_SAID:
            missing[place] = shown(text)
    assert missing == {}, complaint(missing)


def prose():
    """Yield where and what of all texts of several words, but manuals and what is apart."""
    for path, tree in trees().items():
        name = path.relative_to(SOURCES).as_posix()
        if name.startswith(tuple(APART)) and name not in SPOKEN:
            continue
        manuals = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        inside = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
        }
        for node in ast.walk(tree):
            if id(node) in manuals | inside:
                continue
            text = re.sub(r"  \\\[default: .*", "", template(node)).strip()
            if " " in text and re.search(r"[a-z]{2}", text) and not re.match(r"[<\[(+]", text[:1]):
                yield f"{name}:{node.lineno}", text


def template(node):
    if isinstance(node, ast.JoinedStr):
        return "".join(getattr(part, "value", BLANK) if isinstance(part, ast.Constant) else BLANK
                       for part in node.values)  # fmt: skip
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_the_reading_sees_what_the_catalogue_has_not():
    """The tests above can fail: a sentence of nobody is neither known nor a piece of one."""
    assert is_known(f"at most {BLANK} in each municipality")
    assert not is_known(f"at most {BLANK} in each borough")
    assert not is_known("found two wombats")
    assert not is_fragment(f"{BLANK} wombats behind a wall")
    texts = {text for _, _, text in texts_of_findings()}
    assert len(texts) > 1000
    assert f"unit {BLANK}" in texts, "a text that a helper hands over"


def test_what_is_named_as_unspoken_is_still_there():
    """A name that nothing bears any longer, or that has its words, would hide a new text."""
    texts = {text for _, text in prose()} | {text for *_, text in texts_of_findings()}
    lacking = {shown(text) for text in texts if not (is_known(text) or is_fragment(text))}
    lacking |= {shown(text) for *_, text in texts_of_findings() if not is_known(text)}
    assert sorted({*NEVER_SAID, *UNSPOKEN} - lacking) == []


def manuals():
    """Return the texts of the parser: of the program, its commands and their options."""
    program = typer.main.get_command(app)
    texts = [program.epilog, "Commands", "Options", "Arguments", "Show this message and exit."]
    for command in (program, *program.commands.values()):
        texts += [" ".join(one.split()) for one in (command.help or "").split("\n\n")]
        texts += [re.sub(r"  \\\[default: .*", "", one.help or "") for one in command.params]
        owners = (command, *command.params)
        texts += [getattr(one, "rich_help_panel", None) or "Options" for one in owners]
    return [text for text in dict.fromkeys(texts) if text]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_of_help_is_told(language):
    speech = Speech(language)
    same = {text for text in manuals() if speech.tell(text) == text} - {"FILE.lp or FILE.mps."}
    assert same == set(), complaint(dict.fromkeys(same, ""))


def test_no_words_of_help_are_left_over():
    """Words that no command says any longer are a translator's wasted hour."""
    words = {key: text for key, text in read_words()["en"].items() if key.startswith("help.")}
    said = set(manuals())
    assert [key for key, text in words.items() if "{" not in text and text not in said] == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("command", [[], ["run"], ["explain"], ["sweep"], ["export-model"]])
def test_help_is_shown_in_the_language_and_english_is_as_it_was(capsys, command, language):
    """What is told once in a language does not stay in the parser of the next command."""
    pages = {}
    for one in ("en", language, "en"):
        assert main([*command, "--help", "--language", one]) == 0
        pages.setdefault(one, []).append(capsys.readouterr().out)
    english, (told,) = pages["en"], pages[language]
    assert english[0] == english[1]
    sentences = [text for text in manuals() if len(text.split()) > 3]
    page = " ".join(re.sub("[│─╭╮╰╯]", " ", told).split())
    assert [text for text in sentences if text in page] == []
    assert Speech(language).tell("Show this message and exit.") in page


SPEECHES = [
    ["datasets"],
    ["scenarios"],
    ["check", "toy"],
    ["explain", "toy", "--set", "rules.population.min=12100"],
    ["export-model", "toy"],
]


@pytest.mark.parametrize("command", SPEECHES, ids=lambda one: one[0])
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_english_word_is_left_in_what_commands_say(capfd, command, language):
    """Names of scenarios, datasets, aims and keys stay as they are typed."""
    main([*command, "--language", language])
    said = "\n".join(capfd.readouterr())
    typed = r"\b(?:kz|kazakhstan)-[\w-]+|[\w.]+[._][\w.]+|\b(?:toy|Toy|access|HiGHS|SCIP)\b"
    assert re.findall(r"[A-Za-z]{3,}", re.sub(typed, "", said)) == []


FAULTS = {
    "double": {"code": ["01", "01", "10"]},
    "absent": {"code": ["01", "", "10"]},
    "words": {"population": ["100", "many", "300"]},
    "negative": {"population": [100, -5, 300]},
    "nobody": {"population": [0, 0, 0]},
    "dates": {"code": ["2021-01-01 00:00:00", "02", "10"]},
    "layer": {},
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_english_word_is_left_in_what_is_said_of_faults_in_data(
    capsys, tmp_path, fault, language
):
    write_units(tmp_path, **FAULTS[fault])
    section = {"units": "units.gpkg", "id": "code", "name": "name"}
    section |= {"attributes": {"population": "population"}} if "population" in FAULTS[fault] else {}
    section |= {"layer": "lakes"} if fault == "layer" else {}
    scenario = ask(tmp_path, section, rules={"population": {"min": 5}})
    assert main(["check", str(scenario), "--language", language]) == 2
    errors = capsys.readouterr().err
    left = re.sub(r"[\w.]+[._/][\w./]*|\([^)]*\)|`[^`]*`|#\d", "", errors)
    users = {"Ash", "Birch", "Cedar", "code", "name", "many", "population", "lakes", "units"}
    english = set(re.findall(r"[A-Za-z]{3,}", left))
    assert english - users - {"decimal", "thousands", "values"} == set()


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
