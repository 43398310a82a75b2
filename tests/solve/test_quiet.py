"""What the solver says of itself never mixes with what we print."""

import json
import subprocess
import sys

import pytest


@pytest.mark.parametrize("engine", ["compact", "columns"])
def test_standard_output_is_ours_alone(engine, tmp_path):
    """In a process of its own: HiGHS 1.16 greets once in each, below Python, before ``--json``."""
    words = ["run", "toy", "-o", str(tmp_path / "out"), "--json", "--set", f"solve.engine={engine}"]
    done = subprocess.run(
        [sys.executable, "-m", "amalgamation", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["scenario"] == "toy"
    assert "HiGHS" not in done.stderr
