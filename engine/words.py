"""The closed lists of words that the knowledge uses: kinds of norm, strength, who answers.

Each member is written in a file as its Dutch value.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Word(StrEnum):
    """A closed list of Dutch words; a strict model reads a member from its plain text."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Self], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Accept the text of a member, also where the model is strict otherwise."""
        members: list[Any] = list(cls)
        return core_schema.enum_schema(cls, members, sub_type="str", strict=False)


class DecimalMark(Word):
    """What stands before the decimals of a number in someone's own file."""

    COMMA = "komma"
    POINT = "punt"


class Likeness(Word):
    """How sure it is that a column of someone's own file is a fact."""

    SAME = "zelfde naam"
    PROBABLE = "waarschijnlijk"
    POSSIBLE = "misschien"


class FactKind(Word):
    """The type of an answer."""

    YES_NO = "ja_nee"
    CHOICE = "keuze"
    NUMBER = "aantal"
    DATE = "datum"
    TEXT = "tekst"


class Respondent(Word):
    """Who can answer a question with authority."""

    CLIENT = "client"
    PROFESSIONAL = "professional"
    EMPLOYER = "werkgever"
    DOCTOR = "arts"
    LABOUR_EXPERT = "arbeidsdeskundige"


class Sensitivity(Word):
    """How sensitive an answer is; health is only ever recorded as its effect on work."""

    ORDINARY = "gewoon"
    FINANCIAL = "financieel"
    HEALTH = "gezondheid_functioneel"
    CRIMINAL = "strafrechtelijk"


class Burden(Word):
    """How much it takes to get an answer."""

    LIGHT = "licht"
    MEDIUM = "middel"
    HEAVY = "zwaar"


class Changeable(Word):
    """Whether an answer can still become another."""

    YES = "ja"
    NO = "nee"
    ONLY_TO_YES = "alleen_naar_ja"


class Direction(Word):
    """Whether an advice says to take a step or to refrain from it."""

    DO = "doen"
    DO_NOT = "niet_doen"


class DecisionKind(Word):
    """What a decision means to the client, which says when to ask for a view (Awb 4:7, 4:8)."""

    FAVOURABLE = "gunstig"
    BURDENING = "belastend"
    REFUSING = "afwijzend"
    EITHER = "wisselend"


class Norm(Word):
    """The kind of norm behind a rule; it decides which way out there is (Awb 4:81-4:84)."""

    ACT = "wet"
    REGULATION = "regeling"
    BYLAW = "verordening"
    POLICY_RULE = "beleidsregel"
    WAY_OF_WORKING = "werkwijze"
    CONSIDERATION = "overweging"

    @property
    def is_binding(self) -> bool:
        """Whether a professional can't set it aside: it has only the exits of its own."""
        return self in (Norm.ACT, Norm.REGULATION)

    @property
    def is_rule(self) -> bool:
        """Whether it is a rule in law or policy, and not only how people work."""
        return self not in (Norm.WAY_OF_WORKING, Norm.CONSIDERATION)


class SourceKind(Word):
    """What kind of text a source is."""

    ACT = "wet"
    REGULATION = "regeling"
    BYLAW = "verordening"
    POLICY_RULE = "beleidsregel"
    WAY_OF_WORKING = "werkwijze"
    RULING = "uitspraak"
    REPORT = "rapport"


class Strength(Word):
    """What a rule rests on."""

    LEGAL_TEXT = "rechtstekst"
    CASE_LAW = "rechtspraak"
    NET_EFFECT = "netto-effect"
    RESEARCH = "onderzoek"
    PRACTICE = "praktijk"


class Certainty(Word):
    """How the source was known when the rule was written."""

    READ = "gelezen"
    SECOND_HAND = "uit-tweede-hand"
    MEMORY = "uit-geheugen"
    DOUBT = "twijfel"


class Element(Word):
    """A part that the justification of a deviation can require."""

    WEIGHING = "weging"
    CLIENT_VIEW = "visie_client"
    CIRCUMSTANCE = "bijzondere_omstandigheid"
    EFFECT = "gevolg_client"
    AIM = "doel_regel"
    BALANCE = "waarom_onevenredig"
    EXIT = "uitweg_wet"
    HARDSHIP = "hardheidsclausule"
    EVIDENCE = "bewijsstuk"


class Decider(Word):
    """Who may decide on a deviation."""

    PROFESSIONAL = "professional"
    MANAGER = "leidinggevende"
    LAWYER = "jurist"


class ScanAnswer(Word):
    """How far a team recognises itself in a question of the self-scan."""

    YES = "ja"
    PARTLY = "deels"
    NO = "nee"


class ScanActor(Word):
    """Who takes up an action that follows from the self-scan."""

    TEAM = "team"
    MANAGER = "leidinggevende"


class AuthorityKind(Word):
    """The kind of organisation that carries out the law."""

    UWV = "uwv"
    MUNICIPALITY = "gemeente"


class NotionKind(Word):
    """The type of a derived notion."""

    YES_NO = "ja_nee"
    CHOICE = "keuze"


class Status(Word):
    """What has become of an advice."""

    HOLDS = "geldt"
    PROVISIONAL = "voorlopig"
    DEFEATED = "vervalt"
    OPEN = "te_bepalen"
    DOES_NOT_HOLD = "geldt_niet"

    @property
    def is_given(self) -> bool:
        """Whether there is an advice to follow or to deviate from, be it provisionally."""
        return self in (Status.HOLDS, Status.PROVISIONAL)


class Turn(Word):
    """How an advice turned out otherwise in a second consultation."""

    COMES = "komt_erbij"
    GOES = "gaat_weg"
    PROVISIONAL = "wordt_voorlopig"
    FIRM = "wordt_vast"
    STEP = "andere_stap"
    OTHER = "anders"


class Stage(Word):
    """What is shown to a group that judged a case, one after the other."""

    CHOICES = "keuzes"
    READINGS = "lezingen"
    ADVICE = "advies"
    DECISION = "besluit"


class Topic(Word):
    """What a question to a group is about."""

    FACTS = "feiten"
    OPEN = "open"
    WEIGHING = "weging"
    RULE = "regel"
    DECISION = "besluit"


class Sureness(Word):
    """How sure someone is of what they chose."""

    SURE = "zeker"
    FAIRLY = "redelijk_zeker"
    DOUBT = "twijfel"


class Ruling(Word):
    """What a group comes to about what the colleague did."""

    UPHOLD = "in_stand"
    CORRECT = "herstellen"
    CLARIFY = "verduidelijken"
    CHANGE = "regel_veranderen"
