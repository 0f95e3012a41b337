"""The record: follow or deviate, accounted for, and kept.

``Record`` keeps cases and decisions; ``follow``, ``deviate`` and ``skip`` make decisions, and
``Draft`` says what one still lacks. Nothing here knows of a screen.
"""

from engine.decisions.access import Access
from engine.decisions.address import RecordError, default_url, record_file
from engine.decisions.advised import Advised
from engine.decisions.agreement import Agreement, Estimate, Figure, Level, alpha, same_pairs
from engine.decisions.attending import Attending
from engine.decisions.base import DecisionError, Finding, compose
from engine.decisions.boilerplate import Noticed, boilerplate, texts_in
from engine.decisions.chain import Seal
from engine.decisions.contract import DECIDERS, ELEMENTS, Asked, Contract, DeviationKind
from engine.decisions.draft import INSTEAD, MAX_TEXT, MIN_TEXT, Draft
from engine.decisions.due import due_since, moment_of
from engine.decisions.escalation import QUESTION, Escalated, askable, put_before
from engine.decisions.events import (
    AT_ONCE,
    DOCUMENT_LENGTH,
    Body,
    CaseOpened,
    Decided,
    Event,
    FactsRecorded,
    JudgementGiven,
    Needed,
    ProtocolsChosen,
    Said,
)
from engine.decisions.facts import Dropped
from engine.decisions.freezing import CaseCopy, freeze, opposite
from engine.decisions.guard import PrivacyError, Raised, check_private
from engine.decisions.hindsight import Division, Hindsight, Progress, Shift, hindsight
from engine.decisions.inspecting import Inspected
from engine.decisions.judging import JudgedStep, Stance, actions_of, judge, judged_steps, stance_on
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
from engine.decisions.learning import Choice, Learned, RuleFigures, Sign, Signal, learn
from engine.decisions.ledger import NoCaseError
from engine.decisions.looking import AccessError, CaseList
from engine.decisions.making import (
    Parts,
    check_against,
    contract_for,
    deviate,
    draft,
    follow,
    read_decision,
    skip,
)
from engine.decisions.meanwhile import ChangedError, newer
from engine.decisions.meeting import Begun, Meeting, NoMeetingError, Participant, Phase, fold
from engine.decisions.meeting_events import (
    CaseDiscussed,
    MeetingAdded,
    MeetingAnswered,
    MeetingBody,
    MeetingClosed,
    MeetingConcluded,
    MeetingJoined,
    MeetingNoted,
    MeetingPrepared,
    MeetingRevealed,
    MeetingTakenOver,
    ScriptStepBegun,
)
from engine.decisions.meeting_parts import (
    ABOUT_A_RULE,
    MOST_FACTS,
    Agreed,
    Colleague,
    DifferenceKind,
    ReviewedText,
    Step,
    TextChoice,
)
from engine.decisions.meeting_verdicts import RuleProposal, RuleVerdict, rule_proposals
from engine.decisions.meeting_views import (
    Added,
    MeetingSummary,
    MeetingView,
    Seat,
    Voice,
    look_at,
)
from engine.decisions.meetings import FEWEST_ANSWERS, MOST_PARTICIPANTS
from engine.decisions.model import Decision, Deviation, Follow, Skip
from engine.decisions.people import (
    LOCAL_ID,
    PROGRAM,
    Actor,
    Login,
    Party,
    PartyKind,
    Person,
    Role,
    guest_id,
    person_id,
)
from engine.decisions.privacy import Concern, Confirmed, Sort, screen
from engine.decisions.redo import Replayed
from engine.decisions.replay import sources_of
from engine.decisions.rights import DECIDING, Act, Tie, may_somewhere, may_try_screening
from engine.decisions.store import Record, new_case_id
from engine.decisions.term import Term, check_term_over, term
from engine.decisions.ties import CaseRead, CaseShared, SharingEnded
from engine.decisions.verifying import Break, Damage, Verified, verify_as_it_is
from engine.decisions.views import (
    CaseSummary,
    Due,
    StoredCase,
    StoredDecision,
    decisions_among,
    latest_by_rule,
    waiting,
)
from engine.library import TERM

