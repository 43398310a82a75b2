"""A notebook shows how a run goes on, and an interruption keeps the best plan."""

from __future__ import annotations

import math
import time
import warnings
from pathlib import Path

import pytest

import amalgamation as am
from amalgamation.notebook import NotebookProgress, is_notebook, notebook_progress
from amalgamation.solve import Progress

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what the Jupyter packages say of each other
    from jupyter_client.manager import start_new_kernel

SOURCE = Path(__file__).parents[1] / "src"
LONG = """
import amalgamation as am
question = {
    "territory.where": {"oblast": ["230000000", "270000000"]},
    "rules.municipalities": None,
    "solve.gap_percent": 0,
    "solve.minutes": 5,
}
result = am.run("kz-two-tier", overrides=question)
print(result.status, len(result.plan.seat_of), len(result.breaches))
"""


def test_here_is_no_notebook_so_nothing_is_shown(capsys):
    assert not is_notebook()
    with notebook_progress("toy") as tell:
        tell(Progress("O1", "solve", 2.0, 1.0, True, 1))
    assert capsys.readouterr() == ("", "")


def test_the_bar_counts_blocks_and_tells_the_gap_once_all_are_known():
    bar = NotebookProgress("two")
    bar.note(Progress("a", "start", 2.0, 1.0, done=True, blocks=2))
    assert bar.words() == "two: 1 of 2 blocks done (start), gap not known yet"
    bar.note(Progress("b", "solve", 2.0, 2.0, done=True, blocks=2))
    assert bar.words() == "two: 2 of 2 blocks done (solve), gap 25.00 %"
    bar.note(Progress("b", "solve", math.inf, -math.inf, done=False, blocks=2))
    assert bar.words() == "two: 1 of 2 blocks done (solve), gap not known yet"


def test_a_title_is_text_and_no_markup():
    bar = NotebookProgress("<img src=x>")
    assert "<img" not in bar.to_html()


def test_a_table_of_territory_and_result_has_a_small_map():
    result = am.run("toy", overrides={"solve.processes": 1})
    assert result._repr_html_().count("<path ") == 4
    assert result.territory._repr_html_().count("<path ") == 12


@pytest.fixture
def kernel(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    manager, client = start_new_kernel(kernel_name="python3")
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def messages(client, seconds=120):
    """Yield what the kernel says until it is idle."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        message = client.get_iopub_msg(timeout=seconds)
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return
        yield message
    pytest.fail(f"the kernel was busy for {seconds} s")


@pytest.mark.slow
def test_an_interrupted_cell_ends_with_the_best_plan_and_without_the_bar(kernel):
    manager, client = kernel
    client.execute(LONG)
    said, interrupted = [], False
    for message in messages(client):
        said.append(message)
        shown = message["content"].get("data", {}).get("text/html", "")
        if "(solve)" in shown and not interrupted:
            interrupted = True
            manager.interrupt_kernel()
    assert interrupted
    printed = "".join(m["content"]["text"] for m in said if m["msg_type"] == "stream")
    assert printed.startswith("interrupted ")
    assert int(printed.split()[1]) > 1
    bars = [m for m in said if m["msg_type"] in {"display_data", "update_display_data"}]
    assert bars[-1]["content"]["data"]["text/html"] == ""
