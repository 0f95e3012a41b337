"""Why a step is not advised, for a reader: in sentences, as text for a person, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from engine import labels
from engine.consult import Consultation
from engine.obstacles import Obstacle
from engine.prose import capital
from engine.reasons import Reason
from engine.report import MOST_QUESTIONS, reason_json, wrapped
from engine.why_not import Ask, Candidate, Exit, WhyNot
from engine.wording import amount_in_words, date_in_words, enumerate_dutch, number_in_words
from engine.words import Direction, Status

_SAYS = {
    Direction.DO: ("adviseert", "geadviseerd"),
    Direction.DO_NOT: ("ontraadt", "afgeraden"),
}
_AGAINST = {Direction.DO: ("raadt", "raden", "af"), Direction.DO_NOT: ("raadt", "raden", "aan")}


def summary(answer: WhyNot) -> str:
    """Say in one or two sentences where a step stands, and who says the opposite."""
    said = [_standing(answer)]
    if answer.opposed:
        titles = [f"'{rule.rule.title}'" for rule in answer.opposed]
        one, many, way = _AGAINST[answer.direction]
        verb, noun = (one, "De regel") if len(titles) == 1 else (many, "De regels")
        said.append(f"{noun} {enumerate_dutch(titles, 'en')} {verb} dit juist {way}.")
    return " ".join(said)


def _standing(answer: WhyNot) -> str:
    verb, done = _SAYS[answer.direction]
    included = [rule for rule in answer.advised if rule.included]
    if any(rule.status is Status.HOLDS for rule in included):
        return f"Deze stap wordt wel {done}."
    if included:
        return f"Deze stap wordt voorlopig {done}: een uitzondering kan dat nog wegnemen."
    if answer.advised:
        titles = list(dict.fromkeys(f"'{rule.protocol_title}'" for rule in answer.advised))
        noun = "Het protocol" if len(titles) == 1 else "Een ander protocol"
        where = titles[0] if len(titles) == 1 else f"({enumerate_dutch(titles, 'of')})"
        return (
            f"In de protocollen van deze casus wordt deze stap niet {done}. "
            f"{noun} {where} {verb} dit wel."
        )
    if not answer.rules:
        which = "Geen enkele regel die nu geldt," if answer.uncovered else "Geen enkele regel"
        return f"{which} {verb} dit uit zichzelf."
    if answer.nearest is None:
        return "Over deze stap kan Leidraad nu geen advies geven."
    many = len(answer.rules)
    who = f"{capital(number_in_words(many))} regel{'' if many == 1 else 's'}"
    near = answer.nearest
    can, at = ("kan", "daarbij") if many == 1 else ("kunnen", "bij de dichtstbijzijnde")
    if not near.included:
        at += f", in het protocol '{near.protocol_title}',"
    return f"Deze stap wordt nu niet {done}. {who} {can} dat doen; {at} {_gap(near)}."


def _gap(candidate: Candidate) -> str:
    """Say how far a rule is from advising: what fails, what goes before it, what is open."""
    if candidate.elsewhere:
        return "gaat het om een andere instantie"
    before = len(candidate.defeated_by)
    fails = candidate.distance[0] - before
    parts = []
    if fails:
        parts.append(f"{'ontbreekt' if fails == 1 else 'ontbreken'} {_things(fails)}")
    if before:
        exits = "een uitzondering" if before == 1 else f"{number_in_words(before)} uitzonderingen"
        parts.append(f"{'gaat' if before == 1 else 'gaan'} {exits} voor")
    waits = candidate.distance[1]
    if not parts:
        parts.append(f"{'is' if waits == 1 else 'zijn'} {_things(waits)} nog niet bekend")
    return enumerate_dutch(parts, "en")


def _things(number: int) -> str:
    return f"{number_in_words(number)} {'ding' if number == 1 else 'dingen'}"


def obstacle_in_words(obstacle: Obstacle) -> str:
    """Say what stands in the way, with what would be needed: one clause, or a group's heading."""
    if obstacle.needed:
        return f"{obstacle.text}; nodig is: {obstacle.needed}"
    return obstacle.text


def ask_in_words(ask: Ask) -> str:
    """Say an open question with who can answer it."""
    who = enumerate_dutch([labels.RESPONDENT[one] for one in ask.respondents], "of")
    disputed = "; hierover zijn partijen het niet eens" if ask.disputed else ""
    return f"{ask.question} ({who}{disputed})"


def as_text(answer: WhyNot, consultation: Consultation) -> str:
    """Write the answer as Dutch text for the command line."""
    return "\n".join(_lines(answer, consultation)) + "\n"


