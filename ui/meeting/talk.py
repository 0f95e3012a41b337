"""The talk: the script step by step, with time left, questions that fit the case, and notes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import ceil
from uuid import UUID, uuid5

import streamlit as st

from engine.decisions import Access, MeetingView
from engine.intervisie import STAGE, TalkQuestion, questions_for
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from engine.scripts import Script, ScriptStep
from engine.words import Stage
from ui import privacy, resources, state
from ui.auth import access
from ui.live import latest, live
from ui.meeting import verdict, what_if
from ui.meeting.added import additions
from ui.meeting.case import frozen_case
from ui.meeting.proof import compared, proof
from ui.meeting.reveal import folded, one_stage, shown
from ui.meeting.room import spelled, who
from ui.service import guarded
from ui.text import count, plain

_NOTE: state.Form = "notitie"
_NOTE_KEY = "bijeenkomst_notitie"
_SCRIPT_KEY = "bijeenkomst_andere_vorm"
_LONGEST = 2000


def talk(view: MeetingView, record: Access, knowledge: Knowledge) -> None:
    """Draw the script beside what was shown.

    Args:
        view: the meeting as the facilitator may see it now.
        record: the record as this user may use it.
        knowledge: where facts, actions and scripts have their words.
    """
    if not knowledge.scripts:
        no_scripts()
        shown(view, knowledge)
        return
    script, number = place_in_script(view, knowledge)
    left, right = st.columns([5, 8], gap="large")
    with left.container(key="vlak_draaiboek"):
        _step(view, script, number, knowledge)
        _notes(view)
        _others(drawn=view)
    with right:
        if closing(view, script, number):
            verdict.verdict(view, record, knowledge)
        _shown(view, script, number, knowledge)
        case(view, knowledge)
        additions(view, record, knowledge)


def no_scripts() -> None:
    """Say that there is no form of talk to follow."""
    st.error(
        "**Er zijn geen draaiboeken.** Het bestand intervisie.yaml ontbreekt in de map met "
        "kennis. Vraag de beheerder om het terug te zetten. Wat is vastgelegd, blijft bewaard.",
        icon=":material/build:",
    )


def _shown(view: MeetingView, script: Script, number: int, knowledge: Knowledge) -> None:
    """Draw what belongs to this step, and what was shown before folded away."""
    here = script.steps[number].shows if number >= 0 else tuple(Stage)
    shown_last_first = list(reversed(view.revealed))
    for stage in shown_last_first:
        if stage in here:
            one_stage(view, stage, knowledge)
    if Stage.ADVICE in view.revealed:
        what_if.what_if(view, knowledge)
    folded(view, [stage for stage in shown_last_first if stage not in here], knowledge)


def place_in_script(view: MeetingView, knowledge: Knowledge) -> tuple[Script, int]:
    """Return the script that the group follows, and the step that it is at, counted from 0.

    Before the first step is begun that is -1. A script or step that is gone since leads to the
    first that there is.
    """
    scripts = knowledge.scripts
    name = view.begun.script if view.begun else view.script
    script = scripts.get(name) or next(iter(scripts.values()))
    number = view.begun.number if view.begun else -1
    return script, min(number, len(script.steps) - 1)


def to_show(view: MeetingView, script: Script, number: int) -> Stage | None:
    """Return what is to be shown in the step that the group is at; ``None`` if nothing is left."""
    so_far = {stage for step in script.steps[: number + 1] for stage in step.shows}
    return view.next_stage if view.next_stage in so_far else None


def closing(view: MeetingView, script: Script, number: int) -> bool:
    """Whether the group has seen everything and is at the last step: that of the verdict."""
    return view.next_stage is None and number == len(script.steps) - 1


def time_left(begun: datetime, minutes: int, now: datetime) -> str:
    """Say how much time a step still has (Dutch).

    Args:
        begun: when it began, with a time zone.
        minutes: how long it takes.
        now: the moment of now, with a time zone.
    """
    left = (begun + timedelta(minutes=minutes) - now).total_seconds() / 60
    if left >= 1:
        return f"Nog {count(ceil(left), 'minuut', 'minuten')}"
    if left > 0:
        return "Nog minder dan een minuut"
    over = int(-left)
    return f"{count(over, 'minuut', 'minuten')} over de tijd" if over else "De tijd is om"


def _step(view: MeetingView, script: Script, number: int, knowledge: Knowledge) -> None:
    """Draw the step that the group is at, and the one thing to do next."""
    if number < 0:
        st.header(f"{plain(script.title)}, {script.minutes} minuten", anchor=False)
        _next(view, script, number)
        return
    step = script.steps[number]
    st.header(f"Stap {number + 1} van {len(script.steps)}: {plain(step.title)}", anchor=False)
    _clock(view, step.minutes)
    st.markdown(f"**Doel:** {plain(step.aim)}")
    _questions(view, step, knowledge)
    _next(view, script, number)
    _other_ways(view, script, number, knowledge)


@live
def _clock(drawn: MeetingView, minutes: int) -> None:
    """Draw the time left; the rest of the page follows when the meeting went on elsewhere."""
    view = latest(drawn, resources.working_knowledge())
    if _course(view) != _course(drawn):
        st.rerun()
    if view.begun is None:
        return
    said = time_left(view.begun.at, minutes, datetime.now(UTC))
    st.markdown(f":material/timer: **{said}** :small[van {count(minutes, 'minuut', 'minuten')}]")


def _course(view: MeetingView) -> tuple[object, ...]:
    """Return what the page is laid out by."""
    return view.phase, view.revealed, view.begun, view.conclusion, view.notes, view.facilitates


def _questions(view: MeetingView, step: ScriptStep, knowledge: Knowledge) -> None:
    """Draw the questions of the step: those that fit this case first."""
    fitting = [one for one in _about_the_case(view, knowledge) if one.topic in step.topics]
    if fitting:
        lines = ["### Vragen bij deze casus", ""]
        for one in fitting:
            source = f"  \n  :small[{plain('; '.join(one.sources))}]" if one.sources else ""
            lines.append(f"- {plain(one.text)}{source}")
        st.markdown("\n".join(lines))
    lines = ["### Vragen bij deze stap" if fitting else "### Vragen", ""]
    st.markdown("\n".join([*lines, *(f"- {plain(text)}" for text in step.questions)]))


def _about_the_case(view: MeetingView, knowledge: Knowledge) -> tuple[TalkQuestion, ...]:
    """Return the questions that fit the case; none if its protocols can't be consulted now.

    What keeps them from it is said where the advice is shown.
    """
    try:
        found = proof(view, knowledge)
        return questions_for(view, knowledge, compared(view, found) if found else ())
    except (NotCoveredError, BoundsError):
        return ()


def _next(view: MeetingView, script: Script, number: int) -> None:
    """Draw the one thing to do next: show what belongs to this step, or go on."""
    stage = to_show(view, script, number)
    if stage is not None:
        st.button(
            f"Toon: {STAGE[stage]}",
            key=f"bijeenkomst_toon_{stage.value}",
            type="primary",
            icon=":material/visibility:",
            on_click=_reveal,
            args=(view.id, stage, state.token(f"toon:{view.id}:{stage}")),
        )
    elif number + 1 < len(script.steps):
        st.button(
            f"Ga naar stap {number + 2}: {plain(script.steps[number + 1].title)}",
            key="bijeenkomst_verder",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=_go,
            args=(view, script, number + 1, state.token(f"stap:{view.id}")),
        )


def _other_ways(view: MeetingView, script: Script, number: int, knowledge: Knowledge) -> None:
    """Draw the way back, and another form of talk."""
    with st.container(horizontal=True, gap="small"):
        if number > 0:
            st.button(
                "Vorige stap",
                key="bijeenkomst_terug",
                type="tertiary",
                icon=":material/arrow_back:",
                on_click=_go,
                args=(view, script, number - 1, state.token(f"stap:{view.id}")),
            )
        panel = st.popover(
            "Andere vorm",
            key="bijeenkomst_vormen",
            type="tertiary",
            icon=":material/swap_horiz:",
            on_change="rerun",
        )
    if not panel.open:
        return
    scripts = knowledge.scripts
    with panel:
        st.radio(
            "Ga verder met een andere vorm",
            list(scripts),
            index=list(scripts).index(script.id),
            format_func=lambda name: scripts[name].title,
            captions=[plain(one.explanation) for one in scripts.values()],
            key=_SCRIPT_KEY,
        )
        st.button(
            "Gebruik deze vorm",
            key="bijeenkomst_vorm_kiezen",
            on_click=_change_script,
            args=(view, number, state.token(f"vorm:{view.id}")),
        )


@guarded()
def _reveal(meeting: str, stage: Stage, act: UUID) -> None:
    """Show the next thing to the group."""
    access().meetings.reveal(meeting, stage, key=act)
    state.spend(f"toon:{meeting}:{stage}")


@guarded()
def _go(view: MeetingView, script: Script, number: int, act: UUID) -> None:
    """Begin a step, and show the first of what belongs to it."""
    meetings = access().meetings
    meetings.begin_step(view.id, number, script=script.id, key=act)
    stage = to_show(view, script, number)
    if stage is not None:
        meetings.reveal(view.id, stage, key=uuid5(act, stage.value))
    state.spend(f"stap:{view.id}")
    state.go_to_top()


@guarded()
def _change_script(view: MeetingView, number: int, act: UUID) -> None:
    """Go on with another form of talk, at the same step."""
    knowledge = resources.working_knowledge()
    chosen = knowledge.scripts.get(str(st.session_state.get(_SCRIPT_KEY) or ""))
    if chosen is None:
        state.notify("Kies eerst een vorm.", "fout")
        return
    at = min(number, len(chosen.steps) - 1)
    access().meetings.begin_step(view.id, at, script=chosen.id, key=act)
    state.spend(f"vorm:{view.id}")
    st.session_state["bijeenkomst_vormen"] = False


def noted(view: MeetingView) -> None:
    """Draw what was written down; nothing if nothing was."""
    if view.notes:
        st.markdown("\n".join(f"- {plain(note)}" for note in view.notes))


def _notes(view: MeetingView) -> None:
    """Draw what was written down, and the field for more."""
    st.subheader("Aantekeningen", anchor=False)
    noted(view)
    act = state.token(f"notitie:{view.id}")
    with st.form(f"notitie_form_{act}", enter_to_submit=False, border=False):
        st.text_area(
            "Wat werd er gezegd? Schrijf zonder namen.",
            max_chars=_LONGEST,
            height=80,
            key=f"{_NOTE_KEY}_{act}",
        )
        privacy.field_concerns(_NOTE, "text")
        st.form_submit_button(
            "Noteer",
            key="bijeenkomst_noteren",
            icon=":material/edit_note:",
            on_click=_keep_note,
            args=(view.id, act),
        )


@guarded(_NOTE)
def _keep_note(meeting: str, act: UUID) -> None:
    """Write down what the field says; once, also after a double click."""
    text = str(st.session_state.get(f"{_NOTE_KEY}_{act}") or "").strip()
    if not text:
        state.set_errors(_NOTE, {"text": "Schrijf eerst iets op."})
        return
    access().meetings.note(meeting, text, confirmed=privacy.confirmed(_NOTE), key=act)
    state.spend(f"notitie:{meeting}")
    state.close_form(_NOTE)


def _others(drawn: MeetingView) -> None:
    """Draw who is there and the code for who comes in late; folded away."""
    fold = st.expander("Wie er is", key="bijeenkomst_wie", type="compact", on_change="rerun")
    if fold.open:
        with fold:
            st.markdown(f"De code is **{spelled(drawn.code)}**.")
            _who(drawn)


@live
def _who(drawn: MeetingView) -> None:
    who(latest(drawn, resources.working_knowledge()))


def case(view: MeetingView, knowledge: Knowledge) -> None:
    """Draw the case that the group judged, folded away."""
    fold = st.expander("De casus", key="bijeenkomst_casus", type="compact", on_change="rerun")
    if fold.open:
        with fold:
            frozen_case(view, knowledge)
