"""What the name of a column gives away: who someone is, an illness, or a protected ground.

A protected ground may be a group, so that unequal treatment comes to light; no rule may rest on it.
The grounds are those of the Awgb (art. 1), the WGBL and the WGBH/CZ; what is called special is so
in article 9 AVG (all from memory). A person who works there is never a group: Leidraad compares no
persons.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from engine.diagnostics import KnowledgeError
from engine.knowledge import YesNo
from engine.reader import read_file
from engine.validation import build

_FILE = Path(__file__).with_name("column_words.yaml")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Names(_Part):
    whole: tuple[str, ...] = Field(alias="heel")
    parts: tuple[str, ...] = Field(alias="deel")

    def fit(self, name: str) -> bool:
        return name in self.whole or bool(set(name.split("_")) & set(self.parts))


class _Ground(_Names):
    ground: str = Field(alias="grond")
    act: str = Field(alias="wet")
    special: YesNo = Field(default=False, alias="bijzonder")


class _WordFile(_Part):
    identifying: _Names = Field(alias="identificerend")
    diagnosis: _Names = Field(alias="diagnose")
    staff: _Names = Field(alias="medewerker")
    grounds: tuple[_Ground, ...] = Field(alias="gronden")


@dataclass(frozen=True, slots=True)
class ProtectedGround:
    """A ground on which the law forbids unequal treatment.

    Attributes:
        ground: its name (Dutch).
        act: the Act that protects it.
        special: whether it is special personal data too (article 9 AVG).
    """

    ground: str
    act: str
    special: bool

    @property
    def warning(self) -> str:
        """What to mind when clients are compared by it (Dutch)."""
        told = (
            f"Deze groep gaat over {self.ground}. Op die grond mag niemand anders worden behandeld "
            f"({self.act}). Gebruik hem alleen om na te gaan of dat niet gebeurt."
        )
        more = (
            " Het is een bijzonder persoonsgegeven (AVG, artikel 9): mag u het hiervoor gebruiken?"
        )
        return told + more if self.special else told


def normal(name: str) -> str:
    """Write a name as ids are written: small letters, no accents, words joined by a low line."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode().lower()
    return "_".join(re.findall(r"[a-z0-9]+", plain))


def refusal_as_answer(name: str, facts: Collection[str]) -> str:
    """Say why a column can't be used at all (Dutch); empty if it can.

    Args:
        name: what the column is called.
        facts: the names of all facts; what is called so is no cause for alarm.
    """
    said = normal(name)
    if said in facts:
        return ""
    if _words().identifying.fit(said):
        return f"{name!r} lijkt te zeggen wie de cliënt is. Zo'n kolom gebruikt Leidraad nooit."
    if _words().diagnosis.fit(said):
        return (
            f"{name!r} lijkt over een diagnose of behandeling te gaan. Die gebruikt Leidraad nooit."
        )
    return ""


def refusal_as_group(name: str) -> str:
    """Say why a column can't be a group (Dutch); empty if it can."""
    if _words().staff.fit(normal(name)):
        return f"{name!r} lijkt over een medewerker te gaan. Leidraad vergelijkt geen personen."
    return refusal_as_answer(name, ())


def protected_ground(name: str) -> ProtectedGround | None:
    """Return the ground that a column is about, if the law protects it."""
    said = normal(name)
    for one in _words().grounds:
        if one.fit(said):
            return ProtectedGround(one.ground, one.act, one.special)
    return None


@cache
def _words() -> _WordFile:
    """Read the list of words, once.

    Raises:
        KnowledgeError: the list is damaged; no column is let through unseen.
    """
    document = read_file(_FILE, _FILE.name)
    words = build(document, _WordFile)
    if words is None:
        raise KnowledgeError(document.findings)
    return words
