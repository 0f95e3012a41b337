"""The knowledge as data: what each YAML file may hold, and everything read together.

The models name their attributes in English and read and write the Dutch keys of the files
(``docs/begrippen.md`` maps the two). They are strict: no unknown key, no silent conversion.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from engine.words import (
    AuthorityKind,
    Burden,
    Certainty,
    Changeable,
    Decider,
    DecisionKind,
    Direction,
    Element,
    FactKind,
    Norm,
    NotionKind,
    Respondent,
    Sensitivity,
    SourceKind,
    Strength,
)

_SNAKE = r"^[a-z][a-z0-9_]*$"
_KEBAB = r"^[a-z][a-z0-9-]*$"
_RULE = r"^[a-z0-9-]+\.[a-z0-9-]+$"
_REFERENCE = r"^[a-z][a-z0-9-]*#\S.*$"
_STATEMENT = r"^[A-Z]{3}-\d\d$"
_SPAN = r"^\d{1,3} (dagen|weken|maanden)$"

FORMS = {
    _SNAKE: "kleine letters, cijfers en liggende streepjes, zoals 'duur_opleiding'",
    _KEBAB: "kleine letters, cijfers en streepjes, zoals 'eerste-gesprek'",
    _RULE: "het protocol, een punt en een naam, zoals 'scholing.eerst-horen'",
    _REFERENCE: "de bron, een # en de plaats daarin, zoals 'awb#4:84'",
    _STATEMENT: "drie hoofdletters, een streepje en twee cijfers, zoals 'SAN-18'",
    _SPAN: "een aantal dagen, weken of maanden, zoals '3 maanden'",
}
"""What each pattern asks for, in words for a user."""

Name = Annotated[str, StringConstraints(pattern=_SNAKE, max_length=60)]
RuleId = Annotated[str, StringConstraints(pattern=_RULE, max_length=80)]
ProtocolId = Annotated[str, StringConstraints(pattern=_KEBAB, max_length=40)]
CaseId = Annotated[str, StringConstraints(pattern=_KEBAB, max_length=60)]
SourceId = Annotated[str, StringConstraints(pattern=_KEBAB, max_length=60)]
SourceRef = Annotated[str, StringConstraints(pattern=_REFERENCE, max_length=160)]
StatementId = Annotated[str, StringConstraints(pattern=_STATEMENT)]
TITLE_LENGTH = 200
"""Characters that a title may have, in a file and in the record alike."""

Title = Annotated[
    str, StringConstraints(min_length=1, max_length=TITLE_LENGTH, strip_whitespace=True)
]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Number = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]


def _yes_no(value: object) -> object:
    """Read the Dutch words for a boolean; anything else is left for pydantic to refuse."""
    return {"ja": True, "nee": False}.get(value, value) if isinstance(value, str) else value


def _none_word(value: object) -> object:
    """Read 'geen' as the absence of a limit."""
    return None if value == "geen" else value


YesNo = Annotated[
    bool, BeforeValidator(_yes_no), WithJsonSchema({"type": "string", "enum": ["ja", "nee"]})
]
Limit = Annotated[
    Number | None,
    BeforeValidator(_none_word),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"const": "geen"}]}),
]
InLetter = Annotated[
    YesNo,
    Field(
        alias="in_brief",
        description="Nee als dit nooit in een brief aan de cliënt mag staan, zoals iets over een "
        "collega, een ander of hoe u zelf werkt.",
    ),
]
"""Whether a letter to the client may speak of something."""

Statements = Annotated[
    tuple[StatementId, ...],
    Field(alias="stellingen", description="Nummers uit het domeindossier."),
]
"""The numbered statements of the domain dossier that an item encodes, to account for them."""

AUTHORITY = "instantie"
"""The one built-in fact: the kind of authority, set by the case and never asked."""

CONDITION_SCHEMA = {"description": "Een voorwaarde."}
"""Stands for a condition in the schema of a model; ``engine.schema`` fills in what it may be."""

RawCondition = Annotated[Any, WithJsonSchema(CONDITION_SCHEMA)]


class Model(BaseModel):
    """What all parts of a file share: strict, immutable, Dutch keys."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


class Option(Model):
    """One answer to a multiple-choice question."""

    id: Name
    label: Text = Field(alias="naam", description="Zoals in een zin, bijvoorbeeld 'de WW'.")
    button: Text | None = Field(
        default=None, alias="knop", description="Kort, voor op de knop; anders de naam."
    )
    label_you: Text | None = Field(
        default=None, alias="naam_u", description="De naam in een brief aan de cliënt."
    )
    no_letter: YesNo = Field(
        default=False,
        alias="geen_brief",
        description="Ja als de cliënt bij dit antwoord geen brief krijgt, zoals na een overlijden.",
    )


class Unit(Model):
    """The unit of a number, in singular and plural."""

    one: Text = Field(alias="een", description="Enkelvoud, bijvoorbeeld 'maand'.")
    many: Text = Field(alias="meer", description="Meervoud, bijvoorbeeld 'maanden'.")


