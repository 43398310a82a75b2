"""The documentation as it is read: built without a warning, and whole without a network."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("sphinx")
pytest.importorskip("myst_nb")

ROOT = Path(__file__).parents[2]
FROM_ELSEWHERE = re.compile(
    r"<(?:script|img|iframe|source)[^>]*\ssrc=[\"'](?:https?:)?//"
    r"|<link[^>]*\shref=[\"'](?:https?:)?//(?![^>]*rel=[\"']canonical)",
)


def build(folder):
    """Build as `make docs` does; every example runs in a kernel that sees this source."""
    words = ["-m", "sphinx", "--builder", "html", "--fail-on-warning", "--keep-going"]
    done = subprocess.run(
        [sys.executable, *words, "--doctree-dir", folder / "doctrees", ROOT / "docs", folder],
        env=dict(os.environ) | {"PYTHONPATH": str(ROOT / "src")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in pages(folder)}


def pages(folder):
    return sorted(folder.rglob("*.html"))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_it_builds_without_a_warning_and_needs_no_network(tmp_path):
    """One test, since a build takes a minute: the checks are of one and the same build."""
    site = build(tmp_path)
    assert [name for name, page in site.items() if FROM_ELSEWHERE.search(page)] == []
    assert "<math" in site["learn/mathematics.html"]
    notebooks = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    rendered = {Path(name).stem for name in site if name.startswith("generated/notebooks/")}
    assert rendered == notebooks
    drawn = [name for name in site if name.startswith(("gallery/", "generated/notebooks/"))]
    plain = [name for name in drawn if "image/png" not in site[name] and "<img" not in site[name]]
    assert plain == ["gallery/index.html"]
    for name in ("generated/scenario.html", "generated/scorecard.html", "generated/commands.html"):
        assert len(site[name]) > 10_000
