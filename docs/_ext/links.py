"""Links to folders of the project: a forge lists a folder, a site has nothing to show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["unlink_folders"]

_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<target>[^)#:\s]+)\)")


def unlink_folders(app: Sphinx, page: str, source: list[str]) -> None:
    """Leave the words of such links, when Sphinx reads a page; links to files stay."""
    folder = Path(app.srcdir, page).parent

    def put(link: re.Match[str]) -> str:
        return link["words"] if (folder / link["target"]).is_dir() else link[0]

    source[0] = _LINK.sub(put, source[0])
