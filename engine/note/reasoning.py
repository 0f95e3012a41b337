"""A draft of the reasons for a decision with legal effect, with all that the law asks.

The order is duty, facts, view of the client, weighing, article, and what the client can do; the law
asks for these parts and prescribes no order. What the record doesn't hold isn't made up: there
stands that it has yet to be filled in. What is asked depends on what the decision means to the
client (``situations``).

Sources, with how they are known (``docs/verantwoording/``): Awb 3:2, 3:4, 3:8, 3:9, 3:46, 3:47,
3:45, 4:7, 4:8, 4:11, 4:12 and 4:82 were read; the three questions of the weighing (ABRvS 2 February
2022, ECLI:NL:RVS:2022:285) are known second-hand; the rules on objection (Awb 6:4 and 6:7) are from
memory, and the draft says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine import labels
from engine.decisions import ELEMENTS, Deviation, Skip, StoredDecision
from engine.library import Knowledge
from engine.note.answers import said_by_party
from engine.note.content import Bullets, Heading, Item, Notice, Paragraph, Part
from engine.note.material import Material
from engine.note.situations import ABOUT, HEARING, OPENING, VIEW, WEIGHING, Situation, situation_of
from engine.prose import capital, sentence, small
from engine.reasons import Reason, reasons_of, sources_in_words, thresholds_of
from engine.words import AuthorityKind, Element, Respondent, SourceKind

_WEIGHED = (
    Element.CIRCUMSTANCE,
    Element.EFFECT,
    Element.AIM,
    Element.BALANCE,
    Element.EXIT,
    Element.HARDSHIP,
    Element.WEIGHING,
    Element.EVIDENCE,
)
"""The parts of a justification that belong to the weighing, in the order to read them."""


def drafts(material: Material) -> Iterator[Part]:
    """Write a draft of the reasons for each decision that is one in law; nothing if there is none.

    Only the last decision on each rule counts.
    """
    for kept in material.latest().values():
        action = material.action(kept.decision)
        if action and action.legal_effect and not isinstance(kept.decision, Skip):
            yield from _draft(kept, material)


def blank(what: str) -> str:
    """Say that something has yet to be filled in, because the record doesn't hold it."""
    return f"[nog in te vullen: {what}]"


def _draft(kept: StoredDecision, material: Material) -> Iterator[Part]:
    step, situation = small(material.step(kept.decision)), situation_of(kept, material)
    is_deviation = isinstance(kept.decision, Deviation)
    yield Heading(
        f"CONCEPT van de motivering: {f'afgeweken van: {step}' if is_deviation else step}"
    )
    yield Notice(
        "Dit is een opzet, geen besluit. Vul in wat ontbreekt, lees alles na en laat het zo nodig "
        "zien aan een jurist. Een besluit geeft redenen die het kunnen dragen, zo mogelijk met "
        "het artikel (Awb 3:46 en 3:47). De wet noemt geen vaste volgorde; deze is gebruikelijk. "
        f"Awb: {_awb(material)}.",
        "CONCEPT",
    )
    if said := OPENING.get(situation):
        yield Paragraph(said)
    if changed := material.changes(kept):
        yield Notice(f"{changed} De feiten hieronder zijn die van nu.", "Er is iets veranderd")
    yield from _duty(kept, situation, material)
    yield from _facts(kept, material)
    yield from _view(kept, situation, material)
    yield from _weighing(kept, situation, material)
    yield from _articles(kept, material)
    yield from _objection(situation, material)


def _awb(material: Material) -> str:
    """Say which text of the Awb was read; the articles named here rest on that."""
    source = material.knowledge.sources.get("awb")
    return source.version_read if source else "niet nagegaan welke tekst is gelezen"


