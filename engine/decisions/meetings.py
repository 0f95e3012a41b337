"""Records what happens in meetings; :class:`engine.decisions.attending.Attending` asks who may.

Every command is refused under the lock of the writer when it doesn't fit what happened before, so
two browsers at once can't get a meeting in a state that it can't have.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from engine.case import DISPUTED, UNKNOWN, AnswerError
from engine.decisions.address import RecordError
from engine.decisions.base import DecisionError, Finding
from engine.decisions.chain import Seal
from engine.decisions.events import Event
from engine.decisions.journal import Also, Follow, Journal
from engine.decisions.ledger import NoCaseError
from engine.decisions.meeting import Meeting, NoMeetingError, Phase, fold
from engine.decisions.meeting_events import (
    CaseDiscussed,
    MeetingAdded,
    MeetingAnswered,
    MeetingBody,
    MeetingClosed,
    MeetingConcluded,
    MeetingJoined,
    MeetingPrepared,
    MeetingRevealed,
    MeetingTakenOver,
)
from engine.library import Knowledge
from engine.words import Stage

FEWEST_ANSWERS = 2
"""A spread of one answer is that person's answer."""

MOST_PARTICIPANTS = 12

_CONSONANTS = "bcdfghjkmnpqrstvwxz"
"""Letters only, so that a code is never taken for a number, and none of them makes a word."""

_SPACE = UUID("1c1f4f0f-51a4-5d0a-9d5e-7a3b6b0d9a06")

Allowed = Callable[[Meeting], None]
"""Refuses what a meeting has no place for, by raising an exception."""


def new_code() -> str:
    """Return the code with which participants come in: some 17 billion are possible."""
    return "".join(secrets.choice(_CONSONANTS) for _ in range(8))


def new_salt() -> str:
    """Return what keeps the order of nameless answers from being worked out."""
    return secrets.token_hex(32)


