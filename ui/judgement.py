"""Own judgement first: what the user would do, asked before the advice shows and kept beside it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from engine.consult import Consultation
from engine.decisions import (
    Access,
    Act,
    Actor,
    Event,
    JudgedStep,
    JudgementGiven,
    Stance,
    actions_of,
    judged_steps,
)
from engine.library import Knowledge
from engine.recorded import NO_STEP
from ui import resources, state
from ui.auth import access
from ui.components import field_error
from ui.privacy import confirmed, field_concerns
from ui.service import guarded
from ui.text import count, moment, plain

PREFERENCE = "eerst_zelf_oordelen"
SHOWN = 6
"""Other steps that are named beside a judgement; the cards on the page show all of them."""

_SAME = ":material/equal: **Gelijk:**"
_DIFFERENT = ":material/compare_arrows: **Anders:**"
_NO_TELLING = ":material/help: **Nog niet te zeggen:**"
_NOT_THERE = ":material/remove: **Niet te vergelijken:** dit staat niet in de protocollen"
_ADVISED = {
    Stance.DO: f"{_SAME} dit ook",
    Stance.DO_NOT: f"{_DIFFERENT} dit nu juist niet",
    Stance.SILENT: f"{_DIFFERENT} dit nu niet",
    Stance.BOTH: f"{_NO_TELLING} twee regels spreken elkaar tegen",
    Stance.OPEN: f"{_NO_TELLING} dat hangt af van open vragen",
    Stance.WITHHELD: f"{_NO_TELLING} Leidraad geeft hierover nu geen advies",
}
"""What the protocols say of a step that the user chose."""

_CHOSEN = {
    Stance.DO: f"{_DIFFERENT} dit niet",
    Stance.DO_NOT: f"{_SAME} dit ook niet",
    Stance.BOTH: f"{_NO_TELLING} dit niet",
}
"""What the user did about a step that the protocols speak of."""


def preference() -> None:
    """Draw the switch for whether the user judges first; it lasts, for this user."""
    # Not by the argument: what a callback puts back would count as a second start value.
    if PREFERENCE not in st.session_state:
        st.session_state[PREFERENCE] = _wanted(access())
    st.toggle(
        "Eerst zelf oordelen",
        key=PREFERENCE,
        help="U zegt eerst zelf wat u zou doen. Daarna ziet u het advies ernaast. Zo stuurt het "
        "advies uw oordeel niet.",
        on_change=_keep_preference,
    )


@guarded()
def _keep_preference() -> None:
    """Keep what the switch says; it goes back when that fails."""
    wanted = bool(st.session_state[PREFERENCE])
    st.session_state[PREFERENCE] = not wanted
    access().prefer(PREFERENCE, "ja" if wanted else "nee")
    st.session_state[PREFERENCE] = wanted


def _wanted(record: Access) -> bool:
    return record.preference(PREFERENCE) == "ja"


def comes_first(case_id: str, events: Sequence[Event], record: Access) -> bool:
    """Whether the advice on a case must stay hidden until the user has judged it."""
    again = state.judging_again() == case_id
    wanted = again or (not _given(events, record.actor) and _wanted(record))
    # Who may not judge here would never get to see the advice.
    return wanted and record.can(Act.JUDGE, case_id)


def _given(events: Sequence[Event], myself: Actor) -> list[tuple[Event, JudgementGiven]]:
    """Return the judgements of this user, oldest first."""
    return [
        (event, event.body)
        for event in events
        if isinstance(event.body, JudgementGiven) and event.actor == myself.id
    ]


def ask_judgement(consultation: Consultation, knowledge: Knowledge) -> None:
    """Ask what the user would do, without a word on what the protocols say."""
    case = consultation.case.id
    again = state.judging_again() == case
    act = state.token(f"oordeel:{case}")
    # The list shows text as it is, without reading it as Markdown.
    titles = {name: knowledge.actions[name].title for name in actions_of(consultation)}
    # The same anchor as the steps have: this stands in their place.
    st.header("Eerst uw eigen oordeel", anchor="stappen")
    with (
        st.container(border=True, key="formulier_oordeel"),
        st.form(f"oordeel_{act}", enter_to_submit=False, border=False),
    ):
        st.markdown(
            "### Wat zou u nu doen?\n\nBeantwoord eerst de vragen die u belangrijk vindt. Weet u "
            "genoeg? Kies dan wat u zou doen. Daarna ziet u het advies ernaast. Er is geen goed "
            "of fout."
        )
        st.multiselect(
            "Stappen die u zou zetten",
            list(titles),
            format_func=titles.__getitem__,
            placeholder="Kies of zoek een of meer stappen",
            select_all=False,
            key=_field(act, "actions"),
        )
        field_error("oordeel", "actions")
        st.text_input("Iets anders (als het er niet bij staat)", key=_field(act, "other"))
        field_concerns("oordeel", "other")
        st.text_input("Waarom? (in één regel, mag leeg blijven)", key=_field(act, "why"))
        field_concerns("oordeel", "why")
        st.caption("Schrijf zonder namen, burgerservicenummers of diagnoses.")
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                "Leg vast en toon het advies",
                key="oordeel_vastleggen",
                type="primary",
                on_click=_keep,
                args=(consultation, act),
            )
            if again:
                st.form_submit_button(
                    "Toch niet opnieuw",
                    key="oordeel_houden",
                    on_click=state.judge_again,
                    args=(None,),
                )


def _field(act: UUID, name: str) -> str:
    # A key of its own for each judgement: a widget remembers what it was last.
    return f"oordeel_{name}_{act}"


@guarded("oordeel")
def _keep(consultation: Consultation, act: UUID) -> None:
    """Record the judgement as the form has it; once, also after a double click."""
    access().judge(
        consultation,
        actions=st.session_state.get(_field(act, "actions")) or [],
        other=st.session_state.get(_field(act, "other")) or "",
        why=st.session_state.get(_field(act, "why")) or "",
        key=act,
        knowledge=resources.working_knowledge(),
        confirmed=confirmed("oordeel"),
    )
    state.spend(f"oordeel:{consultation.case.id}")
    state.judge_again(None)


def own_judgement(
    consultation: Consultation, knowledge: Knowledge, events: Sequence[Event], myself: Actor
) -> None:
    """Draw the user's last judgement beside the advice; nothing if there is none."""
    given = _given(events, myself)
    if not given:
        return
    event, judgement = given[-1]
    with st.container(border=True, key="kaart_oordeel", gap="small"):
        st.markdown(_side_by_side(judgement, consultation, knowledge))
        since = ""
        if judgement.receipt != consultation.receipt.digest:
            since = " Sindsdien is er iets veranderd in de antwoorden of de regels."
        before = count(len(given) - 1, "eerder oordeel", "eerdere oordelen")
        kept = f" Uw {before} in deze casus is bewaard." if len(given) > 1 else ""
        st.caption(f"Uw oordeel van {moment(event.at)}.{since}{kept}")
        st.button(
            "Oordeel opnieuw",
            key="oordeel_opnieuw",
            type="tertiary",
            icon=":material/edit:",
            on_click=state.judge_again,
            args=(consultation.case.id,),
        )


