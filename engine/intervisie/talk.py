"""Questions to a group that fit this one case, made from the answers and the proof.

They come with the step of the script that they belong to, and only from what was shown. Naming the
differences and talking them over helps more than stricter rules do (proreact-2013 par. 5.4 and
chapter 8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.consult import Advice, Consultation, consult
from engine.decisions import Colleague, DifferenceKind, MeetingView, Step
from engine.intervisie.differences import Compared, Spread, spread
from engine.intervisie.words import step_in_words
from engine.knowledge import SourceRef
from engine.library import Knowledge
from engine.prose import sentence, small
from engine.reasons import sources_in_words
from engine.reasons import step as advised_step
from engine.wording import enumerate_dutch
from engine.words import Status, Topic

_MOST_OPEN = 3
"""Open facts that are asked about at most: those that decide most come first."""

_UNCLEAR = (DifferenceKind.CLASH, DifferenceKind.SILENT)


@dataclass(frozen=True, slots=True)
class TalkQuestion:
    """A question to the group.

    Attributes:
        fact: the fact that it is about; empty if it is about none.
        sources: where the rule that it is about comes from, in words.
    """

    topic: Topic
    text: str
    fact: str = ""
    sources: tuple[str, ...] = ()


def questions_for(
    view: MeetingView, knowledge: Knowledge, compared: Sequence[Compared]
) -> tuple[TalkQuestion, ...]:
    """Return the questions that fit what was shown so far.

    Args:
        view: the meeting as someone may see it.
        knowledge: where facts, actions and rules have their words.
        compared: the answers beside the protocols; empty before those are shown.
    """
    spreads = spread(view)
    deciding = {fact for one in compared if one.protocol is not None for fact in one.protocol.facts}
    found = list(_on_facts(spreads, deciding, knowledge))
    if view.frozen is not None:
        consultation = consult(knowledge, view.frozen)
        found += _on_open(consultation, view.asked)
        found += _on_weighing(view, compared, knowledge)
        found += _on_rules(view, consultation, knowledge)
    if view.colleague is not None:
        found += _on_decision(view.colleague, compared, knowledge)
    return tuple(found)


def _on_facts(
    spreads: Sequence[Spread], deciding: set[str], knowledge: Knowledge
) -> Iterator[TalkQuestion]:
    for one in spreads:
        fact = knowledge.facts.get(one.name)
        if fact is None or not one.differs:
            continue
        text = f"'{fact.question}' Wie ziet dit anders, en waardoor?"
        if one.name in deciding:
            text += " Hiervan hangt af wat het protocol adviseert."
        yield TalkQuestion(Topic.FACTS, text, one.name)


def _on_open(consultation: Consultation, asked: Sequence[str]) -> Iterator[TalkQuestion]:
    open_ones = [one.fact for one in consultation.questions if one.fact.id not in asked]
    for fact in open_ones[:_MOST_OPEN]:
        text = f"Nog niet bekend: '{fact.question}' Wie kan dat zeggen, en wat zou het veranderen?"
        yield TalkQuestion(Topic.OPEN, text, fact.id)


def _on_weighing(
    view: MeetingView, compared: Sequence[Compared], knowledge: Knowledge
) -> Iterator[TalkQuestion]:
    weighed = [
        one
        for one in compared
        if one.protocol is not None and one.protocol.kind is not DifferenceKind.FACTS
    ]
    if not weighed:
        return
    alike: dict[str, dict[Step | None, None]] = {}
    for voice in view.voices or ():
        alike.setdefault(repr(sorted((voice.readings or {}).items())), {})[voice.step] = None
    steps = {step: None for chosen in alike.values() if len(chosen) > 1 for step in chosen}
    if steps:
        said = enumerate_dutch([f"'{step_in_words(step, knowledge)}'" for step in steps], "of")
        text = f"Met dezelfde feiten kiest de een anders dan de ander: {said}."
    elif all(one.protocol and one.protocol.kind in _UNCLEAR for one in weighed):
        text = "Over deze keuze geeft het protocol geen duidelijk advies."
    else:
        text = "Een deel van u kiest anders dan het protocol, ook met de feiten zoals u ze ziet."
    yield TalkQuestion(Topic.WEIGHING, f"{text} Wat weegt voor u het zwaarst?")


def _on_rules(
    view: MeetingView, consultation: Consultation, knowledge: Knowledge
) -> Iterator[TalkQuestion]:
    actions = {step.action for step in view.options}
    clashing = [one for one in consultation.conflicts if one.action in actions]
    for conflict in clashing:
        titles = [consultation.advice(rule).rule.title for rule in (*conflict.do, *conflict.do_not)]
        said = enumerate_dutch([f"'{title}'" for title in titles], "en")
        yield TalkQuestion(
            Topic.RULE,
            f"Deze regels spreken elkaar tegen: {said}. Welke gaat hier voor, en waarom?",
        )
    for advice in consultation.advices:
        if advice.rule.id not in view.about:
            continue
        yield from _on_rule(advice, consultation, knowledge)


def _on_rule(
    advice: Advice, consultation: Consultation, knowledge: Knowledge
) -> Iterator[TalkQuestion]:
    rule, sources = advice.rule, _sources(advice.rule.sources, knowledge)
    title = f"De regel '{rule.title}'"
    if advice.status.is_given:
        step = small(advised_step(advice, knowledge))
        yield TalkQuestion(
            Topic.RULE,
            f"{title} adviseert: {step}. {_first(rule.because)} Past dat bij deze cliënt?",
            sources=sources,
        )
    elif advice.status is Status.OPEN:
        yield TalkQuestion(
            Topic.RULE,
            f"{title} hangt af van wat nog open is. Wanneer vindt u dat zij hier moet gelden?",
            sources=sources,
        )
    elif advice.status is Status.DEFEATED:
        others = [consultation.program.rules[name].rule.title for name in advice.defeated_by]
        said = enumerate_dutch([f"'{other}'" for other in others], "en")
        yield TalkQuestion(
            Topic.RULE,
            f"{title} vervalt hier door {said}. Vindt iedereen dat terecht?",
            sources=sources,
        )
    else:
        yield TalkQuestion(
            Topic.RULE, f"{title} geldt hier niet. Had dat anders moeten zijn?", sources=sources
        )


def _on_decision(
    colleague: Colleague, compared: Sequence[Compared], knowledge: Knowledge
) -> Iterator[TalkQuestion]:
    step = small(step_in_words(colleague.step, knowledge))
    ground = knowledge.grounds.get(colleague.ground or "")
    why = f", met als grond '{small(ground.label)}'" if ground else ""
    same = sum(one.colleague is None for one in compared)
    if same == len(compared):
        ask = "U had dat allemaal ook gedaan. Wat zou er anders moeten zijn om het niet te doen?"
    elif same == 0:
        ask = "Niemand van u had dat gedaan. Wat zag de collega dat u niet ziet?"
    else:
        ask = "Een deel van u had dat ook gedaan. Wat gaf voor ieder de doorslag?"
    yield TalkQuestion(Topic.DECISION, f"De collega koos: {step}{why}. {ask}")


def _first(text: str) -> str:
    """Return the first sentence of an explanation: a question is read aloud."""
    return sentence(re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0])


def _sources(references: Sequence[SourceRef], knowledge: Knowledge) -> tuple[str, ...]:
    return sources_in_words(references, knowledge, with_version=False)
