"""Try each extra alone: what needs it works with it, and says its name without it.

``python -m tools.extras [EXTRA ...]`` (``make test-extras``). One environment holds the
package without extras; there each question that needs one must be refused with the words to
install it. Then, for each extra, an environment with it and no other: the tests that need
it must all pass, and none may be skipped.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.places import ROOT, Environment, call, make_environment, project

__all__ = ["EXTRAS", "Extra", "main"]

_TESTERS = ("pytest>=8.3", "pytest-timeout>=2.3", "hypothesis>=6.120")
# The first bytes of a workbook of before 2007, and of a Parquet file.
_FILES = {"old.xls": bytes.fromhex("d0cf11e0a1b11ae1"), "od.parquet": b"PAR1"}


@dataclass(frozen=True)
class Extra:
    """What an extra is for.

    Parameters
    ----------
    tests
        Test files that need it.
    asked
        Arguments of `amalgamation` that need it; empty where no command of ours does.
    helpers
        What its tests need besides.
    """

    tests: tuple[str, ...]
    asked: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()


EXTRAS = {
    "dask": Extra(
        tests=("tests/study/sweep/test_cluster.py",),
        asked=(
            *("sweep", "toy", "--over", "rules.population.min=5000", "-o", "study"),
            *("--scheduler", "tcp://127.0.0.1:1"),
        ),
    ),
    "parquet": Extra(
        tests=(
            "tests/write/test_geoparquet.py",
            "tests/territory/test_formats.py",
            "tests/graph/test_matrix.py",
        ),
        asked=("run", "toy", "-o", "run", "--set", "write=[parquet]"),
    ),
    # Nothing is refused without it: what has no plan is then confirmed without presolve.
    "scip": Extra(tests=("tests/solve/test_scip.py",)),
    "xls": Extra(
        tests=("tests/territory/test_old_workbook.py",),
        asked=("check", "toy", "--set", "territory.tables=[{path: old.xls, id: code}]"),
        helpers=("xlwt>=1.3",),
    ),
    # No command of ours starts Jupyter: it is Jupyter's own message that names what is absent.
    "notebook": Extra(tests=("tests/test_notebooks.py",)),
}


def main(arguments: list[str]) -> int:
    """Run the command."""
    _check_complete()
    chosen = arguments or list(EXTRAS)
    with tempfile.TemporaryDirectory() as scratch:
        bare = make_environment(Path(scratch) / "bare")
        bare.install(ROOT)
        for name in chosen:
            if EXTRAS[name].asked:
                print(f"{name}: without it: {_ask_without(name, bare, Path(scratch))}")
        for name in chosen:
            print(f"{name}: with it alone: {_try_with(name, Path(scratch) / name)}", flush=True)
    return 0


def _check_complete() -> None:
    said = set(project()["project"]["optional-dependencies"])
    if said != set(EXTRAS):
        raise SystemExit(f"pyproject.toml has the extras {sorted(said)}, here: {sorted(EXTRAS)}")


def _ask_without(name: str, bare: Environment, folder: Path) -> str:
    """Ask for what needs an extra that is not there; return the line that names it."""
    for file, content in _FILES.items():
        (folder / file).write_bytes(content)
    done = subprocess.run(  # noqa: S603 - a command of our own
        [bare.python, "-m", "amalgamation", *EXTRAS[name].asked],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    told = " ".join(done.stderr.split())
    remedy = f"pip install 'amalgamation[{name}]'"
    if done.returncode != 2 or remedy not in told:  # noqa: PLR2004 - the status of a wrong input
        raise SystemExit(f"{name}: expected status 2 and {remedy}, got {done.returncode}: {told}")
    return remedy


def _try_with(name: str, folder: Path) -> str:
    """Run the tests that need an extra where no other is; return pytest's last line."""
    environment = make_environment(folder)
    environment.install(f"{ROOT}[{name}]", *_TESTERS, *EXTRAS[name].helpers)
    words = ("-m", "pytest", "-q", "-p", "no:cacheprovider", *EXTRAS[name].tests)
    *_, last = call(environment.python, *words, folder=ROOT).strip().splitlines()
    if "skipped" in last or "passed" not in last:
        raise SystemExit(f"{name}: its own tests were not all run: {last}")
    return last


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
