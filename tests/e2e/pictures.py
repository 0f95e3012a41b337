"""Makes the pictures of the app small enough to keep beside the docs."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

COLOURS = 256


def make_smaller(path: Path) -> None:
    """Write a picture again with no more colours than a screen of text needs.

    Args:
        path: a PNG; it is replaced.
    """
    with Image.open(path) as picture:
        reduced = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    reduced.save(path, optimize=True)
