"""Keys of ``references.bib`` in docstrings, as Sphinx cites them."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["CITATION", "cite"]

CITATION = re.compile(r"\[([a-z][\w-]*\d{4})\]_")
"""How docstrings cite: ``[key]_``."""


def cite(_: Any, __: str, ___: str, ____: Any, _____: Any, lines: list[str]) -> None:
    """Cite from the bibliography (``autodoc-process-docstring``)."""
    lines[:] = [CITATION.sub(r":cite:t:`\1`", line) for line in lines]
