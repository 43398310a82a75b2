"""What becomes of a comparison: text, a file, or a folder of tables, pictures and a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from amalgamation.errors import OutputError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.figure import Figure

    from amalgamation.cli.voice import Voice
    from amalgamation.study import Comparison
    from amalgamation.study.compare import TradeOff

__all__ = ["Form", "Output", "answer_table", "tell_comparison"]

Form = Literal["table", "csv", "markdown", "json"]
_FORM_OF: dict[str, Form] = {".csv": "csv", ".md": "markdown", ".json": "json", ".txt": "table"}
_PICTURES = (".png", ".svg")


@dataclass(frozen=True)
class Output:
    """Say where an answer goes, and in which form.

    Parameters
    ----------
    place
        A file, or a folder; None is the screen.
    form
        What was asked for; None is as the file ends.
    overwrite
        Replace what stands there.
    differences
        Show differences instead of figures.
    """

    place: Path | None
    form: Form | None
    overwrite: bool = False
    differences: bool = False

    @property
    def is_picture(self) -> bool:
        """Whether a picture is asked for."""
        return self.place is not None and self.form is None and self.place.suffix in _PICTURES

    @property
    def is_folder(self) -> bool:
        """Whether everything is asked for."""
        if self.place is None or self.form is not None or self.is_picture:
            return False
        return self.place.suffix not in _FORM_OF

    @property
    def shape(self) -> Form:
        """The form of a text."""
        found = "table" if self.place is None else _FORM_OF.get(self.place.suffix, "table")
        return self.form or found

    def check(self, *, picture: bool = False) -> list[Finding]:
        """Check, before any work, that the place may be written.

        Parameters
        ----------
        picture
            Whether a single picture or table is all there is, so that a folder is none.
        """
        if self.place is None:
            return []
        if self.is_folder and not picture:
            from amalgamation.study.compare.files import COMPARISON_FILES  # noqa: PLC0415
            from amalgamation.write import check_run_folder  # noqa: PLC0415

            return check_run_folder(self.place, overwrite=self.overwrite, files=COMPARISON_FILES)
        if self.is_folder:
            expected = "a file that ends in .png, .svg, .csv, .json or .txt"
            found, remedy = "a name without such an ending", "name such a file"
            return [Finding("file", f"file {self.place}", found, expected, remedy)]
        if self.place.exists() and not self.overwrite:
            found, remedy = "a file that exists", "name another file, or add --overwrite"
            return [Finding("file", f"file {self.place}", found, "a new file", remedy)]
        return []

    def drawn(self, figure: Figure) -> bytes:
        """Return a picture as the file asks for it."""
        from amalgamation.study.compare.files import to_picture  # noqa: PLC0415

        return to_picture(figure, vector=self.place is not None and self.place.suffix == ".svg")

    def put(self, voice: Voice, content: bytes) -> None:
        """Write a file, and say so.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        assert self.place is not None  # noqa: S101 - the screen is asked for elsewhere
        try:
            self.place.write_bytes(content)
        except OSError as error:
            msg = f"file {self.place}: {error.strerror}; nothing was written"
            raise OutputError(msg) from error
        voice.say(voice.speech.say("command.written", place=str(self.place)))


def tell_comparison(
    voice: Voice, comparison: Comparison, found: TradeOff | None, output: Output
) -> None:
    """Show a comparison, or write it, as the output asks."""
    speech = voice.speech
    voice.answer(
        comparison.to_object() | ({} if found is None else {"trade_off": found.to_object()})
    )
    if output.is_folder:
        _write_folder(voice, comparison, found, output)
        return
    if output.is_picture:
        figure = (
            comparison.plot_maps(language=voice.language)
            if found is None
            else found.plot(language=voice.language)
        )
        output.put(voice, output.drawn(figure))
        return
    asked: dict[str, Any] = {"differences": output.differences}
    forms: dict[Form, Callable[[], str]] = {
        "table": partial(comparison.to_text, speech, **asked),
        "csv": comparison.differences_to_csv if output.differences else comparison.to_csv,
        "markdown": partial(comparison.to_markdown, speech, **asked),
        "json": comparison.to_json,
    }
    text = forms[output.shape]()
    if output.place is not None:
        output.put(voice, text.encode())
        return
    voice.say(*text.splitlines())
    if found is not None:
        voice.say("", *found.to_text(speech).splitlines())


def _write_folder(
    voice: Voice, comparison: Comparison, found: TradeOff | None, output: Output
) -> None:
    assert output.place is not None  # noqa: S101 - a folder has a name
    looks: dict[str, Any] = {"language": voice.language, "trade_off": found}
    names = comparison.write(output.place, overwrite=output.overwrite, **looks)
    voice.say(*comparison.to_text(voice.speech, differences=output.differences).splitlines())
    if not comparison.alone:
        voice.say("", *comparison.changes.sentences(voice.speech))
    place = f"{output.place}: {', '.join(names)}"
    voice.say(voice.speech.say("command.written", place=place))


def answer_table(voice: Voice, table: Path, axes: list[str], output: Output) -> None:
    """Set two measures of a study's table against each other.

    Raises
    ------
    InputError
        If the table or the measures cannot be used.
    """
    from amalgamation.api import trade_off  # noqa: PLC0415

    x, y = (*axes, "", "")[:2]
    found = trade_off(table, x, ",".join([y, *axes[2:]]))
    voice.answer({"trade_off": found.to_object()})
    if output.place is None:
        voice.say(*_text_of(found, voice, output).splitlines())
    elif output.is_picture:
        output.put(voice, output.drawn(found.plot(language=voice.language)))
    else:
        output.put(voice, _text_of(found, voice, output).encode())


def _text_of(found: TradeOff, voice: Voice, output: Output) -> str:
    if output.shape == "json":
        return found.to_json()
    return found.to_csv() if output.shape == "csv" else found.to_text(voice.speech)
