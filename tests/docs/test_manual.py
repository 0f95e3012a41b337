"""The manuals: together they show every picture, and they quote what is on the screen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.markdown import DOCS, ROOT, headings, links, page, section, without_code

MANUALS = {name: page(f"handleiding-{name}.md") for name in ("professional", "intervisie")}
WALKS = ("test_manual.py", "test_intervisie.py")
"""The tests in a browser that take the pictures."""

PICTURES = DOCS / "beeld"
MOST_BYTES = 6_000_000
MOST_WORDS = 170
"""Words in a chapter, the descriptions of its pictures left out; more is not read with a client."""

_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_QUOTED = re.compile(r"(?<!\w)'([^'\n]+(?:\n[^'\n]+)?)'(?!\w)")
ABOUT_QUOTES = "aanhalingstekens"
"""The word with which a manual shows what its quotes look like."""

EACH = pytest.mark.parametrize("manual", MANUALS.values(), ids=MANUALS)


def pictures() -> list[tuple[str, str]]:
    text = "\n".join(MANUALS.values())
    return [(match[1], match[2]) for match in _PICTURE.finditer(text)]


def test_every_picture_is_used_and_there_is_no_other() -> None:
    used = {Path(target).name for _, target in pictures()}
    assert used == {path.name for path in PICTURES.iterdir()}


def test_the_walks_take_every_picture() -> None:
    folder = ROOT / "tests" / "e2e"
    walk = "\n".join((folder / name).read_text(encoding="utf-8") for name in WALKS)
    names = {path.name.rsplit("-", 1)[0] for path in PICTURES.iterdir()}
    assert [name for name in sorted(names) if f'"{name}"' not in walk] == []


@pytest.mark.parametrize(("alt", "target"), pictures(), ids=lambda part: Path(part).stem)
def test_every_picture_says_what_is_to_be_seen(alt: str, target: str) -> None:
    assert len(alt.split()) >= 5
    assert [said for said, other in pictures() if said == alt] == [alt], "two say the same"


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST_BYTES


@EACH
def test_every_chapter_is_in_the_list_at_the_top(manual: str) -> None:
    listed = [target for target in links(manual) if target.startswith("#")]
    chapters = re.findall(r"^## (.+)$", manual, flags=re.MULTILINE)
    assert len(listed) == len(chapters)


@pytest.mark.parametrize(
    ("name", "title"),
    [(name, title) for name, manual in MANUALS.items() for title in headings(manual)[1:]],
)
def test_every_chapter_is_short(name: str, title: str) -> None:
    assert len(_PICTURE.sub("", section(MANUALS[name], title)).split()) <= MOST_WORDS


@EACH
def test_what_is_quoted_stands_on_the_screen(manual: str) -> None:
    said = "\n".join(_PICTURE.sub("", line) for line in without_code(manual))
    quoted = {" ".join(match[1].split()) for match in _QUOTED.finditer(said)}
    assert len(quoted) > 20
    shown = "\n".join(on_the_screen())
    assert sorted(words for words in quoted - {ABOUT_QUOTES} if words not in shown) == []


def on_the_screen() -> Iterator[str]:
    """Every text in the source of the screens, and in the words that they share."""
    shared = ("labels.py", "course.py", "intervisie/words.py")
    files = [ROOT / "app.py", *(ROOT / "engine" / name for name in shared)]
    for path in [*files, *(ROOT / "ui").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
