"""Everything that is kept about one case, for the client to see (AVG article 15)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine import VERSION
from engine.case import DISPUTED, UNKNOWN
from engine.client_rights import about_the_data, before_giving, rights
from engine.course import afterwards, discussed_in_words, said_by
from engine.decisions import (
    DECIDERS,
    ELEMENTS,
    INSTEAD,
    Access,
    CaseDiscussed,
    CaseOpened,
    CaseRead,
    CaseShared,
    Decided,
    Deviation,
    Event,
    FactsRecorded,
    JudgementGiven,
    ProtocolsChosen,
    Record,
    SharingEnded,
)
from engine.labels import STATUS, party
from engine.library import Knowledge
from engine.note import Document, NoteForm, render
from engine.note.content import Bullets, Heading, Item, Notice, Paragraph, Part, Table
from engine.prose import capital, count, moment, sentence
from engine.recorded import answer_in_words, fits
from engine.wording import date_in_words, enumerate_dutch
from engine.words import FactKind

TITLE = "Wat er over u is vastgelegd"
FORM = 1
"""The version of the form of ``gegevens.json``."""

_ABOUT = (
    "In dit overzicht staat alles wat in Leidraad over uw situatie is vastgelegd, in de volgorde "
    "waarin dat gebeurde. U heeft recht op inzage (artikel 15 van de AVG, de privacywet). In het "
    "bestand gegevens.json staat hetzelfde voor een computer, met ook de versies van de regels "
    "waarmee is gerekend.",
    "'Besluit' betekent hier: wat een medewerker deed met een advies. Een besluit waartegen u "
    "bezwaar kunt maken, krijgt u apart, op papier.",
    "Bespraken collega's uw situatie in een groep (intervisie)? Dan staat hier wat de groep vond. "
    "Wat ieder in dat gesprek zei, staat in het verslag van de bijeenkomst. Dat krijgt u erbij.",
)
_OUTCOME = {
    "volgen": "advies gevolgd",
    "afwijken": "van advies afgeweken",
    "overslaan": "advies overgeslagen",
}


def disclose(
    record: Record | Access, knowledge: Knowledge, case_id: str, made_at: datetime
) -> bytes:
    """Make a ZIP file with everything about one case: to read, and for a machine.

    Args:
        record: where the case is; for a user the record as they may use it.
        knowledge: where facts, actions and grounds have their names.
        case_id: the pseudonym of the case.
        made_at: the moment of making, with a time zone.

    Raises:
        RecordError: there is no such case, it was erased, or this user may not.
    """
    history, names = record.disclosed(case_id), record.names()
    document = overview(history, knowledge, names, made_at)
    # No PDF: the organisation has to fill in and check the text before the client gets it.
    files = {
        "overzicht.docx": render(NoteForm.WORD, document),
        "gegevens.json": json.dumps(as_json(history), ensure_ascii=False, indent=2).encode(),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, made_at.timetuple()[:6]), content)
    return packed.getvalue()


def as_json(history: Sequence[Event]) -> dict[str, Any]:
    """Return everything that happened in a case as plain data."""
    return {
        "vorm": FORM,
        "leidraad": VERSION,
        "casus": history[0].case_id,
        "gebeurtenissen": [
            {
                "id": str(event.id),
                "nummer": event.seq,
                "moment": event.at.isoformat(),
                "door": event.actor,
                "soort": event.kind,
                # Whether someone was quick is counted for a whole team only.
                "inhoud": event.body.model_dump(mode="json", exclude={"at_once"}),
            }
            for event in history
        ],
    }


def overview(
    history: Sequence[Event], knowledge: Knowledge, names: Mapping[str, str], made_at: datetime
) -> Document:
    """Write everything that happened in a case, for the client to read."""
    parts = (
        before_giving(),
        *(Paragraph(text) for text in _ABOUT),
        *_frame(history, knowledge),
        *about_the_data(history, knowledge),
        *rights(),
        *_events(history, knowledge, names),
        *_readers(history),
    )
    return Document(TITLE, f"kenmerk {history[0].case_id}", "nl-NL", made_at, parts)


def _frame(history: Sequence[Event], knowledge: Knowledge) -> Iterator[Part]:
    opened = history[0].body
    if not isinstance(opened, CaseOpened):
        return
    if opened.example:
        yield Notice("Deze cliënt bestaat niet.", "Fictief voorbeeld")
    authority = knowledge.authorities.get(opened.authority)
    yield Table(
        ("Onderwerp", "Gegevens"),
        (
            ("Titel", opened.title),
            ("Verhaal", opened.story or "geen"),
            ("Instantie", capital(authority.label) if authority else opened.authority),
            ("Peildatum", date_in_words(opened.reference_date)),
            ("Vastgelegd", count(len(history), "gebeurtenis", "gebeurtenissen")),
        ),
    )


def _events(
    history: Sequence[Event], knowledge: Knowledge, names: Mapping[str, str]
) -> Iterator[Part]:
    yield Heading("Alles wat is vastgelegd")
    for event in history:
        if isinstance(event.body, CaseRead):
            continue
        what, details = _said(event, history, knowledge, names)
        details += [
            f"Naar '{one.said}' is gevraagd. De reden om het te laten staan: {one.reason}"
            for one in getattr(event.body, "confirmed", ())
        ]
        yield Heading(f"{capital(what)}, {moment(event.at)}", 2)
        yield Paragraph(sentence(names.get(event.actor, event.actor)), "Vastgelegd door:")
        if details:
            yield Bullets(tuple(Item(detail) for detail in details))


def _readers(history: Sequence[Event]) -> Iterator[Part]:
    """Say who else looked, by role: a client need not know the name of everyone who works there."""
    yield Heading("Wie uw gegevens nog meer heeft bekeken")
    readers = [
        f"{enumerate_dutch(event.body.roles, 'en')}, {moment(event.at)}"
        for event in history
        if isinstance(event.body, CaseRead)
    ]
    if readers:
        yield Paragraph(
            "Dit zijn mensen die niet met uw situatie werken en met wie zij niet is gedeeld. Hun "
            "rol staat erbij. Wilt u weten wie het was? Vraag het de organisatie."
        )
        yield Bullets(tuple(Item(capital(one)) for one in readers))
    else:
        yield Paragraph("Niemand anders dan wie met uw situatie werkt of met wie die is gedeeld.")
    yield Paragraph(
        "Leidraad schrijft op wie de casus in het programma opent. Wie de computers beheert, kan "
        "erbij zonder dat het hier staat."
    )


def _said(
    event: Event, history: Sequence[Event], knowledge: Knowledge, names: Mapping[str, str]
) -> tuple[str, list[str]]:
    """Say what happened in a few words, and its details as sentences."""
    match event.body:
        case CaseOpened() as opened:
            titles = [knowledge.protocol_titles.get(name, name) for name in opened.protocols]
            about = f"Het gaat over: {enumerate_dutch(titles, 'en')}."
            return "casus geopend", [about, *_answers(opened.facts, knowledge)]
        case FactsRecorded() as recorded:
            source = said_by(recorded.said)
            return (
                "antwoorden vastgelegd",
                [*_answers(recorded.facts, knowledge), *([sentence(source)] if source else [])],
            )
        case ProtocolsChosen() as chosen:
            titles = [knowledge.protocol_titles.get(name, name) for name in chosen.protocols]
            about = f"Het gaat vanaf nu over: {enumerate_dutch(titles, 'en')}."
            return "onderwerpen gekozen", [about]
        case Decided() as decided:
            return _OUTCOME[decided.decision.outcome], _decision(decided, knowledge)
        case JudgementGiven() as given:
            chosen_steps = [
                knowledge.actions[name].title if name in knowledge.actions else name
                for name in given.actions
            ]
            said = [*chosen_steps, *filter(None, (given.other, given.why))]
            return "eigen oordeel van de professional", [sentence(one) for one in said]
        case CaseShared() as shared:
            return "gedeeld", [sentence(f"met {names.get(shared.name, shared.name)}")]
        case SharingEnded() as ended:
            return "niet meer gedeeld", [sentence(f"met {names.get(ended.name, ended.name)}")]
        case CaseRead():
            return "bekeken", []
        case CaseDiscussed() as discussed:
            parts = discussed_in_words(event, discussed, knowledge)
            return "besproken in intervisie", [f"{name}: {text}" for name, text in parts]
        case later:
            what, _, rest = afterwards(later, history).partition(": ")
            return what, [rest] if rest else []


def _answers(facts: Mapping[str, Any], knowledge: Knowledge) -> list[str]:
    return [sentence(_answer(name, raw, knowledge)) for name, raw in facts.items()]


def _answer(name: str, raw: Any, knowledge: Knowledge) -> str:
    """Say one answer that was recorded; none is left out, also when its question is gone by now."""
    fact = knowledge.facts.get(name)
    if fact is None and isinstance(raw, Mapping):
        said = [f"{party(who)} zegt {one}" for who, one in raw.get(DISPUTED, {}).items()]
        return f"{name}: betwist ({enumerate_dutch(said, 'en')})"
    if raw is not None and raw not in (UNKNOWN, DISPUTED) and not isinstance(raw, Mapping):
        if fact is None:
            return f"{name}: {raw}"
        if fact.kind is FactKind.TEXT or not fits(name, raw, knowledge):
            return f"{fact.label}: {raw}"
    return answer_in_words(name, raw, knowledge)


def _decision(decided: Decided, knowledge: Knowledge) -> list[str]:
    decision = decided.decision
    advised = decision.advised
    said = [
        f"Het advies: {advised.title}. Toen: {STATUS[advised.status].lower()}.",
        f"Dag van het besluit: {date_in_words(decision.decided_on)}.",
    ]
    if isinstance(decision, Deviation):
        ground = knowledge.grounds.get(decision.ground)
        said += [
            f"Soort afwijking: {decision.kind.label}.",
            f"Grond: {ground.label if ground else decision.ground}.",
            *(f"{ELEMENTS[name].label}: {text}" for name, text in decision.elements.items()),
            f"{INSTEAD} {decision.instead}",
            f"Besloten door: {DECIDERS[decision.decided_by]}.",
            f"Opnieuw bekijken op: {date_in_words(decision.review_on)}.",
            *(f"Het protocol had dit niet geadviseerd als {way.said}." for way in decided.needed),
        ]
    return said
