"""The part of the note on the facts: what is still open, and every answer as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine import labels
from engine.conditions import Value
from engine.course import said_by
from engine.decisions import Said, sources_of
from engine.note.content import Bullets, Heading, Item, Paragraph, Part
from engine.note.material import Material
from engine.prose import capital, sentence
from engine.wording import enumerate_dutch, say_fact, say_value
from engine.words import Respondent


def open_questions(material: Material) -> Iterator[Part]:
    """List the questions that can still change an advice, the most deciding first."""
    yield Heading("Wat nog open is")
    questions = material.consultation.questions
    if not questions:
        yield Paragraph("Geen vraag kan nu nog iets aan de adviezen veranderen.")
        return
    yield Paragraph("Deze vragen kunnen nog iets veranderen, de belangrijkste eerst.")
    yield Bullets(
        tuple(
            Item(f"{one.fact.question} ({_notes(one.fact.respondents, one.disputed, one.asked)})")
            for one in questions
        )
    )


def _notes(respondents: tuple[Respondent, ...], disputed: bool, asked: bool) -> str:
    who = enumerate_dutch([labels.RESPONDENT[one] for one in respondents], "of")
    more = "; betwist" if disputed else ("; gevraagd en nog niet bekend" if asked else "")
    return f"antwoord van {who}{more}"


def answers(material: Material) -> Iterator[Part]:
    """Write every answer: known, disputed with who says what, and asked but not known."""
    case, lexicon = material.consultation.case, material.knowledge.lexicon
    names = list(material.knowledge.facts)
    yield Heading("De antwoorden")
    yield Heading("Bekend", 2)
    sources = sources_of(material.history)
    known = [
        Item(sentence(_with_source(say_fact(n, case.known[n], lexicon), sources.get(n))))
        for n in names
        if n in case.known
    ]
    yield Bullets(tuple(known)) if known else Paragraph("Er is nog niets bekend.")
    yield Heading("Betwist", 2)
    disputed = [
        _disputed(n, case.disputed[n], material, sources.get(n))
        for n in names
        if n in case.disputed
    ]
    yield Bullets(tuple(disputed)) if disputed else Paragraph("Er is niets betwist.")
    yield Heading("Gevraagd en niet bekend", 2)
    unknown = [
        Item(sentence(_with_source(lexicon[n].label, sources.get(n))))
        for n in names
        if n in case.unknown
    ]
    yield (
        Bullets(tuple(unknown)) if unknown else Paragraph("Geen enkele gestelde vraag bleef open.")
    )


def _with_source(said: str, source: Said | None) -> str:
    """Add to an answer where it comes from, as far as that was noted."""
    return f"{said} ({said_by(source)})" if source else said


def _disputed(
    name: str, readings: Mapping[str, Value], material: Material, source: Said | None
) -> Item:
    label = capital(_with_source(material.knowledge.lexicon[name].label, source))
    said = said_by_party(name, readings, material)
    return Item(label, said) if said else Item(f"{label}: niet opgeschreven wie wat zegt.")


def said_by_party(name: str, readings: Mapping[str, Value], material: Material) -> tuple[Item, ...]:
    """Write what each party says of a disputed fact."""
    lexicon = material.knowledge.lexicon
    return tuple(
        Item(f"{capital(labels.party(party))} zegt: {say_value(name, value, lexicon)}.")
        for party, value in readings.items()
    )
