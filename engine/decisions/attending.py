"""Meetings as one person may take part in them; every command asks first whether they may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from engine.decisions.base import DecisionError, compose
from engine.decisions.freezing import CaseCopy, check_reviewed, freeze
from engine.decisions.looking import AccessError
from engine.decisions.meeting import Meeting
from engine.decisions.meeting_events import (
    MeetingAdded,
    MeetingAnswered,
    MeetingConcluded,
    MeetingNoted,
    MeetingPrepared,
    ScriptStepBegun,
)
from engine.decisions.meeting_parts import (
    Agreed,
    DifferenceKind,
    ReviewedText,
    Step,
)
from engine.decisions.meetings import new_code, new_salt
from engine.decisions.privacy import Confirmed
from engine.decisions.watching import Watching
from engine.library import Knowledge
from engine.words import Ruling, Stage, Status, Sureness


class Attending(Watching):
    """The meetings for one person."""

    def copy(self, case_id: str, knowledge: Knowledge, decision: UUID | None = None) -> CaseCopy:
        """Copy a case to make it ready; see :func:`engine.decisions.freezing.freeze`.

        Raises:
            RecordError: they may not, or there is no such case or decision for them.
        """
        self._need_prepare()
        return freeze(self._looking.history(case_id), knowledge, decision)

    def prepare(
        self,
        copy: CaseCopy,
        knowledge: Knowledge,
        *,
        texts: Sequence[ReviewedText],
        question: str,
        asked: Sequence[str],
        options: Sequence[Step],
        script: str,
        names: bool = False,
        about: Sequence[str] = (),
        step: Step | None = None,
        confirmed: Sequence[Confirmed] = (),
        key: UUID | None = None,
    ) -> str:
        """Record that a case was made ready for a group; return the pseudonym of the meeting.

        Args:
            copy: the case as it was known; it is taken anew from the record.
            knowledge: where facts and actions are defined.
            texts: how each text of the copy was looked at.
            question: what the group is asked.
            asked: the facts that each participant judges anew.
            options: the steps to choose from; the group gets them in an order that says nothing.
            script: the form of the talk, by id.
            names: whether the group is asked to show names with the answers.
            about: the rules that the talk is about; that of the decision is always one.
            step: what the colleague did, where that is another step than the copy says.
            confirmed: words in the texts that the guard asked about, and why they stand there.
            key: names the meeting, so that it can be sent twice and be recorded once.

        Raises:
            DecisionError: something is missing or a text was passed over.
            PrivacyError: a text says who someone is, or what they suffer from.
            RecordError: they may not.
        """
        fresh = self.copy(copy.origin, knowledge, copy.decision)
        check_reviewed(fresh, texts)
        colleague = fresh.colleague
        if colleague is not None and step is not None:
            colleague = colleague.model_copy(update={"step": step})
        rules = [*([colleague.rule] if colleague else []), *about]
        made = compose(
            MeetingPrepared,
            origin=fresh.origin,
            origin_seq=fresh.seq,
            decision=fresh.decision,
            authority=fresh.case.authority,
            protocols=fresh.case.protocols,
            reference_date=fresh.case.reference_date,
            facts=fresh.facts,
            texts=tuple(texts),
            question=question,
            code=new_code(),
            salt=new_salt(),
            names=names,
            asked=tuple(dict.fromkeys(asked)),
            # The first that was suggested is often what the colleague did.
            options=tuple(sorted(set(options), key=lambda one: (one.direction, one.action))),
            about=tuple(dict.fromkeys(rules)),
            script=script,
            colleague=colleague,
            confirmed=tuple(confirmed),
        )
        made.check(knowledge)
        return self._meetings.prepare(made, actor=self.actor.id, key=key).case_id

    def join(self, code: str, *, names: bool, key: UUID | None = None) -> str:
        """Take part in the meeting with a code; return its pseudonym.

        Args:
            code: as the facilitator gave it; spaces and capitals don't matter.
            names: whether names may stand with the answers, as far as this person goes.
            key: names the event, so that it can be sent twice and be recorded once.

        Raises:
            NoMeetingError: there is no open meeting with that code.
            RecordError: they may not, or it is full.
        """
        self._need_login()
        if not self.can_join:
            raise AccessError("Met uw rol kunt u niet meedoen aan een bijeenkomst.")
        meeting = self._meetings.with_code(code)
        knows = self._looking.sees(meeting.prepared.origin)
        self._meetings.join(meeting.id, names=names, knows=knows, actor=self.actor.id, key=key)
        return meeting.id

    def take_over(self, meeting: str, *, key: UUID | None = None) -> None:
        """Lead a meeting from now on, in place of who can't; see :meth:`Meetings.take_over`.

        Raises:
            RecordError: they are no facilitator, are not in it, or it is over.
        """
        self._need_inside(meeting)
        if not self.can_prepare:
            raise AccessError("Alleen een intervisiebegeleider kan een bijeenkomst overnemen.")
        self._meetings.take_over(meeting, actor=self.actor.id, key=key)

    def answer(
        self,
        meeting: str,
        knowledge: Knowledge,
        *,
        readings: dict[str, object],
        step: Step | None,
        why: str,
        sure: Sureness,
        other: str = "",
        confirmed: Sequence[Confirmed] = (),
        key: UUID | None = None,
    ) -> None:
        """Record what this person answers; see :meth:`Meetings.answer`.

        Raises:
            DecisionError: something is missing.
            RecordError: they may not, or the answers were shown already.
        """
        found = self._need_inside(meeting)
        body = compose(
            MeetingAnswered,
            readings=readings,
            step=step,
            other=other,
            why=why,
            sure=sure,
            knows=self._looking.sees(found.prepared.origin),
            confirmed=tuple(confirmed),
        )
        self._meetings.answer(meeting, body, knowledge, actor=self.actor.id, key=key)

    def add(
        self,
        meeting: str,
        text: str,
        *,
        minority: bool = False,
        reason: DifferenceKind | None = None,
        confirmed: Sequence[Confirmed] = (),
        key: UUID | None = None,
    ) -> None:
        """Add to what was said, after the reveal; see :meth:`Meetings.add`.

        Raises:
            DecisionError: the text says nothing.
            RecordError: they may not, or nothing was shown yet.
        """
        self._need_inside(meeting)
        body = compose(
            MeetingAdded, text=text, minority=minority, reason=reason, confirmed=tuple(confirmed)
        )
        self._meetings.add(meeting, body, actor=self.actor.id, key=key)

    def reveal(self, meeting: str, stage: Stage, *, key: UUID | None = None) -> None:
        """Show the next thing to the group; see :meth:`Meetings.reveal`.

        Raises:
            RecordError: they don't lead it, it isn't the next, or too few have answered.
        """
        self._need_lead(meeting)
        self._meetings.reveal(meeting, stage, actor=self.actor.id, key=key)

    def begin_step(
        self, meeting: str, number: int, *, script: str = "", key: UUID | None = None
    ) -> None:
        """Begin a step of the script, or of another script.

        Raises:
            RecordError: they don't lead it, or it is over.
        """
        chosen = script or self._need_lead(meeting).prepared.script
        self._lead(meeting, compose(ScriptStepBegun, script=chosen, number=number), key)

    def note(
        self,
        meeting: str,
        text: str,
        *,
        confirmed: Sequence[Confirmed] = (),
        key: UUID | None = None,
    ) -> None:
        """Write down what was said.

        Raises:
            RecordError: they don't lead it, or it is over.
        """
        self._lead(meeting, compose(MeetingNoted, text=text, confirmed=tuple(confirmed)), key)

    def conclude(
        self,
        meeting: str,
        *,
        ruling: Ruling,
        why: str,
        rule: str | None = None,
        should_be: Status | None = None,
        learned: Sequence[str] = (),
        agreed: Sequence[tuple[str, str, date]] = (),
        confirmed: Sequence[Confirmed] = (),
        key: UUID | None = None,
    ) -> None:
        """Record what the group came to; the last one before closing counts.

        Args:
            meeting: the meeting.
            ruling: the verdict on what the colleague did.
            why: what it rests on.
            rule: the rule that should be clearer or otherwise.
            should_be: what that rule should have said here.
            learned: what others can learn from it.
            agreed: what is done, by whom, and by when.
            confirmed: words in the texts that the guard asked about, and why they stand there.
            key: names the event, so that it can be sent twice and be recorded once.

        Raises:
            DecisionError: something is missing.
            RecordError: they don't lead it, or the group has not seen everything yet.
        """
        self._need_lead(meeting)
        verdict = compose(
            MeetingConcluded,
            ruling=ruling,
            why=why,
            rule=rule,
            should_be=should_be,
            learned=tuple(learned),
            agreed=tuple(_agreed(number, *one) for number, one in enumerate(agreed)),
            confirmed=tuple(confirmed),
        )
        self._meetings.conclude(meeting, verdict, actor=self.actor.id, key=key)

    def close(self, meeting: str, *, key: UUID | None = None) -> None:
        """End the meeting; what it came to is recorded in the case as well.

        Raises:
            RecordError: they don't lead it, or there is no verdict yet.
        """
        self._need_lead(meeting)
        self._meetings.close(meeting, actor=self.actor.id, key=key)

    def _lead(self, meeting: str, body: ScriptStepBegun | MeetingNoted, key: UUID | None) -> None:
        self._need_lead(meeting)
        self._meetings.lead(meeting, body, actor=self.actor.id, key=key)

    def _need_inside(self, meeting: str) -> Meeting:
        self._need_login()
        return self._entered(meeting)

    def _need_lead(self, meeting: str) -> Meeting:
        found = self._need_inside(meeting)
        if found.facilitator != self.actor.id or not self.can_prepare:
            raise AccessError("Alleen de begeleider van deze bijeenkomst kan dit doen.")
        return found

    def _need_prepare(self) -> None:
        self._need_login()
        if not self.can_prepare:
            raise AccessError("Alleen een intervisiebegeleider kan een bijeenkomst voorbereiden.")


def _agreed(number: int, what: str, who: str, by: date) -> Agreed:
    """Make one line of who does what by when.

    Raises:
        DecisionError: something is missing; its fields name the line.
    """
    try:
        return compose(Agreed, what=what, who=who, by=by)
    except DecisionError as error:
        raise error.moved(lambda field: f"agreed.{number}.{field}") from None
