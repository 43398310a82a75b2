"""The reference of public names: a page per room, each name once."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules

import amalgamation as am

__all__ = ["api_pages", "public_names", "rooms"]

_NOT_FOR_CALLERS = ("__main__", "cli")


def rooms() -> list[str]:
    """Return the rooms and plain nouns whose names may be used from outside, sorted."""
    found = [module.name for module in iter_modules(am.__path__)]
    return sorted(name for name in found if name not in _NOT_FOR_CALLERS)


def public_names(room: str) -> list[str]:
    """Return the public names of a room, without those that the package or another room offers.

    Examples
    --------
    >>> public_names("findings")
    ['Finding', 'Severity', 'errors_in', 'name_some']
    """
    module = import_module(f"amalgamation.{room}")
    own = [name for name in sorted(module.__all__) if name not in am.__all__]
    return [name for name in own if _room_of(getattr(module, name), room) == room]


def _room_of(found: object, room: str) -> str:
    """Return the room where a function or class is at home; other objects do not say."""
    home = getattr(found, "__module__", "").split(".")
    return home[1] if home[0] == "amalgamation" and len(home) > 1 else room


def api_pages() -> dict[str, str]:
    """Return name -> page: one for the package, one for each room that adds names of its own."""
    names = [name for name in am.__all__ if not name.startswith("_")]
    pages = {"package": _page("amalgamation", names)}
    for room in rooms():
        if public_names(room):
            pages[room] = _page(f"amalgamation.{room}", public_names(room))
    return pages


def _page(module: str, names: list[str]) -> str:
    opening = inspect.cleandoc(import_module(module).__doc__ or "").partition("\n")[0]
    lines = [f"# `{module}`", "", opening, "", "```{eval-rst}", f".. currentmodule:: {module}", ""]
    return "\n".join([*lines, *(_directive(module, name) for name in names), "```", ""])


def _directive(module: str, name: str) -> str:
    found = getattr(import_module(module), name)
    if inspect.isclass(found):
        return f".. autoclass:: {name}\n   :members:\n"
    if inspect.isroutine(found):
        return f".. autofunction:: {name}\n"
    return f".. autodata:: {_home_of_data(module, name)}.{name}\n   :no-value:\n"


def _home_of_data(module: str, name: str) -> str:
    """Return the module that documents a value: a room only passes it on."""
    path = getattr(import_module(module), "__path__", [])
    inner = [f"{module}.{one.name}" for one in iter_modules(path)]
    return next((one for one in inner if name in import_module(one).__all__), module)
