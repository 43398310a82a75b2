"""A unit is found by what a person calls it, and by nothing that could mean two."""

import pytest

from amalgamation.territory import find_unit
from strategies import build_territory


@pytest.fixture
def territory():
    found = build_territory([1, 1, 1, 1])
    found.units["name"] = ["Akkol", "Zhaksy", "Zhaksy", "u1"]
    return found


@pytest.mark.parametrize("text", ["u1", "akkol", "AKKOL", "u1 (Akkol)"])
def test_a_code_goes_before_a_name_and_case_does_not_matter(territory, text):
    assert find_unit(territory, text, "here") == "u1"


def test_a_name_of_two_is_refused_with_both_codes(territory):
    finding = find_unit(territory, "Zhaksy", "here")
    assert finding.subjects == ("u2", "u3")
    assert finding.remedy == "name its code"
    assert find_unit(territory, "u3 (Zhaksy)", "here") == "u3"


def test_an_unknown_name_is_refused_with_the_nearest(territory):
    finding = find_unit(territory, "Akol", "--unit")
    assert finding.sentence() == (
        "--unit: found no unit Akol; expected the code of a unit, or a name that one unit "
        "alone has; did you mean Akkol?"
    )
