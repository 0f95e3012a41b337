"""Records what comes after a decision; :class:`engine.decisions.Record` offers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from engine.consult import Consultation
from engine.decisions.address import RecordError
from engine.decisions.advised import Advised
from engine.decisions.base import DecisionError
from engine.decisions.escalation import Escalated, check_day
from engine.decisions.events import Decided, Event
from engine.decisions.kept_files import files_of
from engine.decisions.keyring import KeyMissingError
from engine.decisions.later import (
    Consulted,
    Corrected,
    Effect,
    Erased,
    ErasureGround,
    Occasion,
    Reviewed,
    Verdict,
)
from engine.decisions.privacy import Confirmed
from engine.decisions.reading import Reader
from engine.decisions.replay import check_answers, check_protocols, today_of
from engine.decisions.term import check_term_over, unknown_term
from engine.library import Knowledge


class Aftercare(Reader):
    """The writing side of what comes after a decision."""

    def consulted(
        self,
        consultation: Consultation,
        occasion: Occasion,
        *,
        actor: str,
        key: UUID | None = None,
        knowledge: Knowledge | None = None,
    ) -> Event:
        """Record that the outcome of a consultation leaves Leidraad, with its receipt.

        Args:
            consultation: the case as it was consulted.
            occasion: what for.
            actor: who takes it along.
            key: names the event, so that it can be sent twice and be recorded once.
            knowledge: tells which recorded answers no longer fit, as with :meth:`Record.decide`.

        Raises:
            DecisionError: the answers or the protocols have changed since.
            RecordError: there is no such case, or the key was used for something else.
        """
        body = Consulted(
            occasion=occasion,
            receipt=consultation.receipt.as_json(),
            advices={advice.rule.id: advice.status for advice in consultation.advices},
            withheld=tuple(item.rule.id for item in consultation.withheld),
        )

        def check(history: Sequence[Event], at: datetime) -> None:
            check_protocols(consultation.case, history)
            check_answers(consultation.case, history, knowledge)

        files = files_of(consultation, knowledge)
        return self._journal.add(consultation.case.id, body, actor, key, check, files=files)

    def escalate(
        self,
        consultation: Consultation,
        escalated: Escalated,
        *,
        actor: str,
        key: UUID | None = None,
        knowledge: Knowledge | None = None,
        seen: int | None = None,
    ) -> Event:
        """Record that an advice is put before someone with more authority.

        Args:
            consultation: the case as it was consulted.
            escalated: what is asked, as :func:`engine.decisions.put_before` makes it.
            actor: who asks.
            key: names the event, so that it can be sent twice and be recorded once.
            knowledge: tells which recorded answers no longer fit, as with :meth:`Record.decide`.
            seen: the place of the last event of the case that they had seen.

        Raises:
            ChangedError: something changed in the case since.
            PrivacyError: the question says who someone is, or what they suffer from.
            DecisionError: the day has passed, or the answers or the protocols have changed since.
            RecordError: there is no such case, or the key was used for something else.
        """
        if escalated.advised != Advised.of(consultation, escalated.advised.rule):
            raise DecisionError.about("Deze vraag hoort bij een ander advies.")

        def check(history: Sequence[Event], at: datetime) -> None:
            check_day(escalated, today_of(at))
            check_protocols(consultation.case, history)
            check_answers(consultation.case, history, knowledge)

        files = files_of(consultation, knowledge)
        return self._journal.add(
            consultation.case.id, escalated, actor, key, check, files=files, seen=seen
        )

    def review(
        self,
        case_id: str,
        decision: UUID,
        *,
        happened: str,
        effect: Effect,
        verdict: Verdict,
        reviewed_on: date,
        review_on: date | None = None,
        actor: str,
        key: UUID | None = None,
        confirmed: Sequence[Confirmed] = (),
        seen: int | None = None,
    ) -> Event:
        """Record what came of a decision, and what happens now.

        Args:
            case_id: the case of the decision.
            decision: the id of the event that recorded the decision.
            happened: what has happened since.
            effect: whether it brought what it was meant to.
            verdict: what happens now.
            reviewed_on: the day of the review.
            review_on: the day to look again; ``None`` if there is none.
            actor: who records it.
            key: names the event, so that it can be sent twice and be recorded once.
            confirmed: words in the text that the guard asked about, and why they stand there.
            seen: the place of the last event of the case that they had seen.

        Raises:
            ChangedError: something changed in the case since.
            PrivacyError: the text says who someone is, or what they suffer from.
            DecisionError: something is missing, there is no such decision in the case, or the
                day is before that of the decision or after today.
            RecordError: there is no such case, or the key was used for something else.
        """
        body = Reviewed(
            decision=decision,
            happened=happened,
            effect=effect,
            verdict=verdict,
            reviewed_on=reviewed_on,
            review_on=review_on,
            confirmed=tuple(confirmed),
        )

        def check(history: Sequence[Event], at: datetime) -> None:
            found = [event.body for event in history if event.id == decision]
            if not found or not isinstance(found[0], Decided):
                raise DecisionError.about("Dit besluit staat niet in deze casus.", "decision")
            if not found[0].decision.decided_on <= reviewed_on <= today_of(at):
                raise DecisionError.about(
                    "Kies voor de terugblik een dag vanaf het besluit, en niet na vandaag.",
                    "reviewed_on",
                )

        return self._journal.add(case_id, body, actor, key, check, about=decision, seen=seen)

    def correct(
        self,
        case_id: str,
        event: UUID,
        text: str,
        *,
        actor: str,
        key: UUID | None = None,
        confirmed: Sequence[Confirmed] = (),
        seen: int | None = None,
    ) -> Event:
        """Add to something that was recorded what should be read instead; it stays as it was.

        Args:
            case_id: the case that it happened in.
            event: the id of the event that isn't right.
            text: what isn't right, and what should be read.
            actor: who says so.
            key: names the event, so that it can be sent twice and be recorded once.
            confirmed: words in the text that the guard asked about, and why they stand there.
            seen: the place of the last event of the case that they had seen.

        Raises:
            ChangedError: something changed in the case since.
            PrivacyError: the text says who someone is, or what they suffer from.
            DecisionError: the text says nothing, or there is no such event in the case.
            RecordError: there is no such case, or the key was used for something else.
        """
        body = Corrected(event=event, text=text, confirmed=tuple(confirmed))

        def check(history: Sequence[Event], at: datetime) -> None:
            if all(earlier.id != event for earlier in history):
                raise DecisionError.about("Wat u verbetert, staat niet in deze casus.", "event")

        return self._journal.add(case_id, body, actor, key, check, about=event, seen=seen)

    def erase(
        self,
        case_id: str,
        ground: ErasureGround,
        *,
        actor: str,
        knowledge: Knowledge | None = None,
    ) -> Event:
        """Make all that was recorded in a case unreadable, for good; once, also when repeated.

        The events stay, and so does the chain; the key that they can be read with is destroyed.
        The meetings on a case hold a copy of it, so they are erased with it, or nothing is.

        Args:
            case_id: the case.
            ground: why.
            actor: who does it.
            knowledge: tells whether the term is over, if that is why.

        Raises:
            ChangedError: something changed in the case while its term was looked at.
            RecordError: there is no such case, its term isn't over or known if that is why, or
                the key can't be destroyed.
        """
        streams = (case_id, *self._journal.copies_of(case_id))
        done = self._journal.erasure(case_id)
        if done is None:
            past = self._with_term(case_id) if ground is ErasureGround.TERM else ()

            def check(history: Sequence[Event], at: datetime) -> None:
                check_term_over(past, knowledge, today_of(at))

            try:
                done = self._journal.add(
                    case_id,
                    Erased(ground=ground),
                    actor,
                    None,
                    check if past else None,
                    seen=past[-1].seq if past else None,
                )
            except RecordError:
                # Someone else may have been first.
                done = self._journal.erasure(case_id)
                if done is None:
                    raise
        self._journal.destroy_keys(streams)
        return done

    def _with_term(self, case_id: str) -> tuple[Event, ...]:
        """Return what happened in a case, to see whether its term is over.

        Raises:
            RecordError: there is no such case, or its key is missing so that nobody can tell.
        """
        try:
            return self.history(case_id)
        except KeyMissingError as error:
            raise unknown_term("De sleutel van deze casus ontbreekt.") from error
