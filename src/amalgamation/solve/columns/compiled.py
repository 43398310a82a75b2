"""Compilation: one decorator, so that the types of what it decorates stay known.

The machine code is kept beside the source where that can be written, else in the user's
cache folder: only the first run on a machine waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Flags", "Ints", "Reals", "States", "compiled"]

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Reals = NDArray[np.float64]
States = NDArray[np.int8]

_Function = TypeVar("_Function", bound="Callable[..., object]")


def compiled(function: _Function) -> _Function:
    """Compile a function of arrays and numbers at its first call."""
    return cast("_Function", njit(cache=True)(function))
