"""Small turns of Dutch that every reader needs: sentences, moments and amounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.knowledge import Action
from engine.wording import date_in_words, enumerate_dutch
from engine.words import Direction

LOCAL = ZoneInfo("Europe/Amsterdam")


def sentence(text: str) -> str:
    """Return a clause as a sentence: with a capital and a full stop."""
    stripped = text.strip()
    closed = stripped if stripped.endswith((".", "?", "!")) else f"{stripped}."
    return capital(closed)


def capital(text: str) -> str:
    """Return text with its first letter as a capital, as Dutch has it for 'ij' and for 'één'."""
    if text[:2] == "ij":
        return f"IJ{text[2:]}"
    if text.startswith("één"):
        return f"Eén{text[3:]}"
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Return text with its first letter small, to go on in a sentence; a name like UWV stays."""
    if text[:2] == "IJ":
        return f"ij{text[2:]}"
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def moment(at: datetime) -> str:
    """Write a moment as "22 november 2026 om 17:05", in Dutch local time."""
    local = at.astimezone(LOCAL)
    return f"{date_in_words(local.date())} om {local:%H:%M}"


def what_is_advised(action: Action, direction: Direction) -> str:
    """Say what an advice asks, as a whole phrase: to take a step, or to refrain from it."""
    return action.title if direction is Direction.DO else action.title_not


def count(number: int, one: str, many: str) -> str:
    """Write a number with the right form of its noun: "1 vraag", "3 vragen"."""
    return f"{number} {one if number == 1 else many}"


def first_of(items: Sequence[str], most: int, one: str = "", many: str = "") -> str:
    """Name the first of some things, and how many there are beside: "a, b en nog 3 vragen"."""
    more = len(items) - most
    rest = [f"nog {count(more, one, many)}".strip()] if more > 0 else []
    return enumerate_dutch([*items[:most], *rest], "en")
