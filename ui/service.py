"""What a click does: one call to the engine or the record, and a message when it failed.

These run as callbacks, before the page is drawn again. Nothing that goes wrong here may surface
as a traceback, so each one turns every failure into a Dutch message.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

import streamlit as st

from engine.case import AnswerError, Case
from engine.consult import Consultation
from engine.decisions import (
    MAX_TEXT,
    ChangedError,
    Confirmed,
    Decision,
    DecisionError,
    Deviation,
    Needed,
    PrivacyError,
    RecordError,
    boilerplate,
    making,
    screen,
    sources_of,
    texts_in,
)
from engine.flips import flips
from engine.library import Knowledge, NotCoveredError
from engine.program import build_program
from engine.reasons import ways_in_words
from engine.words import Element
from ui import in_sight, privacy, resources, state
from ui.auth import access
from ui.text import LOCAL

P = ParamSpec("P")
_LOG = logging.getLogger(__name__)

MOST_NEEDED = 5
"""Ways in which the protocol would have advised otherwise that are kept with a deviation."""

NOTHING_SAVED = "Er is niets opgeslagen."
NOT_SAVED = f"{NOTHING_SAVED} Probeer het opnieuw; blijft dit zo, meld het dan."


def today() -> date:
    """Return the day it is in the Netherlands."""
    return datetime.now(LOCAL).date()


def deviation_key(rule: str, field: str) -> str:
    """Return the key of the widget for one field of the form to deviate from a rule."""
    return f"afwijking_{field}_{rule}"


def typed_to_deviate(rule: str) -> tuple[str, ...]:
    """Return the texts that stand in the form to deviate from a rule."""
    fields = (*(f"elements.{element.value}" for element in Element), "instead")
    typed = (st.session_state.get(deviation_key(rule, field)) for field in fields)
    return tuple(text for text in typed if isinstance(text, str) and text.strip())


def guarded(
    form: state.Form | None = None,
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Turn a failure of a callback into a message on the page.

    Args:
        form: the form that is sent; what is wrong with one of its fields is shown there.
    """

    def guard(act: Callable[P, None]) -> Callable[P, None]:
        @wraps(act)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            if form:
                state.clear_errors(form)
            try:
                act(*args, **kwargs)
            except (RecordError, NotCoveredError) as error:
                _LOG.warning("%s: %s", act.__name__, error)
                state.notify(str(error), "fout")
            except DecisionError as error:
                _show_findings(error, form)
            except Exception:
                _LOG.exception("A click failed.")
                state.notify(f"Er ging iets mis in Leidraad. {NOT_SAVED}", "fout")

        return run

    return guard


def _show_findings(error: DecisionError, form: state.Form | None) -> None:
    """Show what is wrong with a field at that field, and all else at the top of the page."""
    fields: dict[str, str] = {}
    if form and isinstance(error, PrivacyError):
        state.ask_about(
            form,
            ((one.field, one.concern.said) for one in error.raised if not one.concern.blocked),
        )
    for item in error.findings:
        if form and item.field:
            fields[item.field] = f"{fields.get(item.field, '')} {item.message}".strip()
        else:
            state.notify(item.message, "fout")
    if form:
        state.set_errors(form, fields)


@guarded()
def open_case(case_id: str) -> None:
    """Go to a case."""
    state.set_case(case_id)


@guarded()
def open_found_case(widget: str) -> None:
    """Go to the case that was looked up."""
    if chosen := st.session_state.get(widget):
        state.set_case(chosen)


@guarded()
def close_case() -> None:
    """Go back to the list of cases."""
    state.set_case(None)