class Comparatives(Model):
    """The words for more and less, such as "langer" and "korter"."""

    more: Text = Field(default="meer", alias="meer")
    less: Text = Field(default="minder", alias="minder")


class Phrased(Model):
    """What facts and notions share: a name, a type and the sentences they are spoken in."""

    id: Name
    label: Text = Field(alias="naam", description="Naamgroep, bijvoorbeeld 'de duur van ...'.")
    sentence: Text = Field(
        alias="zin",
        description="Hele zin. Ja/nee: de zin die waar is bij 'ja'. Anders met {} op de plek "
        "van het antwoord, bijvoorbeeld 'de opleiding duurt {}'.",
    )
    sentence_not: Text | None = Field(
        default=None,
        alias="zin_niet",
        description="De ontkenning van 'zin'. Verplicht bij ja_nee en keuze.",
    )
    sentence_you: Text | None = Field(
        default=None, alias="zin_u", description="De zin in een brief aan de cliënt: met 'u'."
    )
    sentence_not_you: Text | None = Field(
        default=None, alias="zin_niet_u", description="De ontkenning in een brief: met 'u'."
    )
    in_letter: InLetter = True
    options: tuple[Option, ...] = Field(default=(), alias="opties")


class Fact(Phrased):
    """A question about the client's situation, and how its answer may be used."""

    kind: FactKind = Field(alias="soort")
    question: Text = Field(alias="vraag", description="De vraag zoals u hem stelt.")
    question_you: Text | None = Field(
        default=None,
        alias="vraag_u",
        description="De vraag in een brief aan de cliënt, als de cliënt het antwoord kan geven.",
    )
    explanation: Text | None = Field(default=None, alias="toelichting")
    unit: Unit | None = Field(default=None, alias="eenheid")
    comparatives: Comparatives = Field(default=Comparatives(), alias="vergelijking")
    minimum: Number = 0
    maximum: Number = 1_000_000
    respondents: tuple[Respondent, ...] = Field(
        alias="wie", min_length=1, description="Wie dit kan beantwoorden."
    )
    reason: Text = Field(alias="waarom", description="Waarom u dit mag en moet vragen.")
    sensitivity: Sensitivity = Field(default=Sensitivity.ORDINARY, alias="gevoeligheid")
    burden: Burden = Field(default=Burden.LIGHT, alias="belasting")
    changeable: Changeable = Field(
        default=Changeable.NO,
        alias="veranderlijk",
        description="Of het antwoord later anders kan worden, door tijd of door wat iemand doet. "
        "Wat al is gebeurd niet; wat nog gedaan kan worden alleen_naar_ja.",
    )
    intention: YesNo = Field(
        default=False,
        alias="voornemen",
        description="Of het antwoord zegt wat de professional van plan is. Een groep die de casus "
        "blind beoordeelt, ziet het dan niet.",
    )

    def can_become_another(self, now: object) -> bool:
        """Whether the answer of now can still become another."""
        if self.changeable is Changeable.ONLY_TO_YES:
            return now == "nee"
        return self.changeable is Changeable.YES

    statements: Statements = ()


class NotionRow(Model):
    """One row of a decision table: when, and which value then."""

    when: RawCondition = Field(alias="als")
    value: Name = Field(alias="waarde")


class Notion(Phrased):
    """A notion derived from facts and other notions; never asked, always explained.

    A yes/no notion has a condition; a notion with several values has a decision table of which
    exactly one row may be true (hit policy: unique), with ``otherwise`` for what no row covers.
    """

    kind: NotionKind = Field(default=NotionKind.YES_NO, alias="soort")
    when: RawCondition | None = Field(default=None, alias="als")
    table: tuple[NotionRow, ...] = Field(default=(), alias="tabel")
    otherwise: Name | None = Field(default=None, alias="anders")
    because: Text = Field(alias="omdat")
    sources: tuple[SourceRef, ...] = Field(alias="bronnen", min_length=1)
    certainty: Certainty = Field(alias="zekerheid")
    statements: Statements = ()


class ParameterValue(Model):
    """The value of a threshold from a date on, for one kind of authority or for all."""

    since: date = Field(alias="vanaf")
    until: date | None = Field(default=None, alias="tot_en_met")
    applies_to: AuthorityKind | None = Field(
        default=None, alias="voor", description="Weglaten: de landelijke waarde voor iedereen."
    )
    value: Limit = Field(
        alias="waarde", description="Een heel getal, of 'geen' als er geen grens is."
    )
    sources: tuple[SourceRef, ...] = Field(alias="bronnen", min_length=1)
    certainty: Certainty = Field(alias="zekerheid")
    explanation: Text | None = Field(default=None, alias="toelichting")
    statements: Statements = ()


