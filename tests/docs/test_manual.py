"""The manual for the professional: it shows every picture, and quotes what is on the screen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.markdown import DOCS, ROOT, headings, links, page, section, without_code

MANUAL = page("handleiding-professional.md")
PICTURES = DOCS / "beeld"
MOST_BYTES = 6_000_000
MOST_WORDS = 170
"""Words in a chapter, the descriptions of its pictures left out; more is not read with a client."""

_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_QUOTED = re.compile(r"(?<!\w)'([^'\n]+(?:\n[^'\n]+)?)'(?!\w)")
ABOUT_QUOTES = "aanhalingstekens"
"""The word with which the manual shows what its quotes look like."""


def pictures() -> list[tuple[str, str]]:
    return [(match[1], match[2]) for match in _PICTURE.finditer(MANUAL)]


def test_every_picture_is_used_and_there_is_no_other() -> None:
    used = {Path(target).name for _, target in pictures()}
    assert used == {path.name for path in PICTURES.iterdir()}


def test_the_walk_takes_every_picture() -> None:
    walk = (ROOT / "tests" / "e2e" / "test_manual.py").read_text(encoding="utf-8")
    names = {path.name.rsplit("-", 1)[0] for path in PICTURES.iterdir()}
    assert [name for name in sorted(names) if f'"{name}"' not in walk] == []


@pytest.mark.parametrize(("alt", "target"), pictures(), ids=lambda part: Path(part).stem)
def test_every_picture_says_what_is_to_be_seen(alt: str, target: str) -> None:
    assert len(alt.split()) >= 5
    assert [said for said, other in pictures() if said == alt] == [alt], "two say the same"


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST_BYTES


def test_every_chapter_is_in_the_list_at_the_top() -> None:
    listed = [target for target in links(MANUAL) if target.startswith("#")]
    chapters = re.findall(r"^## (.+)$", MANUAL, flags=re.MULTILINE)
    assert len(listed) == len(chapters)


@pytest.mark.parametrize("title", headings(MANUAL)[1:])
def test_every_chapter_is_short(title: str) -> None:
    assert len(_PICTURE.sub("", section(MANUAL, title)).split()) <= MOST_WORDS


def test_what_is_quoted_stands_on_the_screen() -> None:
    said = "\n".join(_PICTURE.sub("", line) for line in without_code(MANUAL))
    quoted = {" ".join(match[1].split()) for match in _QUOTED.finditer(said)}
    assert len(quoted) > 20
    shown = "\n".join(on_the_screen())
    assert sorted(words for words in quoted - {ABOUT_QUOTES} if words not in shown) == []


def on_the_screen() -> Iterator[str]:
    """Every text in the source of the screens, and in the words that they share."""
    files = [ROOT / "app.py", ROOT / "engine" / "labels.py", *(ROOT / "ui").rglob("*.py")]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
