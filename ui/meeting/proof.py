"""The protocols on the case of a meeting, worked out once for everyone who looks at it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from engine.case import Case
from engine.consult import Consultation, consult
from engine.decisions import MeetingView
from engine.intervisie import Compared, Difference, compare_all
from engine.library import Knowledge


@dataclass(frozen=True, slots=True)
class Proof:
    """What the protocols say, and why each answer differs; in the order of the answers.

    Attributes:
        knowledge: kept, so that no other knowledge can take its place in memory.
    """

    consultation: Consultation
    protocol: tuple[Difference | None, ...]
    colleague: tuple[Difference | None, ...]
    knowledge: Knowledge


def proof(view: MeetingView, knowledge: Knowledge) -> Proof | None:
    """Return what the protocols say; ``None`` while that isn't shown.

    Twelve people see the same reveal within two seconds, so it is not worked out twelve times.

    Raises:
        NotCoveredError: the knowledge of now no longer covers the case.
        BoundsError: the knowledge is more than the rule engine can carry.
    """
    frozen = view.frozen
    if frozen is None or view.voices is None:
        return None
    said = [
        (voice.step, voice.other, sorted((voice.readings or {}).items()), voice.reason)
        for voice in view.voices
    ]
    about = f"{view.id} {view.revealed} {said}"
    return _worked_out(about, id(knowledge), frozen, view, knowledge)


def compared(view: MeetingView, found: Proof) -> tuple[Compared, ...]:
    """Put each answer beside why it differs, as this person may see it."""
    voices = view.voices or ()
    return tuple(
        Compared(voice, protocol, colleague)
        for voice, protocol, colleague in zip(voices, found.protocol, found.colleague, strict=True)
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def _worked_out(
    about: str, version: int, _frozen: Case, _view: MeetingView, _knowledge: Knowledge
) -> Proof:
    found = compare_all(_view, _knowledge)
    return Proof(
        consult(_knowledge, _frozen),
        tuple(one.protocol for one in found),
        tuple(one.colleague for one in found),
        _knowledge,
    )
