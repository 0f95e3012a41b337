"""How wide text is, as far as one can tell without drawing it, and where to break it."""

from __future__ import annotations

_WIDTHS = {
    200: " ",
    255: "l.,:;'!|",
    292: "fiIjtïí",
    350: "rt()-/[]",
    425: "cszJ?",
    505: "aegkvxyEFLYàáâäçèéêë",
    560: "bdhnopquABCDHKPRSTVXZ0123456789öóôüúû",
    665: "GNOQUÖÜ",
    830: "mwMW%@&",
}
"""Thousandths of the size of a letter: those of Source Sans, measured in Chromium, rounded up."""

_SHORTEST = 4
"""Letters that a part of a compound has at least to be left alone on a line."""

_OTHER = 0.85
_WIDTH = {letter: width / 1000 for width, letters in _WIDTHS.items() for letter in letters}
_SAFE = 1.04
"""Room for the rounding of the browser."""


def width_of(text: str, size: float) -> float:
    """Estimate the width of a text in pixels, on the safe side, in letters of ``size`` pixels."""
    return size * _SAFE * sum(_WIDTH.get(letter, _OTHER) for letter in text)


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break a text in lines of at most ``width`` pixels; a word too long for one is divided."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        before = f"{line} " if line else ""
        if width_of(before + word, size) <= width:
            line = before + word
            continue
        if begin := _fitting_part(before, word, width, size):
            line, word = f"{before}{begin}", word[len(begin) :]
        if line:
            lines.append(line)
        *parts, line = _divided(word, width, size)
        lines += parts
    return [*lines, line] if line else lines


def _fitting_part(before: str, word: str, width: float, size: float) -> str:
    """Return the part of a compound, up to a hyphen of its own, that the line has room for."""
    ends = (at + 1 for at, letter in enumerate(word) if letter == "-" and at >= _SHORTEST)
    fitting = (end for end in ends if width_of(before + word[:end], size) <= width)
    return word[: max(fitting, default=0)]


def _divided(word: str, width: float, size: float) -> list[str]:
    parts: list[str] = []
    while width_of(word, size) > width and len(word) > 2:
        fits = max(
            (end for end in range(1, len(word)) if width_of(f"{word[:end]}-", size) <= width),
            default=1,
        )
        # A word that has a hyphen of its own is divided there.
        end = word.rfind("-", 1, fits) + 1 or fits
        parts.append(word[:end] if word[end - 1] == "-" else f"{word[:end]}-")
        word = word[end:]
    return [*parts, word]
