"""The record as one person may use it: every read and write asks first whether they may.

Pages and callbacks use this and never the record itself. What a page shows or hides is a
kindness; what is refused here is refused whatever was clicked, typed or sent.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from datetime import date
from uuid import UUID

from engine.case import Case
from engine.consult import Consultation
from engine.decisions.attending import Attending
from engine.decisions.escalation import Escalated
from engine.decisions.events import Event, Needed, Said
from engine.decisions.later import Effect, ErasureGround, Occasion, Verdict
from engine.decisions.looking import AccessError, Looking
from engine.decisions.model import Decision, Deviation
from engine.decisions.people import Actor, Party
from engine.decisions.privacy import Confirmed
from engine.decisions.rights import DECIDING, Act, may, may_somewhere
from engine.decisions.store import NOT_NOTED, Record
from engine.decisions.views import StoredDecision
from engine.library import Knowledge

_REFUSED: Mapping[Act, str] = {
    Act.NOTE: "U mag van deze casus geen verslag meenemen.",
    Act.ANSWER: "U mag in deze casus geen antwoorden vastleggen.",
    Act.DECIDE: "U mag in deze casus niet besluiten.",
    Act.DECIDE_AS_MANAGER: "U mag in deze casus geen besluit van een leidinggevende vastleggen.",
    Act.DECIDE_AS_LAWYER: "U mag in deze casus geen besluit van een jurist vastleggen.",
    Act.REVIEW: "U mag in deze casus niet terugblikken op een besluit.",
    Act.CORRECT: "U mag in deze casus geen verbetering vastleggen.",
    Act.JUDGE: "U mag in deze casus geen eigen oordeel vastleggen.",
    Act.SHARE: "U mag deze casus niet delen.",
    Act.ERASE: "U mag deze casus niet wissen.",
}


class Access(Looking):
    """The record for one person in one session.

    Where the session knows up to which event someone has seen a case, nothing is recorded in it
    after something that they have not seen (:class:`engine.decisions.meanwhile.ChangedError`).
    """

    def __init__(
        self,
        record: Record,
        actor: Actor,
        session: UUID,
        seen: MutableMapping[str, int] | None = None,
    ) -> None:
        """Take the place of the record.

        Args:
            record: what is kept.
            actor: who works with it; see :class:`Looking`.
            session: names the session.
            seen: the place of the last event that they saw, by case, for those that they saw;
                what they record themselves is noted in it.
        """
        super().__init__(record, actor, session)
        self._seen: MutableMapping[str, int] = {} if seen is None else seen

    @property
    def meetings(self) -> Attending:
        """The meetings that this person prepared or takes part in."""
        return Attending(self._record, self)

    def open_case(
        self,
        case: Case,
        *,
        title: str,
        story: str = "",
        key: UUID,
        confirmed: Sequence[Confirmed] = (),
    ) -> Event:
        """Open a case of one's own.

        Raises:
            RecordError: they may not, or the record refuses it.
        """
        self.need_login()
        if not self.can_open:
            raise AccessError("Alleen een professional kan een casus beginnen.")
        return self._record.open_case(
            case, title=title, story=story, actor=self.actor.id, key=key, confirmed=confirmed
        )

    def consulted(
        self,
        consultation: Consultation,
        occasion: Occasion,
        *,
        key: UUID | None = None,
        knowledge: Knowledge | None = None,
    ) -> Event:
        """Record that a note is taken along; see :meth:`Record.consulted`."""
        self._need(Act.NOTE, consultation.case.id)
        return self._record.consulted(
            consultation, occasion, actor=self.actor.id, key=key, knowledge=knowledge
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
        key: UUID | None = None,
        confirmed: Sequence[Confirmed] = (),
    ) -> Event:
        """Record what came of a decision; see :meth:`Record.review`."""
        self._need(Act.REVIEW, case_id)
        return self._noted(
            self._record.review(
                case_id,
                decision,
                happened=happened,
                effect=effect,
                verdict=verdict,
                reviewed_on=reviewed_on,
                review_on=review_on,
                actor=self.actor.id,
                key=key,
                confirmed=confirmed,
                seen=self._seen.get(case_id),
            )
        )

    def correct(
        self,
        case_id: str,
        event: UUID,
        text: str,
        *,
        key: UUID | None = None,
        confirmed: Sequence[Confirmed] = (),
    ) -> Event:
        """Add what should be read instead of something; see :meth:`Record.correct`."""
        self._need(Act.CORRECT, case_id)
        return self._noted(
            self._record.correct(
                case_id,
                event,
                text,
                actor=self.actor.id,
                key=key,
                confirmed=confirmed,
                seen=self._seen.get(case_id),
            )
        )

    def erase(
        self, case_id: str, ground: ErasureGround, knowledge: Knowledge | None = None
    ) -> Event:
        """Make a case unreadable, for good; see :meth:`Record.erase`.

        Raises:
            RecordError: they may not, or there is no such case for them.
        """
        self.need_login()
        # Who may erase finds a case that is gone already as they wanted it: a second click.
        done = self._record.erasure(case_id) if may_somewhere(self.actor, Act.ERASE) else None
        if done is None:
            self._need(Act.ERASE, case_id)
        return self._record.erase(case_id, ground, actor=self.actor.id, knowledge=knowledge)

    def save_facts(
        self,
        before: Case,
        after: Case,
        *,
        key: UUID | None = None,
        confirmed: Sequence[Confirmed] = (),
        said: Said = NOT_NOTED,
        again: str | None = None,
    ) -> Event | None:
        """Record the answers that changed; see :meth:`Record.save_facts`."""
        self._need(Act.ANSWER, after.id)
        event = self._record.save_facts(
            before,
            after,
            actor=self.actor.id,
            key=key,
            confirmed=confirmed,
            seen=self._seen.get(after.id),
            said=said,
            again=again,
        )
        return None if event is None else self._noted(event)

    def choose_protocols(
        self, case_id: str, protocols: Sequence[str], *, key: UUID | None = None
    ) -> Event:
        """Record what a case is about from now on; see :meth:`Record.choose_protocols`."""
        self._need(Act.ANSWER, case_id)
        seen = self._seen.get(case_id)
        return self._noted(
            self._record.choose_protocols(
                case_id, protocols, actor=self.actor.id, key=key, seen=seen
            )
        )

    def decide(
        self,
        decision: Decision,
        consultation: Consultation,
        *,
        key: UUID | None = None,
        knowledge: Knowledge | None = None,
        needed: Sequence[Needed] = (),
        confirmed: Sequence[Confirmed] = (),
        at_once: bool | None = None,
    ) -> StoredDecision:
        """Record a decision; see :meth:`Record.decide`.

        Someone who is no professional can only record a deviation that their own role decided.
        """
        act = Act.DECIDE
        if isinstance(decision, Deviation):
            act = DECIDING[decision.decided_by]
        self._need(act, consultation.case.id)
        kept = self._record.decide(
            decision,
            consultation,
            actor=self.actor.id,
            key=key,
            knowledge=knowledge,
            needed=needed,
            confirmed=confirmed,
            at_once=at_once,
            seen=self._seen.get(consultation.case.id),
        )
        self._note(kept.case_id, kept.seq)
        return kept

    def escalate(
        self,
        consultation: Consultation,
        escalated: Escalated,
        *,
        key: UUID | None = None,
        knowledge: Knowledge | None = None,
    ) -> Event:
        """Record that an advice is put before someone else; see :meth:`Record.escalate`."""
        self._need(Act.DECIDE, consultation.case.id)
        return self._noted(
            self._record.escalate(
                consultation,
                escalated,
                actor=self.actor.id,
                key=key,
                knowledge=knowledge,
                seen=self._seen.get(consultation.case.id),
            )
        )

    def judge(
        self,
        consultation: Consultation,
        *,
        actions: Sequence[str],
        other: str = "",
        why: str = "",
        key: UUID | None = None,
        knowledge: Knowledge | None = None,
        confirmed: Sequence[Confirmed] = (),
    ) -> Event:
        """Record one's own judgement; see :meth:`Record.judge`."""
        self._need(Act.JUDGE, consultation.case.id)
        return self._noted(
            self._record.judge(
                consultation,
                actions=actions,
                other=other,
                why=why,
                actor=self.actor.id,
                key=key,
                knowledge=knowledge,
                confirmed=confirmed,
                seen=self._seen.get(consultation.case.id),
            )
        )

    def share(self, case_id: str, party: Party, *, key: UUID | None = None) -> None:
        """Share a case with a colleague or a team.

        Raises:
            RecordError: they may not share it, or there is no such colleague or team.
        """
        self._need(Act.SHARE, case_id)
        if party not in self._record.people.parties():
            raise AccessError("Deze collega of dit team is er niet. Kies een ander.")
        if party not in self._record.sharing.shared_with(case_id):
            self._record.sharing.share(case_id, party, actor=self.actor.id, key=key)

    def end_sharing(self, case_id: str, party: Party, *, key: UUID | None = None) -> None:
        """Stop sharing a case with a colleague or a team.

        Raises:
            RecordError: they may not.
        """
        self._need(Act.SHARE, case_id)
        if party in self._record.sharing.shared_with(case_id):
            self._record.sharing.end(case_id, party, actor=self.actor.id, key=key)

    def prefer(self, name: str, value: str) -> None:
        """Keep how this person likes to work from now on."""
        self.need_login()
        self._record.prefer(self.actor.id, name, value)

    def saw(self, case_id: str, place: int) -> None:
        """Note up to which event this person has seen a case: all that a page showed of it."""
        self._seen[case_id] = place

    def _noted(self, event: Event) -> Event:
        """Note that this person has seen what they recorded."""
        self._note(event.case_id, event.seq)
        return event

    def _note(self, case_id: str, place: int) -> None:
        if case_id in self._seen:
            self._seen[case_id] = max(place, self._seen[case_id])

    def _need(self, act: Act, case_id: str) -> None:
        """Refuse what someone may not do in a case.

        Raises:
            AccessError: they may not.
            RecordError: there is no such case for them.
        """
        self.need_login()
        if not may(self.actor, act, self.tie(case_id)):
            raise AccessError(f"{_REFUSED[act]} Er is niets vastgelegd.")
