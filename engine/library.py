"""Everything that was read, together: looked up by name, by date and by authority."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from engine.condition_syntax import Term
from engine.conditions import Condition
from engine.knowledge import (
    AUTHORITY,
    Action,
    Fact,
    Ground,
    Notion,
    Option,
    Parameter,
    ParameterValue,
    Phrased,
    Protocol,
    Rule,
    Source,
    Unit,
)
from engine.scripts import Script
from engine.self_scan import SelfScan
from engine.wording import Lexicon, Phrasing, date_in_words, enumerate_dutch
from engine.words import AuthorityKind, FactKind, NotionKind, Respondent

AUTHORITY_FACT = Fact.model_validate(
    {
        "id": AUTHORITY,
        "naam": "de instantie",
        "zin": "{} behandelt deze casus",
        "zin_niet": "deze casus wordt niet behandeld door {}",
        "zin_u": "{} behandelt uw dossier",
        "zin_niet_u": "uw dossier wordt niet behandeld door {}",
        "soort": "keuze",
        "vraag": "Welke instantie behandelt deze casus?",
        "opties": (
            {"id": AuthorityKind.UWV.value, "naam": "UWV"},
            {"id": AuthorityKind.MUNICIPALITY.value, "naam": "de gemeente"},
        ),
        "wie": (Respondent.PROFESSIONAL.value,),
        "waarom": "De wet verschilt per instantie.",
    }
)

TERM = "bewaartermijn_casus"
"""The threshold that no rule uses: for how many years a case is kept after its last event."""


class NotCoveredError(Exception):
    """The knowledge has nothing for this date, authority or name; never the nearest instead.

    The message is Dutch and can be shown to a user.
    """


@dataclass(frozen=True, slots=True)
class Authority:
    """The organisation that handles a case.

    Attributes:
        id: ``uwv`` or the name of a municipality that the parameters know.
        kind: UWV or municipality.
        label: how users know it.
    """

    id: str
    kind: AuthorityKind
    label: str


@dataclass(frozen=True, slots=True)
class BoundNotion:
    """A notion with its conditions as trees.

    Attributes:
        notion: as written.
        branches: value and condition, in order; one ``ja`` branch for a yes/no notion.
    """

    notion: Notion
    branches: tuple[tuple[str, Condition], ...]

    @property
    def is_table(self) -> bool:
        """Whether it is a decision table (and not a yes/no notion)."""
        return self.notion.kind is NotionKind.CHOICE


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule with its condition as a tree."""

    rule: Rule
    condition: Condition


@dataclass(frozen=True, slots=True)
class BoundProtocol:
    """One version of a protocol with the conditions of its rules as trees."""

    protocol: Protocol
    file: str
    rules: tuple[BoundRule, ...]


