"""Install the wheel as users do, by pip, pipx and uv, and ask it something.

``python -m tools.installers [WHEEL]`` (``make test-install``). Each installer works in an
empty environment, in a folder outside the checkout; then the command that it laid down says
its version, examines itself, and answers `toy`. The plans must be one plan. pipx and uv are
got from the index, in an environment of their own.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path

from tools.places import ROOT, Environment, call, make_environment, project

__all__ = ["main"]

_COMMAND = "amalgamation.exe" if os.name == "nt" else "amalgamation"


def main(arguments: list[str]) -> int:
    """Run the command."""
    wheel = Path(arguments[0]).resolve() if arguments else _find_wheel()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        tools = make_environment(folder / "tools")
        tools.install("pipx", "uv")
        found = {
            "pip": _try(_by_pip(wheel, folder / "pip"), folder / "out-pip"),
            "pipx": _try(_by_pipx(wheel, tools, folder / "pipx"), folder / "out-pipx"),
            "uv": _try(_by_uv(wheel, tools, folder / "uv"), folder / "out-uv"),
        }
    for name, plan in found.items():
        print(f"{name}: installed, healthy, plan of toy {plan[:12]}")
    if len(set(found.values())) > 1:
        raise SystemExit("The plans differ")
    return 0


def _find_wheel() -> Path:
    wheels = sorted((ROOT / "dist").glob("*.whl"))
    if len(wheels) != 1:
        raise SystemExit(f"dist: expected one wheel, found {len(wheels)}; `make dist` builds it")
    return wheels[0]


def _by_pip(wheel: Path, folder: Path) -> Path:
    environment = make_environment(folder)
    environment.install(wheel)
    return environment.scripts / _COMMAND


def _by_pipx(wheel: Path, tools: Environment, folder: Path) -> Path:
    homes = {"PIPX_HOME": str(folder / "home"), "PIPX_BIN_DIR": str(folder / "bin")}
    words = ("-m", "pipx", "install", "--python", sys.executable, wheel)
    call(tools.python, *words, folder=tools.folder, **homes)
    return folder / "bin" / _COMMAND


def _by_uv(wheel: Path, tools: Environment, folder: Path) -> Path:
    homes = {"UV_TOOL_DIR": str(folder / "home"), "UV_TOOL_BIN_DIR": str(folder / "bin")}
    words = ("tool", "install", "--quiet", "--python", sys.executable, wheel)
    call(tools.scripts / "uv", *words, folder=tools.folder, **homes)
    return folder / "bin" / _COMMAND


def _try(command: Path, folder: Path) -> str:
    """Ask a command that was installed; return the hash of its plan."""
    folder.mkdir()
    said = call(command, "--version", folder=folder).strip()
    version = project()["project"]["version"]
    if said != version:
        raise SystemExit(f"{command} says that it is {said}, not {version}")
    call(command, "doctor", folder=folder)
    call(command, "run", "toy", "-o", "run", "--quiet", folder=folder)
    return hashlib.sha256((folder / "run" / "assignment.csv").read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
