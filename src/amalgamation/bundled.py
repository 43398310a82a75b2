"""Where the files that ship with the package lie: in the wheel, or in a checkout.

Comes in: a kind of file. Goes out: its folder. Knows nothing of what the files hold.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from amalgamation.errors import InputError
from amalgamation.findings import Finding

__all__ = ["bundled_folder"]

_PACKAGE = Path(__file__).resolve().parent


def bundled_folder(kind: Literal["data", "scenarios"]) -> Path:
    """Return the folder of the bundled files of a kind.

    An installed wheel holds them in ``amalgamation/bundled``; a checkout in the folders of
    the same names at its top.

    Raises
    ------
    InputError
        If the installation lacks the folder.

    Examples
    --------
    >>> bundled_folder("scenarios").name
    'scenarios'
    """
    for folder in (_PACKAGE / "bundled" / kind, _PACKAGE.parents[1] / kind):
        if folder.is_dir():
            return folder
    raise InputError([_missing(kind)])


def _missing(kind: str) -> Finding:
    return Finding(
        "bundled-files-missing",
        "the installed package amalgamation",
        f"no folder of bundled {kind}",
        f"bundled/{kind} inside the package",
        "install the package again",
    )
