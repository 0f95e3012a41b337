"""The part of the note on what the protocols advise: what needs attention first, then each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine import labels
from engine.consult import Advice, Conflict
from engine.note.content import Bullets, Heading, Item, Notice, Paragraph, Part
from engine.note.material import Material
from engine.prose import capital, count, sentence, small
from engine.reasons import Reason, doubt_of, reasons_of, sources_in_words, step, thresholds_of
from engine.wording import enumerate_dutch
from engine.words import Status


def attention(material: Material) -> Iterator[Part]:
    """Say what is in conflict, withheld or not yet certain, before anything else."""
    yield Heading("Let hier eerst op")
    provisional = material.having(Status.PROVISIONAL)
    consultation = material.consultation
    for conflict in consultation.conflicts:
        yield Notice(_conflict(conflict, material), "De regels spreken elkaar tegen")
    for withheld in consultation.withheld:
        yield Notice(f"{sentence(withheld.rule.title)} {withheld.reason}", "Geen advies mogelijk")
    if provisional:
        yield Paragraph("Deze adviezen gelden voorlopig. Een uitzondering kan ze nog wegnemen.")
        yield Bullets(tuple(_provisional(advice, material) for advice in provisional))
    if not (consultation.conflicts or consultation.withheld or provisional):
        yield Paragraph("Er zijn geen tegenstrijdige of voorlopige adviezen.")


def _conflict(conflict: Conflict, material: Material) -> str:
    """Say which rules want a step and which don't, without settling it."""
    action = material.knowledge.actions[conflict.action]
    wanted = f"Aangeraden: {small(action.title)} ({_titles(conflict.do, material)})."
    unwanted = f"Afgeraden: {small(action.title_not)} ({_titles(conflict.do_not, material)})."
    still = " Een van beide kan nog wegvallen." if conflict.provisional else ""
    return f"{wanted} {unwanted}{still} Weeg beide redenen en leg vast wat u kiest."


def _provisional(advice: Advice, material: Material) -> Item:
    open_ones = _titles(advice.open_exceptions, material)
    return Item(f"{step(advice, material.knowledge)}. Kan dit nog wegnemen: {open_ones}.")


def _titles(rules: Iterable[str], material: Material) -> str:
    known = material.consultation.program.rules
    return enumerate_dutch([f"'{known[rule].rule.title}'" for rule in rules], "en")


def advices(material: Material) -> Iterator[Part]:
    """Write every advice that holds, for good or provisionally, with what it rests on."""
    yield Heading("Wat de protocollen adviseren")
    found = material.having(Status.HOLDS, Status.PROVISIONAL)
    if not found:
        yield Paragraph("Er geldt op dit moment geen advies.")
    explained: set[str] = set()
    for advice in found:
        yield from _advice(advice, material, explained)
    still_open = len(material.having(Status.OPEN))
    if still_open:
        said = count(still_open, "advies is", "adviezen zijn")
        yield Paragraph(f"{said} nog te bepalen: daarvoor ontbreken antwoorden.")


def _advice(advice: Advice, material: Material, explained: set[str]) -> Iterator[Part]:
    rule, knowledge = advice.rule, material.knowledge
    yield Heading(step(advice, knowledge), 2)
    yield Paragraph(rule.because, _status(advice))
    reasons = reasons_of(advice, material.consultation, knowledge)
    if reasons:
        yield Paragraph("Waarom dit hier speelt:")
        yield Bullets(tuple(_item(reason, explained) for reason in reasons))
    yield Paragraph(
        f"{labels.NORM[rule.norm]}; {labels.STRENGTH[rule.strength]}; "
        f"{labels.CERTAINTY[rule.certainty]}.",
        "Norm en sterkte:",
    )
    if rule.doubt:
        yield Paragraph(doubt_of(rule), "Niet zeker:")
    yield Paragraph(f"{'; '.join(sources_in_words(rule.sources, knowledge))}.", "Bronnen:")
    for threshold in thresholds_of(advice, material.consultation, knowledge):
        yield Paragraph(f"{capital(threshold)}.", "Grens:")


def _status(advice: Advice) -> str:
    return f"{labels.STATUS[advice.status]}."


def _item(reason: Reason, explained: set[str]) -> Item:
    """Write a reason and what is under it; what was explained before is not explained again."""
    if reason.because and reason.text in explained:
        return Item(f"{sentence(reason.text)} (Uitgelegd bij een advies hierboven.)")
    explained.add(reason.text)
    return Item(sentence(reason.text), tuple(_item(deeper, explained) for deeper in reason.because))
