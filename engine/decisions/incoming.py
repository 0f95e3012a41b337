"""Takes in a decision that was recorded elsewhere; :class:`engine.decisions.Record` offers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from engine.case import Case, facts_of
from engine.decisions.address import RecordError
from engine.decisions.aftercare import Aftercare
from engine.decisions.events import Body, CaseOpened, Decided, Event
from engine.decisions.later import Erased
from engine.decisions.ledger import NoCaseError
from engine.decisions.replay import check_day

_NAMESPACE = UUID("3b8a3f5e-2a57-4a0e-8e0b-8f3f0b6f1d22")


class Incoming(Aftercare):
    """The side of the record that takes in decisions from another one."""

    def take_in(self, case: Case, body: Decided, event_id: UUID, *, actor: str) -> bool:
        """Record a decision under the id that it has elsewhere; its case too, if it is new here.

        The caller has held the decision to its rule: the consultation is not done again.

        Args:
            case: the case as it was consulted.
            body: the decision.
            event_id: the id of the event; who takes it in twice records it once.
            actor: who takes it in.

        Returns:
            Whether it was not there yet.

        Raises:
            DecisionError: it holds what the record must not, or is dated after today.
            RecordError: another event has this id, or the record can't be written.
        """
        if not self.is_new(case.id, body, event_id):
            return False
        if not self._events_of(case.id):
            self._open(case, actor)

        def check(history: Sequence[Event], at: datetime) -> None:
            check_day(body.decision, at)

        self._journal.add(case.id, body, actor, event_id, check)
        return True

    def is_new(self, case_id: str, body: Decided, event_id: UUID) -> bool:
        """Say whether a decision from elsewhere has yet to be recorded here.

        Raises:
            RecordError: it can't be: another event has this id, or its case was erased here.
        """
        there = {event.id: event.body for event in self._events_of(case_id)}
        if event_id in there and _same(there[event_id], body):
            return False
        if any(isinstance(one, Erased) for one in there.values()):
            raise RecordError(f"De inhoud van casus {case_id} is hier gewist.")
        if self._journal.has(event_id):
            raise RecordError(f"Besluit {event_id} staat al in dit dossier, met een andere inhoud.")
        return True

    def _events_of(self, case_id: str) -> tuple[Event, ...]:
        try:
            return self.history(case_id)
        except NoCaseError:
            return ()

    def _open(self, case: Case, actor: str) -> None:
        body = CaseOpened(
            title=f"Ingevoerde casus {case.id.removeprefix('c-')}",
            story="",
            authority=case.authority,
            protocols=case.protocols,
            reference_date=case.reference_date,
            example=False,
            facts=facts_of(case),
        )
        self._journal.add(case.id, body, actor, uuid5(_NAMESPACE, case.id))


def _same(there: Body, body: Decided) -> bool:
    """Whether two are one decision; how fast someone decided isn't exchanged."""
    return isinstance(there, Decided) and there.model_copy(update={"at_once": None}) == body