class Parameter(Model):
    """A threshold with a name; its values are dated and may differ per authority."""

    id: Name
    label: Text = Field(alias="naam")
    unit: Unit = Field(alias="eenheid")
    values: tuple[ParameterValue, ...] = Field(alias="waarden", min_length=1)


class Override(Model):
    """Own values of one authority for one parameter."""

    parameter: Name
    values: tuple[ParameterValue, ...] = Field(alias="waarden", min_length=1)


class Source(Model):
    """Where a rule comes from: a law, a policy text, a ruling or a report."""

    id: SourceId
    title: Text = Field(alias="titel")
    kind: SourceKind = Field(alias="soort")
    version_read: Text = Field(alias="gelezen_versie", description="Welke tekst is gelezen.")
    locator: Text | None = Field(default=None, alias="vindplaats")


class Action(Model):
    """One thing a professional can do, with one meaning across all protocols."""

    id: Name
    title: Text = Field(alias="titel", description="Doen, bijvoorbeeld 'Zet de scholing in'.")
    title_not: Text = Field(alias="titel_niet", description="Niet doen, als hele zin.")
    title_you: Text | None = Field(
        default=None, alias="titel_u", description="In een brief: 'Wij vragen u ...'."
    )
    title_not_you: Text | None = Field(
        default=None, alias="titel_niet_u", description="In een brief: wat wij nu niet doen."
    )
    explanation: Text | None = Field(default=None, alias="toelichting")
    legal_effect: YesNo = Field(
        default=False, alias="rechtsgevolg", description="Ja als dit een besluit is."
    )
    decision_kind: DecisionKind | None = Field(
        default=None,
        alias="soort_besluit",
        description="Bij een besluit: wat het voor de cliënt betekent.",
    )
    in_letter: InLetter = True
    urgency: Annotated[int, Field(ge=1, le=5)] = Field(
        default=3, alias="volgorde", description="1 = eerst te doen, 5 = kan wachten."
    )
    leads_to: ProtocolId | None = Field(
        default=None,
        alias="protocol",
        description="Het protocol dat deze stap uitwerkt; de gebruiker kan het erbij nemen.",
    )
    consults: tuple[Respondent, ...] = Field(
        default=(),
        alias="raadpleegt",
        description="Wie door deze stap een vraag beantwoordt die u zelf niet kunt beantwoorden.",
    )
    statements: Statements = ()


class Ground(Model):
    """A ground on which a rule can admit a deviation."""

    id: Name
    label: Text = Field(alias="naam")
    explanation: Text = Field(alias="toelichting")


class Advice(Model):
    """What a rule advises: an action, to do or not to do."""

    action: Name = Field(alias="handeling")
    direction: Direction = Field(alias="richting")


class DeviationContract(Model):
    """What someone who deviates from this rule has to account for."""

    grounds: tuple[Name, ...] = Field(alias="gronden", min_length=1)
    required: tuple[Element, ...] = Field(
        default=(), alias="vereist", description="Boven op wat de soort norm al vraagt."
    )
    decider: Decider = Field(alias="beslist")
    review_after: Annotated[str, StringConstraints(pattern=_SPAN)] = Field(
        alias="herzien_na", description="Bijvoorbeeld '3 maanden'."
    )


class Rule(Model):
    """One rule of a protocol: when, what, why, on what ground, and how to deviate."""

    id: RuleId
    title: Text = Field(alias="titel")
    when: RawCondition = Field(alias="als")
    advice: Advice = Field(alias="dan")
    exception_to: tuple[RuleId, ...] = Field(default=(), alias="uitzondering_op")
    norm: Norm
    because: Text = Field(alias="omdat")
    sources: tuple[SourceRef, ...] = Field(alias="bronnen", min_length=1)
    strength: Strength = Field(alias="onderbouwing")
    certainty: Certainty = Field(alias="zekerheid")
    doubt: Text | None = Field(
        default=None,
        alias="twijfel",
        description="Wat er niet zeker is; verplicht als 'zekerheid' niet 'gelezen' is.",
    )
    deviation: DeviationContract | None = Field(
        default=None,
        alias="afwijken",
        description="Verplicht, behalve bij een overweging: die mag u overslaan.",
    )
    statements: Statements = ()


class Protocol(Model):
    """One dated version of a protocol; never edited after its release."""

    id: ProtocolId = Field(alias="protocol")
    title: Text = Field(alias="titel")
    valid_from: date = Field(alias="geldig_vanaf")
    valid_until: date | None = Field(default=None, alias="geldig_tot_en_met")
    place: Annotated[int, Field(ge=1, le=99)] = Field(
        default=99, alias="plek", description="Plek in de lijst met protocollen."
    )
    explanation: Text = Field(alias="toelichting")
    changes: tuple[Text, ...] = Field(
        default=(),
        alias="wijziging",
        description="Wat er anders is dan in de vorige versie, waarom, en voor wie.",
    )
    rules: tuple[Rule, ...] = Field(alias="regels", min_length=1)
