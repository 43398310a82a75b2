"""What goes to stdout and stderr: pure JSON, silence, plain lines, harmless names."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation import api
from amalgamation.cli import main
from amalgamation.cli.progress import show_progress
from amalgamation.cli.text import clean
from amalgamation.cli.voice import Voice
from amalgamation.solve import Progress
from amalgamation.status import Status

TABLES = ["--set", "write=[csv]"]
HOSTILE = "[bold]Ак\x1b[31mмол\x07а[/bold]\u202e"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def command(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "amalgamation", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture
def hostile_scenario(tmp_path):
    """Three units without geometry; the third is an island, so that messages name it."""
    (tmp_path / "units.csv").write_text(
        f'id,name,population\na,One,9000\nb,Two,9000\nc,"{HOSTILE}",9000\n', encoding="utf-8"
    )
    (tmp_path / "ties.csv").write_text("from,to\na,b\n", encoding="utf-8")
    (tmp_path / "hostile.yaml").write_text(
        "scenario: hostile\n"
        "territory: {units: units.csv, id: id, name: name}\n"
        "graph: {ties: {file: ties.csv}, islands: alone}\n"
        "rules: {population: {min: 5000}}\n"
        "aims: {access: 1}\n"
        "write: [csv]\n",
        encoding="utf-8",
    )
    return "hostile.yaml"


def test_json_is_one_object_and_nothing_else_on_stdout(capsys):
    assert main(["run", "toy", "--json", *TABLES]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"] == "optimal"
    assert answer["cost"] == pytest.approx(answer["bound"])
    assert (answer["gap"], answer["municipalities"]) == (0, 4)
    assert Path(answer["folder"]) == Path("runs", "toy")
    assert answer["findings"] == []
    assert answer["synthetic"] is True


RANGE = ["--set", "rules.municipalities={exactly: null, min: 3, max: 5}"]


@pytest.fixture
def _loose(monkeypatch):
    """Runs whose blocks have a gap: the toy's own is always zero."""
    run = api.run

    def run_loosely(*arguments, **options):
        result = run(*arguments, **options)
        found, (block,) = result.certificate, result.certificate.blocks
        work = {"engine": "columns", "columns": 1234, "why": "asked for"}
        blocks = (replace(block, bound=0.97 * found.cost, **work),)
        looser = {"status": Status.FEASIBLE, "bound": 0.96 * found.cost, "blocks": blocks}
        assumed = ("The bound leaves a rule out.",)
        return replace(result, certificate=replace(found, assumptions=assumed, **looser))

    monkeypatch.setattr(api, "run", run_loosely)


@pytest.mark.usefixtures("_loose")
def test_the_screen_says_what_was_done_what_it_took_and_where_the_gap_sits(capsys):
    assert main(["run", "toy", *TABLES]) == 0
    out = capsys.readouterr().out
    lines = out.partition("today")[0].splitlines()
    assert lines[3] == "The bound leaves a rule out."
    assert lines[4] == ("Where the gap sits: toy 3.00 %, sharing the number among blocks 1.00 %")
    assert lines[5].startswith("columns on 1 block (asked for): ")
    assert "1,234 columns" in lines[5]
    assert re.fullmatch(r"Took [\d.]+ s, [\d,]+ MB of memory at the peak", lines[6])


def test_the_screen_says_nothing_of_a_gap_that_is_closed(capsys):
    assert main(["run", "toy", *TABLES]) == 0
    out = capsys.readouterr().out
    assert "gap sits" not in out
    assert "compact on 1 block (" in out


@pytest.mark.usefixtures("_loose")
def test_json_has_the_same_account_as_the_screen(capsys):
    assert main(["run", "toy", "--json", "-q", *TABLES]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["assumptions"] == ["The bound leaves a rule out."]
    shares = {share["where"]: share["percent"] for share in answer["gap_shares"]}
    assert shares == pytest.approx({"toy": 3, "sharing the number among blocks": 1})
    (engine,) = answer["engines"]
    assert (engine["engine"], engine["reasons"]) == ("columns", {"asked for": 1})
    assert (engine["columns"], engine["blocks"]) == (1234, 1)
    assert answer["peak_mb"] > 0


def test_a_range_of_numbers_leaves_a_frontier_in_the_folder_as_table_and_picture(capsys):
    assert main(["run", "toy", *RANGE, "--set", "write=[csv, png]"]) == 0
    assert "frontier.csv, frontier.png" in capsys.readouterr().out
    rows = Path("runs", "toy", "frontier.csv").read_text().splitlines()
    assert [row.partition(",")[0] for row in rows[1:]] == ["3", "4", "5"]
    assert sum(",chosen," in row for row in rows) == 1
    assert Path("runs", "toy", "frontier.png").read_bytes().startswith(b"\x89PNG")


def test_one_number_alone_leaves_none(capsys):
    assert main(["run", "toy", "--set", "write=[csv, png]"]) == 0
    assert "frontier" not in capsys.readouterr().out
    assert not list(Path("runs", "toy").glob("frontier*"))


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["run", "nosuch.yaml"], "bad input"),
        (["run", "toy", "--set", "rules.population.min=20000"], "infeasible"),
        (["run", "toy", "--set", "rules.population.min=12100"], "infeasible"),
        (["check", "toy", "--set", "rules.population.min=20000"], "infeasible"),
        (["verify", "nowhere"], "refused"),
    ],
)
def test_json_is_answered_where_there_is_no_plan_too_with_the_reasons(capsys, arguments, status):
    assert main([*arguments, "--json", "-q"]) in (2, 3)
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"] == status
    assert all(finding["where"] and finding["found"] for finding in answer["findings"])
    assert answer["findings"]


