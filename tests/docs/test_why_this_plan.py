"""The page shows what the commands print, word for word."""

import re
import shlex
from pathlib import Path

from amalgamation.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "why-this-plan.md"
EXAMPLE = re.compile(r"^```console\n\$ (?P<command>.*)\n(?P<output>(?:.*\n)*?)```$", re.MULTILINE)
PYTHON = re.compile(r"^```python\n(?P<code>(?:.*\n)*?)```$", re.MULTILINE)
ONE_PROCESS = ("--set", "solve.processes=1", "--set", "write=[csv]")


def test_every_command_of_the_page_prints_what_the_page_shows(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8")
    examples = list(EXAMPLE.finditer(text))
    assert len(examples) == 8
    for example in examples:
        words = shlex.split(example["command"])[1:]
        status = main([*words, *(ONE_PROCESS if words[0] == "run" else ())])
        assert status == (3 if "keep" in example["command"] else 0)
        printed = capsys.readouterr()
        shown = printed.err if words[-1] == "-q" else printed.out
        assert shown == example["output"], example["command"]
    exec(compile(PYTHON.search(text)["code"], str(PAGE), "exec"), {})  # noqa: S102 - the page's own
