"""Every notebook is stored without outputs, and begins with its question.

That each runs from its first cell to its last, in a kernel of its own and without a warning,
is held by the build of the documentation (`tests/docs/test_build.py`), which executes all.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(params=NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def path(request):
    return request.param


def test_there_is_a_first_notebook():
    assert "01-first-map" in [path.stem for path in NOTEBOOKS]


def test_stored_outputs_are_empty_so_that_they_never_tell_of_an_older_version(path):
    for cell in code_cells(read(path)):
        assert cell.outputs == []
        assert cell.execution_count is None


def test_it_names_the_kernel_that_everybody_has(path):
    assert read(path).metadata.kernelspec.name == "python3"


def test_it_begins_with_the_question_and_says_that_data_are_made_up(path):
    first = read(path).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert "?" in first.source
    assert "synthetic" in first.source
