"""Eyes for pictures in tests: what a canvas shows, and how far two pictures differ."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
from PIL import Image

__all__ = ["LOUD", "TOLERANCE", "alike", "canvas_of", "difference"]

LOUD = 24
"""Steps of 255 by which a dot must differ to count: edges are smoothed in many ways."""
TOLERANCE = 0.003
"""Share of the dots that may differ between two machines."""

KEPT = Path(__file__).parent / "show" / "pictures"


def canvas_of(page):
    """Return what the map shows, on white, as numbers of the shape (height, width, 3)."""
    # a change is painted in the next frame
    page.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done));"
    )
    data = page.execute_script("return document.getElementById('canvas').toDataURL()")
    drawn = Image.open(io.BytesIO(base64.b64decode(data.split(",")[1]))).convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    return np.asarray(Image.alpha_composite(paper, drawn).convert("RGB"))


def difference(first, second):
    """Return the share of dots that differ plainly; 1 where the sizes do."""
    if first.shape != second.shape:
        return 1.0
    apart = np.abs(first.astype(int) - second.astype(int)).max(axis=2)
    return float((apart > LOUD).mean())


def alike(picture, name, folder):
    """Compare a picture with the kept one of its name; a copy of what was seen stays in folder."""
    seen = folder / f"{name}.png"
    Image.fromarray(picture).save(seen, optimize=True)
    path = KEPT / f"{name}.png"
    assert path.exists(), f"look at {seen}; if it is right, keep it as {path}"
    kept = np.asarray(Image.open(path).convert("RGB"))
    share = difference(picture, kept)
    assert share <= TOLERANCE, f"{100 * share:.2f} % of {seen} differ from {path}"
