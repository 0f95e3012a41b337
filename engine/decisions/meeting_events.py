"""Events of an intervisie meeting: a group judges one case, alone and then together.

A meeting is a stream of its own in the record, beside the cases. It begins with a copy of a case,
frozen and redacted, and everything in it is added, as everywhere in the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from engine.decisions.base import DecisionError, Finding, Frozen, RecordedCaseId
from engine.decisions.draft import lacking
from engine.decisions.facts import Facts
from engine.decisions.meeting_parts import (
    ABOUT_A_RULE,
    MOST_FACTS,
    Agreed,
    Colleague,
    DifferenceKind,
    Remark,
    ReviewedText,
    Short,
    Step,
)
from engine.decisions.privacy import Confirmations
from engine.knowledge import AUTHORITY, Name, RuleId
from engine.library import Knowledge
from engine.words import FactKind, Ruling, Stage, Status, Sureness


class MeetingPrepared(Frozen):
    """A case was made ready for a group.

    Attributes:
        origin: the case in the record.
        origin_seq: the last event of that case that is in the copy.
        decision: the decision that it is about; ``None`` if there is none.
        facts: the facts as they were, without those that are free text.
        texts: how each free text was looked at, and what the group reads of it.
        question: what the group is asked.
        code: with which participants come in.
        salt: keeps the order of nameless answers from telling whose they are.
        names: whether the group is asked to show names with the answers.
        asked: the facts that each participant judges anew.
        options: the steps to choose from; participants can also name another one.
        about: the rules that the talk is about.
        script: the form of the talk, by id.
        confirmed: words in the texts that the guard asked about, and why they stand there.
    """

    kind: ClassVar[str] = "meeting_prepared"
    form: ClassVar[int] = 1

    origin: RecordedCaseId
    origin_seq: int
    decision: UUID | None
    authority: str
    protocols: Annotated[tuple[str, ...], Field(min_length=1)]
    reference_date: date
    facts: Facts
    texts: tuple[ReviewedText, ...]
    question: Short
    code: Annotated[str, StringConstraints(pattern=r"^[b-z]{8}$")]
    salt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    names: bool
    asked: Annotated[tuple[Name, ...], Field(max_length=MOST_FACTS)]
    options: Annotated[tuple[Step, ...], Field(min_length=2)]
    about: tuple[RuleId, ...]
    script: Name
    colleague: Colleague | None
    confirmed: Confirmations = ()

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        found = [*lacking("question", "de vraag", "Wat vraagt u de groep?", self.question)]
        if not self.text("title"):
            found.append(Finding("texts.title", "Geef de casus een titel voor de groep."))
        if found:
            raise DecisionError(found)
        return self

    def check(self, knowledge: Knowledge) -> None:
        """Refuse facts and steps that can't be asked.

        Raises:
            DecisionError: a fact is unknown or is free text, or a step is unknown.
        """
        facts = knowledge.facts
        found = [
            Finding("asked", "Een van deze vragen is er niet, of kan niet worden gesteld.")
            for name in self.asked
            if name == AUTHORITY or name not in facts or facts[name].kind is FactKind.TEXT
        ]
        found += [
            Finding("options", "Een van deze stappen is er niet. Kies opnieuw.")
            for step in self.options
            if step.action not in knowledge.actions
        ]
        if found:
            raise DecisionError(found)

    def text(self, field: str) -> str:
        """Return what the group reads of one text; empty if nothing."""
        return next((one.text for one in self.texts if one.field == field), "")


class MeetingJoined(Frozen):
    """Someone takes part.

    Attributes:
        names: whether they agree that names stand with the answers.
        knows: whether they could read the case itself; then their judgement isn't a blind one.
    """

    kind: ClassVar[str] = "meeting_joined"
    form: ClassVar[int] = 1

    names: bool
    knows: bool


class MeetingTakenOver(Frozen):
    """Someone who takes part leads the meeting from now on, because who led it can't go on."""

    kind: ClassVar[str] = "meeting_taken_over"
    form: ClassVar[int] = 1


class MeetingAnswered(Frozen):
    """A participant judged the case alone; the last time before the reveal counts.

    Attributes:
        readings: how they see each of the disputed facts.
        step: the next step that they choose; ``None`` for one that no protocol has.
        other: that other step, in their own words.
        why: their reason.
        knows: whether they could read the case itself by now; it can be shared in between.
    """

    kind: ClassVar[str] = "meeting_answered"
    form: ClassVar[int] = 1

    readings: Facts
    step: Step | None
    other: Short = ""
    why: Remark
    sure: Sureness
    knows: bool = False
    confirmed: Confirmations = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.step is None) is not bool(self.other):
            raise DecisionError.about(
                "Kies een stap, of schrijf bij 'Iets anders' wat u zou doen.", "step"
            )
        if found := [*lacking("why", "uw reden", "Waarom kiest u deze stap?", self.why)]:
            raise DecisionError(found)
        return self


