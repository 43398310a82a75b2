"""The package imports its public names when they are asked for."""

import subprocess
import sys

import pytest

import amalgamation


def test_every_public_name_is_there_and_listed():
    for name in amalgamation.__all__:
        assert getattr(amalgamation, name) is not None
    assert set(amalgamation.__all__) <= set(dir(amalgamation))


def test_a_name_that_is_not_public_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        amalgamation.nope  # noqa: B018 - looking is the test


def test_the_verb_measure_stays_a_verb_whatever_was_imported_before():
    # the room `amalgamation.measure` has the same name, and Python binds rooms to the package
    code = (
        "import amalgamation.write, amalgamation as am; from amalgamation import measure; "
        "from amalgamation.measure import measure_plan; "
        "assert measure is am.measure is am.api.measure, am.measure"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
