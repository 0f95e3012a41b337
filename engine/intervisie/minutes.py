"""Two documents on a meeting: the hand-out for who judges the case, and the minutes afterwards.

Both say no more than what the person who makes them may see at that moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from engine.consult import Consultation, consult
from engine.course import ruling_in_words
from engine.decisions import ELEMENTS, INSTEAD, MeetingView, Seal, Voice
from engine.intervisie.differences import Compared, compare_all, spread
from engine.intervisie.words import (
    SURENESS,
    difference_in_words,
    disputed_in_words,
    knowing_in_words,
    reading_in_words,
    step_in_words,
)
from engine.labels import STATUS
from engine.library import Knowledge
from engine.note.content import (
    Bullets,
    Document,
    Heading,
    Item,
    Notice,
    Paragraph,
    Part,
    Table,
)
from engine.prose import LOCAL, capital, count, moment, sentence
from engine.reasons import step as advised_step
from engine.recorded import rule_in_words
from engine.report import in_order
from engine.wording import date_in_words, say_fact
from engine.words import Element, FactKind

_REDACTED = (
    "De casus is bewerkt, zodat de cliënt moeilijk te herkennen is. Bespreek de casus alleen met "
    "wie bij de bijeenkomst hoort. Herkent u iemand? Zeg dat dan tegen de begeleider."
)
_BLANK = "…" * 40


def handout(view: MeetingView, knowledge: Knowledge, made_at: datetime) -> Document:
    """Write the case with its questions, to judge it on paper; nothing of what is shown later.

    Args:
        view: the meeting as the one who makes it may see it.
        knowledge: where facts and actions have their words.
        made_at: the moment of making, with a time zone.
    """
    parts = (*_case(view, knowledge), *_to_fill_in(view, knowledge))
    return Document("Casus voor intervisie", view.title, "nl-NL", made_at, parts)


def minutes(
    view: MeetingView, knowledge: Knowledge, made_at: datetime, seal: Seal | None = None
) -> Document:
    """Write what the group saw, said and came to, as far as it was shown.

    Args:
        view: the meeting as the one who makes it may see it.
        knowledge: where facts, actions and rules have their words.
        made_at: the moment of making, with a time zone.
        seal: that of the record; ``None`` for an exercise, which is in no record.

    Raises:
        NotCoveredError: the knowledge of now no longer covers the case.
        BoundsError: the knowledge is more than the rule engine can carry.
    """
    compared = compare_all(view, knowledge)
    parts = (
        *_case(view, knowledge),
        *_choices(view, knowledge),
        *_readings(view, knowledge),
        *_advice(view, knowledge),
        *_decision(view, knowledge),
        *_differences(compared, view, knowledge),
        *_led(view),
        *_said(view),
        *_verdict(view, knowledge),
        *(_sealed(seal) if seal else ()),
    )
    return Document("Verslag van de intervisie", view.title, "nl-NL", made_at, parts)


def file_name(kind: str, view: MeetingView, made_at: datetime, form: str) -> str:
    """Name the file by the pseudonym of the meeting and the day, never by a person.

    Args:
        kind: what the document is, such as ``verslag``.
        view: the meeting.
        made_at: the moment of making, with a time zone.
        form: the extension.
    """
    return f"intervisie-{kind}-{view.id}-{made_at.astimezone(LOCAL).date().isoformat()}.{form}"


def _case(view: MeetingView, knowledge: Knowledge) -> Iterator[Part]:
    yield Notice(_REDACTED, "Vertrouwelijk")
    yield Paragraph(view.question, "De vraag:")
    yield Heading("De casus")
    if view.story:
        yield Paragraph(view.story)
    case = view.case
    yield Paragraph(f"{date_in_words(case.reference_date)}.", "Zoals bekend op:")
    said = [say_fact(name, raw, knowledge.lexicon) for name, raw in case.known.items()]
    said += [text for text in view.texts.values() if text]
    if said:
        yield Heading("Wat bekend is", 2)
        yield Bullets(tuple(Item(sentence(one)) for one in said))
    disputed = [
        disputed_in_words(name, readings, knowledge) for name, readings in case.disputed.items()
    ]
    if disputed:
        yield Heading("Wat betwist is", 2)
        yield Bullets(tuple(Item(sentence(capital(one))) for one in disputed))
    unknown = [
        knowledge.facts[name].label for name in sorted(case.unknown & knowledge.facts.keys())
    ]
    if unknown:
        yield Heading("Wat nog niet bekend is", 2)
        yield Bullets(tuple(Item(sentence(capital(one))) for one in unknown))


def _to_fill_in(view: MeetingView, knowledge: Knowledge) -> Iterator[Part]:
    yield Heading("Uw oordeel")
    yield Paragraph(
        "Vul dit alleen in, zonder te overleggen, en schrijf geen namen of diagnoses op. Wat u "
        "koos, vertelt u zelf als de antwoorden zijn getoond. Lever dit blad daarna in bij de "
        "begeleider."
    )
    for name in view.asked:
        fact = knowledge.facts.get(name)
        if fact is None:
            continue
        yield Heading(fact.question, 2)
        options = [option.label for option in fact.options] or ["Ja", "Nee"]
        if fact.kind in (FactKind.YES_NO, FactKind.CHOICE):
            yield Bullets(tuple(Item(f"☐ {capital(one)}") for one in (*options, "onbekend")))
        else:
            yield Paragraph(_BLANK)
    yield Heading("Wat is uw volgende stap?", 2)
    steps = [step_in_words(step, knowledge) for step in view.options]
    yield Bullets(tuple(Item(f"☐ {step}") for step in (*steps, f"Iets anders: {_BLANK}")))
    yield Heading("Waarom?", 2)
    yield Paragraph(f"{_BLANK}\n{_BLANK}\n{_BLANK}")
    yield Heading("Hoe zeker bent u?", 2)
    yield Bullets(tuple(Item(f"☐ {said}") for said in SURENESS.values()))


def _choices(view: MeetingView, knowledge: Knowledge) -> Iterator[Part]:
    yield Heading("Wat ieder koos")
    if view.voices is None:
        yield Paragraph("De antwoorden zijn nog niet getoond.")
        return
    people = count(len(view.voices), "deelnemer", "deelnemers")
    yield Paragraph(
        f"{people} beoordeelden de casus alleen, voordat zij elkaars antwoord zagen. "
        f"{knowing_in_words(view)}".strip()
    )
    yield Table(
        ("Wie", "Stap", "Waarom", "Hoe zeker"),
        tuple(
            (_who(voice), _step(voice, knowledge), voice.why, SURENESS[voice.sure])
            for voice in view.voices
        ),
    )


def _who(voice: Voice) -> str:
    return f"{voice.label} (kende de casus)" if voice.knows else voice.label


def _step(voice: Voice, knowledge: Knowledge) -> str:
    return voice.other if voice.step is None else step_in_words(voice.step, knowledge)


def _readings(view: MeetingView, knowledge: Knowledge) -> Iterator[Part]:
    rows = [
        (
            knowledge.facts[one.name].question,
            "; ".join(
                f"{reading_in_words(one.name, raw, knowledge)}: {number}"
                for raw, number in one.counts
            ),
        )
        for one in spread(view)
        if one.name in knowledge.facts
    ]
    if rows:
        yield Heading("Hoe ieder de feiten zag")
        yield Table(("Vraag", "Antwoorden"), tuple(rows))


def _advice(view: MeetingView, knowledge: Knowledge) -> Iterator[Part]:
    if view.frozen is None:
        return
    yield Heading("Wat het protocol adviseerde")
    consultation = consult(knowledge, view.frozen)
    given = in_order([one for one in consultation.advices if one.status.is_given], knowledge)
    if not given:
        yield Paragraph("Met de feiten zoals ze bekend waren, gold er geen advies.")
    for advice in given:
        yield Heading(advised_step(advice, knowledge), 2)
        yield Paragraph(advice.rule.because, f"{STATUS[advice.status]}:")
    yield from _open(view, consultation)


def _open(view: MeetingView, consultation: Consultation) -> Iterator[Part]:
    rules = {one.rule.id: one for one in consultation.advices}
    waiting = [
        rules[name].rule.title
        for name in view.about
        if name in rules and not rules[name].status.is_given
    ]
    if waiting:
        yield Paragraph("Over deze regels ging het besluit; zij gaven geen advies:")
        yield Bullets(tuple(Item(sentence(title)) for title in waiting))


def _decision(view: MeetingView, knowledge: Knowledge) -> Iterator[Part]:
    if view.colleague is None:
        return
    colleague = view.colleague
    yield Heading("Wat de collega besloot")
    yield Paragraph(sentence(step_in_words(colleague.step, knowledge)), "De stap:")
    if colleague.kind is not None:
        yield Paragraph(sentence(colleague.kind.label), "Soort afwijking:")
    ground = knowledge.grounds.get(colleague.ground or "")
    if ground:
        yield Paragraph(sentence(ground.label), "Grond:")
    for field, text in view.said.items():
        element = field.partition(".")[2]
        label = f"{ELEMENTS[Element(element)].label}:" if element else INSTEAD
        yield Paragraph(text, label)


def _differences(
    compared: Sequence[Compared], view: MeetingView, knowledge: Knowledge
) -> Iterator[Part]:
    if not compared:
        return
    yield Heading("Waardoor de keuzes verschillen")
    decided = ("Vergeleken met de collega",) if view.colleague else ()
    header = ("Wie", "Vergeleken met het protocol", *decided)
    rows = [
        (
            one.voice.label,
            difference_in_words(one.protocol, knowledge),
            *((difference_in_words(one.colleague, knowledge),) if view.colleague else ()),
        )
        for one in compared
    ]
    yield Table(header, tuple(rows))


def _led(view: MeetingView) -> Iterator[Part]:
    if view.taken_over_at is not None:
        yield Heading("Wie begeleidde")
        yield Paragraph(
            f"Een collega nam de begeleiding over op {moment(view.taken_over_at)}. Wie begeleidde, "
            "zag niets eerder dan de groep."
        )


def _said(view: MeetingView) -> Iterator[Part]:
    added = [one for one in view.additions if not one.minority]
    if view.notes or added:
        yield Heading("Wat er is gezegd")
    if view.notes:
        yield Bullets(tuple(Item(note) for note in view.notes))
    if added:
        yield Paragraph("Aangevuld na het tonen van de antwoorden:")
        yield Bullets(tuple(Item(f"{one.by}: {one.text}" if one.by else one.text) for one in added))


def _verdict(view: MeetingView, knowledge: Knowledge) -> Iterator[Part]:
    yield Heading("De uitspraak")
    verdict = view.conclusion
    if verdict is None:
        yield Paragraph("Er is nog geen uitspraak.")
        return
    ruling = ruling_in_words(verdict.ruling, decided=view.colleague is not None)
    yield Paragraph(sentence(verdict.why), f"{ruling}:")
    if verdict.rule is not None:
        yield Paragraph(sentence(rule_in_words(verdict.rule, knowledge)), "Het gaat om de regel:")
    if verdict.should_be is not None:
        yield Paragraph(sentence(STATUS[verdict.should_be]), "Had hier moeten zijn:")
    minority = [one for one in view.additions if one.minority]
    if minority:
        yield Heading("Wie er anders over denkt", 2)
        for one in minority:
            yield Paragraph(one.text, f"{one.by}:" if one.by else "")
    if verdict.learned:
        yield Heading("Wat wij ervan leren", 2)
        yield Bullets(tuple(Item(sentence(one)) for one in verdict.learned))
    if verdict.agreed:
        yield Heading("Wie doet wat", 2)
        yield Table(
            ("Wat", "Wie", "Uiterlijk"),
            tuple((one.what, one.who, date_in_words(one.by)) for one in verdict.agreed),
        )


def _sealed(seal: Seal) -> Iterator[Part]:
    yield Heading("Zegel")
    yield Paragraph(
        f"Van deze bijeenkomst zijn {count(seal.events, 'gebeurtenis', 'gebeurtenissen')} "
        f"vastgelegd, de laatste op {moment(seal.last_at)}. Het zegel is een vingerafdruk van het "
        "hele logboek op dat moment. Verandert of verwijdert iemand daar iets uit, dan staat dit "
        "zegel er niet meer in."
    )
    yield Table(("Wat", "Vingerafdruk (SHA-256)"), (("Zegel van het logboek", seal.value),))
