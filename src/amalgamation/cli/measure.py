"""``amalgamation measure``: measure a plan that was drawn elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from amalgamation.cli.breaches import tell_breaches
from amalgamation.cli.complaints import answering, notice
from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.options import (
    AllowOutside,
    AsJson,
    GroupColumn,
    Output,
    Overwrite,
    Quiet,
    Settings,
    UnitColumn,
    read_overrides,
)
from amalgamation.cli.voice import Voice

__all__ = ["measure"]

_Assignment = Annotated[
    Path,
    typer.Argument(
        metavar="ASSIGNMENT.csv", help="CSV with columns unit_id, municipality_id, seat_id."
    ),
]
_Scenario = Annotated[
    str, typer.Option(help="Names the territory and the rules: a .yaml file or a bundled name.")
]
_Beside = Annotated[
    Path | None, typer.Option(metavar="CSV", help="A real grouping to set beside the plan.")
]


def measure(  # noqa: PLR0913 - the options of a command are what they are
    assignment: _Assignment,
    scenario: _Scenario,
    *,
    output: Output = None,
    overwrite: Overwrite = False,
    beside: _Beside = None,
    unit_column: UnitColumn = "unit_id",
    group_column: GroupColumn = "municipality_id",
    settings: Settings = None,
    allow_outside: AllowOutside = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Measure a plan drawn elsewhere; rules that it breaks are told, not refused."""
    from amalgamation import api  # noqa: PLC0415
    from amalgamation.cli.agreement import agreement_object, agreement_with  # noqa: PLC0415
    from amalgamation.cli.ending import result_object, show_scorecard  # noqa: PLC0415

    voice = Voice(quiet, as_json)
    with answering(voice):
        overrides = read_overrides(settings)
        result = api.measure(assignment, scenario, overrides=overrides, allow_outside=allow_outside)
        agreed = agreement_with(result, beside, unit_column, group_column) if beside else None
        if output is not None:
            result.write(output, overwrite=overwrite, language=voice.language)
        voice.answer(result_object(result, output) | agreement_object(agreed))
        assert result.scorecard is not None  # noqa: S101 - stands wherever a plan does
        show_scorecard(voice, result.scorecard, result.territory.nouns)
        tell_breaches(voice, result.breaches)
        speech = voice.speech
        voice.say(*(notice(finding, speech) for finding in result.findings))
        if agreed:
            told = speech.tell(agreed.sentence())
            voice.say(speech.say("command.beside", place=str(beside), agreement=told))
        if output:
            voice.say(speech.say("command.written", place=str(output)))
    return ExitStatus.DONE
