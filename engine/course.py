"""What was recorded after a decision, and who gave an answer, said in plain Dutch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.decisions import (
    DECIDERS,
    Agreed,
    CaseDiscussed,
    CaseOpened,
    CaseRead,
    CaseShared,
    Consulted,
    Corrected,
    Decided,
    Deviation,
    Effect,
    Erased,
    ErasureGround,
    Escalated,
    Event,
    FactsRecorded,
    JudgementGiven,
    MeetingBody,
    Occasion,
    PartyKind,
    ProtocolsChosen,
    Reviewed,
    RuleVerdict,
    Said,
    SharingEnded,
    Verdict,
)
from engine.labels import PARTY, STATUS
from engine.library import Knowledge
from engine.prose import count, moment, sentence
from engine.recorded import answer_in_words, judged_to_do, rule_in_words
from engine.wording import date_in_words, enumerate_dutch
from engine.words import Ruling

OCCASION = {
    Occasion.FILE_NOTE: "verslag gemaakt voor het dossier",
    Occasion.CLIENT_NOTE: "verslag gemaakt voor de cliënt",
}
EFFECT = {
    Effect.REACHED: "Het doel is bereikt",
    Effect.PARTLY: "Het doel is voor een deel bereikt",
    Effect.NOT_REACHED: "Het doel is niet bereikt",
    Effect.UNKNOWN: "Het is nog niet te zeggen",
}
VERDICT = {
    Verdict.KEEP: "Zo doorgaan",
    Verdict.ADJUST: "Bijstellen",
    Verdict.STOP: "Stoppen",
}
RULING = {
    Ruling.UPHOLD: "Het besluit blijft in stand",
    Ruling.CORRECT: "Het besluit wordt hersteld",
    Ruling.CLARIFY: "De tekst van de regel moet duidelijker",
    Ruling.CHANGE: "De regel moet anders",
}
_WITHOUT_DECISION = {
    # They also fit where the rules contradict each other or say nothing, so no word of an advice.
    Ruling.UPHOLD: "De regels kunnen zo blijven",
    Ruling.CORRECT: "Deze cliënt heeft iets anders nodig",
}
ERASURE_GROUND = {
    ErasureGround.TERM: "de bewaartermijn is voorbij",
    ErasureGround.REQUEST: "de cliënt vroeg erom en de organisatie vond dat het mag",
    ErasureGround.MISTAKE: "de casus is per vergissing gemaakt",
}
_WHAT = {
    CaseOpened.kind: "het openen van de casus",
    FactsRecorded.kind: "antwoorden",
    ProtocolsChosen.kind: "de keuze van protocollen",
    Decided.kind: "een besluit",
    JudgementGiven.kind: "een eigen oordeel",
    Escalated.kind: "wat is voorgelegd",
    Consulted.kind: "een verslag",
    Reviewed.kind: "een terugblik",
    Corrected.kind: "een verbetering",
    CaseShared.kind: "het delen van de casus",
    SharingEnded.kind: "het einde van het delen",
    CaseRead.kind: "het lezen van de casus",
    CaseDiscussed.kind: "een bespreking",
}
"""What an event is, as the object of a sentence."""


def afterwards(
    body: Escalated | Consulted | Reviewed | Corrected | Erased | MeetingBody,
    earlier: Sequence[Event],
) -> str:
    """Say what happened after a decision, as a clause.

    Args:
        body: what happened.
        earlier: the events of the case, in which it says what it is about.

    Raises:
        ValueError: it happened in a meeting; that is in no case.
    """
    match body:
        case Escalated():
            return (
                f"voorgelegd aan {DECIDERS[body.to]}: '{body.advised.title}'. {body.question} "
                f"Antwoord nodig op {date_in_words(body.answer_by)}."
            )
        case Consulted():
            return OCCASION[body.occasion]
        case Reviewed():
            about = next((one.body for one in earlier if one.id == body.decision), None)
            title = f" op '{about.decision.advised.title}'" if isinstance(about, Decided) else ""
            again = f" Opnieuw kijken: {date_in_words(body.review_on)}." if body.review_on else ""
            return (
                f"terugblik{title} op {date_in_words(body.reviewed_on)}: {body.happened} "
                f"{EFFECT[body.effect]}. {VERDICT[body.verdict]}.{again}"
            )
        case Corrected():
            wrong = next((one for one in earlier if one.id == body.event), None)
            what = f" van {_WHAT[wrong.kind]} ({moment(wrong.at)})" if wrong else ""
            return f"verbetering{what}: {body.text}"
        case Erased():
            return f"de inhoud is gewist, want {ERASURE_GROUND[body.ground]}"
        case _:
            raise ValueError(f"{body.kind!r} is no event of a case.")


def discussed_in_words(
    event: Event, body: CaseDiscussed, knowledge: Knowledge
) -> list[tuple[str, str]]:
    """Say what a group came to about a case, and who does what by when; each with its name."""
    verdict = RuleVerdict.of(event, body)
    return verdict_in_words(verdict, knowledge) + agreed_in_words(body.agreed)


def agreed_in_words(agreed: Iterable[Agreed]) -> list[tuple[str, str]]:
    """Say who does what by when; each with its name."""
    return [
        ("Afspraak", f"{one.what} ({one.who}, uiterlijk {date_in_words(one.by)})") for one in agreed
    ]


def verdict_in_words(verdict: RuleVerdict, knowledge: Knowledge) -> list[tuple[str, str]]:
    """Say what a group came to, part by part, each with its name; views of a few are as written.

    Args:
        verdict: what the group came to.
        knowledge: where rules have their names.
    """
    said = [(ruling_in_words(verdict.ruling, decided=verdict.decided), verdict.why)]
    if verdict.rule is not None:
        said.append(("Het gaat om de regel", rule_in_words(verdict.rule, knowledge)))
    if verdict.should_be is not None:
        said.append(("Had moeten zijn", STATUS[verdict.should_be]))
    said += [("Andere mening, in eigen woorden", view) for view in verdict.minority]
    return said + [("Geleerd", one) for one in verdict.learned]


def ruling_in_words(ruling: Ruling, *, decided: bool) -> str:
    """Say what a group came to (Dutch).

    Args:
        ruling: the verdict.
        decided: whether there was a decision to speak about; otherwise it is about the rules.
    """
    return RULING[ruling] if decided else _WITHOUT_DECISION.get(ruling, RULING[ruling])


def said_by(said: Said) -> str:
    """Say who gave an answer, in what document and when; empty if nothing was noted."""
    parts = []
    if said.source:
        parts.append(f"volgens {PARTY[said.source]}")
    if said.document:
        parts.append(f"uit '{said.document}'")
    if said.said_on:
        parts.append(f"op {date_in_words(said.said_on)}")
    return " ".join(parts)


def event_in_words(
    event: Event, events: Sequence[Event], knowledge: Knowledge, names: Mapping[str, str]
) -> str:
    """Say what happened, as a clause without who did it, unless that is what it is about.

    Args:
        event: what happened.
        events: everything that happened in the case, in which it says what it is about.
        knowledge: where protocols, actions and facts have their names.
        names: what people are called, by id.
    """
    actor = names.get(event.actor, event.actor)
    match event.body:
        case CaseOpened(facts=facts):
            return f"casus geopend met {count(len(facts), 'antwoord', 'antwoorden')}"
        case Decided(decision=decision):
            who = ""
            if isinstance(decision, Deviation):
                who = f", besloten door {DECIDERS[decision.decided_by]}"
            return f"{decision.outcome}{who}: {decision.advised.title}"
        case JudgementGiven() as judgement:
            why = f" ({judgement.why})" if judgement.why else ""
            said = "; ".join(judged_to_do(judgement, knowledge))
            return f"eigen oordeel van {actor}: {said}{why}"
        case ProtocolsChosen(protocols=protocols):
            titles = [knowledge.protocol_titles.get(name, name) for name in protocols]
            return f"de casus gaat vanaf nu over {enumerate_dutch(titles, 'en')}"
        case CaseShared() as shared:
            return f"{actor} deelt de casus met {_party(shared, names)}"
        case SharingEnded() as ended:
            return f"{actor} deelt de casus niet meer met {_party(ended, names)}"
        case CaseRead(roles=roles):
            return f"gelezen door {actor} ({', '.join(roles)})"
        case FactsRecorded(facts=facts) as answers:
            said = enumerate_dutch(
                [answer_in_words(name, raw, knowledge) for name, raw in facts.items()], "en"
            )
            by = said_by(answers.said)
            return f"{said} ({by})" if by else said
        case CaseDiscussed() as discussed:
            parts = discussed_in_words(event, discussed, knowledge)
            said = " ".join(f"{name}: {sentence(text)}" for name, text in parts)
            return f"besproken in intervisie: {said}"
        case later:
            return afterwards(later, events)


def _party(body: CaseShared | SharingEnded, names: Mapping[str, str]) -> str:
    """Say with whom a case is or was shared."""
    return f"team {body.name}" if body.party is PartyKind.TEAM else names.get(body.name, body.name)
