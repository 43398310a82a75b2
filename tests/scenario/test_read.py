"""Reading a scenario: from a path or a name, all mistakes at once, in plain words."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amalgamation.errors import InputError, ScenarioError, UnknownDatasetError
from amalgamation.scenario import (
    override_from_text,
    read_scenario,
    scenario_from_text,
    scenario_names,
)

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "scenario: small\nterritory: {dataset: toy}\n"
JARGON = (
    "Input should",
    "Field required",
    "Extra inputs",
    "pydantic",
    "literal[",
    "constrained",
    "function-",
    "dictionary",
    "instance of",
    "Value error",
    "MatrixDistance",
    "RoadDistance",
    "BalanceAim",
    "TiesCutAim",
    "ParentPrefix",
)


def written(folder: Path, text: str, name: str = "small.yaml") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


def refused(text: str) -> tuple:
    with pytest.raises(ScenarioError) as caught:
        scenario_from_text(text, "small.yaml")
    return caught.value.findings


@pytest.fixture
def bundle(tmp_path, monkeypatch) -> Path:
    """A folder of bundled scenarios that does not depend on which ones we ship."""
    folder = tmp_path / "bundle"
    folder.mkdir()
    monkeypatch.setattr("amalgamation.scenario.layers.bundled_folder", lambda _kind: folder)
    for name in ("kz-two-tier", "kz-today"):
        written(folder, f"scenario: {name}\nterritory: {{dataset: toy}}\n", f"{name}.yaml")
    return folder


def test_a_file_is_read_with_its_folder_and_the_hash_of_its_bytes(tmp_path):
    path = written(tmp_path, GOOD)
    read = read_scenario(path)
    assert read.scenario.scenario == "small"
    assert read.folder == tmp_path
    assert [(source.role, source.path, source.sha256) for source in read.sources] == [
        ("scenario", str(path), hashlib.sha256(GOOD.encode()).hexdigest())
    ]


def test_the_resolved_text_names_no_folder_of_the_machine(tmp_path):
    text = "scenario: s\nterritory: {units: u.csv}\n"
    assert str(tmp_path) not in read_scenario(written(tmp_path, text)).text


def test_a_byte_order_mark_is_accepted_since_editors_on_windows_write_one(tmp_path):
    assert read_scenario(written(tmp_path, "\ufeff" + GOOD)).scenario.scenario == "small"


def test_names_in_any_script_survive(tmp_path):
    path = written(tmp_path, GOOD + "title: Қостанай «жаңа»\n", "сценарий 1.yaml")
    assert read_scenario(path).scenario.title == "Қостанай «жаңа»"


def test_a_bundled_scenario_is_read_by_its_name(bundle):
    read = read_scenario("kz-today")
    assert read.scenario.scenario == "kz-today"
    assert read.folder == bundle
    assert read.sources[0].path == "kz-today (bundled)"
    assert scenario_names() == ("kz-today", "kz-two-tier")


def test_an_unknown_name_is_answered_with_the_nearest_and_with_all(bundle):
    assert bundle.is_dir()
    with pytest.raises(UnknownDatasetError) as caught:
        read_scenario("kz-two-teir")
    (finding,) = caught.value.findings
    assert caught.value.exit_status == 2
    assert isinstance(caught.value, LookupError)
    assert finding.found == 'the name "kz-two-teir"'
    assert finding.expected.endswith("a bundled scenario: kz-today, kz-two-tier")
    assert finding.remedy.startswith("did you mean `kz-two-tier`?")


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("absent.yaml", None, "no such file"),
        ("small.txt", b"x", "the ending '.txt'"),
        ("small.yaml", b"scenario: \xff\xfe", "bytes that are not UTF-8, in line 1"),
        (
            "small.yaml",
            b"scenario: small\ntitle: \xca\xee\xf1",
            "bytes that are not UTF-8, in line 2",
        ),
    ],
)
def test_a_file_that_cannot_be_a_scenario_is_refused_by_name(tmp_path, name, content, found):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path)
    (finding,) = caught.value.findings
    assert finding.where == str(path)
    assert finding.found == found
    assert finding.expected
    assert finding.remedy


def test_a_folder_in_place_of_a_file_is_refused(tmp_path):
    folder = tmp_path / "x.yaml"
    folder.mkdir()
    with pytest.raises(ScenarioError, match="found a folder; expected a scenario file"):
        read_scenario(folder)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1,\n", 2),
        ("scenario: s\nrules:\n\t- b\n", 3),
        ("a: b: c", 1),
        ("a: 'x", 1),
        ("a: 1\n b: 2\n", 2),
        ("{a: 1}}", 1),
    ],
)
def test_text_that_is_not_yaml_is_refused_at_its_line(text, line):
    (finding,) = refused(text)
    assert finding.where == f"small.yaml, line {line}"
    assert finding.found.startswith("text that is not YAML")
    assert finding.remedy.startswith("look at the indentation")


@pytest.mark.parametrize("text", ["", "# only a comment\n", "- a\n", "word", "5"])
def test_a_text_without_keys_is_refused_with_the_way_to_a_skeleton(text):
    (finding,) = refused(text)
    assert finding.remedy == "write `amalgamation new` to get a skeleton"


def test_a_second_document_is_refused_since_it_would_be_ignored():
    (finding,) = refused(GOOD + "---\na: 1\n")
    assert finding.where == "small.yaml, line 3"
    assert finding.remedy == "remove the second `---`"


def test_another_version_of_yaml_is_refused_since_its_words_mean_other_things():
    (finding,) = refused("%YAML 1.1\n---\n" + GOOD)
    assert finding.expected == "YAML 1.2"


def test_whole_numbers_are_fine_where_numbers_with_a_point_are_meant():
    scenario = scenario_from_text(GOOD + "rules: {population: {min: 5000, max: 3e5}}\n")
    assert scenario.rules.population.min == 5000.0
    assert scenario.rules.population.max == 300_000.0


def test_no_is_text_since_the_file_is_yaml_1_2():
    assert scenario_from_text(GOOD + "title: no\n").title == "no"


def test_an_anchor_may_be_used_again_since_that_alone_is_harmless():
    text = "rules:\n  keep_together: [{units: &pair [a, b]}]\n  keep_apart: [{units: *pair}]\n"
    assert scenario_from_text(GOOD + text).rules.keep_apart[0].units == ["a", "b"]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines():
    findings = refused(
        "scenario: a b\nterritory: {datset: toy}\nrules: {walls: x}\nsolve: {minutes: 0}\n"
        "write: [cvs]\naims: {acces: 1}\nrules: {}\n"
    )
    assert [finding.where.removeprefix("small.yaml, ") for finding in findings] == [
        "line 1, scenario",
        "line 2, territory.datset",
        "line 3, rules.walls",
        "line 4, solve.minutes",
        "line 5, write[item 1]",
        "line 6, aims.acces",
        "line 7, rules",
    ]


def test_a_missing_key_is_named_with_its_manual():
    (first, second) = refused("title: x\n")
    assert (first.where, first.found) == ("small.yaml, line 1, scenario", "nothing")
    assert first.expected == "a short name: letters, digits, dot, dash, underscore"
    assert second.remedy.startswith("add `territory:`")


def test_territory_needs_one_source_and_says_which_two_there_are():
    (neither,) = refused("scenario: s\nterritory: {id: code}\n")
    (both,) = refused("scenario: s\nterritory: {dataset: toy, units: u.csv}\n")
    assert neither.found == "neither `dataset` nor `units`"
    assert both.found == "both `dataset` and `units`"
    assert neither.expected == both.expected
    assert "null" in both.remedy


def test_numbers_per_parent_need_a_wall_and_the_message_stands_at_their_key():
    text = 'rules:\n  municipalities: {per_parent: {oblast: {"11": {exactly: 3}}}}\n'
    (finding,) = refused(GOOD + text)
    assert finding.where == "small.yaml, line 4, rules.municipalities.per_parent.oblast"
    assert finding.remedy == "add oblast to rules.walls"


@pytest.mark.parametrize(
    ("aim", "expected"),
    [
        ("ties_cut: -1", "a number of at least 0, or a section with the keys weight, by"),
        ("ties_cut: [1]", "a number of at least 0, or a section with the keys weight, by"),
        ("balance: {tax: x}", "a number of at least 0, or a section with the keys weight, target"),
    ],
)
def test_a_choice_that_fits_nothing_is_told_once_with_all_that_would_fit(aim, expected):
    (finding,) = refused(f"{GOOD}aims: {{{aim}}}\n")
    assert finding.expected == expected


def test_a_section_in_a_choice_is_judged_as_that_section_only():
    first, second = refused(GOOD + "aims: {balance: {tax: {wieght: 1}}}\n")
    assert first.where.endswith("aims.balance.tax.weight")
    assert second.remedy == "did you mean `weight`?"


@pytest.mark.parametrize(
    ("text", "where", "remedy"),
    [
        ("plan: {tier: 3}", "plan.tier", 'write it in quotes: "3"'),
        ("plan: {fil: x.csv, tier: rayon}", "plan.fil", "did you mean"),
        ("graph: {distance: {roads: r.gpkg, unit: minuts}}", "graph.distance.unit", "did you mean"),
        ("graph: {distance: {roads: r.gpkg, far: 3}}", "graph.distance.far", "`far_km`"),
        ("graph: {distance: {matrix: r.csv, far: 3}}", "graph.distance.far", "far_km"),
        (
            "graph: {distance: {matrix: r.csv, fallback: {straight: 0}}}",
            "graph.distance.fallback.straight",
            "correct the number",
        ),
    ],
)
def test_of_several_sections_the_one_that_knows_most_of_the_keys_is_meant(text, where, remedy):
    """One mistake, one finding: nothing is said of the sections that were not meant."""
    (finding,) = refused(GOOD + text)
    assert finding.where.endswith(where)
    assert remedy in finding.remedy


def test_a_misspelt_word_in_a_choice_is_corrected():
    (finding,) = refused(GOOD + "graph: {distance: alng_ties}\n")
    assert finding.expected == (
        "one of along_ties, straight, or a section with the keys matrix, unit, fallback, "
        "or a section with the keys roads, unit, km_per_hour, farthest, fallback, far_km, "
        "meet_m, speed_column, oneway_column, layer, crs"
    )
    assert finding.remedy == "did you mean `along_ties`?"


@pytest.mark.parametrize(
    ("text", "expected", "remedy"),
    [
        ("rules: {walls: oblast}", "a list, each item text, not empty", '["oblast"]'),
        ('rules: {keep_apart: [{units: ["a"]}]}', "a list of at least 2", "as many items"),
        (
            "write: png",
            "a list, each item one of csv, geojson, gpkg, html, parquet, png, reasons, svg, xlsx",
            '["png"]',
        ),
        ("rules:", "a section with the keys walls", "give it a value, or remove the key"),
        ("graph: {links: {}}", "a list, each item a section with the keys units", "form"),
        ('rules: {frozen: [""]}', "text, not empty", "write the text"),
        ('rules: {sums: {"": {min: 1}}}', "a name as key", "write the name"),
    ],
)
def test_a_value_of_the_wrong_form_is_answered_with_the_right_one(text, expected, remedy):
    (finding,) = refused(f"{GOOD}{text}\n")
    assert finding.expected.startswith(expected)
    assert remedy in finding.remedy


def test_escape_sequences_are_shown_and_never_sent_to_the_terminal():
    findings = refused(GOOD + '"\\e[31m": "\\e[0m"\nwrite: ["\\e[1m\\u202e"]\n')
    assert len(findings) == 2
    message = "\n".join(finding.sentence() for finding in findings)
    assert "\x1b" not in message
    assert "\u202e" not in message
    assert "\\u001b[1m\\u202e" in message


# --- overrides ------------------------------------------------------------------------


def test_overrides_change_one_key_and_leave_its_neighbours(tmp_path):
    path = written(tmp_path, GOOD + "rules: {population: {min: 5000, max: 9000}}\n")
    rules = read_scenario(path, {"rules.population.min": 3000}).scenario.rules
    assert (rules.population.min, rules.population.max) == (3000.0, 9000.0)


def test_an_override_may_add_a_section_replace_a_list_and_remove_a_key(tmp_path):
    path = written(tmp_path, GOOD + "title: x\nrules: {walls: [rayon], max_units: 3}\n")
    overrides = {"solve.seed": 7, "rules.walls": ("oblast",), "rules.max_units": None}
    scenario = read_scenario(path, overrides).scenario
    assert scenario.solve.seed == 7
    assert scenario.rules.walls == ["oblast"]
    assert scenario.rules.max_units is None


@pytest.mark.parametrize(
    ("overrides", "where", "found", "remedy"),
    [
        (
            {"rules.populaton.min": 3},
            "override, rules.populaton",
            "the unknown key `populaton`",
            "did you mean `population`?",
        ),
        ({"solve.minutes": 0}, "override, solve.minutes", "the number 0", "correct the number"),
        (
            {"aims.access.weight": 1},
            "override, aims.access.weight",
            "aims.access is the number 1 (",
            "override aims.access as a whole",
        ),
        (
            {"solve": {"seed": 1}, "solve.seed": 2},
            "override, solve.seed",
            "solve overridden as well",
            "put solve.seed into solve",
        ),
        ({"solve..seed": 2}, "override, solve..seed", "an empty part in the key", "correct it"),
        ({"rules.frozen": {"a"}}, "override, rules.frozen", "a value of type set", "convert it"),
        (
            {"solve.minutes": float("nan")},
            "override, solve.minutes",
            "the number nan",
            "write the number itself",
        ),
        (
            {"rules.sums": {1: {"min": 2}}},
            "override, rules.sums",
            "a key that is not text",
            "write the key as text",
        ),
        (
            {"territory.dataset": None, "territory.units": "../u.csv"},
            "override, territory.units",
            '"../u.csv", which leads out of the scenario\'s folder',
            "move the file there",
        ),
    ],
)
def test_a_wrong_override_is_named_as_such(tmp_path, overrides, where, found, remedy):
    path = written(tmp_path, GOOD + "aims: {access: 1}\n")
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path, overrides)
    (finding,) = caught.value.findings
    assert finding.where == where
    assert finding.found.startswith(found)
    assert finding.expected
    assert finding.remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("rules.population.min=3000", "rules.population.min", 3000),
        ("rules.max_units=null", "rules.max_units", None),
        ("title=a=b", "title", "a=b"),
        ('rules.frozen=["010"]', "rules.frozen", ["010"]),
    ],
)
def test_an_override_from_a_command_line_is_read_as_the_file_would_be(text, key, value):
    assert override_from_text(text) == (key, value)


@pytest.mark.parametrize("text", ["rules", "=3", "a=[1", "a=010"])
def test_an_override_that_is_no_key_and_value_is_refused(text):
    with pytest.raises(ScenarioError, match=r"^override"):
        override_from_text(text)


# --- laws -----------------------------------------------------------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=5), below, max_size=3)
    ),
    max_leaves=5,
)
KEYS = st.sampled_from(
    [
        "scenario",
        "territory",
        "territory.parents",
        "territory.parents.oblast",
        "territory.tables",
        "territory.where",
        "graph",
        "graph.distance",
        "graph.links",
        "graph.ties.min_border_m",
        "rules",
        "rules.walls",
        "rules.municipalities",
        "rules.municipalities.per_parent",
        "rules.population",
        "rules.population.unless",
        "rules.sums",
        "rules.sums.tax.min",
        "rules.seats.fixed",
        "rules.keep_together",
        "aims",
        "aims.balance",
        "aims.balance.tax",
        "aims.ties_cut",
        "aims.crossings",
        "aims.number",
        "solve.seed",
        "write",
        "schema_version",
    ]
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
@settings(deadline=None)
def test_whatever_is_overridden_the_answer_is_a_scenario_or_plain_words(
    tmp_path_factory, overrides
):
    path = tmp_path_factory.getbasetemp() / "law.yaml"
    path.write_text(GOOD)
    try:
        read_scenario(path, overrides)
        findings = ()
    except ScenarioError as error:
        findings = error.findings
    assert not [word for word in JARGON for told in findings if word in told.sentence()]
    assert all(told.found and told.expected and told.remedy for told in findings)


@given(st.text(alphabet=list("ab:-{}[],&*!|>'\"%@#? \n\t0.~"), max_size=60))
@settings(deadline=None)
def test_any_text_at_all_is_refused_in_our_own_words(text):
    with pytest.raises(InputError):
        scenario_from_text(text)
