"""What the tools share: where the project lies, environments to throw away, commands."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["ROOT", "Environment", "call", "make_environment", "project"]

ROOT = Path(__file__).resolve().parents[1]


def project() -> dict[str, Any]:
    """Read what `pyproject.toml` says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def call(*words: object, folder: Path, **variables: str) -> str:
    """Run a command in a folder and return what it printed; end with its words if it fails.

    Raises
    ------
    SystemExit
        If it ends with any status but 0.
    """
    done = subprocess.run(  # noqa: S603 - commands of our own
        [str(word) for word in words],
        cwd=folder,
        env=_clean() | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        line = " ".join(map(str, words))
        raise SystemExit(f"{line}\n{done.stdout}\nended with status {done.returncode}")
    return done.stdout


def _clean() -> dict[str, str]:
    """Return the environment's variables without those that would let the checkout in."""
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    return {name: value for name, value in os.environ.items() if name not in hidden}


@dataclass(frozen=True)
class Environment:
    """A virtual environment in a folder of its own."""

    folder: Path

    @property
    def scripts(self) -> Path:
        """Where its commands lie."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.scripts / "python"

    def install(self, *words: object) -> None:
        """Install by pip."""
        pip = ("-m", "pip", "install", "--disable-pip-version-check", "--quiet")
        call(self.python, *pip, *words, folder=self.folder)


def make_environment(folder: Path) -> Environment:
    """Make an environment that holds pip and nothing else."""
    call(sys.executable, "-m", "venv", folder, folder=ROOT)
    return Environment(folder)