def _duty(kept: StoredDecision, situation: Situation, material: Material) -> Iterator[Part]:
    yield Heading("1. De plicht of de aanvraag", 2)
    if rule := material.consultation.program.rules.get(kept.decision.advised.rule):
        yield Paragraph(rule.rule.because, "Waar de regel over gaat:")
    yield Paragraph(blank(ABOUT[situation]))


def _facts(kept: StoredDecision, material: Material) -> Iterator[Part]:
    yield Heading("2. De feiten", 2)
    advice = material.advice(kept.decision.advised.rule)
    reasons: Sequence[Reason] = ()
    if advice is not None:
        reasons = reasons_of(advice, material.consultation, material.knowledge)
    said = tuple(dict.fromkeys(_leaves(reasons)))
    is_deviation = isinstance(kept.decision, Deviation)
    if said and is_deviation:
        yield Paragraph("Deze feiten gaven het advies waar u van afwijkt:")
    if said:
        yield Bullets(tuple(Item(sentence(text)) for text in said))
    if is_deviation:
        yield Paragraph(blank("de feiten waar uw eigen besluit op rust"))
    yield Paragraph(blank("wanneer dit was, en uit welk stuk of gesprek dit blijkt (Awb 3:2)"))
    yield Paragraph(
        blank(
            "rust dit op een rapport of advies: wie het gaf (Awb 3:8) en hoe u naging dat het "
            "zorgvuldig is gemaakt (Awb 3:9)"
        )
    )
    if advice is not None and advice.missing:
        facts = material.knowledge.facts
        yield Paragraph("Deze feiten stonden nog open en kunnen het advies veranderen:")
        yield Bullets(tuple(Item(f"{capital(facts[name].label)}.") for name in advice.missing))


def _leaves(reasons: Sequence[Reason]) -> Iterator[str]:
    """Yield the facts under the reasons; a notion is a conclusion, and a decision needs facts."""
    for reason in reasons:
        if reason.because:
            yield from _leaves(reason.because)
        else:
            yield reason.text


def _view(kept: StoredDecision, situation: Situation, material: Material) -> Iterator[Part]:
    yield Heading("3. Wat de cliënt ervan vindt (zienswijze)", 2)
    yield Paragraph(HEARING[situation])
    decision = kept.decision
    said = decision.elements.get(Element.CLIENT_VIEW) if isinstance(decision, Deviation) else None
    if said:
        yield Paragraph(said, f"{ELEMENTS[Element.CLIENT_VIEW].label}:")
    else:
        yield Paragraph(blank(VIEW[situation]))
    case = material.consultation.case
    disputed = [
        Item(capital(material.knowledge.lexicon[name].label), said_by_party(name, said, material))
        for name, said in case.disputed.items()
        if Respondent.CLIENT.value in said
    ]
    if disputed:
        yield Paragraph("Hierover verschilt de cliënt van mening:")
        yield Bullets(tuple(disputed))


def _weighing(kept: StoredDecision, situation: Situation, material: Material) -> Iterator[Part]:
    yield Heading("4. De afweging", 2)
    decision = kept.decision
    elements = decision.elements if isinstance(decision, Deviation) else {}
    for element in _WEIGHED:
        if element in elements:
            yield Paragraph(elements[element], f"{ELEMENTS[element].label}:")
    if isinstance(decision, Deviation):
        ground = material.knowledge.grounds.get(decision.ground)
        said = sentence(ground.label if ground else decision.ground)
        yield Paragraph(said, "Grond om af te wijken:")
    if decision.advised.norm.is_binding:
        yield Paragraph(
            "Dit advies rust op een wet of regeling. Die laat soms weinig ruimte voor een vrije "
            "afweging (Awb 3:4 lid 1). Kijk daarom eerst naar de uitwegen in die wet of regeling, "
            "en vraag het anders aan een jurist."
        )
    yield Bullets(tuple(Item(f"{lead}: {blank(what)}") for lead, what in WEIGHING[situation]))
    if situation not in (Situation.GRANTS, Situation.SPARES):
        yield Paragraph(
            "Bron: Awb 3:4 lid 2 en de Raad van State van 2 februari 2022 "
            "(ECLI:NL:RVS:2022:285; uit tweede hand). De drie vragen hoeven niet in elke zaak alle "
            "drie te worden beantwoord."
        )


