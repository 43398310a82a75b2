"""``amalgamation schema``: the JSON Schema of scenario files, for editors."""

from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.voice import Voice

__all__ = ["schema"]


def schema() -> int:
    """Print the JSON Schema of scenario files."""
    from amalgamation.scenario import json_schema  # noqa: PLC0415

    Voice(as_json=True).answer(json_schema())
    return ExitStatus.DONE
