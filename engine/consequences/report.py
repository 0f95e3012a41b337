"""The consequences of a new version as a report that a method board can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from engine import labels
from engine.case import facts_of
from engine.consequences.anyone import anyone_in_short, anyone_parts
from engine.consequences.decided import decided_parts, few_decisions
from engine.consequences.gathering import Consequences
from engine.consequences.items import item_parts, items_in_short
from engine.consequences.words import AUTHORITIES, status_in_words, step_in_words
from engine.design.comparing import CaseDifference, RuleDifference, Unread
from engine.library import Knowledge
from engine.note.content import Bullets, Document, Heading, Item, Notice, Paragraph, Part, Table
from engine.prose import capital, count, first_of, moment, sentence
from engine.recorded import answer_in_words
from engine.standing import facts_under
from engine.turns import why, why_before
from engine.wording import date_in_words, enumerate_dutch
from engine.words import Turn

_MOST = 25
"""Differences that are told with their smallest case; all of them are in the table."""

_NAMED = 5
"""Other cases that are named with a difference."""


def document(found: Consequences, made_at: datetime) -> Document:
    """Write the report.

    Args:
        found: what a new version changes.
        made_at: the moment of making.
    """
    return Document(
        title="Wat een nieuwe versie van de kennis verandert",
        subtitle=f"Oud: {found.old.name}. Nieuw: {found.new.name}.",
        lang="nl-NL",
        made_at=made_at,
        parts=tuple(_parts(found, made_at)),
    )


def _parts(found: Consequences, made_at: datetime) -> Iterator[Part]:
    yield Heading("In het kort")
    yield Bullets(tuple(Item(said) for said in in_short(found)))
    yield Paragraph(_how(found), "Hoe is er vergeleken?")
    yield Paragraph(f"{capital(moment(made_at))}.", "Gemaakt op")
    if found.items:
        yield Heading("Wat er in de kennis verandert")
        yield from item_parts(found)
    yield from _case_parts(found)
    if found.clients is not None:
        yield Heading("Wat er bij elke denkbare cliënt verandert")
        yield from anyone_parts(found, found.clients)
    if found.decisions is not None:
        yield Heading("Wat dit betekent voor besluiten in het dossier")
        titles = {**found.old.knowledge.protocol_titles, **found.new.knowledge.protocol_titles}
        yield from decided_parts(found.decisions, titles)


def in_short(found: Consequences) -> Iterator[str]:
    """Say in a few sentences what changes, and for whom."""
    cases = found.cases
    if found.same_files:
        yield "De twee versies zijn tot op de letter gelijk. Er verandert dus niets."
    elif not found.items:
        yield "De bestanden verschillen, maar er is geen regel, grens of vraag anders."
    else:
        yield f"In de kennis verandert: {items_in_short(found.items)}."
    asked = count(cases.compared, "casus", "casussen")
    if not cases.touched:
        yield f"Vergeleken: {asked}. Bij geen daarvan verandert een advies."
    else:
        yield f"Vergeleken: {asked}. Bij {cases.touched} verandert een advies{_for_whom(found)}."
    if cases.beside:
        more = count(cases.beside, "casus", "casussen")
        yield f"Bij {more} is alleen de status van een regel anders. De stappen blijven gelijk."
    if cases.unread:
        many = count(len(cases.unread), "casus is", "casussen zijn")
        yield f"{capital(many)} niet vergeleken, omdat een versie er niets mee kan."
    if found.clients is not None:
        yield anyone_in_short(found.clients)
    if found.decisions is not None:
        yield few_decisions(found.decisions)


def _for_whom(found: Consequences) -> str:
    """Say with which authorities the clients are for whom an advice changes."""
    touched = {one.case.name: one.case.case for one in _touched(found)}
    kinds = Counter(found.new.knowledge.authority(one.authority).kind for one in touched.values())
    said = [f"{kinds[kind]} bij {name}" for kind, name in AUTHORITIES.items() if kinds[kind]]
    return f" ({enumerate_dutch(said, 'en')})"


def _touched(found: Consequences) -> Iterator[CaseDifference]:
    for difference in found.cases.differences:
        if difference.turn is not Turn.OTHER:
            yield from (one for one, _ in difference.found)


def _how(found: Consequences) -> str:
    if found.on_the_day:
        return "Elke casus is bekeken met wat op de dag van die casus geldt."
    return (
        "Van elk protocol en elke grens telt de laatste versie, alsof die altijd geldt. Zo ziet u "
        "ook wat later pas ingaat."
    )


def _case_parts(found: Consequences) -> Iterator[Part]:
    """Tell what differs for the cases; nothing when nothing does."""
    if found.cases.is_empty and not found.cases.unread:
        return
    yield Heading("Wat er bij casussen verandert")
    if found.cases.differences:
        yield Paragraph(
            "De casussen zijn verzonnen cliënten. Een regel kan er meer dan eens staan: zij kan "
            "bij de ene cliënt erbij komen en bij de andere vervallen."
        )
        yield _overview(found)
        for difference in found.cases.differences[:_MOST]:
            yield from _difference(difference, found)
        if (rest := len(found.cases.differences) - _MOST) > 0:
            more = count(rest, "ander verschil staat", "andere verschillen staan")
            yield Paragraph(f"{capital(more)} alleen in de tabel.")
    yield from _beside(found)
    if found.cases.unread:
        yield Heading("Casussen die niet zijn vergeleken", 2)
        yield Bullets(tuple(_unread(one) for one in found.cases.unread))


def _overview(found: Consequences) -> Table:
    rows = [
        (
            one.rule.title,
            labels.TURN[one.turn],
            status_in_words(one.then),
            status_in_words(one.now),
            count(len(one.found), "casus", "casussen"),
        )
        for one in found.cases.differences
    ]
    most = max(len(one.found) for one in found.cases.differences)
    bars = tuple(len(one.found) / most for one in found.cases.differences)
    return Table(("Regel", "Verandering", "Was", "Wordt", "Hoe vaak"), tuple(rows), bars)


def _difference(difference: RuleDifference, found: Consequences) -> Iterator[Part]:
    """Tell one difference with the client of whom least is known."""
    (one, change), *others = difference.found
    old, new = found.old.knowledge, found.new.knowledge
    yield Heading(f"{labels.TURN[difference.turn]}: {step_in_words(change, old, new)}", 2)
    yield Paragraph(f"{difference.rule.title} ({difference.rule.id})", "Regel:")
    was, becomes = status_in_words(difference.then), status_in_words(difference.now)
    yield Paragraph(f"{was}. {why_before(change, one.comparison, old)}", "Was:")
    yield Paragraph(f"{becomes}. {why(change, one.comparison, new)}", "Wordt:")
    case = one.case.case
    who = f"{new.authority(case.authority).label}, {date_in_words(case.reference_date)}"
    yield Paragraph(f"{one.case.file.title} ({case.id}; {who})", "Kleinste casus:")
    yield Bullets(tuple(_answers(one, difference.rule.id, new)))
    if others:
        yield Paragraph(_others([other.case.file.title for other, _ in others]), "Ook bij:")


def _answers(one: CaseDifference, rule: str, knowledge: Knowledge) -> Iterator[Item]:
    """Tell what is known of a client, as far as the rule rests on it in either version."""
    both = one.comparison.before.program, one.comparison.after.program
    under = {name for program in both for name in facts_under(rule, program, knowledge)}
    answers = facts_of(one.case.case)
    for name, raw in answers.items():
        if name in under:
            yield Item(sentence(answer_in_words(name, raw, knowledge)))
    shown = len(under & answers.keys())
    if rest := len(answers) - shown:
        more = count(rest, "antwoord", "antwoorden")
        yield Item(
            f"En nog {more} waar deze regel niet naar kijkt." if shown else f"{capital(more)}."
        )
    elif not answers:
        yield Item("Er is niets bekend.")


def _others(titles: list[str]) -> str:
    quoted = [f"'{title}'" for title in titles]
    return f"{first_of(quoted, _NAMED, 'casus', 'casussen')}."


def _beside(found: Consequences) -> Iterator[Part]:
    """Tell what differs beside the advices: what is contradicted, and what is asked."""
    actions = {**found.old.knowledge.actions, **found.new.knowledge.actions}
    for one in found.cases.conflicts:
        parts = [
            f"{word} bij {count(number, 'casus', 'casussen')}"
            for word, number in (("komt erbij", one.came), ("vervalt", one.went))
            if number
        ]
        said = f"{actions[one.action].title}: {enumerate_dutch(parts, 'en')}."
        yield Notice(said, "Regels die elkaar tegenspreken")
    if found.cases.asked:
        many = count(found.cases.asked, "casus", "casussen")
        yield Paragraph(f"Bij {many} blijven andere vragen open dan eerst.", "Vragen:")


def _unread(one: Unread) -> Item:
    reasons = [
        Item(f"{which}: {said}")
        for which, said in (("De oude versie", one.old), ("De nieuwe versie", one.new))
        if said
    ]
    return Item(one.name, tuple(reasons))
