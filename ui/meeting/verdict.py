"""The verdict of a group: what it finds, what it learned, and who does what by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import streamlit as st

from engine.course import ruling_in_words
from engine.decisions import (
    ABOUT_A_RULE,
    Access,
    DecisionError,
    Finding,
    MeetingView,
    Stance,
    stance_on,
)
from engine.intervisie import rule_in_words
from engine.labels import STATUS
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from engine.words import Ruling, Status
from ui import drafts, privacy, state
from ui.auth import access
from ui.components import field_error
from ui.meeting import reveal
from ui.meeting.files import minutes_of
from ui.meeting.proof import proof
from ui.service import guarded

_FORM: state.Form = "uitspraak"
_ROWS = "rijen_afspraken"
_CHANGING = "wijzigt_uitspraak"
_MOST = 10
_SHORT, _LONG = 500, 2000

_MEANING = {
    Ruling.UPHOLD: "De collega had het zo kunnen doen.",
    Ruling.CORRECT: "Leg bij de afspraken vast wie dat doet.",
    Ruling.CLARIFY: "De regel klopt, maar de tekst leidt tot verschil.",
    Ruling.CHANGE: "De groep stelt een andere regel voor, met deze casus als proef.",
}
_WITHOUT_DECISION = {
    Ruling.UPHOLD: "De groep zou het advies volgen.",
    Ruling.CORRECT: "De groep zou van het advies afwijken.",
}
_WITHOUT_ADVICE = {
    Ruling.UPHOLD: "Wie de cliënt helpt, kiest zelf en legt uit waarom.",
    Ruling.CORRECT: "Leg bij de afspraken vast wat dat is, en wie het doet.",
}
"""Where the rules contradict each other or say too little."""


def _key(view: MeetingView, name: str) -> str:
    return f"uitspraak_{name}_{view.id}"


def verdict(view: MeetingView, record: Access, knowledge: Knowledge) -> None:
    """Draw the form for the verdict; once it is recorded, the verdict and the way to close.

    Args:
        view: a meeting of which everything was shown.
        record: the record as this user may use it.
        knowledge: where rules have their names.
    """
    if view.conclusion is None or st.session_state.get(_CHANGING) == view.id:
        with st.container(border=True, key="formulier_uitspraak"):
            st.header("De uitspraak van de groep", anchor=False)
            _form(view, _draft(view.id, record), knowledge)
        return
    reveal.verdict(view, knowledge)
    _close(view)
    minutes_of(view, record, knowledge)


def _draft(meeting: str, record: Access) -> drafts.Draft:
    """Return what stands in the form and was not recorded."""
    return drafts.draft(record.actor.id, f"{_FORM}:{meeting}")


def _form(view: MeetingView, draft: drafts.Draft, knowledge: Knowledge) -> None:
    """Ask what the group finds, why, what it learned and what it agreed on."""
    given = view.conclusion
    rulings, decided = list(Ruling), view.colleague is not None
    about, meaning = " van het besluit", _MEANING
    if not decided:
        clear = _advice_is_clear(view, knowledge)
        about = " van het advies" if clear else ""
        meaning = _MEANING | (_WITHOUT_DECISION if clear else _WITHOUT_ADVICE)
    ruling = st.radio(
        f"Wat vindt de groep{about}?",
        rulings,
        index=None,
        format_func=lambda one: ruling_in_words(one, decided=decided),
        captions=[meaning[one] for one in rulings],
        key=draft.key(_key(view, "ruling"), given.ruling if given else None),
    )
    field_error(_FORM, "ruling")
    if ruling in ABOUT_A_RULE:
        _about_a_rule(view, ruling, draft, knowledge)
    st.text_area(
        "Waar rust de uitspraak op?",
        max_chars=_LONG,
        height=90,
        placeholder="Schrijf zonder namen, burgerservicenummers of diagnoses",
        key=draft.key(_key(view, "why"), given.why if given else ""),
    )
    privacy.field_concerns(_FORM, "why")
    st.text_area(
        "Wat kunnen anderen hiervan leren? (mag leeg blijven; één punt per regel)",
        max_chars=_LONG,
        height=90,
        key=draft.key(_key(view, "learned"), "\n".join(given.learned) if given else ""),
    )
    _concerns("learned.")
    st.caption(
        "Wie later van deze regel afwijkt, leest de uitleg en wat u leerde, zonder de casus. "
        "Schrijf zo dat niemand de cliënt herkent."
    )
    _agreements(view, draft)
    st.caption(
        "Denkt iemand er anders over? Vraag diegene om dat op het eigen scherm te schrijven, bij "
        "'Aanvullingen'. Dat komt zoals het er staat in het verslag."
    )
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Leg de uitspraak vast",
            key="uitspraak_vastleggen",
            type="primary",
            icon=":material/gavel:",
            on_click=_keep,
            args=(view, state.token(f"uitspraak:{view.id}")),
        )
        if given is not None:
            st.button(
                "Toch niet wijzigen", key="uitspraak_houden", on_click=_leave, args=(view.id,)
            )


def _advice_is_clear(view: MeetingView, knowledge: Knowledge) -> bool:
    """Whether there is advice, and no two rules that contradict each other on a chosen step."""
    try:
        found = proof(view, knowledge)
    except (NotCoveredError, BoundsError):
        return False
    if found is None:
        return False
    stances = {step: stance_on(step.action, found.consultation) for step in view.options}
    chosen = {stances.get(voice.step) for voice in view.voices or () if voice.step}
    advised = {Stance.DO, Stance.DO_NOT} & set(stances.values())
    return bool(advised) and Stance.BOTH not in chosen


def _about_a_rule(
    view: MeetingView, ruling: Ruling, draft: drafts.Draft, knowledge: Knowledge
) -> None:
    """Ask which rule it is about and, where it should be otherwise, what it should have said."""
    given = view.conclusion
    rules = list(dict.fromkeys((*view.about, *_rules_of(view, knowledge))))
    before = given.rule if given and given.rule in rules else None
    first = before or (view.about[0] if view.about else None)
    st.selectbox(
        "Over welke regel gaat het?",
        rules,
        index=None,
        format_func=lambda rule: rule_in_words(rule, knowledge),
        placeholder="Kies een regel",
        key=draft.key(_key(view, "rule"), first, rules),
    )
    field_error(_FORM, "rule")
    if ruling is not Ruling.CHANGE:
        return
    options = list(Status)
    st.radio(
        "Wat had deze regel hier moeten zijn?",
        options,
        index=None,
        format_func=STATUS.__getitem__,
        horizontal=True,
        key=draft.key(_key(view, "should_be"), given.should_be if given else None),
    )
    field_error(_FORM, "should_be")


def _rules_of(view: MeetingView, knowledge: Knowledge) -> Iterator[str]:
    """Return the rules of the protocols that the case is about."""
    for protocol in view.case.protocols:
        for version in knowledge.protocols.get(protocol, ())[-1:]:
            yield from (bound.rule.id for bound in version.rules)


def _agreements(view: MeetingView, draft: drafts.Draft) -> None:
    """Ask who does what by when, in as many rows as there are agreements."""
    given = view.conclusion.agreed if view.conclusion else ()
    rows = int(st.session_state[draft.key(f"{_ROWS}_{view.id}", max(1, len(given)))])
    st.markdown("### Wie doet wat, en wanneer is het klaar?")
    for number in range(rows):
        before = given[number] if number < len(given) else None
        named = f" (afspraak {number + 1})" if rows > 1 else ""
        what, who, by = st.columns([5, 3, 2])
        what.text_input(
            f"Wat{named}",
            max_chars=_SHORT,
            key=draft.key(_key(view, f"what_{number}"), before.what if before else ""),
        )
        who.text_input(
            f"Wie{named}",
            max_chars=_SHORT,
            placeholder="Bijvoorbeeld: de jurist",
            key=draft.key(_key(view, f"who_{number}"), before.who if before else ""),
        )
        by.date_input(
            f"Uiterlijk{named}",
            value=None,
            format="DD-MM-YYYY",
            key=draft.key(_key(view, f"by_{number}"), before.by if before else None),
        )
        _concerns(f"agreed.{number}")
    if rows < _MOST:
        st.button(
            "Nog een afspraak",
            key="uitspraak_nog_een_afspraak",
            type="tertiary",
            icon=":material/add:",
            on_click=_one_more,
            args=(view.id, rows + 1),
        )


def _concerns(start: str) -> None:
    """Show what is wrong with the texts of which the field begins like this."""
    fields = {*state.errors(_FORM), *state.questioned(_FORM)}
    for field in sorted(field for field in fields if field.startswith(start)):
        privacy.field_concerns(_FORM, field)


@guarded()
def _one_more(meeting: str, rows: int) -> None:
    """Draw one more row for an agreement."""
    st.session_state[f"{_ROWS}_{meeting}"] = rows


@guarded()
def _change(meeting: str) -> None:
    """Fill in the verdict once more."""
    st.session_state[_CHANGING] = meeting
    state.close_form(_FORM)


@guarded()
def _leave(meeting: str) -> None:
    """Close the form, with nothing left of what was not recorded."""
    for name in (_CHANGING, f"{_ROWS}_{meeting}"):
        st.session_state.pop(name, None)
    _draft(meeting, access()).forget()
    state.close_form(_FORM)


@guarded(_FORM)
def _keep(view: MeetingView, act: UUID) -> None:
    """Record the verdict as the form has it; once, also after a double click."""

    def field(name: str) -> Any:
        return st.session_state.get(_key(view, name))

    ruling = field("ruling")
    if ruling is None:
        raise DecisionError.about("Kies wat de groep vindt.", "ruling")
    lines = str(field("learned") or "").splitlines()
    access().meetings.conclude(
        view.id,
        ruling=ruling,
        why=field("why") or "",
        rule=field("rule") if ruling in ABOUT_A_RULE else None,
        should_be=field("should_be") if ruling is Ruling.CHANGE else None,
        learned=[line.strip(" -") for line in lines if line.strip(" -")],
        agreed=tuple(_agreed(view)),
        confirmed=privacy.confirmed(_FORM),
        key=act,
    )
    state.spend(f"uitspraak:{view.id}")
    _leave(view.id)


def _agreed(view: MeetingView) -> Iterator[tuple[str, str, date]]:
    """Return the agreements that are filled in.

    Raises:
        DecisionError: one is filled in only partly.
    """
    rows = int(st.session_state.get(f"{_ROWS}_{view.id}", _MOST))
    wrong = []
    for number in range(rows):
        what, who, by = (
            st.session_state.get(_key(view, f"{name}_{number}")) for name in ("what", "who", "by")
        )
        what, who = str(what or "").strip(), str(who or "").strip()
        if not (what or who or by):
            continue
        if what and who and isinstance(by, date):
            yield what, who, by
        else:
            said = "Vul in wat er gebeurt, wie het doet en wanneer het klaar is."
            wrong.append(Finding(f"agreed.{number}", said))
    if wrong:
        raise DecisionError(wrong)


def _close(view: MeetingView) -> None:
    """Draw the way to close the meeting, and back to the form."""
    st.caption(
        "Sluit u af, dan komt de uitspraak in het dossier van de casus. Er kan daarna niets meer "
        "bij."
    )
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Sluit de bijeenkomst af",
            key="bijeenkomst_afsluiten",
            type="primary",
            icon=":material/check_circle:",
            on_click=_end,
            args=(view.id, state.token(f"afsluiten:{view.id}")),
        )
        st.button(
            "Wijzig de uitspraak", key="uitspraak_wijzigen", on_click=_change, args=(view.id,)
        )


@guarded()
def _end(meeting: str, act: UUID) -> None:
    """Close the meeting; the case gets to know what the group came to."""
    access().meetings.close(meeting, key=act)
    state.spend(f"afsluiten:{meeting}")
    state.notify("De bijeenkomst is afgesloten. De uitspraak staat in het dossier van de casus.")
    state.go_to_top()
