"""List the licences of all that the package brings in, and refuse what does not go with MIT.

``python -m tools.licences PAGE`` (``make licences``). The package is installed with all its
extras into an empty environment; what is there then is what a user gets. Each part's own
metadata are read. Out: a page with name, licence and what needs it. Versions stand in the
list of parts of a release (``make sbom``), so that the page changes only where a licence or
a part does.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

from tools.places import ROOT, call, make_environment, project

__all__ = ["is_free", "licence_of", "main"]

_OURS = "amalgamation"
_NOT_BROUGHT = {_OURS, "pip", "setuptools", "wheel"}
# Licences under which a program of any licence may be used, installed and passed on together
# with one under MIT. MPL-2.0 asks only that its own files stay under it.
_FREE = re.compile(
    r"MIT(-CMU)?|0?BSD(-[23]-Clause)?|Apache-2\.0( WITH LLVM-exception)?|ISC|PSF(-2\.0)?"
    r"|MPL-2\.0|Zlib|CC0-1\.0"
)
# What older metadata say -> SPDX, or as near to it as they are.
_WORDS = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF",
}
_HEAD = """# Licences

<!-- Written by `make licences`. -->

The code of `amalgamation` is under the MIT licence, the dataset `kazakhstan-2021` under CC BY 4.0;
the report's script is our own. The wheel holds no code of others. What `pip install` brings in
besides, each under its own licence:

| part | licence | needed by |
|---|---|---|
"""
_FOOT = """
None of them asks that a program which uses it take its licence; `make licences` fails where one
does, or where a part does not say. Some wheels hold libraries of others. Shapely's holds GEOS
(LGPL-2.1) as a library of its own, which can be replaced; pyogrio's and pyproj's hold GDAL and
PROJ (MIT) with what these are built with; NumPy's and SciPy's hold the run-time library of GCC
(GPL-3.0 with the exception that makes it free for all programs). Those licences bind whoever
passes these wheels on; we do not.

Versions are in the list of parts (SBOM, CycloneDX) that comes with a release:
[how a release is made](release.md).
"""


def main(arguments: list[str]) -> int:
    """Run the command."""
    if arguments == ["--list"]:  # inside the environment that is asked about
        print(json.dumps(_list_parts()))
        return 0
    extras = project()["project"]["optional-dependencies"]
    with tempfile.TemporaryDirectory() as scratch:
        environment = make_environment(Path(scratch) / "parts")
        environment.install(f"{ROOT}[{','.join(extras)}]")
        said = call(environment.python, "-m", "tools.licences", "--list", folder=ROOT)
    parts: list[tuple[str, str, str]] = [(*part,) for part in json.loads(said)]
    unfree = [f"{name}: {licence or 'says nothing'}" for name, licence, _ in parts
              if not is_free(licence)]  # fmt: skip
    if unfree:
        raise SystemExit("Look these up; they may not go with MIT:\n" + "\n".join(unfree))
    rows = "".join(f"| {name} | {licence} | {needed} |\n" for name, licence, needed in parts)
    Path(arguments[0]).write_text(_HEAD + rows + _FOOT, encoding="utf-8")
    return 0


def is_free(licence: str) -> bool:
    """Say whether every part of a licence's expression is one that goes with MIT.

    Examples
    --------
    >>> is_free("BSD-2-Clause AND Apache-2.0 WITH LLVM-exception")
    True
    >>> is_free("GPL-3.0-only"), is_free("MIT AND AGPL-3.0-only"), is_free("")
    (False, False, False)
    """
    return all(_FREE.fullmatch(part) for part in re.split(r" AND | OR ", licence))


def licence_of(part: Distribution) -> str:
    """Say under what licence a part is, by its own metadata; empty where they do not say."""
    said = {key: part.metadata.get_all(key) or [] for key in ("License-Expression", "License")}
    if said["License-Expression"]:
        return str(said["License-Expression"][0])
    marks = part.metadata.get_all("Classifier") or []
    words = [mark.split(" :: ")[-1] for mark in marks if mark.startswith("License ::")]
    text: str = (words or [*said["License"], ""])[0].partition("\n")[0]
    return _WORDS.get(text, text)


def _list_parts() -> list[tuple[str, str, str]]:
    needed = _needed_by()
    found = [part for part in distributions() if _plain(part.name) not in _NOT_BROUGHT]
    return sorted(
        ((part.name, licence_of(part), needed[_plain(part.name)]) for part in found),
        key=lambda row: row[0].lower(),
    )


def _needed_by() -> dict[str, str]:
    """Return part -> the package itself, or the extras that bring it in."""
    base = _closure(frozenset([""]))
    extras = distribution(_OURS).metadata.get_all("Provides-Extra") or []
    reached = {extra: _closure(frozenset(["", extra])) - base for extra in extras}
    named = dict.fromkeys(base, "the package")
    for name in set().union(*reached.values()):
        named[name] = ", ".join(f"`{extra}`" for extra in extras if name in reached[extra])
    return named


def _closure(extras: frozenset[str]) -> set[str]:
    from packaging.requirements import Requirement  # noqa: PLC0415 - in the environment asked

    seen: set[str] = set()
    ahead: list[tuple[str, frozenset[str]]] = [(_OURS, extras)]
    while ahead:
        name, wanted = ahead.pop()
        for line in distribution(name).requires or []:
            need = Requirement(line)
            asked = [need.marker is None or need.marker.evaluate({"extra": e}) for e in wanted]
            if any(asked) and _plain(need.name) not in seen:
                seen.add(_plain(need.name))
                ahead.append((need.name, frozenset(["", *need.extras])))
    return seen


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
