"""Make small faults one at a time, and tell which of them no test finds."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.mutation.argued import argument_for, read_arguments
from tools.mutation.judging import ROOT, Effort, judge
from tools.mutation.mutants import Mutant, mutants_of
from tools.mutation.page import write_page
from tools.mutation.targets import TARGETS, Target

if TYPE_CHECKING:
    from collections.abc import Iterable

ARGUED = Path(__file__).with_name("argued.toml")


def main() -> int:
    """Judge mutants; end with 1 where one survives that nobody has argued."""
    options = _ask()
    if options.page:
        write_page(options.output, read_arguments(ARGUED))
        return 0
    options.output.mkdir(parents=True, exist_ok=True)
    chosen = [target for target in TARGETS if target.name in (options.targets or [target.name])]
    effort = Effort(options.processes, options.examples, options.quick, options.minutes)
    return max([_run(target, options, effort) for target in chosen], default=0)


def _ask() -> argparse.Namespace:
    free = float("inf")
    names = ", ".join(target.name for target in TARGETS)
    asked = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__)
    asked.add_argument("targets", nargs="*", help=f"of {names}; default: all")
    asked.add_argument("--file", action="append", help="only files whose path ends so")
    asked.add_argument("--function", help="only functions whose name contains this")
    asked.add_argument("--again", action="store_true", help="only those that survived last time")
    asked.add_argument("--rest", action="store_true", help="only those that were not judged yet")
    asked.add_argument("--sample", type=int, help="so many of each target, drawn at random")
    asked.add_argument("--examples", type=int, default=50, help="of each law (default: 50)")
    asked.add_argument("--quick", type=float, default=free, help="seconds of tests for a mutant")
    asked.add_argument("--minutes", type=float, default=free, help="begin no mutant later")
    asked.add_argument("--processes", type=int, default=1)
    asked.add_argument("-o", "--output", type=Path, default=ROOT / "build" / "mutation")
    asked.add_argument("--page", action="store_true", help="write the figures into the page")
    return asked.parse_args()


def _run(target: Target, options: argparse.Namespace, effort: Effort) -> int:
    path = options.output / f"{target.name}.json"
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    mutants = _choose(target, options, before)
    if not mutants:
        return 0
    began = time.monotonic()
    told: list[dict[str, Any]] = [
        {"key": mutant.key, "line": mutant.first, "word": word, "test": test}
        for mutant, word, test in judge(target, mutants, effort, path.with_suffix(".jsonl"))
    ]
    judged = {tuple(one["key"]) for one in told}
    kept = [one for one in before if tuple(one["key"]) not in judged] if _is_part(options) else []
    path.write_text(json.dumps(kept + told, indent=0, ensure_ascii=False), encoding="utf-8")
    words = Counter(one["word"] for one in told)
    counted = ", ".join(f"{count} {word}" for word, count in sorted(words.items()))
    print(f"{target.name}: {counted}; {time.monotonic() - began:.0f} s", flush=True)
    return _show_left(mutants, told)


def _is_part(options: argparse.Namespace) -> bool:
    return bool(options.again or options.rest or options.file or options.function)


def _choose(
    target: Target, options: argparse.Namespace, before: list[dict[str, Any]]
) -> list[Mutant]:
    """Return the mutants of a target that were asked for."""
    names = [name for name in target.names(ROOT) if name.endswith(tuple(options.file or [""]))]
    found = [
        mutant
        for name in names
        for mutant in mutants_of(name, (ROOT / name).read_text(encoding="utf-8"))
        if (options.function or "") in mutant.function
    ]
    words = {tuple(one["key"]): one["word"] for one in before}
    if options.again:
        found = [m for m in found if not words.get(m.key, "killed").startswith("killed")]
    if options.rest:
        found = [m for m in found if m.key not in words]
    if options.sample and options.sample < len(found):
        chosen = random.Random(1).sample(range(len(found)), options.sample)  # noqa: S311 - no secret
        found = [found[position] for position in sorted(chosen)]
    return found


def _show_left(mutants: Iterable[Mutant], told: list[dict[str, Any]]) -> int:
    """Print the survivors that nobody has argued; return 1 where there are any."""
    alive = {tuple(one["key"]) for one in told if not one["word"].startswith("killed")}
    arguments = read_arguments(ARGUED)
    left = [m for m in mutants if m.key in alive and argument_for(m, arguments) is None]
    for mutant in left:
        print(f"{mutant.file}:{mutant.first} {mutant.function}\n  - {mutant.was}\n  + {mutant.now}")
    return int(bool(left))


if __name__ == "__main__":
    sys.exit(main())
