"""The command: the same rooms as on the page of `amalgamation.api`, asked from a shell.

In: arguments. Out: text for people on stdout, progress and errors on stderr, and an exit
status. One file per command; no command decides anything that a room does not decide.
Heavy rooms are imported by the command that needs them, so that help comes at once.
"""

from amalgamation.cli.entry import main

__all__ = ["main"]
