"""Each bad input gets its message in four parts; numbers are those of the list of bad input."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from amalgamation.errors import ScenarioError
from amalgamation.scenario import read_scenario, scenario_from_text

if TYPE_CHECKING:
    from amalgamation.findings import Finding

GOOD = "scenario: small\nterritory: {dataset: toy}\n"


def refused(text: str) -> tuple[Finding, ...]:
    with pytest.raises(ScenarioError) as caught:
        scenario_from_text(text, "small.yaml")
    assert caught.value.exit_status == 2
    return caught.value.findings


def only(text: str) -> Finding:
    (finding,) = refused(text)
    return finding


def parts(finding: Finding) -> tuple[str, str, str, str]:
    return finding.where, finding.found, finding.expected, finding.remedy


@pytest.mark.parametrize(
    ("rule", "where", "found"),
    [
        ("population: {min: 5000, max: 300}", "rules.population", "min 5,000 above max 300"),
        ("municipalities: {min: 9, max: 3}", "rules.municipalities", "min 9 above max 3"),
        ("sums: {tax: {min: 2.5, max: 1}}", "rules.sums.tax", "min 2.5 above max 1"),
        (
            "population: {min: 9, unless: {area_km2: {min: 2, max: 1}}}",
            "rules.population.unless.area_km2",
            "min 2 above max 1",
        ),
    ],
)
def test_80_a_minimum_above_its_maximum_is_refused_since_no_plan_can_meet_it(rule, where, found):
    finding = only(f"{GOOD}rules:\n  {rule}\n")
    assert parts(finding) == (
        f"small.yaml, line 4, {where}",
        found,
        "min at most max",
        "lower min or raise max",
    )


def test_80_an_exact_number_beside_a_range_is_refused_since_one_of_them_would_be_ignored():
    finding = only(GOOD + "rules: {municipalities: {exactly: 4, max: 9}}\n")
    assert parts(finding) == (
        "small.yaml, line 3, rules.municipalities",
        "`exactly` beside `min` or `max`",
        "either `exactly`, or `min` and `max`",
        "remove one of them (a variant removes a key of its base by null)",
    )


def test_88_a_misspelt_key_is_refused_with_the_nearest_key():
    finding = only(GOOD + "rules:\n  populaton: {min: 5000}\n")
    assert finding.where == "small.yaml, line 4, rules.populaton"
    assert finding.found == "the unknown key `populaton`"
    assert finding.expected.startswith("one of the keys walls, municipalities, population")
    assert finding.remedy == "did you mean `population`?"


def test_88_a_key_in_the_wrong_section_is_sent_to_the_right_one():
    assert only(GOOD + "gap_percent: 1\n").remedy == "did you mean `solve.gap_percent`?"


def test_88_a_key_like_no_other_is_to_be_removed_rather_than_guessed_at():
    assert only(GOOD + "zzz: 1\n").remedy == "remove it"


def test_89_a_duplicate_key_is_refused_with_both_lines_since_either_may_be_meant():
    finding = only(GOOD + "rules:\n  max_units: 3\n  max_units: 4\n")
    assert parts(finding) == (
        "small.yaml, line 5, rules.max_units",
        "the key `max_units` twice, in lines 4 and 5",
        "each key once in its section",
        "keep one of the two",
    )


NUMBER = "a whole number of at least 1"


@pytest.mark.parametrize(
    ("written", "found", "expected", "remedy"),
    [
        ("no", 'the text "no"', NUMBER, "write a number"),
        ("12:30:00", 'the text "12:30:00"', NUMBER, "write a number"),
        ("1e3", "the number 1e3", NUMBER, "write 1000"),
        ("5.0", "the number 5.0", NUMBER, "write 5"),
        ("true", "the truth value true", NUMBER, "write it in the expected form"),
        ('"7"', 'the text "7"', NUMBER, "write it without quotes: 7"),
        ("5 000", 'the text "5 000"', NUMBER, "write 5000, without marks between the digits"),
        ("5_000", 'the text "5_000"', NUMBER, "write 5000, without marks between the digits"),
        ("1,5", 'the text "1,5"', NUMBER, "write 1.5, with a decimal point"),
        ("5 %", 'the text "5 %"', NUMBER, "write 5, without the sign"),
        ("0", "the number 0", NUMBER, "correct the number"),
        ("[3]", "a list of 1", NUMBER, "write it in the expected form"),
        (
            "010",
            "the number 010",
            "a number without leading zeros, or a code in quotes",
            'write 10, or "010" if it is a code',
        ),
        (
            ".inf",
            "the number .inf",
            "a finite number of at most 30 characters",
            "write the number itself",
        ),
    ],
)
def test_90_what_yaml_reads_in_a_surprising_way_is_refused_with_the_right_spelling(
    written, found, expected, remedy
):
    finding = only(f"{GOOD}rules:\n  max_units: {written}\n")
    assert parts(finding) == ("small.yaml, line 4, rules.max_units", found, expected, remedy)


def test_90_a_code_without_quotes_is_refused_since_its_leading_zeros_would_be_lost():
    finding = only(GOOD + "rules:\n  frozen: [110000000]\n")
    assert parts(finding) == (
        "small.yaml, line 4, rules.frozen[item 1]",
        "the number 110000000",
        "text, not empty",
        'write it in quotes: "110000000"',
    )


def test_90_a_code_as_key_without_quotes_is_refused_for_the_same_reason():
    text = "rules:\n  walls: [oblast]\n  municipalities:\n    per_parent:\n      oblast:\n"
    finding = only(GOOD + text + "        110000000: {exactly: 3}\n")
    assert parts(finding) == (
        "small.yaml, line 8, rules.municipalities.per_parent.oblast.110000000",
        "the key 110000000 without quotes",
        "text as key",
        'write it in quotes: "110000000"',
    )


@pytest.mark.parametrize(("written", "remedy"), [("yes", "write true"), ("off", "write false")])
def test_90_words_of_old_yaml_are_not_truth_values(written, remedy):
    finding = only(f"scenario: s\nterritory:\n  dataset: toy\n  synthetic: {written}\n")
    assert parts(finding) == (
        "small.yaml, line 4, territory.synthetic",
        f'the text "{written}"',
        "true or false",
        remedy,
    )


def test_92_a_newer_schema_version_is_refused_since_its_keys_may_mean_something_else():
    finding = only("schema_version: 2\n" + GOOD)
    assert parts(finding) == (
        "small.yaml, line 1, schema_version",
        "schema version 2",
        "schema version 1",
        "upgrade amalgamation: it is older than this file",
    )


@pytest.mark.parametrize("written", ["true", "1.0", '"1"', "0"])
def test_92_a_schema_version_that_never_was_is_to_be_1(written):
    finding = only(f"schema_version: {written}\n" + GOOD)
    assert finding.where == "small.yaml, line 1, schema_version"
    assert finding.found
    assert finding.expected == "schema version 1"
    assert finding.remedy == "write 1"


def test_93_a_gap_without_its_unit_is_refused_since_5_and_005_could_both_be_meant():
    finding = only(GOOD + "solve:\n  gap: 0.05\n")
    assert finding.where == "small.yaml, line 4, solve.gap"
    assert finding.found == "the unknown key `gap`"
    assert finding.expected.startswith("one of the keys gap_percent")
    assert finding.remedy == "did you mean `gap_percent`?"


@pytest.mark.parametrize(
    ("written", "key", "found", "expected"),
    [
        ("minutes: 0", "minutes", "0", "a number above 0"),
        ("minutes: -5", "minutes", "-5", "a number above 0"),
        ("gap_percent: 100", "gap_percent", "100", "a number of at least 0 and below 100"),
        ("gap_percent: -1", "gap_percent", "-1", "a number of at least 0 and below 100"),
    ],
)
def test_94_a_limit_that_allows_no_solve_is_refused(written, key, found, expected):
    finding = only(f"{GOOD}solve:\n  {written}\n")
    assert parts(finding) == (
        f"small.yaml, line 4, solve.{key}",
        f"the number {found}",
        expected,
        "correct the number",
    )


def test_97_an_alias_bomb_is_refused_before_it_unfolds():
    lines = ["a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    for above, below in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{below}: &{below} [{', '.join([f'*{above}'] * 10)}]")
    finding = only("\n".join(lines))
    assert finding.where == "small.yaml, line 5, e"
    assert "aliases" in finding.found
    assert finding.expected == "at most 50,000 values and 50 levels"
    assert "plain" in finding.remedy


@pytest.mark.parametrize("text", ["[" * 10_000, "- " * 10_000, "{a: " * 10_000])
def test_97_endless_nesting_is_refused_before_the_stack_ends(text):
    finding = only(text)
    assert parts(finding)[:3] == (
        "small.yaml, line 1",
        "more than 50 levels of nesting",
        "at most 50 levels",
    )
    assert "small" in finding.remedy


def test_97_an_alias_to_what_it_stands_in_is_refused_since_it_never_ends():
    finding = only("a: &a [*a]")
    assert parts(finding) == (
        "small.yaml, line 1, a[item 1]",
        "the alias *a without a finished anchor",
        "an anchor that stands above it",
        "write the value itself",
    )


def test_97_a_huge_file_is_refused_without_being_read(tmp_path):
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path)
    (finding,) = caught.value.findings
    assert parts(finding) == (
        str(path),
        "a file of 100,000,000 bytes",
        "at most 1,000,000 bytes",
        "move tables into files of their own",
    )


@pytest.mark.parametrize(
    "tag",
    ["!!python/object/apply:os.system", "!!python/object:os.system", "!include", "!!str", "!"],
)
def test_98_tags_are_refused_since_they_could_make_any_object(tag):
    finding = only(f"{GOOD}title: {tag} [x]\n")
    assert finding.where == "small.yaml, line 3, title"
    assert finding.found.startswith("the tag ")
    assert finding.expected == "plain values without tags"
    assert finding.remedy == "remove the tag"


PATH_KEYS = [
    ("territory:\n  units: {}\n", "line 3, territory.units"),
    (
        "territory:\n  units: u.csv\n  tables: [{{id: a, path: {}}}]\n",
        "line 4, territory.tables[item 1].path",
    ),
    ("territory: {{dataset: toy}}\ngraph: {{ties: {{file: {}}}}}\n", "line 3, graph.ties.file"),
    (
        "territory: {{dataset: toy}}\ngraph: {{distance: {{matrix: {}}}}}\n",
        "line 3, graph.distance.matrix",
    ),
    (
        "territory: {{dataset: toy}}\ngraph: {{distance: {{roads: {}}}}}\n",
        "line 3, graph.distance.roads",
    ),
]


def written_in(folder, template: str, path: str):
    file = folder / "s.yaml"
    quoted = "'" + path.replace("'", "''") + "'"
    text = "scenario: s\n" + template.format(quoted)
    file.write_text(text, encoding="utf-8")
    return file


def path_finding(file) -> Finding:
    with pytest.raises(ScenarioError) as caught:
        read_scenario(file)
    (finding,) = caught.value.findings
    return finding


@pytest.mark.parametrize(("template", "key"), PATH_KEYS)
@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../b.csv",
        "C:\\data\\u.csv",
        "C:/data/u.csv",
        "\\\\server\\share\\u.csv",
        "..\\u.csv",
        "sub\\..\\..\\u.csv",
    ],
)
def test_99_a_path_out_of_the_folder_is_refused_wherever_it_stands(tmp_path, template, key, path):
    file = written_in(tmp_path, template, path)
    finding = path_finding(file)
    assert finding.where == f"{file}, {key}"
    assert finding.found.endswith("which leads out of the scenario's folder")
    assert finding.expected == "a path inside the folder of the scenario file"
    assert "--allow-outside" in finding.remedy


def test_99_a_symbolic_link_out_of_the_folder_is_no_way_around(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.csv").write_text("x")
    (inside / "units.csv").symlink_to(tmp_path / "secret.csv")
    finding = path_finding(written_in(inside, PATH_KEYS[0][0], "units.csv"))
    assert finding.where.endswith("line 3, territory.units")
    assert finding.found == '"units.csv", which leads out of the scenario\'s folder'
    assert finding.expected == "a path inside the folder of the scenario file"
    assert "--allow-outside" in finding.remedy


@pytest.mark.parametrize("path", ["../units.csv", "/data/units.csv"])
def test_99_a_path_out_of_the_folder_is_taken_when_it_is_allowed(tmp_path, path):
    file = written_in(tmp_path, PATH_KEYS[0][0], path)
    assert read_scenario(file, allow_outside=True).scenario.territory.units == path


@pytest.mark.parametrize("path", ["units.csv", "sub/units.gpkg", "a/../b.csv", "Қостанай 1.csv"])
def test_99_a_plain_path_in_the_folder_is_taken_as_it_stands(tmp_path, path):
    file = written_in(tmp_path, PATH_KEYS[0][0], path)
    assert read_scenario(file).scenario.territory.units == path


@pytest.mark.parametrize(("template", "key"), PATH_KEYS)
@pytest.mark.parametrize(
    "path",
    [
        "/vsicurl/http://example.org/u.gpkg",
        "/vsizip/u.zip/u.shp",
        "/VSIS3/bucket/u.gpkg",
        "http://example.org/u.csv",
        "s3://bucket/u.csv",
        "file:///etc/passwd",
        "PG:dbname=x",
        "MySQL:x",
        "zip://u.zip",
    ],
)
def test_100_network_and_virtual_paths_are_refused_even_when_outside_is_allowed(
    tmp_path, template, key, path
):
    file = written_in(tmp_path, template, path)
    with pytest.raises(ScenarioError) as caught:
        read_scenario(file, allow_outside=True)
    (finding,) = caught.value.findings
    assert finding.where == f"{file}, {key}"
    assert finding.found == f'"{path}", a virtual, network or database path'
    assert finding.expected == "a plain path to a local file"
    assert finding.remedy.startswith("download or unpack")


@pytest.mark.parametrize(
    "path", ["<VRTDataset></VRTDataset>", '{"type":"FeatureCollection"}', "[1]", " <OGRVRT/>"]
)
def test_100_inline_content_in_place_of_a_path_is_refused(tmp_path, path):
    finding = path_finding(written_in(tmp_path, PATH_KEYS[0][0], path))
    assert finding.where.endswith("line 3, territory.units")
    assert finding.found == "inline content or control characters where a path belongs"
    assert finding.expected == "a file's path"
    assert finding.remedy == "save the content as a file and write its path"
