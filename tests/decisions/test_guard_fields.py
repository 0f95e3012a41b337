"""No event has a text that the guard doesn't look at: found by walking the events themselves.

Every kind of event is made once with all that it can hold. Then each string in it is replaced by
a text with a number, and by one with a diagnosis. A new kind of event, or a new field with a text,
is met here by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, get_args
from uuid import UUID

import pytest
from pydantic import BaseModel, ValidationError

from engine.decisions import (
    Body,
    CaseOpened,
    Confirmed,
    Consulted,
    Corrected,
    Decided,
    DecisionError,
    DeviationKind,
    Erased,
    ErasureGround,
    FactsRecorded,
    JudgementGiven,
    Needed,
    Occasion,
    PartyKind,
    PrivacyError,
    ProtocolsChosen,
    Record,
    Reviewed,
    Role,
    check_private,
    follow,
)
from engine.decisions.escalation import Escalated
from engine.decisions.later import Effect, Verdict
from engine.decisions.meeting_events import (
    CaseDiscussed,
    MeetingAdded,
    MeetingAnswered,
    MeetingClosed,
    MeetingConcluded,
    MeetingJoined,
    MeetingNoted,
    MeetingPrepared,
    MeetingRevealed,
    MeetingTakenOver,
    ScriptStepBegun,
)
from engine.decisions.meeting_parts import (
    Agreed,
    Colleague,
    DifferenceKind,
    ReviewedText,
    Step,
    TextChoice,
)
from engine.decisions.ties import CaseRead, CaseShared, SharingEnded
from engine.words import Decider, Direction, Respondent, Ruling, Stage, Status, Sureness
from tests.decisions import world

NUMBER = "De cliënt heeft nummer 123456782 en werkt vier uur."
ILLNESS = "De cliënt heeft een depressie en werkt vier uur."
EVENT = UUID(int=5)
DAY = date(2026, 11, 22)
STOOD_BY = (Confirmed(field="text", said="griep", reason="De cliënt noemt dit zelf zo."),)
FACTS: Any = {
    "nota": "Iets.",
    "wil": {"betwist": {"client": "ja", "professional": "nee"}},
    "sinds": DAY,
}

CHOSEN = {
    "authority": "chosen from the authorities of the knowledge",
    "protocols": "chosen from the protocols of the knowledge",
    "name": "a person or team that is there; it is about a colleague, not about the client",
    "receipt": "made by the program; what comes in from elsewhere is held to its form",
    "decision.advised.title": "the title of the rule; what comes in is compared with the rule",
    "advised.title": "the title of the rule",
    "withheld": "rules of the knowledge, by id",
    "texts.field": "where a text of the case stands; made by the program",
}
"""Where a word is not asked about, and why that is no hole; a number is refused there as well."""


EITHER = {(MeetingAnswered, "step"), (MeetingAnswered, "other")}
"""Of which an event holds one; it is here twice."""


def samples() -> tuple[Body, ...]:
    """Every kind of event, with something in every field."""
    seen = world.consulted(nota="Een aantekening.")
    receipt = seen.receipt.as_json()
    # An exception to this rule is still open, so that the advice names one.
    deviation = world.deviation(seen, "proef.tijdelijk", {"kind": DeviationKind.CLIENT_CHOICE})
    needed = (Needed(facts=("maanden",), said="het hoogstens 12 maanden duurt"),)
    return (
        CaseOpened(
            title="Proef",
            story="Een verhaal.",
            authority="uwv",
            protocols=("proef",),
            reference_date=DAY,
            example=True,
            facts=FACTS,
            confirmed=STOOD_BY,
        ),
        FactsRecorded(
            facts=FACTS,
            source=Respondent.CLIENT,
            document="Verslag 12.",
            said_on=DAY,
            confirmed=STOOD_BY,
        ),
        ProtocolsChosen(protocols=("proef",)),
        Decided(
            decision=deviation, receipt=receipt, needed=needed, confirmed=STOOD_BY, at_once=True
        ),
        JudgementGiven(
            actions=("stap",), other="Iets.", why="Zo.", receipt="0" * 64, confirmed=STOOD_BY
        ),
        Escalated(
            advised=deviation.advised,
            to=Decider.MANAGER,
            question="Mag dit hier anders, en waarom?",
            answer_by=DAY,
            confirmed=STOOD_BY,
        ),
        Consulted(
            occasion=Occasion.FILE_NOTE,
            receipt=receipt,
            advices={"proef.wet": deviation.advised.status},
            withheld=("proef.wet",),
        ),
        Reviewed(
            decision=EVENT,
            happened="Het liep goed af.",
            effect=Effect.REACHED,
            verdict=Verdict.KEEP,
            reviewed_on=DAY,
            review_on=date(2027, 1, 1),
            confirmed=STOOD_BY,
        ),
        Corrected(event=EVENT, text="Het was in mei.", confirmed=STOOD_BY),
        Erased(ground=ErasureGround.TERM),
        CaseShared(party=PartyKind.TEAM, name="noord"),
        SharingEnded(party=PartyKind.TEAM, name="noord"),
        CaseRead(roles=(Role.LAWYER,)),
        *of_a_meeting(),
    )


def of_a_meeting() -> tuple[Body, ...]:
    """Every kind of event of a meeting, and the one that it leaves in the case."""
    step, other = Step(action="stap", direction=Direction.DO), "Eerst praten met de werkgever."
    agreed = (Agreed(what="De regel nalezen.", who="De begeleider", by=DAY),)
    verdict: Any = {
        "why": "De feiten wijzen deze kant op.",
        "learned": ("Vraag eerst na wat er speelt.",),
        "agreed": agreed,
        "confirmed": STOOD_BY,
    }
    return (
        MeetingPrepared(
            origin="c-proef",
            origin_seq=3,
            decision=EVENT,
            authority="uwv",
            protocols=("proef",),
            reference_date=DAY,
            facts=FACTS,
            texts=(ReviewedText(field="title", choice=TextChoice.KEPT, text="Een casus."),),
            question="Had u deze stap ook gezet?",
            code="bcdfghjk",
            salt="0" * 64,
            names=True,
            asked=("ziek",),
            options=(step, Step(action="stap", direction=Direction.DO_NOT)),
            about=("proef.werkwijze",),
            script="incident",
            colleague=Colleague(
                rule="proef.werkwijze",
                outcome="afwijken",
                step=step,
                kind=DeviationKind.CLIENT_CHOICE,
                ground="wens_client",
            ),
            confirmed=STOOD_BY,
        ),
        MeetingJoined(names=True, knows=True),
        MeetingTakenOver(),
        MeetingAnswered(
            readings=FACTS,
            step=None,
            other=other,
            why=other,
            sure=Sureness.SURE,
            confirmed=STOOD_BY,
        ),
        MeetingAnswered(
            readings=FACTS, step=step, other="", why=other, sure=Sureness.SURE, confirmed=STOOD_BY
        ),
        MeetingRevealed(stage=Stage.CHOICES),
        MeetingAdded(
            text="Ik zie dit anders.",
            minority=True,
            reason=DifferenceKind.WEIGHED,
            confirmed=STOOD_BY,
        ),
        ScriptStepBegun(script="incident", number=1),
        MeetingNoted(text="De groep praatte lang over de wens.", confirmed=STOOD_BY),
        MeetingConcluded(
            ruling=Ruling.CHANGE, rule="proef.werkwijze", should_be=Status.HOLDS, **verdict
        ),
        MeetingClosed(),
        CaseDiscussed(
            meeting="i-0123456789abcdef",
            decision=EVENT,
            rules=("proef.werkwijze",),
            rule="proef.werkwijze",
            should_be=Status.HOLDS,
            ruling=Ruling.CHANGE,
            minority=("Ik had dit niet gedaan.",),
            **verdict,
        ),
    )


Place = tuple[str | int, ...]


def strings(said: Any, place: Place = ()) -> Iterator[Place]:
    if isinstance(said, str):
        yield place
    elif isinstance(said, Mapping):
        for name, part in said.items():
            yield from strings(part, (*place, name))
    elif isinstance(said, Sequence):
        for number, part in enumerate(said):
            yield from strings(part, (*place, number))


def spoiled(body: Body, place: Place, text: str) -> Body | None:
    """The event with one string replaced; ``None`` if it can't hold that."""
    data: Any = body.model_dump(mode="json")
    part = data
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = text
    try:
        return type(body).model_validate_json(json.dumps(data))
    except (ValidationError, DecisionError):
        return None


