"""``amalgamation verify``: judge a run folder from its files alone."""

from pathlib import Path
from typing import Annotated

import typer

from amalgamation.cli.breaches import tell_breaches
from amalgamation.cli.complaints import answering, complain_of, finding_object, notice, refusing
from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.options import AsJson, Quiet
from amalgamation.cli.voice import Voice
from amalgamation.findings import Severity

__all__ = ["verify"]

_RunFolder = Annotated[
    Path, typer.Argument(metavar="RUN_DIR", help="Folder that `amalgamation run` wrote.")
]
_DataFolder = Annotated[
    Path | None,
    typer.Option(help="Folder of the scenario file, if its data are not bundled."),
]


def verify(
    run_dir: _RunFolder,
    *,
    data_folder: _DataFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Recompute every rule, every aim and the cost of a run from its files."""
    from amalgamation.verify import CHECKS, verify_run  # noqa: PLC0415

    voice = Voice(quiet, as_json)
    speech = voice.speech
    with answering(voice):
        findings = verify_run(run_dir, data_folder)
        wrong, notices = refusing(findings)
        status = "refused" if wrong else "verified"
        voice.answer({"status": status, "findings": [finding_object(f) for f in findings]})
        breaches = [finding for finding in notices if finding.severity is Severity.WARNING]
        tell_breaches(voice, breaches)
        told = [finding for finding in notices if finding not in breaches]
        voice.say(*(notice(finding, speech) for finding in told))
    if wrong:
        lost = all(finding.check == "file-absent" for finding in wrong)
        verdict = "command.unjudged" if lost else "command.holds_not"
        complain_of(voice, speech.say(verdict, place=str(run_dir)), wrong)
        return ExitStatus.BAD_INPUT
    held = speech.say("command.measured") if breaches else ", ".join(CHECKS)
    voice.say(speech.say("command.holds", place=str(run_dir), what=held))
    return ExitStatus.DONE
