"""The app's own examples in a new record, with decisions, at a moment that stands still."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from uuid import UUID, uuid5

from engine import paths
from engine.case import Case
from engine.case_file import ReadCase, read_cases
from engine.consult import Consultation, consult
from engine.decisions import Needed, Record, contract_for, deviate, follow
from engine.flips import flips
from engine.knowledge import Rule
from engine.library import Knowledge
from engine.loading import load
from engine.note import Material, NoteKind, gather, write
from engine.note.content import Bullets, Document, Heading, Item, Notice, Paragraph, Table
from engine.reasons import Way, ways_in_words

NOW = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
DAY = date(2026, 11, 22)
_SPACE = UUID("6f1d2c1e-6a3b-5c0e-9a55-1c1d7a4a0009")
SAID = "Dit legden wij zo uit dat een collega het begrijpt."


@cache
def knowledge() -> Knowledge:
    return load(paths.knowledge_folder())


@cache
def cases() -> dict[str, ReadCase]:
    found, _ = read_cases(paths.cases_folder(), knowledge())
    return {read.case.id: read for read in found}


def opened(folder: Path, case_id: str) -> Record:
    """Return a new record with one case in it."""
    record = Record.open(f"sqlite:///{folder / 'leidraad.db'}", clock=lambda: NOW)
    read = cases()[case_id]
    record.open_case(
        read.case,
        title=read.file.title,
        story=read.file.story,
        actor="professional",
        example=read.file.example,
        key=uuid5(_SPACE, case_id),
    )
    return record


def consulted(record: Record, case_id: str) -> Consultation:
    return consult(knowledge(), record.load_case(case_id, knowledge()).case)


def rules_to_decide(consultation: Consultation) -> list[str]:
    return [one.rule.id for one in consultation.advices if one.status.is_given]


def can_deviate(consultation: Consultation) -> list[str]:
    """Return the rules with an advice that asks for a reason when it isn't followed."""
    return [rule for rule in rules_to_decide(consultation) if contract_for(consultation, rule)]


def decide(record: Record, case_id: str, deviating: Iterable[str] = (), said: str = SAID) -> None:
    """Follow every advice there is, except those to deviate from."""
    consultation, deviates = consulted(record, case_id), set(deviating)
    for rule in rules_to_decide(consultation):
        key = uuid5(_SPACE, f"{case_id} {rule}")
        if rule not in deviates:
            decision = follow(consultation, rule, decided_on=DAY)
            record.decide(decision, consultation, actor="professional", key=key)
            continue
        contract = contract_for(consultation, rule)
        assert contract is not None
        deviation = deviate(
            consultation,
            rule,
            decided_on=DAY,
            kind=contract.kinds[0],
            ground=contract.grounds[0],
            elements=dict.fromkeys(contract.required, said),
            instead=said,
            decided_by=contract.deciders[-1],
        )
        record.decide(
            deviation,
            consultation,
            actor="professional",
            key=key,
            needed=[Needed(facts=way.facts, said=way.said) for way in ways(consultation, rule)],
        )


def ways(consultation: Consultation, rule: str) -> list[Way]:
    """Return some ways in which the protocol would not have advised it."""
    found = flips(consultation, knowledge(), rule, seconds=5.0)
    return list(ways_in_words(found, knowledge()))[:3]


def material(record: Record, case_id: str) -> Material:
    return gather(record, knowledge(), case_id, NOW)


def note(folder: Path, case_id: str, kind: NoteKind, *, deviating: bool = False) -> Document:
    """Write a note on a case in which everything was decided."""
    with opened(folder, case_id) as record:
        rules = can_deviate(consulted(record, case_id))
        decide(record, case_id, rules[:1] if deviating else ())
        return write(kind, material(record, case_id))


def texts(document: Document) -> list[str]:
    """Return every text of a note, in order."""
    found = [document.title, document.subtitle]
    for part in document.parts:
        match part:
            case Heading():
                found.append(part.text)
            case Paragraph():
                found += [part.lead, part.text]
            case Notice():
                found += [part.title, part.text]
            case Table():
                found += [cell for row in (part.header, *part.rows) for cell in row]
            case Bullets():
                found += [text for item in part.items for text in below(item)]
    return [text for text in found if text]


def below(item: Item) -> list[str]:
    return [item.text, *(text for deeper in item.items for text in below(deeper))]


def said(document: Document) -> str:
    return "\n".join(texts(document))


def under(document: Document, title: str) -> str:
    """Return the text under a heading, up to the next one of its level or higher."""
    parts = list(document.parts)
    start = next(
        place
        for place, part in enumerate(parts)
        if isinstance(part, Heading) and part.text.startswith(title)
    )
    first = parts[start]
    assert isinstance(first, Heading)
    end = next(
        (
            place
            for place, part in enumerate(parts[start + 1 :], start + 1)
            if isinstance(part, Heading) and part.level <= first.level
        ),
        len(parts),
    )
    inside = Document("", "", document.lang, document.made_at, tuple(parts[start:end]))
    return said(inside)


def follow_again(record: Record, case_id: str, rule: str) -> None:
    """Follow an advice that was decided on before."""
    consultation = consulted(record, case_id)
    decision = follow(consultation, rule, decided_on=DAY)
    record.decide(decision, consultation, actor="professional")


def decidable_rules(case: Case) -> list[Rule]:
    return [one.rule for one in consult(knowledge(), case).advices if one.status.is_given]
