"""Answers that are tried out beside a case. They live in the session, never in the record.

Only :func:`take_over` records anything: exactly the answers that it was shown to be about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

import streamlit as st

from engine.case import AnswerError, Case, difference
from engine.library import Knowledge
from ui import resources, state
from ui.auth import access
from ui.service import guarded, show_refusal
from ui.text import count

PAGE = "ui/pages/wat_als.py"

_SCRATCHES = "proeven"
_CONFIRMING = "proef_wacht_op_bevestiging"


@dataclass(frozen=True, slots=True)
class Scratch:
    """What is tried out for one case.

    Attributes:
        changes: the answers, by fact, as :meth:`engine.case.Case.answer` takes them; in the
            order in which they were tried.
        laid_on: the case as it was when they were last laid on it.
    """

    changes: Mapping[str, Any]
    laid_on: Case


@dataclass(frozen=True, slots=True)
class Laid:
    """A case with what is tried out laid on it.

    Attributes:
        case: the case with the other answers.
        changes: the answers that differ from the case, in the order in which they were tried.
        moved: whether the case itself has changed since the answers were last laid on it.
        dropped: facts of which the answer does not fit the question any more, by id.
    """

    case: Case
    changes: Mapping[str, Any]
    moved: bool = False
    dropped: tuple[str, ...] = ()


def lay(case: Case, knowledge: Knowledge) -> Laid:
    """Lay what is tried out on the case as it is now, and keep what still differs from it."""
    kept = _all().get(case.id)
    if kept is None:
        return Laid(case, {})
    tried, dropped = case, []
    for fact, raw in kept.changes.items():
        try:
            tried = tried.answer(knowledge, fact, raw)
        except AnswerError:
            dropped.append(fact)
    differs = difference(case, tried)
    changes = {fact: raw for fact, raw in kept.changes.items() if fact in differs}
    _keep(case, changes)
    return Laid(tried, changes, kept.laid_on != case, tuple(dropped))


def confirming(case_id: str) -> bool:
    """Whether the user asked to take over what is tried out, and has to confirm it."""
    return bool(st.session_state.get(_CONFIRMING) == case_id)


def confirm(case_id: str | None) -> None:
    """Ask to confirm the answers of a case, or stop asking."""
    st.session_state[_CONFIRMING] = case_id


def field(case_id: str, fact: str, changes: Mapping[str, Any]) -> str:
    """Return the key of the field for a number or date; a fresh one shows the answer of then."""
    return f"proef_invoer_{case_id}_{fact}_{len(changes)}"


@guarded("proef")
def change(case: Case, fact: str, raw: Any) -> None:
    """Try another answer; nothing is recorded."""
    knowledge = resources.working_knowledge()
    try:
        case.answer(knowledge, fact, raw)
    except AnswerError as error:
        show_refusal("proef", fact, error, knowledge)
        return
    kept = _all().get(case.id)
    earlier = dict(kept.changes) if kept else {}
    earlier.pop(fact, None)
    _keep(kept.laid_on if kept else case, {**earlier, fact: raw})
    confirm(None)


@guarded("proef")
def change_typed(case: Case, fact: str, widget: str) -> None:
    """Try the number or date that stands in a field."""
    value = st.session_state.get(widget)
    if value is None:
        state.set_errors("proef", {fact: "Typ eerst een antwoord, of kies 'Weet ik niet'."})
        return
    change(case, fact, value)


@guarded("proef")
def take_back(case: Case, fact: str) -> None:
    """Stop trying another answer to one question."""
    kept = _all().get(case.id)
    if kept is not None:
        rest = {name: raw for name, raw in kept.changes.items() if name != fact}
        _keep(kept.laid_on, rest)
    confirm(None)


@guarded("proef")
def throw_away(case_id: str) -> None:
    """Forget everything that is tried out for a case."""
    _forget(case_id)


@guarded()
def try_changes(case_id: str, changes: Mapping[str, Any]) -> None:
    """Try a set of answers on a case, in place of what was tried before, and go to the page.

    Meant as the callback of a button.

    Args:
        case_id: the case, which has to be in the record.
        changes: the answers, by fact, as :meth:`engine.case.Case.answer` takes them.
    """
    case = access().load_case(case_id, resources.working_knowledge()).case
    kept = _all().get(case_id)
    if kept is not None and dict(kept.changes) != dict(changes):
        state.notify("Dit is een nieuwe proef. Wat u eerder probeerde, is weg.")
    _forget(case_id)
    _keep(case, changes)
    if state.case_id() != case_id:
        state.set_case(case_id)
    state.go_to(PAGE)


@guarded("proef")
def take_over(shown: Case, changes: Mapping[str, Any], act: UUID) -> None:
    """Record the answers that were tried out, as one event, and empty the scratch.

    A second click records nothing: it finds that nothing changes any more, or, when it comes while
    the first is still being dealt with, sends the same event again.

    Args:
        shown: the case that the user saw when confirming.
        changes: the answers that the user saw when confirming.
        act: names this one act.
    """
    knowledge, record = resources.working_knowledge(), access()
    before = after = record.load_case(shown.id, knowledge).case
    for fact, raw in changes.items():
        after = after.answer(knowledge, fact, raw)
    record.save_facts(before, after, key=act)
    state.spend(f"proef:{shown.id}")
    _forget(shown.id)
    said = count(len(changes), "antwoord is", "antwoorden zijn")
    state.notify(f"{said} vastgelegd in de casus. De proef is weer leeg.")


def _all() -> dict[str, Scratch]:
    return cast("dict[str, Scratch]", st.session_state.setdefault(_SCRATCHES, {}))


def _keep(case: Case, changes: Mapping[str, Any]) -> None:
    if changes:
        _all()[case.id] = Scratch(dict(changes), case)
    else:
        _all().pop(case.id, None)


def _forget(case_id: str) -> None:
    _all().pop(case_id, None)
    if confirming(case_id):
        confirm(None)