class MeetingRevealed(Frozen):
    """One thing more is shown to the group; no answer changes any more."""

    kind: ClassVar[str] = "meeting_revealed"
    form: ClassVar[int] = 1

    stage: Stage


class MeetingAdded(Frozen):
    """Someone added to what was said, after the reveal.

    Attributes:
        minority: whether it is a view that the group does not share; it is kept as written.
        reason: why they chose otherwise than the protocol, in their own opinion.
    """

    kind: ClassVar[str] = "meeting_added"
    form: ClassVar[int] = 1

    text: Remark
    minority: bool = False
    reason: DifferenceKind | None = None
    confirmed: Confirmations = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        question = "Wat wilt u aanvullen?"
        if found := [*lacking("text", "de aanvulling", question, self.text)]:
            raise DecisionError(found)
        return self


class ScriptStepBegun(Frozen):
    """The facilitator began a step of the script; the time left counts from here.

    Attributes:
        number: which step, counted from 0.
    """

    kind: ClassVar[str] = "script_step_begun"
    form: ClassVar[int] = 1

    script: Name
    number: Annotated[int, Field(ge=0, le=50)]


class MeetingNoted(Frozen):
    """The facilitator wrote down what was said."""

    kind: ClassVar[str] = "meeting_noted"
    form: ClassVar[int] = 1

    text: Annotated[Remark, StringConstraints(min_length=1)]
    confirmed: Confirmations = ()


class MeetingConcluded(Frozen):
    """The group came to a verdict; the last one before closing counts.

    Attributes:
        rule: the rule that should be clearer or otherwise.
        should_be: what that rule should have said here, if it should be otherwise.
        why: what the verdict rests on.
        learned: what others can learn from it.
    """

    kind: ClassVar[str] = "meeting_concluded"
    form: ClassVar[int] = 1

    ruling: Ruling
    rule: RuleId | None = None
    should_be: Status | None = None
    why: Remark
    learned: tuple[Annotated[Short, StringConstraints(min_length=1)], ...] = ()
    agreed: tuple[Agreed, ...] = ()
    confirmed: Confirmations = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if found := [*lacking("why", "de uitleg", "Waar rust de uitspraak op?", self.why)]:
            raise DecisionError(found)
        if self.ruling in ABOUT_A_RULE and self.rule is None:
            raise DecisionError.about("Kies over welke regel de uitspraak gaat.", "rule")
        if (self.ruling is Ruling.CHANGE) is (self.should_be is None):
            raise DecisionError.about(
                "Kies bij 'De regel moet anders' wat de regel hier had moeten zeggen, en alleen "
                "dan.",
                "should_be",
            )
        return self


class MeetingClosed(Frozen):
    """The meeting is over; nothing can be added."""

    kind: ClassVar[str] = "meeting_closed"
    form: ClassVar[int] = 1


class CaseDiscussed(Frozen):
    """In the case itself: what a group came to about it.

    Attributes:
        meeting: the meeting, by its pseudonym.
        decision: the decision that it was about.
        rules: the rules that it was about, with the one that should be clearer or otherwise.
        rule: that one; ``None`` where the verdict asks nothing of a rule.
        should_be: what it should have said here, if it should be otherwise.
        minority: views that the group did not share, in the words of who holds them.
    """

    kind: ClassVar[str] = "case_discussed"
    form: ClassVar[int] = 1

    meeting: RecordedCaseId
    decision: UUID | None
    rules: tuple[RuleId, ...]
    rule: RuleId | None = None
    should_be: Status | None = None
    ruling: Ruling
    why: Remark
    minority: tuple[Remark, ...]
    learned: tuple[Short, ...]
    agreed: tuple[Agreed, ...]
    confirmed: Confirmations = ()


MeetingBody = (
    MeetingPrepared
    | MeetingJoined
    | MeetingTakenOver
    | MeetingAnswered
    | MeetingRevealed
    | MeetingAdded
    | ScriptStepBegun
    | MeetingNoted
    | MeetingConcluded
    | MeetingClosed
)
"""What happens in the stream of a meeting, apart from its being erased."""


def texts_of_meeting(body: MeetingBody | CaseDiscussed) -> Mapping[str, str]:
    """Return every text that someone typed, by field."""
    match body:
        case MeetingPrepared():
            reviewed = {f"texts.{one.field}": one.text for one in body.texts}
            return {"question": body.question} | reviewed
        case MeetingAnswered():
            return {"other": body.other, "why": body.why}
        case MeetingAdded() | MeetingNoted():
            return {"text": body.text}
        case MeetingConcluded() | CaseDiscussed():
            learned = {f"learned.{n}": text for n, text in enumerate(body.learned)}
            agreed = {
                f"agreed.{n}.{part}": text
                for n, one in enumerate(body.agreed)
                for part, text in (("what", one.what), ("who", one.who))
            }
            minority = getattr(body, "minority", ())
            views = {f"minority.{n}": text for n, text in enumerate(minority)}
            return {"why": body.why} | learned | agreed | views
        case _:
            return {}
