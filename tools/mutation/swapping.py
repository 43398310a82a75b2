"""Put a mutant's code into functions that are there already: no module is read again."""

from __future__ import annotations

import gc
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Functions", "changed_functions"]

_OPTIMIZED = 0x1  # set in the code of functions, not of modules and classes

Place = tuple[str, int]


class Functions:
    """Find the living functions of some files by name and line."""

    def __init__(self, files: set[str]) -> None:
        self._at: dict[tuple[str, Place], list[FunctionType]] = {}
        for thing in gc.get_objects():
            if isinstance(thing, FunctionType) and thing.__code__.co_filename in files:
                code = thing.__code__
                place = code.co_qualname, code.co_firstlineno
                self._at.setdefault((code.co_filename, place), []).append(thing)

    def know(self, file: str, changes: dict[Place, CodeType]) -> bool:
        """Say whether the functions at these places live."""
        return all((file, place) in self._at for place in changes)

    def swap(self, file: str, changes: dict[Place, CodeType]) -> None:
        """Give the functions at these places other code."""
        for place, code in changes.items():
            for function in self._at[file, place]:
                function.__code__ = code


def changed_functions(before: CodeType, after: CodeType) -> dict[Place, CodeType] | None:
    """Return the outermost functions that differ; None where a module or a class does."""
    changes: dict[Place, CodeType] = {}
    return changes if _compare(before, after, changes) else None


def _compare(before: CodeType, after: CodeType, changes: dict[Place, CodeType]) -> bool:
    if _own(before) != _own(after):
        return False
    for old, new in zip(_inner(before), _inner(after), strict=True):
        if old.co_flags & _OPTIMIZED:
            if _whole(old) != _whole(new):
                changes[old.co_qualname, old.co_firstlineno] = new
        elif not _compare(old, new, changes):
            return False
    return True


def _inner(code: CodeType) -> Iterator[CodeType]:
    return (value for value in code.co_consts if isinstance(value, CodeType))


def _own(code: CodeType) -> tuple[object, ...]:
    constants = tuple(
        (type(value), repr(value)) for value in code.co_consts if not isinstance(value, CodeType)
    )
    return code.co_code, constants, code.co_names, len(list(_inner(code)))


def _whole(code: CodeType) -> tuple[object, ...]:
    """Return what a function does, without the lines that it stands on."""
    constants = tuple(
        _whole(value) if isinstance(value, CodeType) else (type(value), repr(value))
        for value in code.co_consts
    )
    return (code.co_code, constants, code.co_names, code.co_varnames, code.co_exceptiontable)
