"""The small knowledge base of the engine's tests, as files that a test can change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from engine.case import Case
from engine.library import Knowledge
from engine.loading import assemble
from engine.reader import read_text

FOLDER = Path(__file__).parent / "kennis"
TODAY = date(2026, 11, 22)
PROTOCOL = "protocollen/proef/2026-01-01.yaml"
SCAN = """titel: Proef
toelichting: Een verzonnen lijst.
bronnen: ["proefwet#1"]
themas:
  - {id: praten, naam: Praten}
  - {id: doen, naam: Doen}
vragen:
  - id: samen_werken
    thema: doen
    vraag: Werken wij samen?
    waarom: Samen gaat het beter.
    bronnen: ["proefwet#2"]
    bij_deels:
      - {wie: team, actie: Werk vaker samen.}
    bij_nee:
      - {wie: leidinggevende, actie: Regel een ruimte.}
      - {wie: team, actie: Begin met een uur.}
  - id: open_praten
    thema: praten
    vraag: Praten wij open?
    waarom: Dan hoort u wat er speelt.
    bronnen: ["proefwet#3"]
    bij_deels:
      - {wie: team, actie: Vraag door.}
    bij_nee:
      - {wie: team, actie: Begin klein.}
"""
"""A self-scan, for who adds it to the files: without it there is none."""


@cache
def files() -> Mapping[str, str]:
    """The files by name, as text."""
    return {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(FOLDER.rglob("*.yaml"))
    }


def knowledge_with(changes: Mapping[str, str]) -> Knowledge:
    """Assemble the files, some replaced or added."""
    texts = {**files(), **changes}
    return assemble([read_text(text.encode(), name) for name, text in texts.items()])


@cache
def knowledge() -> Knowledge:
    """The knowledge as it stands."""
    return knowledge_with({})


def edited(name: str, old: str, new: str) -> dict[str, str]:
    """Change one passage of one file; the passage must be there exactly once."""
    text = files()[name]
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    return {name: text.replace(old, new)}


def case(authority: str = "uwv", on: date = TODAY, **answers: Any) -> Case:
    """A case with these answers; "onbekend" and "betwist" as in a file."""
    result = Case("proef", on, authority, ("proef",))
    for name, raw in answers.items():
        result = result.answer(knowledge(), name, raw)
    return result
