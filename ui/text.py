"""Small helpers that make text fit for the page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.prose import LOCAL, capital, count, moment, sentence, small
from engine.reasons import Reason

__all__ = ["LOCAL", "bullets", "capital", "count", "moment", "plain", "sentence", "small"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-=.!|~$&])")
_SHORTCODE = re.compile(r":(?=[a-z_])")
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\\\.)|(?<=[\w+])(?=@\w)", re.IGNORECASE)
"""Where an address begins that Markdown as GitHub knows it turns into a link by itself."""

_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it was typed: no markup, links, HTML or icons."""
    one_line = " ".join(text.split())
    # A backslash stops neither ":icon:" codes nor bare addresses, an invisible character does.
    escaped = _ADDRESS.sub(_WORD_JOINER, _MARKDOWN.sub(r"\\\1", one_line))
    return _SHORTCODE.sub(f":{_WORD_JOINER}", escaped)


def bullets_of(lines: Iterable[str]) -> str:
    """Write lines as a Markdown list."""
    return "\n".join(f"- {plain(line)}" for line in lines)


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
