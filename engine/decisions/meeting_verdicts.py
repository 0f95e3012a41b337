"""What groups came to, for who deviates from a rule later, and for who writes the rules."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from engine.case import Case
from engine.decisions.events import Event
from engine.decisions.keyring import KeyMissingError
from engine.decisions.meeting import Meeting, NoMeetingError
from engine.decisions.meeting_events import CaseDiscussed
from engine.decisions.meeting_parts import ABOUT_A_RULE, Agreed
from engine.decisions.meetings import Meetings
from engine.library import Knowledge
from engine.words import Ruling, Status


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What a group came to about a rule; nothing of the case or of who took part.

    Attributes:
        decided: whether there was a decision to speak about; otherwise it is about the advice.
        rule: the rule that should be clearer or otherwise; ``None`` if none should.
        should_be: what that rule should have said, if it should be otherwise.
        minority: views that the group did not share, in the words of who holds them.
    """

    at: datetime
    ruling: Ruling
    decided: bool
    rule: str | None
    should_be: Status | None
    why: str
    minority: tuple[str, ...]
    learned: tuple[str, ...]

    @classmethod
    def of(cls, event: Event, body: CaseDiscussed) -> RuleVerdict:
        """Show what a case holds of a meeting to who may not know the case."""
        return cls(
            event.at,
            body.ruling,
            body.decision is not None,
            body.rule,
            body.should_be,
            body.why,
            body.minority,
            body.learned,
        )


@dataclass(frozen=True, slots=True)
class RuleProposal:
    """What a group proposes about a rule, with the case that it is about.

    Attributes:
        rule: the rule that should be clearer or otherwise.
        verdict: what the group came to.
        case: the frozen case, to make a test of.
    """

    meeting: str
    rule: str
    verdict: RuleVerdict
    agreed: tuple[Agreed, ...]
    title: str
    story: str
    question: str
    case: Case

    @classmethod
    def of(cls, event: Event, body: CaseDiscussed, meeting: Meeting, case: Case) -> RuleProposal:
        """Show what a case holds of a meeting that proposes something, with what it judged."""
        made = meeting.prepared
        return cls(
            meeting=meeting.id,
            rule=str(body.rule),
            verdict=RuleVerdict.of(event, body),
            agreed=body.agreed,
            title=made.text("title"),
            story=made.text("story"),
            question=made.question,
            case=case,
        )


def rule_proposals(meetings: Meetings, knowledge: Knowledge) -> tuple[RuleProposal, ...]:
    """Return what groups propose about rules, the last first, for who may see all of the record."""
    found = []
    for event, body in meetings.verdicts():
        if body.ruling not in ABOUT_A_RULE:
            continue
        # Checking the record names what can't be read; the rest can.
        with suppress(KeyMissingError, NoMeetingError):
            meeting = meetings.of(body.meeting)
            found.append(RuleProposal.of(event, body, meeting, meeting.case(knowledge)))
    return tuple(found)