def _side_by_side(
    judgement: JudgementGiven, consultation: Consultation, knowledge: Knowledge
) -> str:
    """Put what was chosen beside the advice, as one piece of Markdown."""
    found = judged_steps(judgement, consultation)
    rows = [_row(item, knowledge) for item in found if item.chosen]
    if judgement.other:
        rows.append(f"| {plain(judgement.other)} | {_NOT_THERE} |")
    rest = [item for item in found if not item.chosen]
    rows += [_row(item, knowledge) for item in rest[:SHOWN]]
    parts = [
        "### Uw oordeel naast het advies",
        "\n".join(["| U koos | Het protocol adviseert |", "|---|---|", *rows]),
    ]
    if len(rest) > SHOWN:
        more = count(len(rest) - SHOWN, "andere stap", "andere stappen")
        parts.append(f"Het protocol noemt nog {more}; u ziet ze bij de volgende stappen.")
    if judgement.why:
        parts.append(f"**Waarom u dit koos:** {plain(judgement.why)}")
    return "\n\n".join(parts)


def _row(item: JudgedStep, knowledge: Knowledge) -> str:
    """Put one step where it belongs: left what the user chose, right what is advised."""
    action = knowledge.actions.get(item.action)
    if item.chosen:
        return f"| {plain(action.title if action else NO_STEP)} | {_ADVISED[item.stance]} |"
    said = NO_STEP
    if action:
        said = action.title_not if item.stance is Stance.DO_NOT else action.title
    against = " (en ook niet: tegenstrijdig)" if item.stance is Stance.BOTH else ""
    return f"| {_CHOSEN[item.stance]} | {plain(said)}{against} |"
