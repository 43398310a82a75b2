"""How the commands of a study end: what they say, and which folder they write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.cli.exit_status import ExitStatus
from amalgamation.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.cli.voice import Voice
    from amalgamation.study.study import Study

__all__ = ["check_study_folder", "end_study"]


def check_study_folder(folder: Path, kind: str, *, overwrite: bool) -> None:
    """Find out before any time is spent that a study could not be written.

    Raises
    ------
    InputError
        If the folder cannot be used.
    """
    from amalgamation.study.study import files_of  # noqa: PLC0415 - takes seconds
    from amalgamation.write import check_run_folder  # noqa: PLC0415

    findings = check_run_folder(folder, overwrite=overwrite, files=files_of(kind))
    if findings:
        raise InputError(findings)


def end_study(
    voice: Voice, study: Study, folder: Path, *, overwrite: bool, interrupted: bool
) -> ExitStatus:
    """Write a study, say what it found, and return what the command ends with."""
    study.write(folder, overwrite=overwrite, language=voice.language)
    voice.answer(study.to_object() | {"folder": str(folder)})
    say = voice.speech.say
    made_up = f" {say('command.synthetic')}" if study.territory.synthetic else ""
    units = say("count.units", n=len(study.territory.ids))
    voice.say(f"{study.scenario.scenario}: {units}{made_up}", style="bold")
    voice.relay(*study.sentences())
    voice.say("", *study.table.round(3).to_string().splitlines(), "")
    names = ", ".join(sorted(path.name for path in folder.iterdir()))
    voice.relay(*([study.certainty.notice] if made_up else []), f"written to {folder}: {names}")
    if interrupted:
        voice.complain(voice.speech.tell(f"interrupted: what was found so far is in {folder}"))
        return ExitStatus.INTERRUPTED
    return ExitStatus.DONE