__all__ = [
    "ABOUT_A_RULE",
    "AT_ONCE",
    "DECIDERS",
    "DECIDING",
    "DOCUMENT_LENGTH",
    "ELEMENTS",
    "FEWEST_ANSWERS",
    "INSTEAD",
    "LOCAL_ID",
    "MAX_TEXT",
    "MIN_TEXT",
    "MOST_FACTS",
    "MOST_PARTICIPANTS",
    "PROGRAM",
    "QUESTION",
    "TERM",
    "Access",
    "AccessError",
    "Act",
    "Actor",
    "Added",
    "Advised",
    "Agreed",
    "Agreement",
    "Asked",
    "Attending",
    "Begun",
    "Body",
    "Break",
    "CaseCopy",
    "CaseDiscussed",
    "CaseList",
    "CaseOpened",
    "CaseRead",
    "CaseShared",
    "CaseSummary",
    "ChangedError",
    "Choice",
    "Colleague",
    "Concern",
    "Confirmed",
    "Consulted",
    "Contract",
    "Corrected",
    "Damage",
    "Decided",
    "Decision",
    "DecisionError",
    "Deviation",
    "DeviationKind",
    "DifferenceKind",
    "Division",
    "Draft",
    "Dropped",
    "Due",
    "Effect",
    "Erased",
    "ErasureGround",
    "Escalated",
    "Estimate",
    "Event",
    "FactsRecorded",
    "Figure",
    "Finding",
    "Follow",
    "Hindsight",
    "Inspected",
    "JudgedStep",
    "JudgementGiven",
    "Learned",
    "Level",
    "Login",
    "Meeting",
    "MeetingAdded",
    "MeetingAnswered",
    "MeetingBody",
    "MeetingClosed",
    "MeetingConcluded",
    "MeetingJoined",
    "MeetingNoted",
    "MeetingPrepared",
    "MeetingRevealed",
    "MeetingSummary",
    "MeetingTakenOver",
    "MeetingView",
    "Needed",
    "NoCaseError",
    "NoMeetingError",
    "Noticed",
    "Occasion",
    "Participant",
    "Parts",
    "Party",
    "PartyKind",
    "Person",
    "Phase",
    "PrivacyError",
    "Progress",
    "ProtocolsChosen",
    "Raised",
    "Record",
    "RecordError",
    "Replayed",
    "Reviewed",
    "ReviewedText",
    "Role",
    "RuleFigures",
    "RuleProposal",
    "RuleVerdict",
    "Said",
    "ScriptStepBegun",
    "Seal",
    "Seat",
    "SharingEnded",
    "Shift",
    "Sign",
    "Signal",
    "Skip",
    "Sort",
    "Stance",
    "Step",
    "StoredCase",
    "StoredDecision",
    "Term",
    "TextChoice",
    "Tie",
    "Verdict",
    "Verified",
    "Voice",
    "actions_of",
    "alpha",
    "askable",
    "boilerplate",
    "check_against",
    "check_private",
    "check_term_over",
    "compose",
    "contract_for",
    "decisions_among",
    "default_url",
    "deviate",
    "draft",
    "due_since",
    "fold",
    "follow",
    "freeze",
    "guest_id",
    "hindsight",
    "judge",
    "judged_steps",
    "latest_by_rule",
    "learn",
    "look_at",
    "may_somewhere",
    "may_try_screening",
    "moment_of",
    "new_case_id",
    "newer",
    "opposite",
    "person_id",
    "put_before",
    "read_decision",
    "record_file",
    "rule_proposals",
    "same_pairs",
    "screen",
    "skip",
    "sources_of",
    "stance_on",
    "term",
    "texts_in",
    "verify_as_it_is",
    "waiting",
]
