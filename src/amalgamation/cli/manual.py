"""``--help`` in the language of the command: every text of the parser, looked up as it is built.

In: the parser and a speech. Out: the parser, whose texts are in the language. Names of
commands and options stay, and so do the few words that typer itself puts around them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amalgamation.language import Speech

__all__ = ["speak_help"]

# A default that an option states by itself, as typer would; rich reads the bracket otherwise.
_DEFAULT = re.compile(r"(.+?)(  \\\[default: .+\])", re.DOTALL)


def speak_help(program: Any, name: str, speech: Speech) -> None:
    """Put the texts of a program and of its commands into a language.

    Parameters
    ----------
    program
        The parser that typer built: a group of commands.
    name
        What it is called.
    speech
        The language; English changes nothing.
    """
    if speech.language == "en":
        return
    # nothing is parsed: the option that shows the help is made for a context
    context = program.make_context(name, [], resilient_parsing=True)
    _speak(program, context, speech)
    program.epilog = speech.tell(program.epilog)
    for own, command in program.commands.items():
        inside = command.make_context(own, [], parent=context, resilient_parsing=True)
        _speak(command, inside, speech)


def _speak(command: Any, context: Any, speech: Speech) -> None:
    command.help = _tell_manual(command.help or "", speech)
    _speak_panel(command, "Commands", speech)
    for parameter in command.get_params(context):
        parameter.help = _tell_help(parameter.help or "", speech)
        kind = "Arguments" if parameter.param_type_name == "argument" else "Options"
        _speak_panel(parameter, kind, speech)


def _speak_panel(owner: Any, usual: str, speech: Speech) -> None:
    """Name the panel that a command or an option stands in."""
    owner.rich_help_panel = speech.tell(getattr(owner, "rich_help_panel", None) or usual)


def _tell_manual(text: str, speech: Speech) -> str:
    """Tell a manual by its paragraphs, whose lines are broken anywhere."""
    paragraphs = [" ".join(one.split()) for one in text.split("\n\n")]
    return "\n\n".join(map(speech.tell, paragraphs))


def _tell_help(text: str, speech: Speech) -> str:
    stated = _DEFAULT.fullmatch(text)
    return speech.tell(text) if stated is None else speech.tell(stated[1]) + stated[2]
