"""The page of bad input says what the tests hold, no more and no less."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from amalgamation.scenario.parse import MOST_BYTES, MOST_LEVELS, MOST_NODES
from amalgamation.territory import archive, tables

TESTS = Path(__file__).parent.parent
PAGE = TESTS.parent / "docs" / "bad-inputs.md"

# Cases whose tests belong to a room of their own and have names without a number.
ELSEWHERE = {
    95: "cli/test_exit_status.py::test_no_plan_in_the_time_ends_with_4_and_writes_nothing",
    96: "cli/test_commands.py::test_doctor_ends_with_1_and_a_remedy_where_an_answer_is_wrong",
    102: "show/test_report_page.py::test_names_that_are_markup_stay_text_everywhere",
    107: "write/test_run.py::test_two_runs_do_not_clash_on_one_folder",
    108: "cli/test_exit_status.py::test_an_interrupted_run_ends_with_130_and_keeps_the_best_plan",
    110: "cli/test_output.py::test_letters_that_a_stream_cannot_write_do_not_end_the_command",
    111: "solve/test_laws.py::test_the_order_of_sets_does_not_matter",
}


def rows() -> dict[int, str]:
    found = re.findall(r"^\| (\d+) \| .+ \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    numbers = [int(number) for number, _ in found]
    assert numbers == sorted(set(numbers))
    return {int(number): gets for number, gets in found}


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def numbered() -> set[int]:
    names = {name for path in TESTS.rglob("test_*.py") for name in functions(path)}
    return {int(match[1]) for name in names if (match := re.match(r"test_(\d+)_", name))}


def test_the_page_has_every_case_of_the_list_once():
    assert list(rows()) == list(range(1, 112))


def test_each_case_has_its_test_unless_the_page_says_not_yet():
    untested = {number for number, gets in rows().items() if gets.startswith("not yet")}
    tested = numbered() | set(ELSEWHERE)
    assert tested == set(rows()) - untested


@pytest.mark.parametrize("place", sorted(ELSEWHERE.values()))
def test_tests_that_the_page_leans_on_exist(place):
    file, name = place.split("::")
    assert name in functions(TESTS / file)


@pytest.mark.parametrize(
    "limit",
    [MOST_BYTES, MOST_LEVELS, MOST_NODES, tables.MOST_BYTES, archive.MOST_BYTES,
     archive.MOST_FOLD, archive.MOST_MEMBERS],
)  # fmt: skip
def test_the_limits_on_the_page_are_those_of_the_code(limit):
    section = PAGE.read_text("utf-8").partition("## Limits")[2].partition("##")[0]
    assert re.search(rf"\b{limit:,}\b", section)
