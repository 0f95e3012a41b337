"""What each code of a finding means and how to mend it, as the pages for designers tell it.

The pages are those in ``docs/``; links beside this module take them along in the package.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_TABLE = "## Meldingen"
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_FENCE = re.compile(r"^```.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Explained:
    """One code.

    Attributes:
        theme: the heading that it stands under.
        meaning: what is wrong, in a few words.
        mend: how to mend it, in a few words.
        page: the whole page about it, as text; empty for what the reader itself finds.
    """

    theme: str
    meaning: str
    mend: str
    page: str


@cache
def explained() -> Mapping[str, Explained]:
    """Return every code, in the order of the table in ``docs/kennisformaat.md``."""
    here = files("engine.design")
    text = (here / "kennisformaat.md").read_text(encoding="utf-8")
    rows = [
        [_plain(cell.strip()) for cell in line.strip("|").split("|")]
        for line in text.partition(_TABLE)[2].splitlines()
        if line.startswith("|")
    ]
    found: dict[str, Explained] = {}
    theme = ""
    for name, meaning, mend in rows:
        if name.startswith("**"):
            theme = name.split("**")[1]
        elif name.startswith("`"):
            code = name.strip("`")
            found[code] = Explained(theme, meaning, mend, _page(here / "controles", code))
    return found


def _page(folder: Traversable, code: str) -> str:
    path = folder / f"{code}.md"
    return _plain(path.read_text(encoding="utf-8")) if path.is_file() else ""


def _plain(text: str) -> str:
    """Take out what only a browser can follow: links, and the names of blocks."""
    return _FENCE.sub("```", _LINK.sub(r"\1", text))
