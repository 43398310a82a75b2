"""Pages to be followed word by word: every command runs, and prints what stands under it."""

import contextlib
import io
import re
import shlex

import pytest
from ruamel.yaml import YAML

from amalgamation.cli import main
from amalgamation.solve.country import stages
from blocks import STORIES, blocks_of

NOT_OURS = (["pip", "install", "."],)
ENDING = re.compile(r"# ends with status (\d+)$")
BY_THE_BUILD = ("{code-cell}",)  # see test_build.py


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    # the same plans as with more, and twelve units are solved before a worker has started
    monkeypatch.setattr(stages, "count_cores", lambda: 1)
    return tmp_path


class Reader:
    """Somebody who does what a page says, and looks whether it says what happens."""

    def __init__(self, folder):
        self.folder = folder
        self.names = {}
        self.said = ""

    def bash(self, block):
        told = [self._command(line) for line in block.lines]
        self.said = "".join(told)

    def yaml(self, block):
        name = YAML(typ="safe", pure=True).load(block.text)["scenario"]
        (self.folder / f"{name}.yaml").write_text(block.text, encoding="utf-8")

    def python(self, block):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(block.text, block.page, "exec"), self.names)  # noqa: S102
        self.said = out.getvalue()

    def text(self, block):
        assert agrees(block.text, self.said), f"{block.text}\n--- but it was ---\n{self.said}"

    def _command(self, line):
        ending = ENDING.search(line)
        words = shlex.split(line, comments=True)
        if words in NOT_OURS:
            return ""
        assert words[0] == "amalgamation"
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(words[1:])
        assert status == (int(ending[1]) if ending else 0), f"{line}\n{err.getvalue()}"
        return out.getvalue() + (err.getvalue() if status else "")


def plain(text):
    """Return lines without blanks at their ends, with one blank where there are several."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return [line for line in lines if line]


def agrees(shown, said):
    """Say whether a page shows what was said; `...` stands for any lines, or any words."""
    pattern = "".join(
        "(?:.*\n)*" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + "\n"
        for line in plain(shown)
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in plain(said))) is not None


@pytest.mark.slow
@pytest.mark.parametrize("page", STORIES)
def test_a_reader_who_does_what_the_page_says_sees_what_it_says(page, desk):
    reader = Reader(desk)
    for block in blocks_of(page):
        if block.kind not in BY_THE_BUILD:
            getattr(reader, block.kind)(block)  # a kind that no reader knows is refused


def test_the_comparison_of_outputs_would_notice_a_difference():
    """The rest rests on it: a figure, a missing line, and a line too many must all be seen."""
    assert agrees("a  1\n...\nd", "a 1\nb\n\nc\nd\n")
    assert agrees("cost ..., gap 0", "cost 1.0147, gap 0")
    assert not agrees("a 1\n...\nd", "a 2\nb\nd")
    assert not agrees("a\nc", "a\nb\nc")
    assert not agrees("a\nb", "a")
    assert not agrees("a.b", "aXb")
