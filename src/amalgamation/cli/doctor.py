"""``amalgamation doctor``: versions, and problems with known answers."""

from typing import TYPE_CHECKING

from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.voice import Voice

if TYPE_CHECKING:
    from amalgamation.solve.doctor import Examination

__all__ = ["doctor"]

_REINSTALL = "reinstall it: pip install --force-reinstall amalgamation"


def doctor() -> int:
    """Try the solver on problems with known answers; 1 if any answer is wrong."""
    voice = Voice()
    try:
        from amalgamation.provenance import versions  # noqa: PLC0415
        from amalgamation.solve.doctor import examine  # noqa: PLC0415

        voice.say(*(f"{part:<14}{version}" for part, version in versions().items()))
        examinations = examine()
    except ImportError as error:
        what = voice.speech.tell(f"a part is missing or broken: {error}")
        voice.complain(voice.speech.say("command.error", what=what), _part("remedy", _REINSTALL))
        return ExitStatus.OUR_FAULT
    voice.say(*(_line(one) for one in examinations if one.healthy))
    sick = [one for one in examinations if not one.healthy]
    for one in sick:
        voice.complain(_line(one), _part("expected", one.expected), _part("remedy", one.remedy))
    voice.relay("" if sick else "healthy")
    return ExitStatus.OUR_FAULT if sick else ExitStatus.DONE


def _line(one: "Examination") -> str:
    told = Voice().speech.tell
    return f"{'ok   ' if one.healthy else 'SICK '} {told(one.name)}: {told(one.found)}"


def _part(part: str, text: str) -> str:
    speech = Voice().speech
    return f"      {speech.say(f'command.{part}')}: {speech.tell(text)}"
