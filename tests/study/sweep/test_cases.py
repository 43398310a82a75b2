"""Cases: read once, keyed by all that an answer depends on, refused before the first solve."""

import shutil
from pathlib import Path

import pytest

from amalgamation.errors import InputError
from amalgamation.study.sweep import read_question
from studies import LEAST, NAMES, OVER


def keys(**options):
    return [case.key for case in read_question("toy", over=OVER, **options).cases]


def test_variants_that_ask_of_one_territory_share_what_was_read():
    question = read_question("toy", over=OVER)
    assert [case.variant.name for case in question.cases] == NAMES
    assert {case.land for case in question.cases} == set(question.lands)
    assert len(question.lands) == 1
    least = [case.file.scenario.rules.population.min for case in question.cases]
    assert least == OVER[LEAST]


def test_a_variant_of_the_graph_is_read_by_itself():
    question = read_question("toy", over={"graph.distance": ["along_ties", "straight"]})
    assert len(question.lands) == 2


def test_the_key_changes_with_the_question_and_not_with_where_it_is_answered():
    first = keys()
    assert len(set(first)) == len(first)
    assert keys(overrides={"solve.processes": 7}) == first
    for change in ({"solve.seed": 2}, {"aims.access": 2.0}, {"write": ["csv", "xlsx"]}):
        assert not set(keys(overrides=change)) & set(first)


def lay(folder, residents=9000):
    """Write three units in a row with their ties, and a scenario that sweeps over them."""
    folder.mkdir()
    (folder / "units.csv").write_text(f"id,population\na,{residents}\nb,9000\nc,9000\n")
    (folder / "ties.csv").write_text("from,to,km\na,b,5\nb,c,5\n")
    (folder / "row.yaml").write_text(
        "scenario: row\nterritory: {units: units.csv, id: id}\ngraph: {ties: {file: ties.csv}}\n"
        "aims: {access: 1}\nsweep: {over: {rules.municipalities.exactly: [1, 2]}}\n"
    )
    return folder / "row.yaml"


def test_the_key_changes_with_the_data_and_not_with_their_place(tmp_path):
    def of(path):
        return [case.key for case in read_question(path).cases]

    first = of(lay(tmp_path / "one"))
    shutil.copytree(tmp_path / "one", tmp_path / "moved")
    assert of(tmp_path / "moved" / "row.yaml") == first
    assert not set(of(lay(tmp_path / "two", residents=9001))) & set(first)


def test_what_stands_in_the_file_and_on_the_command_line_is_multiplied(tmp_path):
    path = lay(tmp_path / "one")
    question = read_question(path, over={"solve.seed": [1, 2], "aims.access": [2]})
    assert len(question.cases) == 4
    replaced = read_question(path, over={"rules.municipalities.exactly": [3]})
    assert [case.variant.name for case in replaced.cases] == ["municipalities.exactly-3"]


def test_a_variant_writes_tables_alone_unless_the_scenario_says_what(tmp_path):
    path = lay(tmp_path / "one")
    assert {tuple(case.file.scenario.write) for case in read_question(path).cases} == {("csv",)}
    stated = read_question(path, overrides={"write": ["xlsx", "csv"]})
    assert stated.cases[0].file.scenario.write == ["xlsx", "csv"]


def wishes_of(case):
    return [(wish.unit, wish.with_, wish.weight) for wish in case.file.scenario.aims.wishes.wishes]


def test_wishes_are_those_of_the_variant_whether_written_or_from_a_file(tmp_path):
    """Variants share what was read of the land, and no more than that."""
    path = lay(tmp_path / "one")
    wished = [
        {"weight": 1.0, "wishes": [{"unit": "a", "with": "b", "weight": weight}]}
        for weight in (1.0, 2.0)
    ]
    question = read_question(path, over={"aims.wishes": wished})
    assert [wishes_of(case)[0][2] for case in question.cases] == [1.0, 2.0] * 2
    (tmp_path / "one" / "wishes.csv").write_text("unit,with\na,c\n")
    (tmp_path / "one" / "filed.yaml").write_text(
        "extends: row.yaml\naims: {wishes: {weight: 1, file: wishes.csv}}\n"
    )
    filed = read_question(tmp_path / "one" / "filed.yaml", over={"aims.wishes.weight": [1.0, 3.0]})
    assert [wishes_of(case) for case in filed.cases] == [[("a", "c", 1.0)]] * 4
    assert [case.file.scenario.aims.wishes.weight for case in filed.cases] == [1.0, 3.0] * 2
    assert {"wishes"} <= {source.role for source in filed.sources}
    assert len({case.key for case in filed.cases}) == 4


def test_a_slip_in_any_variant_refuses_all_and_is_told_once():
    with pytest.raises(InputError) as refused:
        read_question("toy", over={LEAST: [8000, "many"], "rules.reach_km.max": [50, 60]})
    (finding,) = refused.value.findings
    assert LEAST in finding.where
    assert 'the text "many"' in finding.found


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "no section `sweep`"),
        ({"over": {LEAST: []}}, "a list of 0"),
        ({"over": OVER, "overrides": {LEAST: 1}}, "a key that varies, set"),
        ({"over": {"rules.populaton.min": [1, 2]}}, "did you mean `population`"),
        ({"over": {"territory.dataset": ["nowhere"]}}, "nowhere"),
    ],
)
def test_what_cannot_be_a_study_is_told(options, told):
    with pytest.raises(InputError) as refused:
        read_question("toy", **options)
    assert told in str(refused.value)


def test_data_that_fit_no_variant_refuse_and_data_that_fit_one_not_are_its_own_matter(tmp_path):
    path = lay(tmp_path / "one")
    Path(tmp_path / "one" / "more.csv").write_text("id,population\na,1\nb,1\nc,many\n")
    question = read_question(path, over={"territory.units": ["units.csv", "more.csv"]})
    assert [bool(case.refused) for case in question.cases] == [False, True] * 2
    with pytest.raises(InputError, match=r"more\.csv"):
        read_question(path, over={"territory.units": ["more.csv", "none.csv"]})