@guarded("nieuw")
def new_case(act: UUID) -> None:
    """Open a case of the user's own, with what the form says; once, also after a double click."""
    knowledge = resources.working_knowledge()
    on = st.session_state.get("nieuw_peildatum")
    protocols = chosen_protocols("nieuw_protocollen", knowledge, on)
    authority = st.session_state.get("nieuw_instantie")
    missing = {
        field: message
        for field, value, message in (
            ("nieuw_protocollen", protocols, "Kies minstens een protocol."),
            ("nieuw_instantie", authority, "Kies de instantie die de casus behandelt."),
            ("nieuw_peildatum", on, "Vul de peildatum in."),
        )
        if not value
    }
    if missing or not isinstance(on, date) or not isinstance(authority, str):
        state.set_errors("nieuw", missing)
        return
    if refused := _not_covered(knowledge, protocols, authority, on):
        state.set_errors("nieuw", refused)
        return
    case = Case(state.pseudonym(act), on, authority, protocols)
    title = f"Casus {case.id.removeprefix('c-')}"
    access().open_case(case, title=title, key=act)
    state.spend("nieuwe-casus")
    state.set_case(case.id)


def chosen_protocols(widget: str, knowledge: Knowledge, on: date | None) -> tuple[str, ...]:
    """Return the protocols that are ticked; "everything" is all that there are on a day."""
    if state.ticked(widget, [state.EVERYTHING]):
        return knowledge.protocols_on(on or today())
    return state.ticked(widget, knowledge.protocol_titles)


def _not_covered(
    knowledge: Knowledge, protocols: tuple[str, ...], authority: str, on: date
) -> dict[str, str]:
    """Say at which field no rules cover a case, so that nobody ends up in one without advice."""
    field = "nieuw_instantie"
    try:
        knowledge.authority(authority)
        field = "nieuw_peildatum"
        build_program(knowledge, protocols, authority, on)
    except NotCoveredError as error:
        return {field: str(error)}
    return {}


@guarded("protocollen")
def choose_protocols(case_id: str, widget: str, act: UUID) -> None:
    """Record what the case is about from now on, as the form says."""
    knowledge = resources.working_knowledge()
    case = access().load_case(case_id, knowledge).case
    chosen = chosen_protocols(widget, knowledge, case.reference_date)
    if not chosen:
        state.set_errors("protocollen", {widget: "Kies minstens een protocol."})
        return
    _keep_protocols(case_id, chosen, act)
    state.close_subjects()


@guarded()
def add_protocol(case_id: str, protocol: str, act: UUID) -> None:
    """Record that the case is about one protocol more."""
    case = access().load_case(case_id, resources.working_knowledge()).case
    _keep_protocols(case_id, (*case.protocols, protocol), act)


def _keep_protocols(case_id: str, chosen: tuple[str, ...], act: UUID) -> None:
    """Record a choice that differs, after a look whether rules cover it.

    What failed is not spent, so that the form stays as it was filled in.
    """
    knowledge, record = resources.working_knowledge(), access()
    case = record.load_case(case_id, knowledge).case
    if set(chosen) != set(case.protocols):
        build_program(knowledge, chosen, case.authority, case.reference_date)
        record.choose_protocols(case_id, chosen, key=act)
    state.spend(f"protocollen:{case_id}")


def show_refusal(form: state.Form, fact: str, error: AnswerError, knowledge: Knowledge) -> None:
    """Say at its question why an answer is refused; a question can be gone since it was drawn."""
    if fact in knowledge.facts:
        state.set_errors(form, {fact: str(error)})
    else:
        state.notify(f"Deze vraag is er niet meer. {NOTHING_SAVED}", "fout")


@guarded("antwoord")
def answer(case_id: str, fact: str, raw: Any) -> None:
    """Record an answer, or take it back."""
    knowledge, record = resources.working_knowledge(), access()
    before = record.load_case(case_id, knowledge).case
    try:
        after = before.answer(knowledge, fact, raw)
    except AnswerError as error:
        show_refusal("antwoord", fact, error, knowledge)
        return
    said = state.said()
    # The same answer is recorded again when someone else gives it, or it is found elsewhere.
    other = said.noted and said != sources_of(record.history(case_id)).get(fact)
    try:
        # No key is needed: the second click of a double click finds that nothing changes. One that
        # outlived a failure would refuse the next answer.
        record.save_facts(before, after, said=said, again=fact if other else None)
    except ChangedError:
        # The answer must be one click away, also when another question comes first by now.
        state.keep_in_front(fact)
        raise
    state.edit(None)