def name_of(place: Place) -> str:
    return ".".join(str(step) for step in place if isinstance(step, str))


def is_chosen(place: Place) -> bool:
    name = name_of(place)
    return any(name == one or name.startswith(f"{one}.") for one in CHOSEN)


PLACES = [(body, place) for body in samples() for place in strings(body.model_dump(mode="json"))]
CASES = [
    pytest.param(body, place, id=f"{body.kind}-{'.'.join(map(str, place))}")
    for body, place in PLACES
]


def test_every_kind_of_event_is_here_with_something_in_every_field() -> None:
    made = samples()
    assert {type(body) for body in made} == set(get_args(Body))

    def check(model: BaseModel) -> None:
        for name, value in model:
            if (type(model), name) in EITHER:
                continue
            assert value not in (None, "", (), {}), f"{type(model).__name__}.{name}"
            if isinstance(value, BaseModel):
                check(value)

    for body in made:
        check(body)
        check_private(body)


@pytest.mark.parametrize(("body", "place"), CASES)
def test_a_number_that_identifies_gets_in_nowhere(body: Body, place: Place) -> None:
    wrong = spoiled(body, place, NUMBER)
    if wrong is not None:
        with pytest.raises(PrivacyError, match="burgerservicenummer"):
            check_private(wrong)


