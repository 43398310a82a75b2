"""From mutants to verdicts: one child for all that change functions, one each for the others."""

from __future__ import annotations

import importlib
import importlib.machinery
import os
import pickle
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tools.mutation.loop import KILLED, MODULE, Loop, silence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType

    from tools.mutation.loop import Reach
    from tools.mutation.mutants import Mutant
    from tools.mutation.targets import Target

__all__ = ["ROOT", "Effort", "judge"]

ROOT = Path(__file__).resolve().parents[2]
# What others wrote and we import: read once, before any child is forked.
_PARTS = (
    *("geopandas", "highspy", "matplotlib.pyplot", "networkx", "numba", "openpyxl", "pandas"),
    *("pulp", "pydantic", "rich", "ruamel.yaml", "scipy.optimize", "scipy.sparse", "shapely"),
)
_OPTIONS = (
    "-q",
    "--no-header",
    "-s",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-o",
    "timeout=0",
)


@dataclass(frozen=True)
class Effort:
    """How long to look for a test that fails; see `Loop`."""

    processes: int
    examples: int
    quick: float
    minutes: float


def judge(
    target: Target, mutants: Sequence[Mutant], effort: Effort, log: Path
) -> list[tuple[Mutant, str, str]]:
    """Return (mutant, word, test that failed) for each mutant."""
    if not target.compiled:
        os.environ["NUMBA_DISABLE_JIT"] = "1"
    for part in _PARTS:
        importlib.import_module(part)
    until = time.monotonic() + 60 * effort.minutes
    loop = Loop(ROOT, mutants, effort.processes, effort.examples, effort.quick, until, log)
    told = _Child(target, loop).wait()
    if told is None:
        sys.exit(f"{target.name}: no verdicts")
    verdicts, reach = told
    of_modules = [position for position, word, _ in verdicts if word == MODULE]
    anew: dict[int, tuple[str, str]] = {}
    for first in range(0, len(of_modules), effort.processes):
        if time.monotonic() > until:
            break
        children = {}
        for position in of_modules[first : first + effort.processes]:
            own = replace(loop, mutants=[mutants[position]], read_anew=True, reach=reach)
            children[position] = _Child(target, own)
        for position, child in children.items():
            said = child.wait()
            anew[position] = said[0][0][1:] if said else (KILLED, "at import")
    found = [(at, *anew.get(at, (word, test))) for at, word, test in verdicts]
    return [(mutants[at], word, test) for at, word, test in found if word != MODULE]


class _Child:
    """Run pytest in a child, which imports our package for itself.

    Parameters
    ----------
    target
        Whose tests.
    loop
        Takes the place of pytest's own.
    """

    def __init__(self, target: Target, loop: Loop) -> None:
        self._answer = tempfile.NamedTemporaryFile()  # noqa: SIM115 - closed when waited for
        self._pid = os.fork()
        if self._pid:
            return
        try:
            told = _run_pytest(target, loop), loop.reach
            Path(self._answer.name).write_bytes(pickle.dumps(told))
            os._exit(0)
        except SystemExit as ended:
            print(ended, file=sys.stderr, flush=True)
        except BaseException:  # noqa: BLE001 - a child must not return into the parent
            traceback.print_exc()
        os._exit(1)

    def wait(self) -> tuple[list[tuple[int, str, str]], Reach] | None:
        """Return (position, word, test) of each mutant, and what tests reach; None if it died."""
        os.waitpid(self._pid, 0)
        said = Path(self._answer.name).read_bytes()
        self._answer.close()
        return pickle.loads(said) if said else None  # noqa: S301 - our own child wrote it


def _run_pytest(target: Target, loop: Loop) -> list[tuple[int, str, str]]:
    import pytest  # noqa: PLC0415 - in the child alone
    from _pytest.assertion import rewrite  # noqa: PLC0415

    # A plain assert fails as well, and nothing else may read our files.
    rewrite.AssertionRewritingHook.find_spec = lambda *_: None  # type: ignore[method-assign]
    if loop.read_anew:
        _read_instead(loop.mutants[0])
        silence()
    os.chdir(loop.root)
    tests = target.tests
    if loop.read_anew:
        chosen = loop.reach.any_of(str(loop.root / loop.mutants[0].file), loop.quick)
        tests = tuple(sorted({test.partition("::")[0] for test in chosen}))
    ended = pytest.main([*_OPTIONS, *tests], plugins=[loop])
    if not loop.verdicts:
        sys.exit(f"{target.name}: pytest ended with {ended}")
    at = {mutant: position for position, mutant in enumerate(loop.mutants)}
    return [(at[verdict.mutant], verdict.word, verdict.test) for verdict in loop.verdicts]


def _read_instead(mutant: Mutant) -> None:
    """Let Python read the mutant where it would read its file."""
    file = str(ROOT / mutant.file)
    loader = importlib.machinery.SourceFileLoader
    plain = loader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        if self.path == file:
            return compile(mutant.source, file, "exec")
        return plain(self, name)

    loader.get_code = get_code  # type: ignore[method-assign, assignment]
