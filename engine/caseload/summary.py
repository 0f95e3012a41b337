"""A review of a caseload in a few pages that a person can read, and the same as data.

It counts, and says whom to look at first. It names no client: who those are is in the tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import VERSION, labels
from engine.caseload.figures.blocking import Blocker
from engine.caseload.figures.contact import Contact, Quiet, known_silence, quiet
from engine.caseload.figures.counting import totals
from engine.caseload.figures.outcomes import Outcomes, RuleOutcomes, outcomes
from engine.caseload.intake_report import report_as_json
from engine.caseload.results import WITHHELD_WORD
from engine.caseload.review import Review
from engine.library import Knowledge
from engine.note.content import Bullets, Document, Heading, Item, Notice, Paragraph, Part, Table
from engine.prose import capital, moment, what_is_advised
from engine.wording import amount_in_words, date_in_words, digits, enumerate_dutch
from engine.words import Status

_MOST_STEPS = 25
_MOST_QUESTIONS = 15
_SHOWN = (Status.HOLDS, Status.PROVISIONAL, Status.DEFEATED, Status.OPEN)


@dataclass(frozen=True)
class Counted:
    """What there is to count in a review.

    Attributes:
        review: what came of the rules.
        outcomes: for each rule how often it has which outcome, and the steps.
        advised: in how many files some rule advises something.
        withheld: in how many files some advice is withheld.
        quiet: around how many clients it is quiet; ``None`` if the knowledge has no threshold.
    """

    review: Review
    outcomes: Outcomes
    advised: int
    withheld: int
    quiet: Quiet | None


def counted(review: Review, knowledge: Knowledge) -> Counted:
    """Count what came of a review."""
    results = review.results()
    rules = tuple(results.columns)
    sums = {"advised": results.given(rules), "withheld": results.withheld(rules)}
    found = totals(results.table, sums)
    authority, day = review.program.authority, review.reference
    silence = known_silence(knowledge, authority, day)
    around = None if silence is None else quiet(review.facts(), day, silence)
    return Counted(review, outcomes(results), found["advised"], found["withheld"], around)


def document(found: Counted, knowledge: Knowledge, made_at: datetime) -> Document:
    """Write the summary.

    Args:
        found: what was counted.
        knowledge: how steps, rules and questions are called.
        made_at: the moment of making.
    """
    review = found.review
    who = review.program.authority.label
    return Document(
        title="Wie u kunt bekijken, en waarom",
        subtitle=f"{review.report.source}. {who}, {date_in_words(review.reference)}.",
        lang="nl-NL",
        made_at=made_at,
        parts=tuple(_parts(found, knowledge, made_at)),
    )


def _parts(found: Counted, knowledge: Knowledge, made_at: datetime) -> Iterator[Part]:
    yield Heading("In het kort")
    yield Bullets(tuple(Item(said) for said in in_short(found)))
    yield Notice(
        "Dit overzicht zegt wie u kunt bekijken, en waarom. Of een advies past, weegt u bij elke "
        "cliënt zelf.",
        "Leidraad besluit niets",
    )
    yield Heading("Stappen die Leidraad adviseert")
    yield from _steps(found, knowledge)
    yield Heading("Per protocol")
    yield from _protocols(found)
    blocked = found.review.blocked
    if blocked is not None and blocked.facts:
        yield Heading("Wat u het eerst kunt vragen")
        yield from _questions(blocked.facts)
    yield Heading("Hoe dit is gemaakt")
    titles = enumerate_dutch(
        [version.protocol.title for version in found.review.program.protocols], "en"
    )
    yield Bullets(
        (
            Item(f"Protocollen: {titles}."),
            Item(f"Leidraad {VERSION}, {moment(made_at)}."),
        )
    )


def in_short(found: Counted) -> Iterator[str]:
    """Say in a few sentences what came of the review (Dutch)."""
    report, blocked = found.review.report, found.review.blocked
    protocols = found.review.program.protocols
    rules = amount_in_words(len(found.outcomes.rules), "regel", "regels")
    with_ = amount_in_words(len(protocols), "protocol", "protocollen")
    yield f"{_clients(found.outcomes.files)} bekeken met {with_} en {rules}."
    yield f"{_at(found.advised)} adviseert Leidraad een stap."
    if blocked is not None:
        yield f"{_at(blocked.waiting)} wacht een advies op een antwoord."
    if found.withheld:
        yield (
            f"{_at(found.withheld)} houdt Leidraad een advies in, omdat een tabel twee "
            "antwoorden tegelijk geeft."
        )
    if found.quiet is not None:
        counts, months = found.quiet.counts, found.quiet.silence.months
        yield (
            f"{_at(counts[Contact.QUIET])} is het laatste contact meer dan "
            f"{amount_in_words(months, 'maand', 'maanden')} geleden. "
            f"{_at(counts[Contact.UNKNOWN])} is het onbekend."
        )
    if report.aside:
        rows = amount_in_words(report.aside, "rij is", "rijen zijn")
        yield f"{rows} opzij gezet, en dus niet bekeken. Vergeet deze cliënten niet."


def _clients(number: int) -> str:
    return amount_in_words(number, "cliënt", "cliënten")


def _at(number: int) -> str:
    return f"Bij {_clients(number)}" if number else "Bij geen enkele cliënt"


def _steps(found: Counted, knowledge: Knowledge) -> Iterator[Part]:
    steps, files = found.outcomes.steps[:_MOST_STEPS], found.outcomes.files
    if not steps:
        yield Paragraph("Bij geen enkele cliënt adviseert een regel een stap.")
        return
    yield Paragraph("Een cliënt kan in meer regels van deze tabel staan.")
    rows = [
        (
            what_is_advised(knowledge.actions[one.action], one.direction),
            digits(one.files),
        )
        for one in steps
    ]
    bars = tuple(one.files / files for one in steps)
    yield Table(("Stap", "Cliënten"), tuple(rows), bars)
    if rest := len(found.outcomes.steps) - len(steps):
        more = amount_in_words(rest, "andere stap staat", "andere stappen staan")
        yield Paragraph(f"{capital(more)} niet in deze tabel.")


def _protocols(found: Counted) -> Iterator[Part]:
    """Tell of each protocol which rules say something, and for how many clients."""
    for version in found.review.program.protocols:
        yield Heading(version.protocol.title, 2)
        titles = {bound.rule.id: bound.rule.title for bound in version.rules}
        told = [one for one in found.outcomes.of_protocol(version.protocol.id) if _says(one)]
        if told:
            yield _rules(told, titles)
        if silent := len(titles) - len(told):
            more = amount_in_words(silent, "regel geldt", "regels gelden")
            yield Paragraph(f"{capital(more)} bij niemand.")


def _says(one: RuleOutcomes) -> bool:
    return any(number for outcome, number in one.counts.items() if outcome != Status.DOES_NOT_HOLD)


def _rules(told: Sequence[RuleOutcomes], titles: dict[str, str]) -> Table:
    columns = [*_SHOWN]
    heads = ["Regel", *(labels.STATUS[status] for status in columns)]
    kinds = [status.value for status in columns]
    if any(one.counts[WITHHELD_WORD] for one in told):
        heads.append(capital(WITHHELD_WORD))
        kinds.append(WITHHELD_WORD)
    rows = [(titles[one.rule], *(digits(one.counts[kind]) for kind in kinds)) for one in told]
    return Table(tuple(heads), tuple(rows))


def _questions(facts: Sequence[Blocker]) -> Iterator[Part]:
    yield Paragraph(
        "Op deze antwoorden wachten adviezen. Een vraag staat hoger als er meer adviezen op "
        "wachten, en lager als het antwoord meer moeite kost; wat een deskundige moet vaststellen, "
        "staat onderaan. 'Daarmee rond' telt de cliënten bij wie verder niets ontbreekt."
    )
    shown = facts[:_MOST_QUESTIONS]
    rows = [
        (
            one.fact.label,
            enumerate_dutch([labels.RESPONDENT[who] for who in one.fact.respondents], "of"),
            digits(one.files),
            digits(one.settles_files),
        )
        for one in shown
    ]
    yield Table(("Vraag", "Wie het weet", "Cliënten die wachten", "Daarmee rond"), tuple(rows))
    if rest := len(facts) - len(shown):
        more = amount_in_words(rest, "andere vraag staat", "andere vragen staan")
        yield Paragraph(f"{capital(more)} niet in deze tabel.")


def as_json(found: Counted) -> dict[str, Any]:
    """Return what was counted as plain data, under Dutch names."""
    review, blocked, around = found.review, found.review.blocked, found.quiet
    return {
        "leesverslag": report_as_json(review.report),
        "instantie": review.program.authority.id,
        "peildatum": review.reference.isoformat(),
        "protocollen": [version.protocol.id for version in review.program.protocols],
        "clienten": found.outcomes.files,
        "met_advies": found.advised,
        "wacht_op_antwoord": None if blocked is None else blocked.waiting,
        "met_ingehouden": found.withheld,
        "stil": None
        if around is None
        else {
            "maanden": around.silence.months,
            "aantallen": {kind.value: around.counts[kind] for kind in Contact},
        },
        "regels": {one.rule: dict(one.counts) for one in found.outcomes.rules},
        "stappen": [
            {"handeling": one.action, "richting": one.direction.value, "clienten": one.files}
            for one in found.outcomes.steps
        ],
        "eerst_vragen": None
        if blocked is None
        else [
            {
                "feit": one.fact.id,
                "clienten": one.files,
                "adviezen": one.advices,
                "clienten_rond": one.settles_files,
                "adviezen_rond": one.settles_advices,
            }
            for one in blocked.facts
        ],
    }
