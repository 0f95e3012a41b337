"""Making a case ready for a group: the texts, the question, what to judge, and the form of talk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import streamlit as st

from engine.decisions import (
    MOST_FACTS,
    Access,
    CaseCopy,
    DecisionError,
    Deviation,
    Skip,
    Step,
    StoredDecision,
    decisions_among,
    opposite,
)
from engine.intervisie import Suggestion, step_in_words, suggest
from engine.knowledge import AUTHORITY
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from engine.program import Program, build_program
from engine.wording import date_in_words, enumerate_dutch
from engine.words import FactKind
from ui import privacy, resources, state
from ui.auth import access
from ui.components import field_error, not_consulted
from ui.drafts import Draft
from ui.meeting import pick, place
from ui.meeting.pick import Chosen
from ui.meeting.talk import no_scripts
from ui.meeting.texts import FORM, label_of, review, reviewed
from ui.service import guarded
from ui.text import plain

_QUESTION = "Wat had u hier gedaan, en waarom?"
_LONGEST_QUESTION = 500
MANY = 6
"""Steps that are suggested at most, besides those that the talk is about."""


def prepare(chosen: Chosen, record: Access, knowledge: Knowledge) -> None:
    """Draw all that it takes to make a case ready, from the top down.

    Args:
        chosen: the case and the decision.
        record: the record as this user may use it.
        knowledge: where facts and actions are defined.
    """
    st.title("Bijeenkomst voorbereiden", anchor=False)
    if not knowledge.scripts:
        no_scripts()
        return
    if not record.sees(chosen.case):
        st.warning("Deze casus is er niet meer, of niet meer voor u. Kies een andere casus.")
        _stop()
        return
    copy = record.meetings.copy(chosen.case, knowledge, chosen.decision)
    _which_decision(chosen, record, knowledge)
    try:
        suggestion = suggest(copy, knowledge)
    except (NotCoveredError, BoundsError) as error:
        not_consulted(error)
        return
    draft = pick.unfinished(record)
    if not review(copy, draft, knowledge):
        st.caption("Kies bij deze tekst wat u ermee doet. Daarna gaat u verder.")
        _stop()
        return
    _question(copy, suggestion, draft, knowledge)
    _form_of_talk(copy, draft, knowledge)
    _ready(copy, suggestion, knowledge)


def _key(copy: CaseCopy, name: str) -> str:
    return f"bijeenkomst_{name}_{copy.origin}_{copy.seq}"


def _which_decision(chosen: Chosen, record: Access, knowledge: Knowledge) -> None:
    """Draw the choice of the decision that the group talks about, or none."""
    decided = decisions_among(record.history(chosen.case))
    names: dict[UUID | None, str] = {one.id: _in_words(one) for one in reversed(decided)}
    names[None] = "Geen besluit: de casus zoals die nu is"
    title = record.load_case(chosen.case, knowledge).title
    key = f"bijeenkomst_besluit_{chosen.case}"
    st.markdown(f"Casus: **{plain(title)}**")
    if not decided:
        st.caption("In deze casus is nog niets besloten. De groep bespreekt wat er nu moet.")
        return
    st.radio(
        "Over welk besluit gaat het?",
        list(names),
        index=list(names).index(chosen.decision),
        format_func=names.__getitem__,
        key=key,
        on_change=_choose_decision,
        args=(chosen.case, key),
    )


def _in_words(one: StoredDecision) -> str:
    decision = one.decision
    done = "Gevolgd"
    if isinstance(decision, Deviation):
        done = "Afgeweken"
    elif isinstance(decision, Skip):
        done = "Overgeslagen"
    return f"{done}: {plain(decision.advised.title)} ({date_in_words(decision.decided_on)})"


@guarded()
def _choose_decision(case: str, key: str) -> None:
    """Copy the case as it was known at another decision."""
    pick.choose(case, st.session_state.get(key))


def _question(copy: CaseCopy, suggestion: Suggestion, draft: Draft, knowledge: Knowledge) -> None:
    """Draw what the group is asked: one question, the facts to judge, and the steps."""
    st.header("Wat vraagt u de groep?", anchor=False)
    st.text_area(
        "Uw vraag",
        max_chars=_LONGEST_QUESTION,
        height=80,
        key=draft.key(_key(copy, "vraag"), _QUESTION),
    )
    privacy.field_concerns(FORM, "question")
    facts = _facts(copy, suggestion, knowledge)
    st.multiselect(
        "Welke feiten beoordeelt ieder zelf opnieuw?",
        facts,
        format_func=lambda name: knowledge.facts[name].question,
        max_selections=MOST_FACTS,
        placeholder="Kies de feiten die betwist zijn of die de doorslag geven",
        help="De groep ziet niet welk antwoord de collega hierop gaf. Drie of vier is genoeg.",
        key=draft.key(
            _key(copy, "feiten"), [name for name in suggestion.asked if name in facts], facts
        ),
    )
    field_error(FORM, "asked")
    steps = _steps(copy, suggestion, knowledge)
    st.multiselect(
        "Uit welke stappen kan ieder kiezen?",
        steps,
        format_func=lambda step: step_in_words(step, knowledge),
        placeholder="Kies minstens twee stappen",
        help="Wie iets anders zou doen, kan dat zelf opschrijven.",
        key=draft.key(_key(copy, "stappen"), _few(copy, suggestion, knowledge), steps),
    )
    field_error(FORM, "options")
    colleague = copy.colleague
    if colleague is not None:
        st.selectbox(
            "Welke stap koos de collega?",
            steps,
            index=None,
            format_func=lambda step: step_in_words(step, knowledge),
            placeholder="Een stap die er niet bij staat",
            help="De groep ziet dit pas als u het besluit toont.",
            key=draft.key(
                _key(copy, "collega"), colleague.step if colleague.step in steps else None, steps
            ),
        )


def _facts(copy: CaseCopy, suggestion: Suggestion, knowledge: Knowledge) -> list[str]:
    """Return the facts that a group can judge: those suggested, then the others of the case."""
    case = copy.case
    found = dict.fromkeys((*suggestion.asked, *case.disputed, *case.known, *sorted(case.unknown)))
    return [
        name
        for name in found
        if name != AUTHORITY
        and name in knowledge.facts
        and knowledge.facts[name].kind is not FactKind.TEXT
    ]


def _program(copy: CaseCopy, knowledge: Knowledge) -> Program:
    case = copy.case
    return build_program(knowledge, case.protocols, case.authority, case.reference_date)


def _steps(copy: CaseCopy, suggestion: Suggestion, knowledge: Knowledge) -> list[Step]:
    """Return the steps to choose from: those suggested, then all that the protocols speak of."""
    program = _program(copy, knowledge)
    spoken = [
        Step(action=bound.rule.advice.action, direction=bound.rule.advice.direction)
        for bound in program.asked_rules()
    ]
    turned = (
        one.model_copy(update={"direction": opposite(one.direction)})
        for one in (*suggestion.options, *spoken)
    )
    return list(dict.fromkeys((*suggestion.options, *spoken, *turned)))


def _few(copy: CaseCopy, suggestion: Suggestion, knowledge: Knowledge) -> list[Step]:
    """Return the suggested steps; of many only a few, those that the talk is about first."""
    program = _program(copy, knowledge)
    actions = {
        program.rules[rule].rule.advice.action for rule in suggestion.about if rule in program.rules
    }
    if copy.colleague and copy.colleague.step:
        actions.add(copy.colleague.step.action)
    options = suggestion.options
    first = [step for step in options if step.action in actions]
    few = {*first, *[step for step in options if step not in first][: max(0, MANY - len(first))]}
    return [step for step in options if step in few]


def _form_of_talk(copy: CaseCopy, draft: Draft, knowledge: Knowledge) -> None:
    """Draw the choice of a script, and whether names are asked for."""
    st.header("Hoe voert u het gesprek?", anchor=False)
    scripts = knowledge.scripts
    st.radio(
        "De vorm van het gesprek",
        list(scripts),
        format_func=lambda name: f"{scripts[name].title} ({scripts[name].minutes} minuten)",
        captions=[plain(script.explanation) for script in scripts.values()],
        key=draft.key(_key(copy, "vorm"), next(iter(scripts)), scripts),
    )
    st.checkbox(
        "Vraag de deelnemers of hun naam bij hun antwoord mag staan",
        key=draft.key(_key(copy, "namen"), False),
        help="De namen staan er alleen als iedereen ja zegt. Anders heet ieder Deelnemer 1, 2, 3.",
    )


def _ready(copy: CaseCopy, suggestion: Suggestion, knowledge: Knowledge) -> None:
    """Draw what is still wrong, and the button that makes it ready."""
    wrong = _wrong(knowledge)
    if wrong:
        where = plain(enumerate_dutch(wrong, "en"))
        st.error(
            f"Er is nog niets vastgelegd. Kijk hierboven bij {where}.",
            icon=":material/error:",
        )
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Zet de bijeenkomst klaar",
            key="bijeenkomst_klaarzetten",
            type="primary",
            icon=":material/check:",
            on_click=_keep,
            args=(copy, suggestion, state.token(f"bijeenkomst:{copy.origin}:{copy.seq}")),
        )
        _stop()
    st.caption(
        "Sluit u deze pagina, dan kunt u vandaag nog verder waar u was. Na 'Stop met "
        "voorbereiden' begint u opnieuw."
    )


def _wrong(knowledge: Knowledge) -> list[str]:
    """Return what something is wrong with, in the words of the page."""
    names = {"question": "Uw vraag", "asked": "de feiten", "options": "de stappen"}
    found = dict.fromkeys(state.errors(FORM))
    return [
        f"'{label_of(field.removeprefix('texts.'), knowledge)}'"
        if field.startswith("texts.")
        else f"'{names.get(field, field)}'"
        for field in found
    ]


def _stop() -> None:
    st.button("Stop met voorbereiden", key="bijeenkomst_stoppen", on_click=pick.stop)


@guarded(FORM)
def _keep(copy: CaseCopy, suggestion: Suggestion, act: UUID) -> None:
    """Record the meeting as the page has it, and open it; once, also after a double click."""

    def field(name: str) -> Any:
        return st.session_state.get(_key(copy, name))

    options = tuple(dict.fromkeys(field("stappen") or ()))
    if len(options) < 2:
        raise DecisionError.about("Kies minstens twee stappen.", "options")
    meeting = access().meetings.prepare(
        copy,
        resources.working_knowledge(),
        texts=reviewed(copy),
        question=field("vraag") or "",
        asked=field("feiten") or (),
        options=options,
        script=field("vorm") or "",
        names=bool(field("namen")),
        about=suggestion.about,
        step=field("collega"),
        confirmed=privacy.confirmed(FORM),
        key=act,
    )
    state.spend(f"bijeenkomst:{copy.origin}:{copy.seq}")
    state.close_form(FORM)
    pick.forget()
    place.open_meeting(meeting)