class Meetings:
    """The meetings in the record; threads may share one."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def of(self, meeting: str) -> Meeting:
        """Return a meeting as it stands.

        Raises:
            NoMeetingError: there is no such meeting, or it was erased.
        """
        return fold(self.events_of(meeting))

    def events_of(self, meeting: str) -> tuple[Event, ...]:
        """Return everything that happened in a meeting, oldest first.

        Raises:
            NoMeetingError: there is no such meeting.
        """
        try:
            return self._journal.of_case(meeting)
        except NoCaseError:
            raise NoMeetingError from None

    def head(self, meeting: str, person: str) -> int:
        """Return the place of the last event of a meeting; cheap enough to ask every second.

        Raises:
            NoMeetingError: there is no such meeting in which this person takes part.
        """
        found = self._journal.head_for(meeting, person)
        if found is None:
            raise NoMeetingError
        return found

    def seal(self, meeting: str) -> Seal:
        """Return the seal of the whole record as it is now, for something about one meeting."""
        return self._journal.seal(meeting)

    def every(self) -> Iterator[Meeting]:
        """Return all meetings that can be read, the one that was prepared first comes first."""
        for history in self._journal.streams(MeetingPrepared.kind):
            yield fold(history)

    def with_person(self, person: str) -> Iterator[Meeting]:
        """Return the meetings that someone prepared or takes part in."""
        for history in self._journal.streams(MeetingPrepared.kind, actor=person):
            yield fold(history)

    def with_code(self, code: str) -> Meeting:
        """Return the open meeting with a code.

        Raises:
            NoMeetingError: there is none.
        """
        said = "".join(code.split()).casefold().encode()
        for event in self._journal.of_kind(MeetingPrepared.kind):
            made = event.body
            if isinstance(made, MeetingPrepared) and hmac.compare_digest(made.code.encode(), said):
                meeting = self.of(event.case_id)
                if meeting.phase is not Phase.CLOSED:
                    return meeting
        raise NoMeetingError

    def prepare(self, made: MeetingPrepared, *, actor: str, key: UUID | None) -> Event:
        """Record that a case was made ready; the same key gives the same meeting.

        Raises:
            RecordError: it can't be recorded.
            PrivacyError: a text says who someone is, or what they suffer from.
        """
        key = key or uuid4()
        meeting = f"i-{uuid5(_SPACE, str(key)).hex[:16]}"
        try:
            return self._journal.add(meeting, made, actor, key)
        except RecordError:
            # What was sent twice has another code the second time; the first stands.
            if not self._journal.has(key):
                raise
            return self._journal.of_case(meeting)[0]

    def join(self, meeting: str, *, names: bool, knows: bool, actor: str, key: UUID | None) -> None:
        """Record that someone takes part; once, also when repeated.

        Raises:
            RecordError: it is full, over or theirs.
        """
        if self.of(meeting).participant(actor) is not None:
            return

        def allowed(now: Meeting) -> None:
            _open(now)
            if now.has_led(actor):
                raise RecordError("U begeleidt deze bijeenkomst; dan kunt u niet ook meedoen.")
            if now.participant(actor) is not None:
                raise RecordError("U doet al mee aan deze bijeenkomst.")
            if len(now.counted) >= MOST_PARTICIPANTS:
                raise RecordError(f"Er doen al {MOST_PARTICIPANTS} mensen mee. Meer kan niet.")

        self._add(meeting, MeetingJoined(names=names, knows=knows), actor, key, allowed)

    def take_over(self, meeting: str, *, actor: str, key: UUID | None) -> None:
        """Record that someone who is in the meeting leads it from now on; once, also when repeated.

        Raises:
            RecordError: the meeting is over.
        """

        def allowed(now: Meeting) -> None:
            _open(now)
            if not now.has_led(actor):
                _takes_part(now, actor)

        if self.of(meeting).facilitator != actor:
            self._add(meeting, MeetingTakenOver(), actor, key, allowed)

    def answer(
        self,
        meeting: str,
        answer: MeetingAnswered,
        knowledge: Knowledge,
        *,
        actor: str,
        key: UUID | None,
    ) -> None:
        """Record what a participant answers; they can do so anew until the reveal.

        Raises:
            DecisionError: a fact or the step has no answer that fits.
            RecordError: the answers were shown already, or they came in after that.
        """

        def allowed(now: Meeting) -> None:
            if now.phase is not Phase.ALONE:
                raise RecordError(
                    "De antwoorden zijn al getoond. Uw antwoord verandert niet meer. Wat u nog "
                    "wilt zeggen, kunt u aanvullen."
                )
            if now.has_led(actor):
                raise RecordError(
                    "U begeleidt deze bijeenkomst, of deed dat eerder. Dan antwoordt u niet meer. "
                    "Wat u daarvoor verstuurde, telt mee."
                )
            _takes_part(now, actor)
            if found := list(_unfit(now, answer, knowledge)):
                raise DecisionError(found)

        self._add(meeting, answer, actor, key, allowed)

    def reveal(self, meeting: str, stage: Stage, *, actor: str, key: UUID | None) -> None:
        """Record that the next thing is shown to the group; once, also when repeated.

        Raises:
            RecordError: it isn't the next, or too few have answered.
        """

        def allowed(now: Meeting) -> None:
            _led_by(now, actor)
            if len(now.answered) < FEWEST_ANSWERS:
                raise RecordError(
                    f"Er zijn nog geen {FEWEST_ANSWERS} antwoorden. Anders is te zien van wie een "
                    "antwoord is."
                )
            if stage is not now.next_stage:
                raise RecordError("Dit is al getoond, of er komt eerst iets anders.")

        if stage not in self.of(meeting).revealed:
            self._add(meeting, MeetingRevealed(stage=stage), actor, key, allowed)

    def add(self, meeting: str, added: MeetingAdded, *, actor: str, key: UUID | None) -> None:
        """Record what someone adds to what was said.

        Raises:
            RecordError: nothing was shown yet, or the meeting is over.
        """

        def allowed(now: Meeting) -> None:
            _open(now)
            if now.phase is Phase.ALONE:
                raise RecordError("U kunt pas iets aanvullen als de antwoorden zijn getoond.")
            if not now.has_led(actor):
                _takes_part(now, actor)

        self._add(meeting, added, actor, key, allowed)

    def lead(self, meeting: str, body: MeetingBody, *, actor: str, key: UUID | None) -> None:
        """Record a step of the script, or something that was noted.

        Raises:
            RecordError: the meeting is over, or someone else leads it by now.
        """
        self._add(meeting, body, actor, key, lambda now: _led_by(now, actor))

    def conclude(
        self, meeting: str, verdict: MeetingConcluded, *, actor: str, key: UUID | None
    ) -> None:
        """Record what the group came to.

        Raises:
            RecordError: the group has not seen everything yet, or the meeting is over.
        """

        def allowed(now: Meeting) -> None:
            _led_by(now, actor)
            if now.next_stage is not None:
                raise RecordError("De groep heeft nog niet alles gezien. Toon eerst de rest.")

        self._add(meeting, verdict, actor, key, allowed)

    def close(self, meeting: str, *, actor: str, key: UUID | None) -> None:
        """Record that the meeting is over, and in the case what it came to: both or neither.

        Raises:
            RecordError: there is no verdict yet.
        """

        def allowed(now: Meeting) -> None:
            _led_by(now, actor)
            if now.conclusion is None:
                raise RecordError("Leg eerst de uitspraak van de groep vast.")

        def follow(history: Sequence[Event]) -> Iterator[Also]:
            now = fold(history)
            if now.conclusion is not None:
                body = discussed(now, now.conclusion)
                yield Also(now.prepared.origin, body, uuid5(_SPACE, meeting))

        if not self.of(meeting).closed:
            self._add(meeting, MeetingClosed(), actor, key, allowed, follow)

    def verdicts(self, case_id: str | None = None) -> Iterator[tuple[Event, CaseDiscussed]]:
        """Return what groups came to, as the cases hold it, the last first.

        Args:
            case_id: the only case to look in; ``None`` looks in all.
        """
        for event in reversed(self._journal.of_kind(CaseDiscussed.kind, case_id)):
            if isinstance(event.body, CaseDiscussed):
                yield event, event.body

    def _add(
        self,
        meeting: str,
        body: MeetingBody,
        actor: str,
        key: UUID | None,
        allowed: Allowed,
        follow: Follow | None = None,
    ) -> None:
        def check(history: Sequence[Event], at: datetime) -> None:
            allowed(fold(history))

        try:
            self._journal.add(meeting, body, actor, key, check, follow=follow)
        except NoCaseError:
            raise NoMeetingError from None


def discussed(meeting: Meeting, verdict: MeetingConcluded) -> CaseDiscussed:
    """Return what a case keeps of a meeting on it."""
    views = [one.body for one in meeting.additions if one.body.minority]
    stood_by = [
        one.model_copy(update={"field": f"minority.{n}"})
        for n, view in enumerate(views)
        for one in view.confirmed
    ]
    return CaseDiscussed(
        meeting=meeting.id,
        decision=meeting.prepared.decision,
        rules=meeting.rules,
        rule=verdict.rule,
        should_be=verdict.should_be,
        ruling=verdict.ruling,
        why=verdict.why,
        minority=meeting.minority,
        learned=verdict.learned,
        agreed=verdict.agreed,
        confirmed=(*verdict.confirmed, *stood_by),
    )


def _open(meeting: Meeting) -> None:
    if meeting.closed:
        raise RecordError("Deze bijeenkomst is gesloten. Er kan niets meer bij.")


def _led_by(meeting: Meeting, person: str) -> None:
    """Refuse who doesn't lead: between a look and a click a colleague can have taken over."""
    _open(meeting)
    if person != meeting.facilitator:
        raise RecordError("Een collega begeleidt deze bijeenkomst nu. Er is niets vastgelegd.")


def _takes_part(meeting: Meeting, person: str) -> None:
    if meeting.participant(person) is None:
        raise NoMeetingError


def _unfit(meeting: Meeting, answer: MeetingAnswered, knowledge: Knowledge) -> Iterator[Finding]:
    made, case = meeting.prepared, meeting.case(knowledge)
    # A question that is gone since can't be asked, and must not keep anyone from answering.
    asked = [name for name in made.asked if name in knowledge.facts]
    if set(answer.readings) - set(asked):
        yield Finding("readings", "Een van deze vragen hoort niet bij deze bijeenkomst.")
    for name in asked:
        raw = answer.readings.get(name)
        try:
            if raw is None:
                raise AnswerError(f"Kies een antwoord, of '{UNKNOWN}'.")
            if raw == DISPUTED or isinstance(raw, Mapping):
                raise AnswerError("Geef één antwoord: hoe ziet u dit zelf?")
            case.answer(knowledge, name, raw)
        except AnswerError as error:
            yield Finding(f"readings.{name}", str(error))
    if answer.step is not None and answer.step not in made.options:
        yield Finding("step", "Deze stap staat niet in de lijst. Kies opnieuw.")
