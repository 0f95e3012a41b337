"""The part of the note on what people judged and decided: followed, deviated, or left aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from engine.course import afterwards, discussed_in_words
from engine.decisions import (
    DECIDERS,
    ELEMENTS,
    INSTEAD,
    CaseDiscussed,
    Corrected,
    Decision,
    Deviation,
    Event,
    JudgementGiven,
    Needed,
    Reviewed,
    StoredDecision,
    waiting,
)
from engine.labels import NORM, STATUS
from engine.note.content import Bullets, Heading, Item, Notice, Paragraph, Part
from engine.note.material import Material
from engine.prose import moment, sentence
from engine.recorded import advised_step, judged_to_do
from engine.wording import date_in_words

_OUTCOME = {"volgen": "Gevolgd", "afwijken": "Afgeweken", "overslaan": "Overgeslagen"}


def judgements(material: Material) -> Iterator[Part]:
    """Write every own judgement that was given before the advice was seen, oldest first."""
    yield Heading("Eigen oordeel vooraf")
    given = [(one, one.body) for one in material.history if isinstance(one.body, JudgementGiven)]
    if not given:
        yield Paragraph("Er is vooraf geen eigen oordeel vastgelegd.")
    for event, body in given:
        yield from _judgement(event, body, material)


def _judgement(event: Event, body: JudgementGiven, material: Material) -> Iterator[Part]:
    steps = judged_to_do(body, material.knowledge)
    yield Paragraph(f"{moment(event.at)}, door {material.who(event.actor)}.", "Gegeven:")
    yield Bullets(tuple(Item(step) for step in steps))
    if body.why:
        yield Paragraph(body.why, "Waarom:")


def decisions(material: Material) -> Iterator[Part]:
    """Write every decision, oldest first."""
    yield Heading("Besluiten")
    if not material.decisions:
        yield Paragraph("Er is nog geen besluit vastgelegd.")
    for event, escalated in waiting(material.history).values():
        step = advised_step(escalated.advised, material.knowledge)
        yield Notice(
            f"{step}. {escalated.question} Antwoord nodig op {date_in_words(escalated.answer_by)}.",
            f"Voorgelegd aan {DECIDERS[escalated.to]} op {moment(event.at)}",
        )
    latest = material.latest()
    for kept in material.decisions:
        yield from _decision(kept, material, latest[kept.decision.advised.rule] is kept)


def _decision(kept: StoredDecision, material: Material, is_last: bool) -> Iterator[Part]:
    decision = kept.decision
    yield Heading(heading(decision, material), 2)
    yield Paragraph(
        f"{moment(kept.at)}, door {material.who(kept.actor)}. Dag van het besluit: "
        f"{date_in_words(decision.decided_on)}.",
        "Vastgelegd:",
    )
    advised = decision.advised
    yield Paragraph(
        f"{advised.title} ({NORM[advised.norm].lower()}, versie van "
        f"{date_in_words(advised.version)}). Toen: {STATUS[advised.status].lower()}.",
        "Het advies:",
    )
    if isinstance(decision, Deviation):
        yield from _deviation(decision, kept.needed, material)
    yield from _looks_back(kept, material)
    yield from _discussed(kept.id, material)
    if not is_last:
        yield Paragraph("Hierover is later opnieuw besloten; zie hieronder.")
    elif changed := material.changes(kept):
        yield Notice(changed, "Past niet meer bij het advies van nu")


def _deviation(decision: Deviation, needed: Sequence[Needed], material: Material) -> Iterator[Part]:
    ground = material.knowledge.grounds.get(decision.ground)
    yield Paragraph(f"{decision.kind.label}.", "Soort afwijking:")
    yield Paragraph(sentence(ground.label if ground else decision.ground), "Grond:")
    for element, said in decision.elements.items():
        yield Paragraph(said, f"{ELEMENTS[element].label}:")
    yield Paragraph(decision.instead, INSTEAD)
    yield Paragraph(
        f"{DECIDERS[decision.decided_by]} op {date_in_words(decision.decided_on)}.",
        "Besloten door:",
    )
    yield Paragraph(f"{date_in_words(decision.review_on)}.", "Opnieuw bekijken op:")
    if needed:
        yield Paragraph("Het protocol had dit niet geadviseerd als:")
        yield Bullets(tuple(Item(sentence(way.said)) for way in needed))


def _looks_back(kept: StoredDecision, material: Material) -> Iterator[Part]:
    for event in material.history:
        if isinstance(event.body, Reviewed) and event.body.decision == kept.id:
            # What it is about stands right above, so that is not said again.
            yield Paragraph(sentence(afterwards(event.body, ())))


def discussions(material: Material) -> Iterator[Part]:
    """Write what groups came to in a case without being about a decision; nothing if none did."""
    found = tuple(_discussed(None, material))
    if found:
        yield Heading("Besproken in intervisie")
        yield from found


def _discussed(decision: UUID | None, material: Material) -> Iterator[Part]:
    """Write what groups came to about a decision, or about the case where there was none."""
    for event in material.history:
        if isinstance(event.body, CaseDiscussed) and event.body.decision == decision:
            yield Paragraph(f"{moment(event.at)}.", "Besproken in intervisie:")
            for name, text in discussed_in_words(event, event.body, material.knowledge):
                yield Paragraph(text, f"{name}:")


def corrections(material: Material) -> Iterator[Part]:
    """Write what was put right afterwards, oldest first; nothing if nothing was."""
    found = [(event, event.body) for event in material.history if isinstance(event.body, Corrected)]
    if not found:
        return
    yield Heading("Verbeteringen")
    yield Paragraph("Wat was vastgelegd, blijft staan. Dit hoort u erbij te lezen.")
    yield Bullets(
        tuple(
            Item(
                f"{moment(event.at)}, door {material.who(event.actor)}: "
                f"{afterwards(body, material.history)}"
            )
            for event, body in found
        )
    )


def heading(decision: Decision, material: Material) -> str:
    """Say in a few words what was decided."""
    return f"{_OUTCOME[decision.outcome]}: {material.step(decision)}"
