"""Wishes as a table: what is wrong is named by row and code, and the record holds all of them."""

import pytest

from amalgamation.api import prepare
from amalgamation.errors import InputError

SCENARIO = """\
scenario: hopes
territory: {dataset: toy}
aims: {access: 1, wishes: {weight: 0.5, file: wishes.csv}}
"""


def ask(folder, rows, scenario=SCENARIO, header="unit,with,against,weight,reason\n"):
    (folder / "wishes.csv").write_text(header + rows, encoding="utf-8")
    (folder / "hopes.yaml").write_text(scenario, encoding="utf-8")
    return prepare(folder / "hopes.yaml")


def refused(*args, **keys):
    with pytest.raises(InputError) as caught:
        ask(*args, **keys)
    return [finding.sentence() for finding in caught.value.findings]


@pytest.fixture(scope="module")
def ids():
    return prepare("toy").territory.ids


def test_a_table_of_wishes_is_as_good_as_wishes_written_out(tmp_path, ids):
    a, b, c = ids[:3]
    ground = ask(tmp_path, f"{a},{b},,2.5,one school\n{b},,{c},,\n")
    aim = ground.file.scenario.aims.wishes
    assert aim.file is None
    assert [(w.unit, w.with_, w.against, w.weight, w.reason) for w in aim.wishes] == [
        (a, b, None, 2.5, "one school"),
        (b, None, c, 1.0, ""),
    ]
    assert [source.role for source in ground.file.sources] == ["scenario", "wishes"]


def test_the_table_comes_after_the_wishes_of_the_scenario(tmp_path, ids):
    a, b, c = ids[:3]
    both = SCENARIO.replace("file:", f'wishes: [{{unit: "{a}", with: "{c}"}}], file:')
    aim = ask(tmp_path, f"{a},{b},,,\n", both).file.scenario.aims.wishes
    assert [wish.with_ for wish in aim.wishes] == [c, b]


def test_every_wrong_row_is_named_by_its_number_and_code(tmp_path, ids):
    a, b = ids[:2]
    told = refused(tmp_path, f"{a},,,,\n{a},{b},{b},,\n{a}x,{b},,,\n{a},{b},,-1,\n{a},{a},,,\n")
    assert len(told) == 5
    assert told[0].startswith(f"wishes.csv, row 2 ({a}): found neither `with` nor `against`")
    assert told[1].startswith(f"wishes.csv, row 3 ({a}): found both")
    assert f"row 4 ({a}x): found unknown unit {a}x" in told[2]
    assert f"row 5 ({a}), weight" in told[3]
    assert f"row 6 ({a}): found unit {a} as its own partner" in told[4]


def test_a_column_that_is_none_of_them_is_refused_with_the_nearest(tmp_path, ids):
    (told,) = refused(tmp_path, f"{ids[0]},{ids[1]},x\n", header="unit,with,reasn\n")
    assert "did you mean reason?" in told
