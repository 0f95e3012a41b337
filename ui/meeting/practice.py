"""To practise alone: judge an example case first, and then see what made-up groups made of it.

Nothing of it is recorded: what someone answers here stays in their own session.
"""

from __future__ import annotations

from typing import cast

import streamlit as st

from engine.course import RULING
from engine.decisions import MeetingAnswered, MeetingView
from engine.exercises import ExerciseGroup
from engine.intervisie import STAGE, Practice, practices, rule_in_words
from engine.library import Knowledge
from engine.paths import cases_folder
from engine.words import Stage
from ui import state
from ui.address import Opened
from ui.drafts import Draft
from ui.meeting.case import frozen_case, heading
from ui.meeting.form import FORM, answer_form, typed
from ui.meeting.reveal import shown
from ui.meeting.take_part import own_answer
from ui.service import guarded
from ui.text import plain, sentence

_OPEN = Opened("oefening")
_ANSWERS, _SHOWN = "oefening_antwoorden", "oefening_getoond"


def opened() -> str | None:
    """Return the exercise that is open."""
    if _OPEN.moved:
        _OPEN.set(_OPEN.address)
    return _OPEN.current()


def offer(knowledge: Knowledge) -> None:
    """Draw the exercises to choose from.

    Args:
        knowledge: where the questions are defined.
    """
    found = _practices(str(cases_folder()), id(knowledge), knowledge)[0]
    if not found:
        return
    st.header("Alleen oefenen", anchor=False)
    st.markdown(
        "Beoordeel een verzonnen casus. Daarna ziet u wat verzonnen groepen kozen, wat het "
        "protocol zegt en wat de collega deed. Er wordt niets bewaard."
    )
    with st.grid(min_column_width=320, gap="medium", key="lijst_oefeningen"):
        for one in found:
            with st.container(border=True, key=f"casus_kaart_{one.id}", height="stretch"):
                st.markdown(f"### {plain(one.read.file.title)}\n\n{plain(one.exercise.dilemma)}")
                st.space("stretch")
                st.button(
                    "Oefen met deze casus",
                    key=f"oefen_{one.id}",
                    icon=":material/arrow_forward:",
                    icon_position="right",
                    on_click=_go,
                    args=(one.id,),
                )


def practice(name: str, knowledge: Knowledge) -> None:
    """Draw one exercise: judge first, then see the rest step by step.

    Args:
        name: the exercise, by id.
        knowledge: where questions, steps and rules have their words.
    """
    st.button(
        "Alle oefeningen en bijeenkomsten",
        key="oefening_uit",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=_go,
        args=(None,),
    )
    found = _practices(str(cases_folder()), id(knowledge), knowledge)[0]
    chosen = next((one for one in found if one.id == name), None)
    if chosen is None:
        st.title("Oefenen", anchor=False)
        st.warning("Deze oefening is er niet. Kies een andere.", icon=":material/help:")
        return
    view = chosen.view(knowledge, _answers().get(name), _stages().get(name, ()))
    heading(view)
    st.caption(
        "Oefening: de casus, de collega en de groepen zijn verzonnen. Er wordt niets bewaard."
    )
    if view.own is None:
        _judge(chosen, view, knowledge)
    else:
        _compare(chosen, view, knowledge)


def _judge(chosen: Practice, view: MeetingView, knowledge: Knowledge) -> None:
    left, right = st.columns([5, 6], gap="large")
    with left:
        frozen_case(view, knowledge)
    with right:
        st.header("Uw oordeel", anchor=False)
        answer_form(
            view,
            knowledge,
            Draft(),
            button="Klaar: toon wat anderen kozen",
            send=_send,
            args=(chosen, view, knowledge),
        )


def _compare(chosen: Practice, view: MeetingView, knowledge: Knowledge) -> None:
    left, right = st.columns([7, 4], gap="large")
    with left:
        if view.next_stage is not None:
            st.button(
                f"Toon ook: {STAGE[view.next_stage]}",
                key="oefening_verder",
                type="primary",
                icon=":material/visibility:",
                on_click=_show,
                args=(chosen.id, view.next_stage),
            )
        for number, group in enumerate(chosen.groups(view)):
            _group(group, number, knowledge)
        shown(view, knowledge)
    with right:
        st.header("Uw eigen antwoord", anchor=False)
        with st.container(border=True, key="kaart_eigen_antwoord"):
            st.markdown(own_answer(view, knowledge))
        st.button(
            "Begin opnieuw",
            key="oefening_opnieuw",
            icon=":material/replay:",
            on_click=_again,
            args=(chosen.id,),
        )
        fold = st.expander("De casus", key="oefening_casus", type="compact", on_change="rerun")
        if fold.open:
            with fold:
                frozen_case(view, knowledge)


def _group(group: ExerciseGroup, number: int, knowledge: Knowledge) -> None:
    """Draw what a made-up group came to."""
    found = group.ruling
    lines = [f"### {plain(group.name)}", f"**{plain(RULING[found.ruling])}.** {plain(found.why)}"]
    if found.rule is not None:
        rule = plain(sentence(rule_in_words(found.rule, knowledge)))
        lines.append(f"**Het gaat om de regel:** {rule}")
    for title, items in (
        ("Andere mening", found.minority),
        ("Wat de groep leerde", found.learned),
    ):
        if items:
            lines.append(f"**{title}**\n\n" + "\n".join(f"- {plain(one)}" for one in items))
    if number == 0:
        st.header("Wat de groepen ervan vonden", anchor=False)
    with st.container(border=True, key=f"kaart_groep_{number}"):
        st.markdown("\n\n".join(lines))


@guarded()
def _go(name: str | None) -> None:
    """Open an exercise, or none."""
    _OPEN.set(name)
    state.go_to_top()


@guarded(FORM)
def _send(chosen: Practice, view: MeetingView, knowledge: Knowledge) -> None:
    """Keep the answer in the session, and show the choices of the others."""
    found = typed(view, knowledge)
    _answers()[chosen.id] = MeetingAnswered(
        readings=dict(found.readings),
        step=found.step,
        other=found.other,
        why=found.why,
        sure=found.sure,
    )
    _stages()[chosen.id] = (Stage.CHOICES,)
    state.close_form(FORM)
    state.go_to_top()


@guarded()
def _show(name: str, stage: Stage) -> None:
    """Show one thing more."""
    so_far = _stages().get(name, ())
    if stage not in so_far:
        _stages()[name] = (*so_far, stage)


@guarded()
def _again(name: str) -> None:
    """Forget what was answered in an exercise."""
    _answers().pop(name, None)
    _stages().pop(name, None)


def _answers() -> dict[str, MeetingAnswered]:
    return cast("dict[str, MeetingAnswered]", st.session_state.setdefault(_ANSWERS, {}))


def _stages() -> dict[str, tuple[Stage, ...]]:
    return cast("dict[str, tuple[Stage, ...]]", st.session_state.setdefault(_SHOWN, {}))


@st.cache_resource(show_spinner=False, max_entries=2)
def _practices(
    folder: str, version: int, _knowledge: Knowledge
) -> tuple[tuple[Practice, ...], Knowledge]:
    """Read the exercises once; the knowledge is kept, so that no other can take its place."""
    return practices(cases_folder(), _knowledge), _knowledge
