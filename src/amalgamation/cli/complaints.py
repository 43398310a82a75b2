"""Findings and failures as text and as JSON."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from amalgamation.errors import AmalgamationError
from amalgamation.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from amalgamation.cli.voice import Voice
    from amalgamation.language import Speech

__all__ = ["answering", "complain_of", "finding_object", "findings_of", "list_findings", "notice"]

_PARTS = ("found", "expected", "remedy")
_FAILED = "failed"
_BAD_INPUT = "bad input"
_INTERRUPTED = "interrupted"


def list_findings(findings: Sequence[Finding], speech: Speech) -> list[str]:
    """Return findings as numbered lines: where, then what was found, expected, to do."""
    labels = [speech.say(f"command.{part}") + ":" for part in _PARTS]
    wide, width = max(map(len, labels)) + 1, len(str(len(findings)))
    lines = []
    for number, finding in enumerate(findings, start=1):
        lines.append(f"{number:>{width + 2}}. {speech.tell(finding.where)}")
        texts = [speech.tell(getattr(finding, part)) for part in _PARTS]
        pairs = zip(labels, texts, strict=True)
        lines += [f"{'':{width + 4}}{label:<{wide}}{text}" for label, text in pairs if text]
    return lines


def notice(finding: Finding, speech: Speech) -> str:
    """Return a warning or note as one line."""
    return f"{speech.noun(finding.severity)}: {speech.tell(finding.sentence())}"


def complain_of(voice: Voice, headline: str, findings: Sequence[Finding]) -> None:
    """Print a headline and every finding."""
    error = voice.speech.say("command.error", what=headline)
    voice.complain(error, *list_findings(findings, voice.speech))


def findings_of(error: BaseException) -> tuple[Finding, ...]:
    """Return the findings that an error carries; else the error itself as one."""
    findings = getattr(error, "findings", ())
    if findings:
        return tuple(findings)
    found = str(error) or type(error).__name__
    return (Finding(type(error).__name__, "amalgamation", found),)


def finding_object(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON has it."""
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "where": finding.where,
        "found": finding.found,
        "expected": finding.expected,
        "remedy": finding.remedy,
        "subjects": list(finding.subjects),
    }


@contextmanager
def answering(voice: Voice) -> Iterator[None]:
    """Answer in JSON even where the command fails."""
    try:
        yield
    except (Exception, KeyboardInterrupt) as error:
        voice.answer(_failure_object(error))
        raise


def _failure_object(error: BaseException) -> dict[str, Any]:
    findings = [finding_object(finding) for finding in findings_of(error)]
    return {
        "status": _word_for(error),
        "cost": None,
        "bound": None,
        "gap": None,
        "municipalities": None,
        "folder": None,
        "findings": [] if isinstance(error, KeyboardInterrupt) else findings,
    }


def _word_for(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return _INTERRUPTED
    bad = isinstance(error, AmalgamationError) and error.exit_status == 2  # noqa: PLR2004
    return _BAD_INPUT if bad else _FAILED


def refusing(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Split findings into those that refuse and those that tell."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    return errors, [finding for finding in findings if finding.severity is not Severity.ERROR]
