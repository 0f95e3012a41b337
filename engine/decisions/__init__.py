"""The record: follow or deviate, accounted for, and kept.

``Record`` keeps cases and decisions; ``follow``, ``deviate`` and ``skip`` make decisions, and
``Draft`` says what one still lacks. Nothing here knows of a screen.
"""

from engine.decisions.advised import DECIDABLE, Advised
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
    ProtocolsChosen,
)
from engine.decisions.facts import Dropped
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
from engine.decisions.store import Record, new_case_id
from engine.decisions.views import CaseSummary, StoredCase, StoredDecision

__all__ = [
    "DECIDABLE",
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
    "Parts",
    "ProtocolsChosen",
    "Record",
    "RecordError",
    "Skip",
    "StoredCase",
    "StoredDecision",
    "check_against",
    "contract_for",
    "default_url",
    "deviate",
    "draft",
    "follow",
    "new_case_id",
    "read_decision",
    "record_file",
    "skip",
]