@dataclass(frozen=True, eq=False)
class Knowledge:
    """All knowledge, read and checked; immutable, so that threads can share it.

    Two readings are never equal, even of the same files: caches go by identity.

    Attributes:
        files: SHA-256 (hexadecimal) of every file that was read, by name.
        contents: the bytes of each of those files.
        self_scan: the questions for a team; ``None`` when the folder has none.
        scripts: the forms of talk for a group that discusses a case, by id.
        lexicon: how facts, notions and thresholds are spoken of to a professional.
        client_lexicon: the same in a letter to the client, in the second person.
    """

    facts: Mapping[str, Fact]
    notions: Mapping[str, BoundNotion]
    parameters: Mapping[str, Parameter]
    overrides: Mapping[str, Mapping[str, tuple[ParameterValue, ...]]]
    authorities: Mapping[str, Authority]
    sources: Mapping[str, Source]
    actions: Mapping[str, Action]
    grounds: Mapping[str, Ground]
    protocols: Mapping[str, tuple[BoundProtocol, ...]]
    files: Mapping[str, str]
    contents: Mapping[str, bytes] = field(default_factory=dict)
    self_scan: SelfScan | None = None
    scripts: Mapping[str, Script] = field(default_factory=dict)
    lexicon: Lexicon = field(default_factory=dict)
    client_lexicon: Lexicon = field(default_factory=dict)

    def authority(self, name: str) -> Authority:
        """Return the authority of that name.

        Raises:
            NotCoveredError: no parameter file knows it.
        """
        if name not in self.authorities:
            known = ", ".join(sorted(self.authorities))
            raise NotCoveredError(f"De instantie {name!r} is niet bekend. Bekend zijn: {known}.")
        return self.authorities[name]

    def protocol(self, name: str, on: date) -> BoundProtocol:
        """Return the version of a protocol that is in force on a day.

        Raises:
            NotCoveredError: there is no such protocol, or no version covers the day.
        """
        versions = self.protocols.get(name)
        if not versions:
            known = ", ".join(sorted(self.protocols))
            raise NotCoveredError(f"Er is geen protocol {name!r}. Er zijn: {known}.")
        version = _on(versions, on)
        if version is not None:
            return version
        starts = [date_in_words(version.protocol.valid_from) for version in versions]
        raise NotCoveredError(
            f"Het protocol {versions[-1].protocol.title!r} heeft geen versie voor "
            f"{date_in_words(on)}. Er is een versie vanaf {enumerate_dutch(starts, 'en')}."
        )

    @cached_property
    def protocol_titles(self) -> Mapping[str, str]:
        """How users know each protocol, in the order in which the work goes."""
        latest = [versions[-1].protocol for versions in self.protocols.values()]
        ordered = sorted(latest, key=lambda protocol: (protocol.place, protocol.title))
        return {protocol.id: protocol.title for protocol in ordered}

    @cached_property
    def days_of_change(self) -> tuple[date, ...]:
        """Every day on which a version or a value of a threshold begins, or has just ended."""
        spans = [
            (version.protocol.valid_from, version.protocol.valid_until)
            for versions in self.protocols.values()
            for version in versions
        ]
        values = [value for item in self.parameters.values() for value in item.values]
        for own in self.overrides.values():
            values += [value for group in own.values() for value in group]
        spans += [(value.since, value.until) for value in values]
        ended = {until + timedelta(days=1) for _, until in spans if until and until != date.max}
        return tuple(sorted({since for since, _ in spans} | ended))

    def same_since(self, on: date) -> date:
        """Return the first day since when the same versions and values are in force as on a day."""
        begun = bisect_right(self.days_of_change, on)
        return self.days_of_change[begun - 1] if begun else date.min

    def in_force(self, on: date) -> list[BoundProtocol]:
        """Return the version in force on a day of every protocol that has one."""
        found = (_on(versions, on) for versions in self.protocols.values())
        return [version for version in found if version is not None]

    def protocols_on(self, on: date) -> tuple[str, ...]:
        """Return the protocols that have a version on a day, in the order of the work."""
        there = {version.protocol.id for version in self.in_force(on)}
        return tuple(name for name in self.protocol_titles if name in there)

    def parameter_value(self, name: str, authority: Authority, on: date) -> ParameterValue:
        """Return the value of a threshold; an authority's own value goes before the national.

        Raises:
            NotCoveredError: no value covers the day for this authority.
        """
        own = self.overrides.get(authority.id, {}).get(name, ())
        shared = self.parameters[name].values
        for group in (
            own,
            [value for value in shared if value.applies_to is authority.kind],
            [value for value in shared if value.applies_to is None],
        ):
            current = [
                value
                for value in group
                if value.since <= on and (value.until is None or on <= value.until)
            ]
            if current:
                return max(current, key=lambda value: value.since)
        raise NotCoveredError(
            f"De grens {self.parameters[name].label!r} heeft geen waarde voor "
            f"{authority.label} op {date_in_words(on)}."
        )


def _on(versions: tuple[BoundProtocol, ...], on: date) -> BoundProtocol | None:
    """Return the latest version that has begun, unless it has ended as well."""
    begun = [version for version in versions if version.protocol.valid_from <= on]
    if not begun:
        return None
    end = begun[-1].protocol.valid_until
    return begun[-1] if end is None or on <= end else None


def term_of(phrased: Fact | Notion) -> Term:
    """Say what a condition may ask of a fact or notion."""
    options = tuple(option.id for option in phrased.options)
    if phrased.kind in (FactKind.YES_NO, NotionKind.YES_NO):
        return Term(FactKind.YES_NO, ("ja", "nee"))
    unit = phrased.unit.many if isinstance(phrased, Fact) and phrased.unit else ""
    return Term(FactKind(phrased.kind.value), options, unit)


def phrasing_of(phrased: Phrased) -> Phrasing:
    """Say how a fact or notion is spoken of."""
    unit = phrased.unit if isinstance(phrased, Fact) and phrased.unit else None
    one, many = (unit.one, unit.many) if isinstance(unit, Unit) else ("", "")
    words = phrased.comparatives if isinstance(phrased, Fact) else None
    return Phrasing(
        label=phrased.label,
        sentence=phrased.sentence,
        sentence_not=phrased.sentence_not or phrased.sentence,
        labels={"ja": "ja", "nee": "nee"} | _labels(phrased.options),
        one=one,
        many=many,
        more=words.more if words else "meer",
        less=words.less if words else "minder",
    )


def client_phrasing_of(phrased: Phrased) -> Phrasing:
    """Say how a fact or notion is spoken of to the client, where that is another way."""
    usual = phrasing_of(phrased)
    own = {option.id: option.label_you for option in phrased.options if option.label_you}
    sentence = phrased.sentence_you or usual.sentence
    return replace(
        usual,
        sentence=sentence,
        # A number and a date have no negation: the sentence stands in for it, also here.
        sentence_not=phrased.sentence_not_you or phrased.sentence_not or sentence,
        labels={**usual.labels, **own},
    )


def _labels(options: tuple[Option, ...]) -> dict[str, str]:
    return {option.id: option.label for option in options}
