"""What a made-up caseload is made of: shares, each published or said to be made up.

The numbers stand in the files of :data:`SHARES`. A share says what part of the clients it is about
and what is so for them; it can be divided further. Nothing here is knowledge: no rule rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.case import UNKNOWN, AnswerError, check_answer
from engine.diagnostics import KnowledgeError
from engine.knowledge import Name, SourceRef, YesNo
from engine.library import Knowledge
from engine.reader import read_file
from engine.validation import build
from engine.words import FactKind, Respondent

SHARES: Mapping[str, Path] = {
    "wga": Path(__file__).with_name("shares.yaml"),
    "bijstand": Path(__file__).with_name("shares_bijstand.yaml"),
}
"""The caseloads that can be made up, by name; ``wga`` is the review that iszw-2012 tells of."""

Percent = Annotated[int, Field(ge=0, le=1000)]
Weight = Annotated[int, Field(ge=1, le=1_000_000)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Between(_Part):
    """Any whole number between two, or any day so many days before the reference date."""

    numbers: tuple[int, int] | None = Field(default=None, alias="tussen")
    days_ago: tuple[int, int] | None = Field(default=None, alias="dagen_geleden")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.numbers is None) == (self.days_ago is None):
            raise ValueError("Geef of 'tussen', of 'dagen_geleden'.")
        low, high = self.bounds
        if low > high:
            raise ValueError("Het eerste getal is groter dan het tweede.")
        return self

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the most, both included."""
        return self.numbers or self.days_ago or (0, 0)


Draw = str | Between | dict[str, Weight]
"""One answer; a span; or answers with how often each comes, against each other."""


class Share(_Part):
    """A part of the clients, and what is so for them.

    Attributes:
        weight: how large it is against the shares beside it.
        sources: where the size was published; empty when it is made up.
        facts: what is so for these clients, certain to be known.
        parts: how this part is divided further.
    """

    name: str = Field(alias="naam")
    weight: Weight = Field(alias="aandeel")
    sources: tuple[SourceRef, ...] = Field(default=(), alias="bronnen")
    invented: YesNo = Field(default=False, alias="verzonnen")
    facts: dict[Name, Draw] = Field(default_factory=dict, alias="feiten")
    parts: tuple[Share, ...] = Field(default=(), alias="delen")

    @model_validator(mode="after")
    def _says_where_it_comes_from(self) -> Self:
        if bool(self.sources) == self.invented:
            raise ValueError("Een aandeel heeft bronnen, of zegt 'verzonnen: ja'.")
        return self


class Mix(_Part):
    """A division of all clients into shares; divisions do not depend on each other."""

    name: str = Field(alias="naam")
    explanation: str = Field(alias="toelichting")
    facts: dict[Name, Draw] = Field(
        default_factory=dict, alias="feiten", description="Wat voor iedereen geldt."
    )
    shares: tuple[Share, ...] = Field(alias="aandelen", min_length=1)


class Team(_Part):
    """A made-up team.

    Attributes:
        weight: how many clients it has against the other teams.
        unknown: how often it leaves something open, in percent of what is usual.
        more: shares that it has more or fewer of than the other teams, in percent.
    """

    name: str = Field(alias="naam")
    weight: Weight = Field(alias="aandeel")
    unknown: Percent = Field(default=100, alias="onbekend")
    more: dict[str, Percent] = Field(default_factory=dict, alias="vaker")


class Consequence(_Part):
    """What goes together: an answer that makes others certain, or makes them pointless."""

    when: dict[Name, str] = Field(alias="als", min_length=1)
    then: dict[Name, str] = Field(alias="dan", min_length=1)


class Shares(_Part):
    """One of the files of :data:`SHARES`.

    Attributes:
        from_case: in how many of a hundred clients a protocol's answers come from one worked case.
        unknown: how often an answer is unknown, by who can give it, in percent.
        thin: how many of a hundred files say little, and how much more is unknown in those.
    """

    explanation: str = Field(alias="toelichting")
    from_case: Annotated[int, Field(ge=0, le=100)] = Field(alias="uit_casus")
    unknown: dict[Respondent, Percent] = Field(alias="onbekend")
    thin: tuple[Annotated[int, Field(ge=0, le=100)], Percent] = Field(alias="mager")
    mixes: tuple[Mix, ...] = Field(alias="mengsels", min_length=1)
    teams: tuple[Team, ...] = Field(alias="teams", min_length=1)
    consequences: tuple[Consequence, ...] = Field(default=(), alias="gevolgen")

    def every_share(self) -> Iterator[Share]:
        """Yield every share of every division, those within others too."""
        waiting = [share for mix in self.mixes for share in mix.shares]
        while waiting:
            share = waiting.pop(0)
            yield share
            waiting[:0] = share.parts


@cache
def read_shares(name: str = "wga") -> Shares:
    """Read what a caseload is made of.

    Args:
        name: one of :data:`SHARES`.

    Raises:
        KnowledgeError: with all findings of the file.
    """
    path = SHARES[name]
    document = read_file(path, path.name)
    shares = build(document, Shares)
    if shares is None:
        raise KnowledgeError(document.findings)
    return shares


def misfits(shares: Shares, knowledge: Knowledge) -> list[str]:
    """Say in Dutch what the shares say that the knowledge doesn't know; empty if all fits."""
    told: list[tuple[str, Mapping[str, Draw]]] = [
        *((mix.name, mix.facts) for mix in shares.mixes),
        *((share.name, share.facts) for share in shares.every_share()),
        *(("gevolgen", dict(item.when)) for item in shares.consequences),
        *(("gevolgen", dict(item.then)) for item in shares.consequences),
    ]
    wrong = [
        f"{where}: {name}: {reason}"
        for where, facts in told
        for name, drawn in facts.items()
        for reason in _reasons(knowledge, name, drawn)
    ]
    names = {share.name for share in shares.every_share()}
    wrong += [
        f"team {team.name}: er is geen aandeel {name!r}."
        for team in shares.teams
        for name in team.more
        if name not in names
    ]
    return wrong


def _reasons(knowledge: Knowledge, name: str, drawn: Draw) -> Iterator[str]:
    fact = knowledge.facts.get(name)
    if fact is None:
        yield "dit feit bestaat niet."
        return
    if isinstance(drawn, Between):
        kind = FactKind.NUMBER if drawn.numbers else FactKind.DATE
        if fact.kind is not kind:
            yield f"dit is geen {kind.value}."
        elif kind is FactKind.NUMBER:
            low, high = drawn.bounds
            if low < fact.minimum or high > fact.maximum:
                yield f"{low}-{high} valt buiten {fact.minimum}-{fact.maximum}."
        return
    for answer in [drawn] if isinstance(drawn, str) else drawn:
        if answer == UNKNOWN:
            continue
        try:
            check_answer(fact, answer)
        except AnswerError as error:
            yield str(error)
