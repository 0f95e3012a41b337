"""Small helpers that make text fit for the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.reasons import Reason
from engine.wording import date_in_words

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$])")
_SHORTCODE = re.compile(r":(?=[a-z_])")
_WORD_JOINER = "\u2060"
LOCAL = ZoneInfo("Europe/Amsterdam")


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it was typed: no markup, links, HTML or icons."""
    one_line = " ".join(text.split())
    # A backslash does not stop ":icon:" codes, an invisible character between them does.
    return _SHORTCODE.sub(f":{_WORD_JOINER}", _MARKDOWN.sub(r"\\\1", one_line))


def sentence(text: str) -> str:
    """Return a clause as a sentence: with a capital and a full stop."""
    stripped = text.strip()
    closed = stripped if stripped.endswith((".", "?", "!")) else f"{stripped}."
    return capital(closed)


def capital(text: str) -> str:
    """Return text with its first letter as a capital, also in front of the Dutch 'ij'."""
    if text[:2] == "ij":
        return f"IJ{text[2:]}"
    return text[:1].upper() + text[1:]


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


def moment(at: datetime) -> str:
    """Write a moment as "22 november 2026 om 17:05", in Dutch local time."""
    local = at.astimezone(LOCAL)
    return f"{date_in_words(local.date())} om {local:%H:%M}"


def count(number: int, one: str, many: str) -> str:
    """Write a number with the right form of its noun: "1 vraag", "3 vragen"."""
    return f"{number} {one if number == 1 else many}"
