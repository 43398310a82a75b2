"""A map shows itself in a fresh notebook, with or without the magic that draws figures."""

from __future__ import annotations

import warnings
from pathlib import Path

import nbformat
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what the Jupyter packages say of each other
    import nbclient

SOURCE = Path(__file__).parents[2] / "src"
DRAW = """
from amalgamation.measure import build_today
from amalgamation.show import plot_plan
from amalgamation.territory import grid_territory

territory = grid_territory(2, 3)
figure = plot_plan(build_today(territory), territory)
figure
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """What each cell shows: the map, the map after the magic, the map silenced."""
    with pytest.MonkeyPatch.context() as patch:
        # a bare source tree runs too: the kernel sees what this process sees
        patch.setenv("PYTHONPATH", str(SOURCE))
        sources = [DRAW, "%matplotlib inline\nfigure", "figure;"]
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        notebook = nbformat.v4.new_notebook(cells=cells)
        folder = str(tmp_path_factory.mktemp("notebook"))
        nbclient.NotebookClient(
            notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}}
        ).execute()
    return [cell.outputs for cell in notebook.cells]


def test_a_map_is_a_picture_in_a_fresh_notebook_without_any_magic(outputs):
    (shown,) = outputs[0]
    assert shown.output_type == "execute_result"
    assert shown.data["image/png"].startswith("iVBORw0KGgo")


def test_with_the_magic_it_is_shown_once_and_not_twice(outputs):
    (shown,) = outputs[1]
    assert "image/png" in shown.data


def test_a_semicolon_silences_it_as_it_does_everything(outputs):
    assert outputs[2] == []
