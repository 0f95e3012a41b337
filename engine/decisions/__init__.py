"""The record: follow or deviate, accounted for, and kept.

``Record`` keeps cases and decisions; ``follow``, ``deviate`` and ``skip`` make decisions, and
``Draft`` says what one still lacks. Nothing here knows of a screen.
"""

from engine.decisions.advised import Advised
from engine.decisions.base import DecisionError, Finding
from engine.decisions.contract import DECIDERS, ELEMENTS, Asked, Contract, DeviationKind
from engine.decisions.database import RecordError, default_url, record_file
from engine.decisions.draft import INSTEAD, MAX_TEXT, MIN_TEXT, Draft
from engine.decisions.events import (
    Body,
    CaseOpened,
    Decided,
    Event,
    FactsRecorded,
    JudgementGiven,
    Needed,
    ProtocolsChosen,
)
from engine.decisions.facts import Dropped
from engine.decisions.journal import NoCaseError
from engine.decisions.judging import JudgedStep, Stance, actions_of, judge, judged_steps
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
from engine.decisions.model import Decision, Deviation, Follow, Skip
from engine.decisions.seal import Seal
from engine.decisions.store import Record, new_case_id
from engine.decisions.views import CaseSummary, StoredCase, StoredDecision

__all__ = [
    "DECIDERS",
    "ELEMENTS",
    "INSTEAD",
    "MAX_TEXT",
    "MIN_TEXT",
    "Advised",
    "Asked",
    "Body",
    "CaseOpened",
    "CaseSummary",
    "Contract",
    "Decided",
    "Decision",
    "DecisionError",
    "Deviation",
    "DeviationKind",
    "Draft",
    "Dropped",
    "Event",
    "FactsRecorded",
    "Finding",
    "Follow",
    "JudgedStep",
    "JudgementGiven",
    "Needed",
    "NoCaseError",
    "Parts",
    "ProtocolsChosen",
    "Record",
    "RecordError",
    "Seal",
    "Skip",
    "Stance",
    "StoredCase",
    "StoredDecision",
    "actions_of",
    "check_against",
    "contract_for",
    "default_url",
    "deviate",
    "draft",
    "follow",
    "judge",
    "judged_steps",
    "new_case_id",
    "read_decision",
    "record_file",
    "skip",
]
