"""Agreement of two groupings, against values worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.errors import DataError
from amalgamation.study import compare_plans, read_grouping

UNITS = "abcdef"
GROUPINGS = st.lists(st.sampled_from("xyz"), min_size=2, max_size=8).map(
    lambda groups: {f"u{i}": group for i, group in enumerate(groups)}
)


def grouping(text):
    """`"xxyyzz"`: the group of each of the units a, b, c, ..."""
    return dict(zip(UNITS, text, strict=False))


def test_hubert_and_arabie_by_hand():
    """Cells 2, 1, 1, 2: 2 pairs in both; 6 in one, 6 in the other, of 15: (2 - 2.4) / (6 - 2.4)."""
    found = compare_plans(grouping("xxxyyy"), grouping("112122"))
    assert found.rand_index == pytest.approx((2 - 36 / 15) / (6 - 36 / 15))
    assert found.pair_f1 == pytest.approx(2 * 2 / 12)
    assert found.groups == (2, 2)
    assert found.identical_share == 0.0


def test_weights_count_pairs_by_their_product():
    """Weights 2, 1, 3 as a, b | c against a | b, c: 2 in one, 3 in two, 0 in both, 11 in all."""
    found = compare_plans(grouping("xxy"), grouping("122"), {"a": 2, "b": 1, "c": 3})
    assert found.rand_index_weighted == pytest.approx((0 - 6 / 11) / (2.5 - 6 / 11))
    assert found.pair_f1_weighted == 0.0


def test_identical_share_is_of_residents_not_of_units():
    weights = {"a": 700, "b": 100, "c": 100, "d": 100}
    found = compare_plans(grouping("xyyz"), grouping("1223"), weights)
    assert found.identical_share == 1.0
    found = compare_plans(grouping("xyyz"), grouping("1233"), weights)
    assert found.identical_share == pytest.approx(0.7)


@pytest.mark.parametrize("same", ["xyz", "xxx"])
def test_all_alone_and_all_together_agree_with_themselves(same):
    """Nothing is left to chance there, and the formula alone would divide by nothing."""
    found = compare_plans(grouping(same), grouping(same))
    assert (found.rand_index, found.pair_f1, found.identical_share) == (1.0, 1.0, 1.0)


def test_units_that_one_grouping_lacks_are_named_and_left_out():
    found = compare_plans(grouping("xxyy"), grouping("11") | {"zz": "1"})
    assert (found.units, found.only_first, found.only_second) == (2, ("c", "d"), ("zz",))
    assert "2 units only in the first: c, d" in found.sentence()
    assert "1 units only in the second: zz" in repr(found)
    assert "pairwise F1" in found._repr_html_()


def test_nothing_in_common_and_absent_weights_are_errors():
    with pytest.raises(DataError, match="no common unit"):
        compare_plans({"a": "x"}, {"b": "x"})
    with pytest.raises(DataError, match="1 units without a weight of at least 0: b"):
        compare_plans(grouping("xx"), grouping("11"), {"a": 1.0})
    with pytest.raises(DataError, match="of at least 0: a"):
        compare_plans(grouping("xx"), grouping("11"), {"a": -1.0, "b": 1.0})


@given(GROUPINGS, st.permutations("xyz"))
def test_renaming_groups_changes_nothing(first, names):
    """Only who is grouped with whom counts."""
    renamed = {unit: dict(zip("xyz", names, strict=True))[group] for unit, group in first.items()}
    found = compare_plans(first, renamed)
    assert found.rand_index == pytest.approx(1.0)
    assert (found.pair_f1, found.identical_share) == (1.0, 1.0)


@given(GROUPINGS, GROUPINGS)
def test_agreement_is_symmetric_and_bounded_and_equal_weights_change_nothing(first, second):
    one, other = compare_plans(first, second), compare_plans(second, first)
    assert one.rand_index == pytest.approx(other.rand_index)
    assert one.rand_index <= 1.0 + 1e-12
    assert 0 <= one.pair_f1 <= 1
    assert one.pair_f1 == pytest.approx(other.pair_f1)
    weighted = compare_plans(first, second, dict.fromkeys(first | second, 1.0))
    assert weighted.rand_index_weighted == pytest.approx(one.rand_index)
    assert weighted.identical_share == pytest.approx(one.identical_share)


@given(GROUPINGS, GROUPINGS)
def test_pairs_counted_one_by_one_give_the_same(first, second):
    """The contingency table is only a faster way to count pairs."""
    common = sorted(set(first) & set(second))
    pairs = [(a, b) for a in common for b in common if a < b]
    one = [first[a] == first[b] for a, b in pairs]
    two = [second[a] == second[b] for a, b in pairs]
    both = sum(x and y for x, y in zip(one, two, strict=True))
    expected = 2 * both / (sum(one) + sum(two)) if sum(one) + sum(two) else 1.0
    assert compare_plans(first, second).pair_f1 == pytest.approx(expected)


def test_a_grouping_is_read_as_text_and_ungrouped_units_are_left_out(tmp_path):
    path = tmp_path / "real.csv"
    path.write_text("\ufeffcode,epci\n01,200\n02,200\n03,\nNA,1\n", encoding="utf-8")
    assert read_grouping(path, "code", "epci") == {"01": "200", "02": "200", "NA": "1"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,epci\n01,1\n01,2\n", "1 units in two groups: 01"),
        ("code,other\n01,1\n", "columns code, other; expected columns epci"),
        ("", "expected a CSV file of units"),
    ],
)
def test_a_grouping_that_cannot_be_read_says_why(tmp_path, text, message):
    path = tmp_path / "real.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_grouping(path, "code", "epci")
    with pytest.raises(DataError, match="expected a CSV file"):
        read_grouping(tmp_path / "absent.csv", "code", "epci")