def _lines(answer: WhyNot, consultation: Consultation) -> Iterator[str]:
    case = consultation.case
    yield from wrapped(f"Waarom niet: {answer.step}", "")
    yield f"{consultation.program.authority.label}, {date_in_words(case.reference_date)}"
    yield ""
    yield from wrapped(summary(answer), "")
    explained: set[str] = set()
    for candidate in answer.rules:
        yield ""
        yield from _candidate(candidate, explained)
    if answer.opposed:
        way = "AFGERADEN" if answer.direction is Direction.DO else "AANGERADEN"
        yield ""
        yield f"JUIST {way}"
        for candidate in answer.opposed:
            yield from wrapped(f"- {candidate.rule.title}. {candidate.rule.because}", "")
            yield f"    [{candidate.rule.id}]"
    for item in answer.uncovered:
        yield ""
        yield from wrapped(f"NIET GEVRAAGD: {item.title}. {item.reason}", "")


def _candidate(candidate: Candidate, explained: set[str]) -> Iterator[str]:
    status = labels.STATUS[candidate.status] if candidate.status else "Geen advies"
    place = candidate.protocol_title
    if not candidate.included:
        place += "; dat protocol doet niet mee in deze casus"
    yield from wrapped(f"{status.upper()}: {candidate.rule.title} ({place})", "")
    if candidate.withheld:
        yield from wrapped(candidate.withheld, "    ")
    for obstacle in candidate.obstacles:
        yield from _obstacle(obstacle, 4, explained)
    yield from _exits(candidate.defeated_by, explained)
    for item in candidate.open_exceptions:
        yield from wrapped(f"Kan dit nog wegnemen: {item.title}", "    ")
    for ask in candidate.asks[:MOST_QUESTIONS]:
        yield from wrapped(f"? {ask_in_words(ask)}", "    ")
    more = len(candidate.asks) - MOST_QUESTIONS
    if more > 0:
        yield f"    en nog {amount_in_words(more, 'vraag', 'vragen')}"
    yield f"    [{candidate.rule.id}]"


def _obstacle(obstacle: Obstacle, indent: int, explained: set[str]) -> Iterator[str]:
    """Write what stands in the way; a notion that was explained is not explained again."""
    again = obstacle.is_explained and obstacle.text in explained
    mark = ":" if obstacle.is_group else " [nog open]" if obstacle.truth is None else ""
    see = " (zie hierboven)" if again else ""
    yield from wrapped(f"* {obstacle_in_words(obstacle)}{mark}{see}", " " * indent)
    if again:
        return
    if obstacle.is_explained:
        explained.add(obstacle.text)
    for part in obstacle.parts:
        yield from _obstacle(part, indent + 2, explained)
    yield from _reasons(obstacle.because, indent + 2)


def _reasons(reasons: Iterable[Reason], indent: int) -> Iterator[str]:
    for reason in reasons:
        yield from wrapped(f"* {reason.text}", " " * indent)
        yield from _reasons(reason.because, indent + 2)


def _exits(exits: Iterable[Exit], explained: set[str]) -> Iterator[str]:
    for item in exits:
        if item.rule in explained:
            yield from wrapped(f"Gaat voor: {item.title} (zie hierboven)", "    ")
            continue
        explained.add(item.rule)
        yield from wrapped(f"Gaat voor: {item.title}. {item.because}", "    ")
        yield from _reasons(item.reasons, 6)


def as_json(answer: WhyNot, consultation: Consultation) -> dict[str, Any]:
    """Return the answer as JSON data; the keys are described in ``docs/cli.md``."""
    return {
        "casus": consultation.case.id,
        "handeling": answer.action.id,
        "richting": answer.direction.value,
        "samenvatting": summary(answer),
        "regels": [_candidate_json(candidate) for candidate in answer.rules],
        "tegengesteld": [candidate.rule.id for candidate in answer.opposed],
        "niet_gevraagd": [
            {"protocol": item.protocol, "reden": item.reason} for item in answer.uncovered
        ],
    }


def _candidate_json(candidate: Candidate) -> dict[str, Any]:
    return {
        "regel": candidate.rule.id,
        "protocol": candidate.protocol,
        "doet_mee": candidate.included,
        "status": candidate.status.value if candidate.status else None,
        "ingehouden": candidate.withheld,
        "voorwaarden": [_obstacle_json(item) for item in candidate.obstacles],
        "vervalt_door": [item.rule for item in candidate.defeated_by],
        "open_uitzonderingen": [item.rule for item in candidate.open_exceptions],
        "ontbreekt": [ask.fact for ask in candidate.asks],
    }


def _obstacle_json(obstacle: Obstacle) -> dict[str, Any]:
    return {
        "tekst": obstacle.text,
        "nodig": obstacle.needed,
        "waar": obstacle.truth,
        "naam": obstacle.name,
        "aantal_nodig": obstacle.enough,
        "delen": [_obstacle_json(part) for part in obstacle.parts],
        "omdat": [reason_json(reason) for reason in obstacle.because],
    }
