"""The note for the file: what was advised, why, what was decided, and what it all rests on."""

from __future__ import annotations

from collections.abc import Iterator

from engine import VERSION
from engine.canonical import digest
from engine.note.advised import advices, attention
from engine.note.answers import answers, open_questions
from engine.note.content import Document, Heading, Notice, Paragraph, Part, Table
from engine.note.decided import corrections, decisions, discussions, judgements
from engine.note.material import Material
from engine.note.reasoning import drafts
from engine.prose import capital, count, moment
from engine.wording import date_in_words

TITLE = "Verslag voor het dossier"


def professional_note(material: Material) -> Document:
    """Write the note for the professional's own file."""
    stored = material.stored
    return Document(
        TITLE,
        f"{stored.title} (kenmerk {stored.case.id})",
        "nl-NL",
        material.made_at,
        tuple(_parts(material)),
    )


def _parts(material: Material) -> Iterator[Part]:
    if material.stored.example:
        yield Notice("Deze cliënt bestaat niet.", "Fictief voorbeeld")
    yield from _frame(material)
    yield from attention(material)
    yield from advices(material)
    yield from judgements(material)
    yield from decisions(material)
    yield from discussions(material)
    yield from corrections(material)
    yield from drafts(material)
    yield from open_questions(material)
    yield from answers(material)
    yield from _proof(material)


def _frame(material: Material) -> Iterator[Part]:
    """Say what the note is about, under which rules, and when it was made."""
    case, program = material.stored.case, material.consultation.program
    yield Table(
        ("Onderwerp", "Gegevens"),
        (
            ("Casus", case.id),
            ("Instantie", capital(program.authority.label)),
            ("Peildatum", date_in_words(case.reference_date)),
            *(
                (
                    "Protocol",
                    f"{version.protocol.title}, versie van "
                    f"{date_in_words(version.protocol.valid_from)}",
                )
                for version in program.protocols
            ),
            ("Gemaakt op", moment(material.made_at)),
        ),
    )
    if material.stored.story:
        yield Paragraph(material.stored.story)


def _proof(material: Material) -> Iterator[Part]:
    """Show what the note can be held to: the seal of the record, the knowledge and the program."""
    seal, receipt = material.seal, material.consultation.receipt
    yield Heading("Zegel")
    events = count(seal.events, "gebeurtenis", "gebeurtenissen")
    yield Paragraph(
        f"In deze casus zijn {events} vastgelegd, de laatste op {moment(seal.last_at)}. Het zegel "
        "is een vingerafdruk van het hele logboek op het moment dat dit verslag is gemaakt. "
        "Verandert of verwijdert iemand daar iets uit, dan staat dit zegel er niet meer in."
    )
    yield Table(
        ("Wat", "Vingerafdruk (SHA-256)"),
        (
            ("Zegel van het logboek", seal.value),
            ("Bewijs van deze raadpleging", receipt.digest),
            ("Kennis", digest(dict(receipt.files))),
        ),
    )
    yield Paragraph(f"Gemaakt met Leidraad {VERSION}.")
