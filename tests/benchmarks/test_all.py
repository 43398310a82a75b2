"""All benchmarks in one go: one that fails costs its own table alone, and nothing is done twice."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest
from benchmarks.catalogue import CATALOGUE, Benchmark
from benchmarks.driver import KEPT, LEFT_OUT, OVER, WRITTEN, run_benchmarks
from benchmarks.figures import FILE, read_figures

from benchmarks import all as all_benchmarks
from benchmarks import driver

# Writes a page as a benchmark does, and counts how often it was run.
GOOD = """
import pathlib, sys
folder = pathlib.Path(sys.argv[sys.argv.index("--keep") + 1])
with (folder / "count-{name}").open("a") as count:
    count.write("x")
(folder / "{name}.md").write_text(
    "# {name}\\n\\nHow?\\n\\nRun with seed 1. It took 3 s.\\n\\ncores: 2; Python: 3.\\n\\n"
    "## Made up\\n\\n| who | written again |\\n| --- | --- |\\n| a | 1 |\\n| b | 2 |\\n"
)
"""
BAD = "import sys\nprint('no luck')\nsys.exit(3)"
# Starts a process of its own, which must end with it.
ENDLESS = """
import pathlib, subprocess, sys, time
folder = pathlib.Path(sys.argv[sys.argv.index("--keep") + 1])
below = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
(folder / "draft").write_text(str(below.pid))
(folder / "draft").replace(folder / "below")
time.sleep(600)
"""


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """Make commands of a package of their own, and return what names them."""
    package = tmp_path / "madeup"
    package.mkdir()
    paths = [str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))

    def write(name, text, minutes=1.0, **options):
        (package / f"{name}.py").write_text(text.replace("{name}", name), encoding="utf-8")
        return Benchmark(name, minutes, package="madeup", **options)

    return write


def how(ends):
    return {ended.name: ended.how for ended in ends}


def runs_of(folder, name):
    return len((folder / f"count-{name}").read_text(encoding="utf-8"))


def test_one_that_fails_does_not_stop_the_others(made_up, tmp_path):
    """Its log says why, and its row names the log."""
    wanted = [made_up("bad", BAD), made_up("kills", GOOD)]
    ends = run_benchmarks(wanted, tmp_path / "run")
    assert how(ends) == {"bad": "ended with 3 and no page", "kills": WRITTEN}
    assert [ended.failed for ended in ends] == [True, False]
    assert "no luck" in Path(ends[0].told).read_text(encoding="utf-8")
    assert ends[1].seconds > 0


def test_a_run_goes_on_with_what_is_not_finished(made_up, tmp_path):
    """Hours of figures that stand are not measured again for one that does not."""
    folder, good = tmp_path / "run", made_up("kills", GOOD)
    run_benchmarks([good, made_up("late", BAD)], folder)
    ends = run_benchmarks([good, made_up("late", GOOD)], folder)
    assert how(ends) == {"kills": KEPT, "late": WRITTEN}
    assert (runs_of(folder, "kills"), runs_of(folder, "late")) == (1, 1)


def test_a_run_that_is_whole_begins_anew(made_up, tmp_path):
    """`make benchmark` measures; it does not say that it once did."""
    folder, good = tmp_path / "run", made_up("kills", GOOD)
    for times in (1, 2):
        assert how(run_benchmarks([good], folder)) == {"kills": WRITTEN}
        assert runs_of(folder, "kills") == times


@pytest.mark.parametrize("changed", ["options", "code", "afresh"])
def test_a_page_of_another_question_or_another_code_is_not_kept(
    made_up, tmp_path, monkeypatch, changed
):
    folder, bad = tmp_path / "run", made_up("bad", BAD)
    run_benchmarks([made_up("kills", GOOD), bad], folder)
    again = made_up("kills", GOOD, arguments=("--seed", "2") if changed == "options" else ())
    if changed == "code":
        monkeypatch.setattr(driver, "_hash_sources", lambda: b"another")
    ends = run_benchmarks([again, bad], folder, afresh=changed == "afresh")
    assert how(ends)["kills"] == WRITTEN


def test_what_a_benchmark_lacks_is_said_and_is_no_failure(made_up, tmp_path):
    """A machine without a browser still measures all the rest; no older page passes for new."""
    folder = tmp_path / "run"
    run_benchmarks([made_up("kills", GOOD)], folder)
    (ended,) = run_benchmarks([made_up("kills", GOOD, needs=("sys", "no_such_part"))], folder)
    assert (ended.how, ended.failed) == (LEFT_OUT, False)
    assert ended.told == "not on this machine: no_such_part"
    assert not (folder / "kills.md").exists()


def test_one_that_hangs_is_ended_with_all_that_it_started(made_up, tmp_path, monkeypatch):
    """A process left behind would measure along with all that follow."""
    below = tmp_path / "run" / "below"

    class OutOfTime(subprocess.Popen):
        def wait(self, timeout=None):
            if timeout is None:
                return super().wait()
            while not below.exists():
                time.sleep(0.02)
            raise subprocess.TimeoutExpired(self.args, timeout)

    monkeypatch.setattr(driver.subprocess, "Popen", OutOfTime)
    (ended,) = run_benchmarks([made_up("endless", ENDLESS)], tmp_path / "run")
    assert (ended.how, ended.failed) == (OVER, True)
    assert _ends(int(below.read_text(encoding="utf-8")))


def _ends(process):
    for _ in range(100):
        stat = Path(f"/proc/{process}/stat")
        if (
            not stat.exists()
            or stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
        ):
            return True
        time.sleep(0.05)
    return False


def test_the_command_says_how_each_ended_and_publishes_what_stands(made_up, tmp_path, capsys):
    """The page of one that failed stays as it was: an older figure is better than none."""
    target = tmp_path / "results"
    target.mkdir()
    older = "# bad\n\nHow?\n\nRun with seed 1.\n\ncores: 2.\n"
    (target / "bad.md").write_text(older, encoding="utf-8")
    catalogue = [made_up("bad", BAD), made_up("kills", GOOD)]
    arguments = ["--folder", str(tmp_path / "run"), "--publish", str(target)]
    assert all_benchmarks.main(arguments, catalogue) == 1
    screen = capsys.readouterr().out
    assert "bad" in screen
    assert "ended with 3" in screen
    assert (target / "bad.md").read_text(encoding="utf-8") == older
    assert read_figures(target)["kills"].figures == {"Made up | written again": 3.0}
    assert set(json.loads((target / FILE).read_text(encoding="utf-8"))) == {"bad", "kills"}


def test_ctrl_c_leaves_what_is_finished(made_up, tmp_path, monkeypatch, capsys):
    folder = tmp_path / "run"
    catalogue = [made_up("kills", GOOD), made_up("late", GOOD)]
    call = driver._call

    def interrupted(words, *arguments):
        if "madeup.late" in words:
            raise KeyboardInterrupt
        return call(words, *arguments)

    monkeypatch.setattr(driver, "_call", interrupted)
    assert all_benchmarks.main(["--folder", str(folder)], catalogue) == 130
    assert "goes on" in capsys.readouterr().err
    monkeypatch.undo()
    assert set(read_figures(folder)) == {"kills"}


def test_names_choose_and_an_unknown_name_is_refused(made_up, capsys):
    catalogue = [made_up("bad", BAD), made_up("kills", GOOD), made_up("late", GOOD)]
    assert (
        all_benchmarks.main(["--list", "--only", "kills,late", "--without", "late"], catalogue) == 0
    )
    screen = capsys.readouterr().out
    assert "kills" in screen
    assert "late" not in screen
    assert all_benchmarks.main(["--only", "kils"], catalogue) == 2
    assert "found kils; expected some of bad, kills, late" in capsys.readouterr().err


def test_every_command_stands_in_the_catalogue_and_all_take_less_than_two_hours():
    """A benchmark that nobody runs grows stale unseen."""
    folder = Path(driver.__file__).parent
    commands = {
        path.stem
        for path in folder.glob("*.py")
        if f'Options("{path.stem}"' in path.read_text(encoding="utf-8")
    }
    assert {one.name for one in CATALOGUE} == commands
    assert sum(one.minutes for one in CATALOGUE) < 120
