"""`assignment.csv` is the round-trip format."""

from __future__ import annotations

import codecs
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.errors import DataError
from amalgamation.plan import Plan
from amalgamation.write import read_assignment, write_assignment

# control characters are refused when a territory is read, so no plan has them
ids = st.one_of(
    st.sampled_from(["NA", "nan", "null", "010000000", "1e5", "True", 'a"b', "a,b", "a;b", "=x"]),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=8)
    .map(str.strip)
    .filter(bool),
)


@st.composite
def plans(draw):
    units = draw(st.lists(ids, min_size=1, max_size=8, unique=True))
    numbers = [draw(st.integers(0, 3)) for _ in units]
    names = draw(st.lists(ids, min_size=4, max_size=4, unique=True))
    outside = [unit for unit in units if draw(st.integers(0, 3)) == 0]
    homes = {u: names[n] for u, n in zip(units, numbers, strict=True) if u not in outside}
    return Plan(homes, {home: unit for unit, home in homes.items()}, tuple(outside))


@given(plans())
def test_what_was_written_is_what_is_read(plan):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "assignment.csv"
        write_assignment(path, plan)
        assert read_assignment(path) == plan


def test_the_bytes_are_utf8_with_line_feeds_ordered_by_unit(tmp_path):
    path = tmp_path / "a.csv"
    write_assignment(path, Plan.from_seats({"қ": "010", "010": "010"}))
    expected = "unit_id,municipality_id,seat_id\n010,010,010\nқ,010,010\n"
    assert path.read_bytes() == expected.encode()


def test_a_unit_outside_is_a_row_with_nothing_but_its_id(tmp_path):
    path = tmp_path / "a.csv"
    write_assignment(path, Plan.from_seats({"b": "b"}, outside=("a", "c")))
    assert path.read_bytes() == b"unit_id,municipality_id,seat_id\na,,\nb,b,b\nc,,\n"


def test_a_unit_cannot_be_outside_and_in_a_municipality():
    with pytest.raises(DataError, match="1 units both outside and in a municipality: a"):
        Plan({"a": "m"}, {"m": "a"}, outside=("a",))


ROWS = "unit_id,municipality_id,seat_id\na,m,a\nb,m,a\n"
SAME = Plan({"a": "m", "b": "m"}, {"m": "a"})


@pytest.mark.parametrize(
    "raw",
    [
        codecs.BOM_UTF8 + ROWS.encode(),
        ROWS.encode("utf-16"),
        ROWS.replace("\n", "\r\n").encode(),
        ROWS.replace(",", ";").encode(),
        b"note,seat_id,unit_id,municipality_id\nx,a,a,m\ny,a,b,m\n",
    ],
    ids=["byte order mark", "utf-16", "carriage returns", "semicolons", "other columns"],
)
def test_what_spreadsheets_make_of_it_is_read_too(tmp_path, raw):
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    assert read_assignment(path) == SAME


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "line 1: found no line; expected columns unit_id"),
        (b"unit_id,seat_id\n", "add municipality_id"),
        (b"unit_id,unit_id,municipality_id,seat_id\n", "found unit_id more than once"),
        (b"unit_id,municipality_id,seat_id\n", "a header without rows"),
        (ROWS.encode() + b"c,m\n", r"row 4 \(c, m\): found 2 cells; expected 3"),
        (ROWS.encode() + b"c, ,a\n", r"row 4 .*a blank cell"),
        (ROWS.encode() + b"a,m,a\n", r"a\.csv: found 1 units assigned twice: a"),
        (ROWS.encode() + b"c,m,c\n", "municipalities with two seats: m"),
        (ROWS.encode() + b"c,n,a\n", "a.csv, municipality n: found seat a outside its units"),
        (ROWS.encode() + b'"c', "expected CSV with closed quotes"),
        ("unit_id,municipality_id,seat_id\nж,ж,ж\n".encode("cp1251"), "save it as CSV UTF-8"),
    ],
)
def test_bad_files_are_refused_in_words(tmp_path, raw, message):
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    with pytest.raises(DataError, match=message):
        read_assignment(path)


def test_all_bad_rows_are_named_at_once(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(ROWS + "c,m\n,m,a\n")
    with pytest.raises(DataError) as error:
        read_assignment(path)
    assert [finding.check for finding in error.value.findings] == ["ragged-row", "blank-id"]


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"nothing.csv: found No such file"):
        read_assignment(tmp_path / "nothing.csv")
