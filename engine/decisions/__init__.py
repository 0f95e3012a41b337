"""The record: follow or deviate, accounted for, and kept.

``Record`` keeps cases and decisions; ``follow``, ``deviate`` and ``skip`` make decisions, and
``Draft`` says what one still lacks. Nothing here knows of a screen.
"""

from engine.decisions.access import Access
from engine.decisions.address import RecordError, default_url, record_file
from engine.decisions.advised import Advised
from engine.decisions.base import DecisionError, Finding
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
from engine.decisions.guard import PrivacyError, Raised, check_private
from engine.decisions.inspecting import Inspected
from engine.decisions.judging import JudgedStep, Stance, actions_of, judge, judged_steps
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
    person_id,
)
from engine.decisions.privacy import Concern, Confirmed, Sort, screen
from engine.decisions.redo import Replayed
from engine.decisions.replay import sources_of
from engine.decisions.rights import DECIDING, Act, Tie
from engine.decisions.small_numbers import Share, Shown
from engine.decisions.store import Record, new_case_id
from engine.decisions.term import TERM, Term, check_term_over, term
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

__all__ = [
    "AT_ONCE",
    "DECIDERS",
    "DECIDING",
    "DOCUMENT_LENGTH",
    "ELEMENTS",
    "INSTEAD",
    "LOCAL_ID",
    "MAX_TEXT",
    "MIN_TEXT",
    "PROGRAM",
    "QUESTION",
    "TERM",
    "Access",
    "AccessError",
    "Act",
    "Actor",
    "Advised",
    "Asked",
    "Body",
    "Break",
    "CaseList",
    "CaseOpened",
    "CaseRead",
    "CaseShared",
    "CaseSummary",
    "ChangedError",
    "Choice",
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
    "Draft",
    "Dropped",
    "Due",
    "Effect",
    "Erased",
    "ErasureGround",
    "Escalated",
    "Event",
    "FactsRecorded",
    "Finding",
    "Follow",
    "Inspected",
    "JudgedStep",
    "JudgementGiven",
    "Learned",
    "Login",
    "Needed",
    "NoCaseError",
    "Noticed",
    "Occasion",
    "Parts",
    "Party",
    "PartyKind",
    "Person",
    "PrivacyError",
    "ProtocolsChosen",
    "Raised",
    "Record",
    "RecordError",
    "Replayed",
    "Reviewed",
    "Role",
    "RuleFigures",
    "Said",
    "Seal",
    "Share",
    "SharingEnded",
    "Shown",
    "Sign",
    "Signal",
    "Skip",
    "Sort",
    "Stance",
    "StoredCase",
    "StoredDecision",
    "Term",
    "Tie",
    "Verdict",
    "Verified",
    "actions_of",
    "askable",
    "boilerplate",
    "check_against",
    "check_private",
    "check_term_over",
    "contract_for",
    "decisions_among",
    "default_url",
    "deviate",
    "draft",
    "due_since",
    "follow",
    "judge",
    "judged_steps",
    "latest_by_rule",
    "learn",
    "moment_of",
    "new_case_id",
    "newer",
    "person_id",
    "put_before",
    "read_decision",
    "record_file",
    "screen",
    "skip",
    "sources_of",
    "term",
    "texts_in",
    "verify_as_it_is",
    "waiting",
]
