"""The language of the command: ``--language`` at any place, else the environment's."""

from __future__ import annotations

import os
from functools import wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from amalgamation.language import LANGUAGES, find_speech

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from amalgamation.language import Speech

__all__ = ["ENVIRONMENT", "read_speech", "taking_language"]

ENVIRONMENT = "AMALGAMATION_LANGUAGE"
"""Variable that names the language where no option does."""

_Answer = TypeVar("_Answer")

_OPTION = "--language"
_HELP = f"Language of messages, maps and report; default: {ENVIRONMENT}, else en."
_Language = Annotated[str | None, typer.Option(_OPTION, metavar="|".join(LANGUAGES), help=_HELP)]


def taking_language(command: Callable[..., _Answer]) -> Callable[..., _Answer]:
    """Let a command take the option without being handed its value.

    The language is known before anything is parsed, so that errors of the command line are
    told in it as well, and every voice has it; here it is only allowed and explained.
    """

    @wraps(command)
    def taking(*arguments: Any, language: str | None = None, **options: Any) -> _Answer:  # noqa: ARG001
        return command(*arguments, **options)

    known = signature(command)
    own = Parameter("language", Parameter.KEYWORD_ONLY, default=None, annotation=_Language)
    # typer asks both
    taking.__signature__ = known.replace(parameters=[*known.parameters.values(), own])  # type: ignore[attr-defined]
    taking.__annotations__ = command.__annotations__ | {"language": _Language}
    return taking


def read_speech(arguments: Sequence[str]) -> Speech:
    """Read the language from arguments, the last option counting, else the environment.

    Raises
    ------
    InputError
        If there is no such language.

    Examples
    --------
    >>> read_speech(["run", "toy", "--language", "kk"]).language
    'kk'
    """
    named = os.environ.get(ENVIRONMENT) or None
    for at, argument in enumerate(arguments):
        if argument == _OPTION and at + 1 < len(arguments):
            named = arguments[at + 1]
        elif argument.startswith(f"{_OPTION}="):
            named = argument.partition("=")[2]
    return find_speech(named)
