"""``amalgamation status``: how far a study is."""

from pathlib import Path
from typing import Annotated

import typer

from amalgamation.cli.complaints import answering
from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.options import AsJson, Quiet
from amalgamation.cli.voice import Voice

__all__ = ["status"]

_Folder = Annotated[
    Path, typer.Argument(metavar="STUDY", help="Folder that `amalgamation sweep` writes.")
]


def status(study: _Folder, *, as_json: AsJson = False, quiet: Quiet = False) -> int:
    """Tell how far a study is: finished, at work, failed, time left, and the gap of each."""
    from amalgamation.cli.standing import show_study  # noqa: PLC0415
    from amalgamation.study.sweep import read_study  # noqa: PLC0415

    voice = Voice(quiet, as_json)
    with answering(voice):
        found = read_study(study)
        voice.answer(found.to_object())
    show_study(voice, found)
    return ExitStatus.DONE
