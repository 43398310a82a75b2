"""The page that states the figures: `docs/learn/tested.md`, between its marks."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from tools.mutation.judging import ROOT
from tools.mutation.mutants import mutants_of
from tools.mutation.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tools.mutation.argued import Argument
    from tools.mutation.targets import Target

__all__ = ["write_page"]

PAGE = ROOT / "docs" / "learn" / "tested.md"
_SOURCE = "src/amalgamation/"


def write_page(verdicts: Path, arguments: Sequence[Argument]) -> None:
    """Write the table of scores and the argued survivors into the page."""
    told = [one for target in TARGETS for one in _told(target, verdicts)]
    text = PAGE.read_text(encoding="utf-8")
    text = _put(text, "scores", _scores(told, arguments))
    text = _put(text, "argued", _reasons(told, arguments))
    measured = verdicts.parent / "coverage.json"
    if measured.exists():
        files = json.loads(measured.read_text(encoding="utf-8"))["files"]
        text = _put(text, "coverage", _rooms(files))
    PAGE.write_text(text, encoding="utf-8")


def _told(target: Target, verdicts: Path) -> list[dict[str, Any]]:
    """Return the verdicts on mutants that the sources of today still have."""
    path = verdicts / f"{target.name}.json"
    if not path.exists():
        return []
    today = {
        mutant.key
        for name in target.names(ROOT)
        for mutant in mutants_of(name, (ROOT / name).read_text(encoding="utf-8"))
    }
    told = json.loads(path.read_text(encoding="utf-8"))
    return [one for one in told if tuple(one["key"]) in today]


def _put(text: str, mark: str, lines: list[str]) -> str:
    begin, end = f"<!-- {mark}:begin -->", f"<!-- {mark}:end -->"
    inner = "\n".join([begin, *lines, end])
    return re.sub(f"{begin}.*?{end}", lambda _: inner, text, flags=re.DOTALL)


def _is_argued(one: dict[str, Any], arguments: Sequence[Argument]) -> bool:
    return _argument(one, arguments) is not None


def _argument(one: dict[str, Any], arguments: Sequence[Argument]) -> Argument | None:
    file, function, _, now = one["key"]
    place = file.removeprefix(_SOURCE), function
    found = (a for a in arguments if (a.file, a.function) == place and now in a.now)
    return next(found, None)


def _scores(told: list[dict[str, Any]], arguments: Sequence[Argument]) -> list[str]:
    by_file: dict[str, Counter[str]] = defaultdict(Counter)
    for one in told:
        word = "killed" if one["word"].startswith("killed") else "open"
        if word == "open" and _is_argued(one, arguments):
            word = "argued"
        by_file[one["key"][0].removeprefix(_SOURCE)][word] += 1
    by_file["**all**"] = sum(by_file.values(), Counter())
    lines = [
        "| file | mutants | killed | argued | open | killed of all |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for file, counts in by_file.items():
        total = counts.total()
        name = file if file.startswith("*") else f"`{file}`"
        cells = (total, counts["killed"], counts["argued"], counts["open"])
        shown = " | ".join(f"{cell:,}" for cell in cells)
        lines.append(f"| {name} | {shown} | {100 * counts['killed'] / total:.1f} % |")
    return lines


def _reasons(told: list[dict[str, Any]], arguments: Sequence[Argument]) -> list[str]:
    alive = [one for one in told if not one["word"].startswith("killed")]
    lines = ["| file, function | mutants | why no test need find them |", "| --- | ---: | --- |"]
    for argument in arguments:
        count = sum(_argument(one, [argument]) is not None for one in alive)
        if count:
            where = f"`{argument.file}` {argument.function}"
            lines.append(f"| {where} | {count} | {argument.why} |")
    return lines


def _rooms(files: dict[str, Any]) -> list[str]:
    """Return lines and branches by room, as coverage counts them."""
    by_room: dict[str, Counter[str]] = defaultdict(Counter)
    for file, told in sorted(files.items()):
        room = file.rpartition(_SOURCE)[2].partition("/")[0]
        counts = told["summary"]
        by_room[room if "." not in room else "plain nouns, api"] += Counter(
            lines=counts["num_statements"],
            met=counts["covered_lines"],
            branches=counts["num_branches"],
            taken=counts["covered_branches"],
        )
    by_room["**all**"] = sum(by_room.values(), Counter())
    lines = ["| room | lines | run | branches | taken |", "| --- | ---: | ---: | ---: | ---: |"]
    for room, counts in by_room.items():
        name = room if room.startswith("*") or " " in room else f"`{room}`"
        lines.append(
            f"| {name} | {counts['lines']:,} | {_percent(counts['met'], counts['lines'])} "
            f"| {counts['branches']:,} | {_percent(counts['taken'], counts['branches'])} |"
        )
    return lines


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else ""
