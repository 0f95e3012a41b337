"""The record: what happened in each case, kept as events that are only ever added.

The state of a case is what its events add up to. Every method that writes commits one event, or
none. A write with a ``key`` can be sent again: the second time gives back what is there.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import ValidationError

from engine.case import Case, difference, facts_of
from engine.consult import Consultation
from engine.decisions.address import RecordError
from engine.decisions.base import DecisionError
from engine.decisions.events import (
    DOCUMENT_LENGTH,
    CaseOpened,
    Decided,
    Event,
    FactsRecorded,
    Needed,
    ProtocolsChosen,
    Said,
)
from engine.decisions.incoming import Incoming
from engine.decisions.judging import judge
from engine.decisions.kept_files import files_of
from engine.decisions.making import check_against, read_decision
from engine.decisions.model import Decision
from engine.decisions.preferences import keep_preference
from engine.decisions.privacy import Confirmed, screen
from engine.decisions.replay import (
    check_answers,
    check_day,
    check_protocols,
    frame,
    today_of,
)
from engine.decisions.views import StoredDecision
from engine.knowledge import TITLE_LENGTH
from engine.library import Knowledge

NOT_NOTED = Said()
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without the characters that are mistaken for each other when read aloud or copied."""


def new_case_id() -> str:
    """Return a random pseudonym for a case, such as ``c-7kq2m9xw4d``.

    One in a few hundred looks like a number or a word that the guard stops; those are not used,
    because a title and a note name the case.
    """
    while True:
        made = "".join(secrets.choice(_ALPHABET) for _ in range(10))
        if not screen(made):
            return f"c-{made}"