@guarded("antwoord")
def answer_typed(case_id: str, fact: str, widget: str) -> None:
    """Record the number or date that stands in a field."""
    value = st.session_state.get(widget)
    if value is None:
        kind = "Typ eerst een antwoord, of kies 'Weet ik niet'."
        state.set_errors("antwoord", {fact: kind})
        return
    answer(case_id, fact, value)


@guarded()
def follow(consultation: Consultation, rule: str, act: UUID) -> None:
    """Record that an advice is followed."""
    decision = making.follow(consultation, rule, decided_on=today())
    _record(decision, consultation, act)


@guarded()
def skip(consultation: Consultation, rule: str, act: UUID) -> None:
    """Record that a consideration is left aside."""
    decision = making.skip(consultation, rule, decided_on=today())
    _record(decision, consultation, act)


@guarded("afwijking")
def deviate(consultation: Consultation, rule: str, act: UUID) -> None:
    """Record a deviation, or say what it lacks."""

    def field(name: str) -> Any:
        return st.session_state.get(deviation_key(rule, name))

    contract = making.contract_for(consultation, rule)
    asked = dict.fromkeys((*(contract.required if contract else ()), Element.EVIDENCE))
    dates = {name: field(name) for name in ("decided_on", "review_on")}
    filled = making.draft(
        consultation,
        rule,
        decided_on=dates["decided_on"] or today(),
        kind=field("kind"),
        ground=field("ground"),
        elements={item: field(f"elements.{item.value}") or "" for item in asked},
        instead=field("instead"),
        decided_by=field("decided_by"),
        review_on=dates["review_on"],
    )
    # The draft fills in a date that is not given, but one that was emptied must be asked for.
    written = filled.model_copy(update=dates)
    written.check()
    decision = Deviation.model_validate(dict(written))
    if _asked_about_texts(decision):
        return
    needed, confirmed = needed_in(consultation, rule), privacy.confirmed("afwijking")
    _record(decision, consultation, act, needed, confirmed)
    state.deviate_from(None)


def _asked_about_texts(decision: Deviation) -> bool:
    """Whether the user is asked about texts that were used before or say nothing.

    Whoever saves the same texts once more stands by them.
    """
    texts = dict(texts_in(decision))
    found = boilerplate(decision, access().own_deviations())
    return state.notice_texts(
        "afwijking", {one.field: (one.message, texts[one.field]) for one in found}
    )


def needed_in(consultation: Consultation, rule: str) -> tuple[Needed, ...]:
    """Return what the protocol would have needed not to give the advice, the least first."""
    knowledge = resources.working_knowledge()
    # Time enough to be done: what is recorded must not depend on how busy the machine is.
    found = flips(consultation, knowledge, rule, seconds=1.0)
    ways = [
        way
        for way in ways_in_words(found, knowledge)
        if len(way.said) <= MAX_TEXT and not screen(way.said)
    ]
    return tuple(Needed(facts=way.facts, said=way.said) for way in ways[:MOST_NEEDED])


def _record(
    decision: Decision,
    consultation: Consultation,
    act: UUID,
    needed: tuple[Needed, ...] = (),
    confirmed: tuple[Confirmed, ...] = (),
) -> None:
    """Record a decision, and close what belongs to it."""
    access().decide(
        decision,
        consultation,
        key=act,
        knowledge=resources.working_knowledge(),
        needed=needed,
        confirmed=confirmed,
        at_once=in_sight.at_once(consultation.case.id, decision.advised.rule, act),
    )
    state.spend(f"{consultation.case.id}:{decision.advised.rule}")
    state.reconsider(None)
