"""Small edits of the kind that people make, somewhere in a folder with knowledge and cases."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path


def _other(match: re.Match[str]) -> str:
    """Put the other answer, or the other direction, in the place of one."""
    others = {"ja": "nee", "nee": "ja", "doen": "niet_doen", "niet_doen": "doen"}
    return match[1] + others[match[2]] + match[3]


def _more(match: re.Match[str]) -> str:
    return f"{match[1]}{int(match[2]) + 1}{match[3]}"


def _said_otherwise(match: re.Match[str]) -> str:
    return f"{match[1]}nu {match[2]}{match[3]}"


EDITS: dict[str, tuple[str, str, Callable[[re.Match[str]], str]]] = {
    "a comment": ("protocollen/*/*.yaml", r"()(^regels:)()", lambda m: f"# Nu.\n{m[2]}"),
    "the reason of a rule": ("protocollen/*/*.yaml", r"(^    omdat: )(\w)(.*\n)", _said_otherwise),
    "an answer in a rule": ("protocollen/*/*.yaml", r"(^ +- \w+: )(ja|nee)($)", _other),
    "a part of a rule less": ("protocollen/*/*.yaml", r"(^ +- \w+: )(ja|nee)(\n)", lambda _: ""),
    "an exception less": (
        "protocollen/*/*.yaml",
        r"(^      - |^    uitzondering_op: \[)([a-z-]+\.[a-z0-9-]+)(\n|\]\n)",
        lambda _: "",
    ),
    "what a rule says to do": (
        "protocollen/*/*.yaml",
        r"(richting: )(doen|niet_doen)(\})",
        _other,
    ),
    "the value of a threshold": ("parameters/*.yaml", r"(waarde: )(\d+)(\b)", _more),
    "the day of a threshold": ("parameters/*.yaml", r"(vanaf: )(20\d\d)(-)", _more),
    "the name of a threshold": ("parameters/*.yaml", r"(^    naam: )(\w)(.*\n)", _said_otherwise),
    "the name of a fact": ("feiten/*.yaml", r"(^    naam: )(\w)(.*\n)", _said_otherwise),
    "the most that a fact can be": ("feiten/*.yaml", r"(maximum: )(\d+)($)", _more),
    "an answer in a notion": ("begrippen/*.yaml", r"(^ +- \w+: )(ja|nee)($)", _other),
    "the title of an action": ("handelingen.yaml", r"(^    titel: )(\w)(.*\n)", _said_otherwise),
    "an answer of a case": ("*/*.yaml", r"(^  \w+: )(ja|nee)($)", _other),
}
"""By what is edited: in which files, the passage, and what comes in its place."""

OF_CASES = frozenset({"an answer of a case"})
"""The edits in the folder with cases."""


def edit(rng: random.Random, kind: str, knowledge: Path, cases: Path) -> tuple[Path, str] | None:
    """Make one edit somewhere.

    Returns:
        The file and what stood in it before; ``None`` when there is nothing of the kind.
    """
    pattern, passage, change = EDITS[kind]
    files = sorted((cases if kind in OF_CASES else knowledge).glob(pattern))
    rng.shuffle(files)
    for path in files:
        text = path.read_text(encoding="utf-8")
        places = list(re.finditer(passage, text, re.MULTILINE))
        if places:
            place = rng.choice(places)
            path.write_text(
                text[: place.start()] + change(place) + text[place.end() :], encoding="utf-8"
            )
            return path, text
    return None
