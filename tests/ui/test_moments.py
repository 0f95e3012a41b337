from __future__ import annotations

from datetime import date, timedelta

from engine.case import facts_of
from engine.decisions import (
    Deviation,
    DeviationKind,
    Event,
    FactsRecorded,
    JudgementGiven,
    ProtocolsChosen,
    contract_for,
    deviate,
    follow,
)
from engine.words import Status
from tests.ui.worlds import CASE, answered, cases, consultation, decided, event, knowledge, opened
from ui.charts import Lane, Moment
from ui.moments import moments_of

DAY = date(2026, 9, 1)
LATER = DAY + timedelta(days=30)
SENTENCE = "Dit staat hier zo opgeschreven dat een collega het begrijpt."


def rules() -> list[str]:
    """The rules whose advice someone can deviate from."""
    found = consultation()
    holding = [one.rule for one in found.advices if one.status is Status.HOLDS]
    return [rule.id for rule in holding if contract_for(found, rule.id)]


def deviation(rule: str, day: date) -> Deviation:
    contract = contract_for(consultation(), rule)
    assert contract is not None
    return deviate(
        consultation(),
        rule,
        decided_on=day,
        kind=DeviationKind.NORM_WEIGHED,
        ground=contract.grounds[0],
        elements=dict.fromkeys(contract.required, SENTENCE),
        instead=SENTENCE,
        decided_by=contract.decider,
    )


def said(*events: Event) -> list[Moment]:
    return list(moments_of(events, knowledge()))


def test_a_case_opens_with_its_protocols_and_every_answer_it_had() -> None:
    facts = facts_of(cases()[CASE])
    found = said(opened(DAY, facts))
    assert [one.lane for one in found].count(Lane.ANSWERS) == len(facts)
    (protocols,) = [one for one in found if one.lane is Lane.PROTOCOLS]
    assert protocols.text == "de casus begint met Diagnose"
    assert {one.day for one in found} == {DAY}


def test_answers_are_said_in_words_whatever_they_are() -> None:
    facts = {"beeld_duidelijk": "nee", "wil_werken": "onbekend", "diagnose_vorm": "betwist"}
    texts = [one.text for one in said(answered(2, DAY, facts | {"probleemanalyse": None}))]
    assert texts[0].startswith("het is nog niet duidelijk")
    assert texts[1].startswith("nog niet bekend: ")
    assert texts[2].startswith("betwist: ")
    assert texts[3].startswith("antwoord weggehaald over ")
    assert not any("_" in text for text in texts)


def test_an_answer_to_a_question_that_is_gone_has_no_identifier() -> None:
    body = FactsRecorded(facts={"een_oude_vraag": "ja"})
    (found,) = said(event(2, DAY, body))
    assert found.text == "antwoord op een vraag die er niet meer is"


def test_what_was_followed_and_deviated_from_have_lanes_of_their_own() -> None:
    one, other = rules()[:2]
    found = said(
        decided(2, DAY, follow(consultation(), one, decided_on=DAY)),
        decided(3, LATER, deviation(other, LATER)),
    )
    assert [moment.lane for moment in found] == [Lane.FOLLOWED, Lane.DEVIATED, Lane.REVIEW]
    assert found[2].day > LATER
    assert found[1].text == found[2].text


def test_who_decides_again_has_looked_at_it_again() -> None:
    rule = rules()[0]
    again = decided(3, LATER, follow(consultation(), rule, decided_on=LATER))
    found = said(decided(2, DAY, deviation(rule, DAY)), again)
    assert Lane.REVIEW not in {moment.lane for moment in found}


def test_an_own_judgement_and_another_subject_are_there() -> None:
    action = consultation().advice(rules()[0]).rule.advice.action
    judged = JudgementGiven(actions=(action,), other="iets anders", why="", receipt="0" * 64)
    found = said(event(2, DAY, judged), event(3, DAY, ProtocolsChosen(protocols=("scholing",))))
    assert found[0].lane is Lane.JUDGED
    assert found[0].text == f"{knowledge().actions[action].title}; iets anders"
    assert found[1].lane is Lane.PROTOCOLS
    assert "scholing" not in found[1].text.split()