def test_quiet_says_nothing_where_all_is_well(capsys):
    for arguments in (["run", "toy", *TABLES], ["verify", "runs/toy"], ["check", "toy"]):
        assert main([*arguments, "-q"]) == 0
    assert capsys.readouterr() == ("", "")


def test_quiet_does_not_silence_an_error(capsys):
    assert main(["run", "nosuch.yaml", "-q"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "nosuch.yaml" in captured.err


def test_without_a_terminal_progress_is_plain_lines_on_stderr():
    done = command("run", "toy", *TABLES)
    assert done.returncode == 0, done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
    lines = done.stderr.decode().splitlines()
    assert lines[0] == "reading toy"
    assert any("toy: solve done: cost 1.0147, bound 1.0147, gap 0.00 %" in line for line in lines)
    assert b"solve done" not in done.stdout


def test_plain_progress_tells_a_stage_once_and_unfinished_blocks_never(capsys):
    with show_progress(Voice(), "toy") as report:
        report(Progress("A", "solve"))
        report(Progress("A", "curve", done=True))
        report(Progress("A", "curve", done=True))
        report(Progress("A", "solve", 2.0, 1.0, done=True))
    lines = [line.partition("s  ")[2] for line in capsys.readouterr().err.splitlines()[1:]]
    assert lines == [
        "A: curve done: cost -, bound -, gap -",
        "A: solve done: cost 2, bound 1, gap 50.00 %",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of POSIX")
def test_on_a_terminal_each_unfinished_block_has_a_line_and_there_is_a_total(monkeypatch, capfd):
    leader, follower = os.openpty()
    with os.fdopen(follower, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "100")
        with show_progress(Voice(), "toy") as report:
            report(Progress("Akmola", "solve", 2.0, 1.5))
            report(Progress(HOSTILE, "solve", 4.0, 3.5))
            report(Progress("Done", "solve", 1.0, 1.0, done=True))
    shown = os.read(leader, 1 << 16).decode()
    os.close(leader)
    assert "Akmola" in shown
    assert "25.00 %" in shown
    assert "total: 1 of 3 blocks done" in shown
    assert "[bold]Акмола[/bold]" in shown
    assert "Done" not in shown
    assert capfd.readouterr() == ("", "")


def test_names_from_data_are_text_and_command_nothing(hostile_scenario, capsys):
    assert main(["check", hostile_scenario]) == 0
    out = capsys.readouterr().out
    assert "[bold]Акмола[/bold]" in out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize("environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}])
def test_letters_that_a_stream_cannot_write_do_not_end_the_command(hostile_scenario, environment):
    done = command("check", hostile_scenario, **environment)
    assert done.returncode == 0, done.stderr
    assert b"[bold]" in done.stdout
    shown = command("run", "--help", **environment)
    assert shown.returncode == 0, shown.stderr
    missing = command("check", "жоқ.yaml", **environment)
    assert missing.returncode == 2
    assert b"no such file" in missing.stderr


@given(st.text(st.characters(categories=["Cc", "Cf", "L", "P", "Zl", "Zp", "Zs"]), max_size=40))
def test_a_cleaned_text_is_one_line_without_controls_and_stays_as_it_is(text):
    cleaned = clean(text)
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in cleaned)
    assert len(cleaned.splitlines()) <= 1
    assert clean(cleaned) == cleaned


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=40))
def test_a_text_of_letters_and_signs_is_not_touched(text):
    assert clean(text) == text


def test_a_reader_that_goes_away_gets_no_traceback():
    process = subprocess.Popen(
        [sys.executable, "-m", "amalgamation", "schema"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), error) == (141, b"")


def test_help_and_version_come_without_the_heavy_parts():
    code = (
        "import sys; from amalgamation.cli import main; "
        "assert main(['--help']) == main(['--version']) == main(['run', '--help']) == 0; "
        "heavy = {'geopandas', 'pandas', 'numpy', 'pulp', 'highspy', 'matplotlib'}; "
        "sys.exit(repr(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
