"""The meeting for who takes part: judging alone, waiting, and talking about what is shown."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from engine.case import UNKNOWN
from engine.decisions import Access, Login, MeetingView, Phase
from engine.intervisie import SURENESS, reading_in_words, step_in_words
from engine.library import Knowledge
from ui import drafts, state
from ui.auth import access
from ui.live import latest, live
from ui.meeting import added, take_over
from ui.meeting.case import frozen_case, heading
from ui.meeting.form import DONT_KNOW, FORM, answer_form, field, typed
from ui.meeting.reveal import shown, verdict
from ui.privacy import confirmed
from ui.service import guarded
from ui.text import count, plain, sentence

_AGAIN = "antwoordt_opnieuw"


def participant(view: MeetingView, record: Access, knowledge: Knowledge) -> None:
    """Draw a meeting for someone who takes part in it.

    Args:
        view: the meeting as they may see it now.
        record: the record as this user may use it.
        knowledge: where the questions are defined.
    """
    heading(view)
    if view.phase is Phase.ALONE:
        _alone(view, record, knowledge)
    else:
        _together(view, record, knowledge)
    take_over.offer(view, record)
    if record.actor.login is Login.GUEST:
        st.caption(
            "Uw plek hoort bij het adres van deze pagina. Bewaar dat adres als u de pagina sluit. "
            "Deel het niet: wie het heeft, antwoordt als u."
        )


def _alone(view: MeetingView, record: Access, knowledge: Knowledge) -> None:
    first = view.own is None or st.session_state.get(_AGAIN) == view.id
    answering = first and not view.has_led
    _progress(view, knowledge, answering)
    if not answering:
        # What became of the answer comes first, also on a phone.
        left, right = st.columns([6, 5], gap="large")
        with left:
            _waiting(view, knowledge)
        with right:
            frozen_case(view, knowledge)
        return
    left, right = st.columns([5, 6], gap="large")
    with left:
        frozen_case(view, knowledge)
    with right:
        st.header("Uw oordeel", anchor=False)
        st.caption(
            "Overleg niet. Leidraad toont uw antwoord aan niemand, ook niet aan de begeleider, "
            "totdat die alle antwoorden tegelijk toont. Tot dan kunt u het nog wijzigen. Herkent u "
            "de cliënt? Zeg dat dan tegen de begeleider."
        )
        act = state.token(f"groepsantwoord:{view.id}")
        again = view.own is not None
        answer_form(
            view,
            knowledge,
            _draft(view.id, record),
            button="Verstuur het gewijzigde antwoord" if again else "Verstuur uw antwoord",
            send=_send,
            args=(view, knowledge, act),
        )
        if again:
            st.button(
                "Laat mijn antwoord zoals het was",
                key="groepsantwoord_houden",
                type="tertiary",
                on_click=_stop,
                args=(view.id,),
            )


def _draft(meeting: str, record: Access) -> drafts.Draft:
    """Return what this person typed in the form and did not send."""
    return drafts.draft(record.actor.id, f"{FORM}:{meeting}")


@live
def _progress(view: MeetingView, knowledge: Knowledge, answering: bool) -> None:
    """Say how many have answered; go on when the answers are shown, but never through a text."""
    now = latest(view, knowledge)
    # In another window of theirs they can have taken over.
    if now.has_led is not view.has_led:
        st.rerun()
    if now.phase is not view.phase:
        if not answering:
            st.rerun()
        st.warning(
            "**De begeleider toont de antwoorden.** Versturen kan niet meer"
            + (", uw eerdere antwoord telt. " if view.own else ". ")
            + "Wat u bij 'waarom' schreef, raakt niet kwijt: u kunt het straks aanvullen.",
            icon=":material/visibility:",
        )
        if st.button("Ga verder", key="verder_naar_tonen", type="primary"):
            st.rerun()
        return
    people = count(now.joined, "deelnemer heeft", "deelnemers hebben")
    st.markdown(f":material/group: **{now.answered} van de {people} geantwoord.**")
    take_over.who_leads(now)


def _waiting(view: MeetingView, knowledge: Knowledge) -> None:
    """Draw what was sent, and the way to change it."""
    sent = view.own is not None
    st.header("Uw antwoord is verstuurd" if sent else "U leest mee", anchor=False)
    st.markdown(
        "U hoeft niets te doen. Zodra de begeleider de antwoorden toont, ziet u ze hier vanzelf."
    )
    if view.has_led:
        st.caption("Wie begeleidt of dat eerder deed, antwoordt niet en wijzigt geen antwoord.")
    if not sent:
        return
    with st.container(border=True, key="kaart_eigen_antwoord"):
        st.markdown(own_answer(view, knowledge))
        if not view.has_led:
            st.button(
                "Wijzig uw antwoord",
                key="groepsantwoord_wijzigen",
                icon=":material/edit:",
                on_click=_again,
                args=(view.id,),
            )


def own_answer(view: MeetingView, knowledge: Knowledge) -> str:
    """Write what someone answered themselves, as Markdown; empty if nothing."""
    own = view.own
    if own is None:
        return ""
    step = own.other if own.step is None else step_in_words(own.step, knowledge)
    lines = [f"- **Uw stap:** {plain(sentence(step))}", f"- **Waarom:** {plain(own.why)}"]
    lines.append(f"- **Hoe zeker:** {SURENESS[own.sure].lower()}")
    lines += [
        f"- **{plain(knowledge.facts[name].question)}** "
        f"{_reading(name, own.readings[name], knowledge)}"
        for name in view.asked
        if name in own.readings and name in knowledge.facts
    ]
    return "\n".join(lines)


def _reading(name: str, raw: object, knowledge: Knowledge) -> str:
    """Say a reading as the form has it."""
    return DONT_KNOW.lower() if raw == UNKNOWN else plain(reading_in_words(name, raw, knowledge))


def _together(view: MeetingView, record: Access, knowledge: Knowledge) -> None:
    """Draw what was shown so far, the last first, and what can be added."""
    _keep_what_was_typed(view, record)
    take_over.who_leads(view)
    _follow(view, knowledge)
    # A place of their own for the texts, so that what is being typed stays when more is shown.
    left, right = st.columns([7, 4], gap="large")
    with left:
        verdict(view, knowledge)
        shown(view, knowledge)
    with right:
        own, extra, case = st.container(), st.container(), st.container()
    with own:
        _own(view, knowledge)
    with extra:
        added.additions(view, record, knowledge)
    fold = case.expander("De casus", key="casus_teruglezen", type="compact", on_change="rerun")
    if fold.open:
        with fold:
            frozen_case(view, knowledge)


def _keep_what_was_typed(view: MeetingView, record: Access) -> None:
    """Keep the reason of an answer that was not sent in time, to add it after the reveal.

    What stood in a field is there for one more run after the field has gone.
    """
    name = field(view, "why")
    typed_last = st.session_state.get(name) or _draft(view.id, record).typed.get(name)
    why = str(typed_last or "").strip()
    if why and (view.own is None or why != view.own.why):
        added.begin_with(view.id, record, why)
    _stop(view.id)


def _own(view: MeetingView, knowledge: Knowledge) -> None:
    """Draw the own answer beside what the group is shown."""
    st.header("Uw eigen antwoord", anchor=False)
    if view.own is None:
        st.markdown("U verstuurde geen antwoord voordat alles werd getoond. U praat gewoon mee.")
        return
    with st.container(border=True, key="kaart_eigen_antwoord"):
        st.markdown(own_answer(view, knowledge))


@live
def _follow(view: MeetingView, knowledge: Knowledge) -> None:
    """Draw the page again when the group is shown more, or came to a verdict."""
    now = latest(view, knowledge)
    if _course(now) != _course(view):
        st.rerun()


def _course(view: MeetingView) -> tuple[object, ...]:
    """Return what the page is laid out by."""
    return view.revealed, view.phase, view.conclusion, view.taken_over_at


@guarded(FORM)
def _send(view: MeetingView, knowledge: Knowledge, act: UUID) -> None:
    """Record the answer as the form has it."""
    found = typed(view, knowledge)
    access().meetings.answer(
        view.id,
        knowledge,
        readings=dict(found.readings),
        step=found.step,
        other=found.other,
        why=found.why,
        sure=found.sure,
        confirmed=confirmed(FORM),
        key=act,
    )
    state.spend(f"groepsantwoord:{view.id}")
    _stop(view.id)


@guarded()
def _again(meeting: str) -> None:
    """Open the form again, with the answer that was sent."""
    st.session_state[_AGAIN] = meeting


@guarded()
def _stop(meeting: str) -> None:
    """Close the form, with nothing left of what was not sent."""
    st.session_state.pop(_AGAIN, None)
    _draft(meeting, access()).forget()
    state.close_form(FORM)
