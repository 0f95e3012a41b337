"""Meetings as one person may look into them: what is blind stays blind, whoever asks.

:meth:`Watching.view` is the one way to look into a meeting. What someone may not see yet isn't in
what it gives back, so no page, address or call can show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from engine.decisions.agreement import Agreement, agreement
from engine.decisions.chain import Seal
from engine.decisions.events import Event
from engine.decisions.looking import AccessError, Looking
from engine.decisions.meeting import Meeting, NoMeetingError
from engine.decisions.meeting_events import CaseDiscussed
from engine.decisions.meeting_verdicts import RuleProposal, RuleVerdict, rule_proposals
from engine.decisions.meeting_views import MeetingSummary, MeetingView, look_at
from engine.decisions.rights import may_join, may_prepare, may_see_agreement, may_see_proposals
from engine.decisions.store import Record
from engine.decisions.views import StoredDecision
from engine.library import Knowledge


class Watching:
    """The meetings for one person, to be read."""

    def __init__(self, record: Record, looking: Looking) -> None:
        """Take the place of the meetings.

        Args:
            record: what is kept.
            looking: the record as this person may read it.
        """
        self._meetings = record.meetings
        self._names = record.names
        self._looking = looking
        self.actor = looking.actor

    @property
    def can_prepare(self) -> bool:
        """Whether this person may make a case ready for a group."""
        return may_prepare(self.actor)

    @property
    def can_join(self) -> bool:
        """Whether this person may take part in a meeting."""
        return may_join(self.actor)

    @property
    def can_see_proposals(self) -> bool:
        """Whether this person may see what groups propose about rules."""
        return may_see_proposals(self.actor)

    @property
    def can_see_agreement(self) -> bool:
        """Whether this person may see how much groups agree."""
        return may_see_agreement(self.actor)

    def mine(self) -> tuple[MeetingSummary, ...]:
        """Return the meetings that this person leads, led or takes part in, the last one first."""
        found = self._meetings.with_person(self.actor.id)
        return tuple(
            sorted(
                (MeetingSummary.of(one, self.actor.id) for one in found if self._inside(one)),
                key=lambda summary: summary.prepared_at,
                reverse=True,
            )
        )

    def view(self, meeting: str, knowledge: Knowledge) -> MeetingView:
        """Return what this person may see of a meeting now.

        Raises:
            NoMeetingError: there is no such meeting for them.
        """
        return look_at(self._entered(meeting), self.actor.id, knowledge, self._names())

    def head(self, meeting: str) -> int:
        """Return a number that grows when something happens; cheap enough to ask every second.

        Raises:
            NoMeetingError: there is no such meeting for them.
        """
        if not (self.can_prepare or self.can_join):
            raise NoMeetingError
        return self._meetings.head(meeting, self.actor.id)

    def seal(self, meeting: str) -> Seal:
        """Return the seal of the whole record as it is now, for minutes.

        Raises:
            NoMeetingError: there is no such meeting for them.
        """
        self._entered(meeting)
        return self._meetings.seal(meeting)

    def verdicts_on(self, rule: str, limit: int = 5) -> tuple[RuleVerdict, ...]:
        """Return what groups came to about a rule, the last first, for who deviates from it now.

        It says nothing of the case or of who took part, so everyone with a role may read it.
        """
        found = (RuleVerdict.of(*one) for one in self._verdicts() if rule in one[1].rules)
        return tuple(islice(found, limit))

    def verdicts_about(self, decision: StoredDecision) -> tuple[RuleVerdict, ...]:
        """Return what groups came to about a decision that this person may read, the last first."""
        if not self._looking.sees(decision.case_id):
            return ()
        return tuple(
            RuleVerdict.of(event, body)
            for event, body in self._verdicts(decision.case_id)
            if body.decision == decision.id
        )

    def proposals(self, knowledge: Knowledge) -> tuple[RuleProposal, ...]:
        """Return what groups propose about rules, the last first; for method designers.

        Raises:
            AccessError: they are none.
        """
        self._need_login()
        if not self.can_see_proposals:
            raise AccessError("Alleen een methodeontwikkelaar ziet wat groepen voorstellen.")
        return rule_proposals(self._meetings, knowledge)

    def agreement(self, knowledge: Knowledge) -> Agreement:
        """Return how much groups agree: figures that say nothing of one person or one group.

        Of a meeting that goes on they would tell those who are in it what isn't shown yet.
        """
        return agreement(self._meetings.every() if self.can_see_agreement else (), knowledge)

    def _verdicts(self, case_id: str | None = None) -> Iterator[tuple[Event, CaseDiscussed]]:
        if self.actor.roles:
            yield from self._meetings.verdicts(case_id)

    def _inside(self, meeting: Meeting) -> bool:
        """Whether someone is in a meeting, with a role that lets them: one can be taken away."""
        person = self.actor.id
        leads = self.can_prepare and meeting.has_led(person)
        return leads or (self.can_join and meeting.participant(person) is not None)

    def _entered(self, meeting: str) -> Meeting:
        found = self._meetings.of(meeting)
        if not self._inside(found):
            raise NoMeetingError
        return found

    def _need_login(self) -> None:
        self._looking.need_login()
