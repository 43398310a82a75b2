"""What a measured plan breaks: how often each rule, and the first cases in full."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from amalgamation.cli.complaints import list_findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.cli.voice import Voice
    from amalgamation.findings import Finding

__all__ = ["tell_breaches"]

_SHOWN = 10


def tell_breaches(voice: Voice, breaches: Sequence[Finding]) -> None:
    """Say which rules a plan breaks; thousands of cases stay readable."""
    if not breaches:
        return
    counts, speech = Counter(finding.check for finding in breaches), voice.speech
    named = ", ".join(f"{check} {speech.figure(n)}" for check, n in sorted(counts.items()))
    voice.say(speech.say("command.breaches", number=len(breaches), named=named))
    voice.say(*list_findings(breaches[:_SHOWN], speech))
    if len(breaches) > _SHOWN:
        voice.say(speech.say("command.more", n=len(breaches) - _SHOWN))