class Record(Incoming):
    """The record of all cases; threads may share one."""

    def open_case(
        self,
        case: Case,
        *,
        title: str,
        story: str,
        actor: str,
        example: bool = False,
        key: UUID | None = None,
        confirmed: Sequence[Confirmed] = (),
    ) -> Event:
        """Open a case with the answers that it has.

        Raises:
            RecordError: there already is a case with this id, the title is empty or a text is
                too long.
            PrivacyError: a text says who someone is, or what they suffer from.
        """
        try:
            body = CaseOpened(
                title=title,
                story=story,
                authority=case.authority,
                protocols=case.protocols,
                reference_date=case.reference_date,
                example=example,
                facts=facts_of(case),
                confirmed=tuple(confirmed),
            )
        except ValidationError as error:
            raise RecordError(
                f"Geef de casus een titel van hoogstens {TITLE_LENGTH} tekens en een verhaal van "
                "hoogstens 4000 tekens."
            ) from error
        return self._journal.add(case.id, body, actor, key)

    def save_facts(
        self,
        before: Case,
        after: Case,
        *,
        actor: str,
        key: UUID | None = None,
        confirmed: Sequence[Confirmed] = (),
        seen: int | None = None,
        said: Said = NOT_NOTED,
        again: str | None = None,
    ) -> Event | None:
        """Record the answers that changed; nothing when none did.

        Args:
            before: the case as it was.
            after: the case with the new answers.
            actor: who records it.
            key: names the event, so that it can be sent twice and be recorded once.
            confirmed: words in its texts that the guard asked about, and why they stand there.
            seen: the place of the last event of the case that they had seen; then nothing may
                have changed in it since.
            said: who said so, in which document and on which day, as far as that is noted.
            again: a fact that is recorded also when its answer stays the same, because of where
                it comes from.

        Raises:
            ChangedError: something changed in the case since.
            RecordError: there is no such case, or something other than answers changed.
            PrivacyError: an answer says who someone is, or what they suffer from.
        """
        if frame(before) != frame(after):
            raise RecordError("Alleen de antwoorden van een casus kunnen veranderen.")
        changes = difference(before, after)
        answers = facts_of(after)
        if again is not None and again in answers:
            changes.setdefault(again, answers[again])
        if not changes:
            return None
        if len(said.document) > DOCUMENT_LENGTH:
            raise DecisionError.about(
                f"Noem het document in hoogstens {DOCUMENT_LENGTH} tekens.", "document"
            )
        body = FactsRecorded(facts=changes, confirmed=tuple(confirmed), **said._asdict())

        def check(history: Sequence[Event], at: datetime) -> None:
            if said.said_on is not None and said.said_on > today_of(at):
                raise DecisionError.about("Deze dag ligt na vandaag.", "said_on")

        return self._journal.add(after.id, body, actor, key, check, seen=seen)

    def choose_protocols(
        self,
        case_id: str,
        protocols: Sequence[str],
        *,
        actor: str,
        key: UUID | None = None,
        seen: int | None = None,
    ) -> Event:
        """Record what the case is about from now on; earlier answers and decisions stay.

        Raises:
            ChangedError: something changed in the case since the event at place ``seen``.
            RecordError: there is no such case, or no protocol is left.
        """
        if not protocols:
            raise RecordError("Een casus gaat over minstens een protocol.")
        body = ProtocolsChosen(protocols=tuple(dict.fromkeys(protocols)))
        return self._journal.add(case_id, body, actor, key, seen=seen)

    def decide(
        self,
        decision: Decision,
        consultation: Consultation,
        *,
        actor: str,
        key: UUID | None = None,
        knowledge: Knowledge | None = None,
        needed: Sequence[Needed] = (),
        confirmed: Sequence[Confirmed] = (),
        seen: int | None = None,
        at_once: bool | None = None,
    ) -> StoredDecision:
        """Record a decision with the receipt of the consultation that it rests on.

        Args:
            decision: what was decided.
            consultation: what it was decided on.
            actor: who records it.
            key: names the event, so that it can be sent twice and be recorded once.
            knowledge: tells which recorded answers are no part of the case any more because they
                no longer fit; without it every recorded answer counts.
            needed: what the protocol would have needed to advise what was decided instead.
            confirmed: words in its texts that the guard asked about, and why they stand there.
            seen: the place of the last event of the case that they had seen.
            at_once: whether the advice was in sight for seconds only, if that is known.

        Raises:
            ChangedError: something changed in the case since.
            PrivacyError: a text says who someone is, or what they suffer from.
            DecisionError: it is incomplete, is dated after today, or isn't about this
                consultation; or the answers have changed since.
            RecordError: there is no such case, or the key was used for something else.
        """
        checked = read_decision(decision.model_dump_json())
        check_against(checked, consultation)
        body = Decided(
            decision=checked,
            receipt=consultation.receipt.as_json(),
            needed=tuple(needed),
            confirmed=tuple(confirmed),
            at_once=at_once,
        )

        def check(history: Sequence[Event], at: datetime) -> None:
            check_day(checked, at)
            check_protocols(consultation.case, history)
            check_answers(consultation.case, history, knowledge)

        files = files_of(consultation, knowledge)
        event = self._journal.add(
            consultation.case.id, body, actor, key, check, files=files, seen=seen
        )
        return StoredDecision.of(event, body)

    def judge(
        self,
        consultation: Consultation,
        *,
        actions: Sequence[str],
        other: str = "",
        why: str = "",
        actor: str,
        key: UUID | None = None,
        knowledge: Knowledge | None = None,
        confirmed: Sequence[Confirmed] = (),
        seen: int | None = None,
    ) -> Event:
        """Record what someone would do in a case, by their own judgement.

        Args:
            consultation: the case as they saw it.
            actions: the actions that they would take, by id.
            other: what they would do that is no action of the protocols.
            why: why, in a line.
            actor: whose judgement it is.
            key: names the event, so that it can be sent twice and be recorded once.
            knowledge: tells which recorded answers no longer fit, as with :meth:`decide`.
            confirmed: words in its texts that the guard asked about, and why they stand there.
            seen: the place of the last event of the case that they had seen.

        Raises:
            ChangedError: something changed in the case since.
            PrivacyError: a text says who someone is, or what they suffer from.
            DecisionError: it says nothing, is too long or names an action that the protocols
                don't know; or the answers or the protocols have changed since.
            RecordError: there is no such case, or the key was used for something else.
        """
        body = judge(consultation, actions, other, why, confirmed)

        def check(history: Sequence[Event], at: datetime) -> None:
            check_protocols(consultation.case, history)
            check_answers(consultation.case, history, knowledge)

        return self._journal.add(consultation.case.id, body, actor, key, check, seen=seen)

    def prefer(self, actor: str, name: str, value: str) -> None:
        """Keep how someone likes to work from now on; this is no event.

        Raises:
            RecordError: the record can't be written.
        """
        keep_preference(self._database, actor, name, value)
