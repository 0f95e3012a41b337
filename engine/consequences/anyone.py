"""The part of the report about every client that there can be, also one that is like no case."""

from __future__ import annotations

from collections.abc import Iterator

from engine import labels
from engine.consequences.gathering import Consequences
from engine.consequences.words import status_in_words, step_in_words
from engine.design.differing import AnyClient, EveryClient
from engine.note.content import Bullets, Item, Notice, Paragraph, Part
from engine.prose import capital, count, sentence
from engine.recorded import answer_in_words
from engine.turns import why
from engine.wording import date_in_words
from engine.words import Turn

_MOST = 40
"""Clients that are told; a machine gets all of them."""


def anyone_in_short(found: EveryClient) -> str:
    """Say in a sentence whether there can be a client for whom something changes."""
    if found.is_proof:
        return "Er kan geen cliënt zijn bij wie een advies verandert. Dat is nagerekend."
    touched = len({one.change.rule.id for one in found.found})
    rules = (
        (touched, "kan er een cliënt zijn bij wie het advies verandert"),
        (found.same, "is nagerekend dat het advies voor niemand verandert"),
        (len(found.undecided), "is dat niet nagegaan"),
    )
    return " ".join(
        f"Bij {count(number, 'regel', 'regels')} {said}." for number, said in rules if number
    )


def anyone_parts(found: Consequences, clients: EveryClient) -> Iterator[Part]:
    """Tell for each rule of the smallest client for whom something changes, or that none is."""
    yield Paragraph(
        "Casussen laten zien waar iemand aan dacht. Hier is gezocht onder alle cliënten die er "
        "kunnen zijn, ook als er nog vragen openstaan. Van een vraag die anders is geworden, "
        "tellen de antwoorden die in beide versies kunnen."
    )
    yield Paragraph(anyone_in_short(clients))
    if clients.undecided:
        said = f"Van deze regels is het niet nagegaan: {', '.join(clients.undecided)}."
        yield Notice(said, "Niet alles is nagerekend")
    shown = {(one.rule.id, one.turn) for one in found.cases.differences}
    items = [
        _item(one, found, in_a_case=(one.change.rule.id, one.change.turn) in shown)
        for one in clients.found
        if one.change.turn is not Turn.OTHER
    ]
    if items:
        yield Bullets(tuple(items[:_MOST]))
    if (more := len(items) - _MOST) > 0:
        yield Paragraph(f"En nog {count(more, 'verschil', 'verschillen')}; zie de JSON.")
    if beside := len(clients.found) - len(items):
        other = count(beside, "ander verschil verandert", "andere verschillen veranderen")
        yield Paragraph(f"{capital(other)} alleen een status en geen stap; zie de JSON.")


def _item(one: AnyClient, found: Consequences, *, in_a_case: bool) -> Item:
    new, change = found.new.knowledge, one.change
    step = step_in_words(change, found.old.knowledge, new)
    statuses = f"was: {status_in_words(change.then)}, wordt: {status_in_words(change.now)}"
    who, day = new.authority(one.authority).label, date_in_words(one.day)
    said = [
        answer_in_words(name, raw, new if name in new.facts else found.old.knowledge)
        for name, raw in one.facts.items()
    ]
    gap = () if in_a_case else (Item("Geen casus laat dit zien."),)
    return Item(
        f"{labels.TURN[change.turn]}: {step} ({change.rule.id}; {statuses})",
        (
            *gap,
            Item(
                f"Kleinste verzonnen cliënt, bij {who} op {day}:",
                tuple(Item(sentence(s)) for s in said),
            ),
            Item(f"Waarom: {why(change, one.comparison, new)}"),
        ),
    )