def _articles(kept: StoredDecision, material: Material) -> Iterator[Part]:
    yield Heading("5. De artikelen", 2)
    advice = material.advice(kept.decision.advised.rule)
    if advice is None:
        yield Paragraph(blank("de artikelen; de regel staat niet meer in het protocol"))
        return
    rule, knowledge = advice.rule, material.knowledge
    if isinstance(kept.decision, Deviation):
        yield Paragraph("Hier staat waar het advies op rust. Uw besluit wijkt daarvan af.")
        yield Paragraph(blank("het artikel waar uw eigen besluit op rust"))
    law = [one for one in rule.sources if _is_law(one, knowledge)]
    other = [one for one in rule.sources if one not in law]
    if law:
        yield Bullets(tuple(Item(f"{capital(one)}.") for one in sources_in_words(law, knowledge)))
    if other:
        said = "; ".join(sources_in_words(other, knowledge))
        yield Paragraph(f"{said}.", "Achtergrond, geen rechtsregel:")
    if not rule.norm.is_rule:
        yield Paragraph(
            "Dit advies is een manier van werken. Verwijs in een besluit dus niet alleen naar het "
            "protocol (Awb 4:82). Geef de redenen die voor deze cliënt gelden."
        )
    for threshold in thresholds_of(advice, material.consultation, knowledge):
        yield Paragraph(f"{capital(threshold)}.", "Grens:")
    yield Paragraph(
        f"{capital(labels.CERTAINTY[rule.certainty])}. {rule.doubt or ''}".strip(), "Zekerheid:"
    )
    if not law:
        yield Paragraph(blank("het artikel dat u de bevoegdheid tot dit besluit geeft"))
    # A rule for every authority names the law of each; the draft can't tell which isn't theirs.
    yield Paragraph(
        blank(
            "de tekst van het artikel zoals die op de dag van het besluit geldt; haal weg wat niet "
            f"geldt voor {_decider_in_short(material)} of voor deze uitkering"
        )
    )


def _is_law(reference: str, knowledge: Knowledge) -> bool:
    """Whether a source can carry a decision; a report can only be background."""
    source = knowledge.sources[reference.partition("#")[0]]
    return source.kind not in (SourceKind.REPORT, SourceKind.WAY_OF_WORKING)


def _objection(situation: Situation, material: Material) -> Iterator[Part]:
    yield Heading("6. Wat de cliënt kan doen", 2)
    if situation is Situation.SPARES:
        yield Paragraph("Neemt u geen besluit, dan is er niets om bezwaar tegen te maken.")
        return
    yield Paragraph(
        f"De cliënt kan bezwaar maken bij {decider(material)}. Dat kan in de regel binnen zes "
        "weken na de dag waarop het besluit bekend is gemaakt (Awb 6:4 en 6:7). Zet in het besluit "
        "dat bezwaar kan, door wie, bij wie en tot wanneer (Awb 3:45)."
    )
    yield Paragraph(
        f"{blank('het adres voor bezwaar, en wat nog meer in uw standaardtekst staat')} De "
        "artikelen 6:4 en 6:7 zijn uit het geheugen opgeschreven; controleer ze."
    )


def _decider_in_short(material: Material) -> str:
    is_uwv = material.consultation.program.authority.kind is AuthorityKind.UWV
    return "UWV" if is_uwv else "een gemeente"


def decider(material: Material) -> str:
    """Name who decides in law, and so who hears the objection."""
    authority = material.consultation.program.authority
    if authority.kind is AuthorityKind.UWV:
        return "UWV"
    return f"het college van burgemeester en wethouders ({authority.label})"
