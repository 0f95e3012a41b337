"""The version for the client: what we do and why, in short sentences to the person who reads it.

It holds no step that wasn't decided on: an advice is the professional's to weigh. Where the record
lacks words for the client, it says that they have yet to be filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.consult import Advice
from engine.decisions import Deviation, Skip, StoredDecision
from engine.knowledge import Phrased
from engine.library import Knowledge
from engine.note.content import Bullets, Document, Heading, Item, Notice, Paragraph, Part
from engine.note.material import Material
from engine.note.reasoning import blank
from engine.prose import LOCAL, sentence, small
from engine.reasons import Reason, reasons_of
from engine.wording import date_in_words, enumerate_dutch
from engine.words import AuthorityKind, DecisionKind, Direction, Respondent, Status

TITLE = "Overzicht voor u"
NO_LETTER = (
    "Het dossier zegt dat de cliënt geen brief mag krijgen, bijvoorbeeld omdat er een overlijden "
    "is gemeld. Daarom staat hier verder niets. Klopt dat niet? Verbeter dan eerst het dossier."
)
MOST_OPEN = 5
"""How many open questions the client reads about; more would be a form."""

_WHO = {
    Respondent.CLIENT: "van u zelf",
    Respondent.PROFESSIONAL: "van ons",
    Respondent.EMPLOYER: "van uw werkgever",
    Respondent.DOCTOR: "van een arts",
    Respondent.LABOUR_EXPERT: "van een arbeidsdeskundige (iemand die kijkt welk werk bij u past)",
}


def client_note(material: Material) -> Document:
    """Write the version for the client, marked as a draft for the professional to read first."""
    day = date_in_words(material.made_at.astimezone(LOCAL).date())
    return Document(
        TITLE,
        f"Kenmerk {material.stored.case.id}, {day}",
        "nl-NL",
        material.made_at,
        tuple(_parts(material)),
    )


def _parts(material: Material) -> Iterator[Part]:
    yield Notice("Concept. Lees dit na voordat u het geeft.", "Voor de professional")
    if material.stored.example:
        yield Notice("Deze cliënt bestaat niet.", "Fictief voorbeeld")
    if any(_is_no_letter(name, material) for name in material.knowledge.facts):
        yield Notice(NO_LETTER, "Geen brief")
        return
    yield from _steps(material)
    yield from _unknown(material)
    yield from _reviews(material)
    yield from _disagree(material)
    yield from _origin(material)


def _is_no_letter(name: str, material: Material) -> bool:
    """Whether an answer, or what one party says it is, means that no letter may go out."""
    case = material.consultation.case
    said = {case.known.get(name), *case.disputed.get(name, {}).values()}
    return any(one.no_letter and one.id in said for one in material.knowledge.facts[name].options)


def _decided(material: Material) -> list[StoredDecision]:
    """Return the decisions a letter speaks of: none that was left aside or is internal work."""
    found = [kept for kept in material.latest().values() if not isinstance(kept.decision, Skip)]
    actions = [(kept, material.action(kept.decision)) for kept in found]
    return [kept for kept, action in actions if action is None or action.in_letter]


def _steps(material: Material) -> Iterator[Part]:
    """Write what was decided, each step with its reasons."""
    yield Heading("Wat wij doen")
    decided = _decided(material)
    if not decided:
        chosen = any(not isinstance(one.decision, Skip) for one in material.latest().values())
        yield Paragraph(
            "Er is nog geen stap om u te melden." if chosen else "Er is nog geen stap gekozen."
        )
    for together in _by_step(decided):
        yield from _step(together, material)
    waiting = material.having(Status.HOLDS, Status.PROVISIONAL)
    latest = material.latest()
    if decided and any(advice.rule.id not in latest for advice in waiting):
        yield Paragraph("Over andere stappen is nog niets besloten.")


def _by_step(decided: Sequence[StoredDecision]) -> list[list[StoredDecision]]:
    """Put decisions together that take one step on one day; it is said once, with all reasons."""
    found: dict[object, list[StoredDecision]] = {}
    for kept in decided:
        one = kept.decision
        step = (one.advised.action, one.advised.direction, one.decided_on)
        own = one.advised.rule if isinstance(one, Deviation) else ""
        found.setdefault((step, own), []).append(kept)
    return list(found.values())


def _step(together: Sequence[StoredDecision], material: Material) -> Iterator[Part]:
    kept = together[0]
    decision = kept.decision
    day = date_in_words(decision.decided_on)
    if isinstance(decision, Deviation):
        yield from _other_way(decision, kept, material)
    else:
        step, more = _title(kept, material)
        yield Heading(step, 2)
        if more:
            yield Paragraph(more)
        if _is_refusal(kept, material):
            yield Paragraph("Hebt u hierom gevraagd? Dan krijgt u een brief met een besluit.")
        yield Paragraph(f"{day}.", "Besloten op:")
        advices = [material.advice(one.decision.advised.rule) for one in together]
        told = [text for advice in advices if advice for text in _why(advice, material)]
        if said := tuple(dict.fromkeys(told)):
            yield Paragraph("Waarom:")
            yield Bullets(tuple(Item(text) for text in said))
        else:
            yield Paragraph(blank("waarom wij dit doen, in gewone woorden"))
    if any(material.changes(one) for one in together):
        yield Paragraph("Er is sindsdien iets veranderd. Wij kijken hier opnieuw naar.")


def _other_way(decision: Deviation, kept: StoredDecision, material: Material) -> Iterator[Part]:
    """Write that another way was chosen; what is done was typed for the file, not for a letter."""
    # Not what goes with it, such as a letter to come: this step isn't the one that is taken.
    asked, _ = _title(kept, material)
    usual = "De regels vragen meestal:" if decision.advised.norm.is_rule else "Meestal doen wij:"
    yield Heading("Wij kiezen hier iets anders dan gewoonlijk", 2)
    yield Paragraph(sentence(asked), usual)
    yield Paragraph(
        blank(
            "wat wij nu doen, in woorden voor deze cliënt; in het dossier staat: "
            f"{decision.instead.rstrip('.')}"
        ),
        "Nu doen wij:",
    )
    yield Paragraph(f"{date_in_words(decision.decided_on)}.", "Besloten op:")
    yield Paragraph(blank("waarom wij dit kiezen, in gewone woorden"))


def _is_refusal(kept: StoredDecision, material: Material) -> bool:
    """Whether not taking the step would be a refusal in law, if the client asked for it."""
    action = material.action(kept.decision)
    return (
        action is not None
        and action.decision_kind in (DecisionKind.FAVOURABLE, DecisionKind.EITHER)
        and kept.decision.advised.direction is Direction.DO_NOT
    )


def _title(kept: StoredDecision, material: Material) -> tuple[str, str]:
    """Say a step to the client, and apart from it what goes with it, such as a decision to come.

    A neutral sentence stands in where the knowledge has none for a letter.
    """
    action, advised = material.action(kept.decision), kept.decision.advised
    said = None
    if action is not None:
        said = action.title_you if advised.direction is Direction.DO else action.title_not_you
    step, _, more = (said or f"Deze stap: {small(material.step(kept.decision))}").partition(". ")
    return step.removesuffix("."), more


def _why(advice: Advice, material: Material) -> tuple[str, ...]:
    """Say the facts that decided to the client, each once."""
    knowledge = material.knowledge
    spoken = replace(knowledge, lexicon=knowledge.client_lexicon)
    reasons = reasons_of(advice, material.consultation, spoken)
    return tuple(dict.fromkeys(sentence(text) for text in _plain(reasons, knowledge)))


def _plain(reasons: Sequence[Reason], knowledge: Knowledge) -> Iterator[str]:
    """Yield what can be said to the client; a notion without such a sentence by its facts.

    What must stay out of letters is left out; a notion that rests on it has words of its own.
    """
    for reason in reasons:
        if not _may_be_said(reason.name, knowledge):
            continue
        if reason.because and not _is_spoken(reason.name, knowledge):
            yield from _plain(reason.because, knowledge)
        else:
            yield reason.text


def _phrased(name: str, knowledge: Knowledge) -> Phrased | None:
    notion = knowledge.notions.get(name)
    return notion.notion if notion else knowledge.facts.get(name)


def _is_spoken(name: str, knowledge: Knowledge) -> bool:
    phrased = _phrased(name, knowledge)
    return phrased is not None and phrased.sentence_you is not None


def _may_be_said(name: str, knowledge: Knowledge) -> bool:
    phrased = _phrased(name, knowledge)
    return phrased is None or phrased.in_letter


def _unknown(material: Material) -> Iterator[Part]:
    """Ask what the client can answer, as a question to the client; the rest isn't the client's."""
    yield Heading("Wat wij u willen vragen")
    open_ones = material.consultation.questions
    asked = [one.fact.question_you for one in open_ones if not one.disputed]
    asked_you = [question for question in asked if question is not None]
    if not asked_you:
        yield Paragraph("Wij hebben nu geen vragen aan u.")
        return
    yield Paragraph(
        "Dit willen wij graag van u horen. Uw antwoord kan ons plan nog veranderen. Weet u iets "
        "niet? Zeg dat gerust."
    )
    yield Bullets(tuple(Item(question) for question in asked_you[:MOST_OPEN]))
    if len(asked_you) > MOST_OPEN:
        yield Paragraph("Er zijn nog meer vragen. Die komen later.")


def _reviews(material: Material) -> Iterator[Part]:
    yield Heading("Wanneer wij opnieuw kijken")
    days = sorted(
        {
            kept.decision.review_on
            for kept in _decided(material)
            if isinstance(kept.decision, Deviation)
        }
    )
    if days:
        said = enumerate_dutch([date_in_words(day) for day in days], "en")
        yield Paragraph(f"Wij kijken hier opnieuw naar op {said}. Of eerder, als dat nodig is.")
    else:
        yield Paragraph("Er is nog geen dag afgesproken.")


def _disagree(material: Material) -> Iterator[Part]:
    yield Heading("Bent u het hier niet mee eens?")
    yield Paragraph("Zeg het ons. Vertel wat er volgens u niet klopt. Wij schrijven dat op.")
    actions = [material.action(kept.decision) for kept in _decided(material)]
    if any(action and action.legal_effect for action in actions):
        authority = material.consultation.program.authority
        where = "UWV" if authority.kind is AuthorityKind.UWV else f"de {small(authority.label)}"
        yield Paragraph(
            "Dit overzicht is geen besluit. Een besluit krijgt u op papier. Bent u het daar niet "
            f"mee eens? Dan kunt u bezwaar maken bij {where}. Dat moet meestal binnen zes weken. "
            "In het besluit staat hoe dat gaat."
        )


def _origin(material: Material) -> Iterator[Part]:
    """Say who the answers can be from; the record doesn't hold who gave each of them."""
    yield Heading("Waar deze gegevens vandaan komen")
    known = [material.knowledge.facts[name] for name in material.consultation.case.known]
    who = [_WHO[one] for one in _WHO if any(one in fact.respondents for fact in known)]
    if not who:
        yield Paragraph("Er staan nog geen antwoorden in uw dossier.")
        return
    yield Paragraph(
        "Wij gebruiken de antwoorden uit uw dossier. Die kunnen komen "
        f"{enumerate_dutch(who, 'of')}. Klopt er iets niet? Zeg het ons. Dan kijken wij het na. U "
        "mag ook vragen om te zien wat er over u in het dossier staat."
    )
