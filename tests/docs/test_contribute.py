"""The contributions that the page shows are ones that the source of today would take."""

import shutil
import subprocess

import pytest

from blocks import DOCS, blocks_of

ROOT = DOCS.parent
DIFFS = [block for block in blocks_of("contribute.md") if block.kind == "diff"]
pytestmark = pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="not a clone, or no git"
)


def apply(text):
    return subprocess.run(
        ["git", "apply", "--check", "-"],
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_measure_a_dataset_a_rule_and_an_aim_are_shown():
    assert len(DIFFS) == 4


@pytest.mark.parametrize("number", range(len(DIFFS)))
def test_a_difference_that_is_shown_applies_to_the_source(number):
    done = apply(DIFFS[number].text)
    assert done.returncode == 0, done.stderr


def test_one_that_does_not_apply_is_noticed():
    assert apply(DIFFS[0].text.replace("\n ", "\n x", 1)).returncode != 0