@pytest.mark.parametrize(("body", "place"), CASES)
def test_a_diagnosis_is_asked_about_wherever_someone_types(body: Body, place: Place) -> None:
    wrong = spoiled(body, place, ILLNESS)
    if wrong is None or is_chosen(place):
        return
    with pytest.raises(PrivacyError, match="diagnose"):
        check_private(wrong)


def test_what_is_said_to_be_chosen_is_there() -> None:
    places = {name_of(place) for _, place in PLACES}
    for one in CHOSEN:
        assert any(name == one or name.startswith(f"{one}.") for name in places), one


def test_a_number_does_not_get_in_as_the_name_of_something() -> None:
    for facts in ({"123456782": "ja"}, {"wil": {"betwist": {"123456782": "ja"}}}):
        with pytest.raises(PrivacyError):
            check_private(FactsRecorded(facts=facts))


def test_what_the_program_makes_is_never_taken_for_a_number(record: Record) -> None:
    """Hashes, ids and days hold digits in a row too."""
    record.open_case(world.a_case(wil="ja", nota="Iets."), title="Proef", story="", actor="p")
    seen = world.consulted(nota="Iets.")
    record.consulted(seen, Occasion.FILE_NOTE, actor="p")
    check_private(JudgementGiven(actions=("stap",), other="", why="", receipt=f"{123456782:064d}"))
    # A case and a person whose ids look like an address and a number by chance.
    consultation = world.consulted("c-km4276wg8p")
    check_private(
        Decided(
            decision=follow(consultation, "proef.wet", decided_on=world.TODAY),
            receipt=consultation.receipt.as_json(),
        )
    )
    check_private(CaseShared(party=PartyKind.PERSON, name="p-123456782abcdef01234"))
