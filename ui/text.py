"""Small helpers that make text fit for the page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.prose import LOCAL, capital, count, moment, sentence
from engine.reasons import Reason

__all__ = ["LOCAL", "bullets", "capital", "count", "moment", "plain", "sentence"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&])")
_SHORTCODE = re.compile(r":(?=[a-z_])")
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it was typed: no markup, links, HTML or icons."""
    one_line = " ".join(text.split())
    # A backslash does not stop ":icon:" codes, an invisible character between them does.
    return _SHORTCODE.sub(f":{_WORD_JOINER}", _MARKDOWN.sub(r"\\\1", one_line))


def bullets(reasons: Iterable[Reason], depth: int = 0, deepest: int = 9) -> str:
    """Write reasons as a Markdown list, with the reasons under a notion indented below it.

    Args:
        reasons: what to write.
        depth: how far this list is indented.
        deepest: how far to go down into the reasons of notions.
    """
    lines: list[str] = []
    for reason in reasons:
        lines.append(f"{'  ' * depth}- {plain(sentence(reason.text))}")
        if reason.because and depth < deepest:
            lines.append(bullets(reason.because, depth + 1, deepest))
    return "\n".join(lines)
