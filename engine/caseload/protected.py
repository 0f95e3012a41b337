"""Facts that are about a protected ground, and what rests on them all the same.

No rule may rest on nationality, origin, sex, religion or another ground that the law protects, but
the law itself sometimes makes a difference, as by age. Each of those exceptions is in
``protected_facts.yaml``, with why it is allowed and where that stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import Field

from engine.caseload.column_names import protected_ground
from engine.conditions import names
from engine.diagnostics import KnowledgeError
from engine.knowledge import Fact, Model, Name, SourceRef, Text
from engine.library import Knowledge
from engine.reader import read_file
from engine.validation import build
from engine.words import Sensitivity

_FILE = Path(__file__).with_name("protected_facts.yaml")

HEALTH_GROUND = "handicap of chronische ziekte"
"""The ground that every answer about health is about."""


class _Allowed(Model):
    ground: Text = Field(alias="grond")
    because: Text = Field(alias="omdat")
    sources: tuple[SourceRef, ...] = Field(alias="bronnen", min_length=1)


class AllowedFact(_Allowed):
    """A fact that is about a protected ground, and why a rule may rest on it."""

    fact: Name = Field(alias="feit")


class AllowedSensitivity(_Allowed):
    """The same for all facts of one sensitivity."""

    sensitivity: Sensitivity = Field(alias="gevoeligheid")


class Exceptions(Model):
    """The whole list."""

    facts: tuple[AllowedFact, ...] = Field(alias="feiten")
    sensitivities: tuple[AllowedSensitivity, ...] = Field(alias="gevoeligheden")

    def of(self, fact: Fact) -> AllowedFact | AllowedSensitivity | None:
        """Return why a rule may rest on a fact, if it is in the list."""
        for one in self.facts:
            if one.fact == fact.id:
                return one
        for kind in self.sensitivities:
            if kind.sensitivity is fact.sensitivity:
                return kind
        return None


@dataclass(frozen=True, slots=True)
class Resting:
    """A fact about a protected ground that something rests on.

    Attributes:
        fact: the question.
        ground: the ground (Dutch).
        users: the notions and rules whose condition asks for it, by id.
        allowed: why that is allowed; ``None`` if nobody accounted for it, which must not be.
    """

    fact: Fact
    ground: str
    users: tuple[str, ...]
    allowed: AllowedFact | AllowedSensitivity | None


def ground_of(fact: Fact) -> str:
    """Name the protected ground that a fact is about (Dutch); empty if there is none."""
    known = exceptions().of(fact)
    if known is not None:
        return known.ground
    found = protected_ground(fact.id) or protected_ground(fact.label)
    if found is None and fact.sensitivity is Sensitivity.HEALTH:
        return HEALTH_GROUND
    return found.ground if found else ""


def resting_on_grounds(knowledge: Knowledge, on: date) -> tuple[Resting, ...]:
    """Return every fact about a protected ground that a rule or a notion asks for.

    Args:
        knowledge: all facts, notions and rules.
        on: the day whose versions of the protocols are looked at.
    """
    users: dict[str, list[str]] = {}
    for user, asked in _asked(knowledge, on):
        for name in sorted(asked):
            users.setdefault(name, []).append(user)
    return tuple(
        Resting(fact, ground, tuple(users[name]), exceptions().of(fact))
        for name, fact in knowledge.facts.items()
        for ground in [ground_of(fact)]
        if ground and name in users
    )


def _asked(knowledge: Knowledge, on: date) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each notion and rule with the names in its condition."""
    for name, notion in knowledge.notions.items():
        for _, condition in notion.branches:
            yield name, names(condition)
    for version in knowledge.in_force(on):
        for bound in version.rules:
            yield bound.rule.id, names(bound.condition)


@cache
def exceptions() -> Exceptions:
    """Read the list, once.

    Raises:
        KnowledgeError: the list is damaged.
    """
    document = read_file(_FILE, _FILE.name)
    found = build(document, Exceptions)
    if found is None:
        raise KnowledgeError(document.findings)
    return found
