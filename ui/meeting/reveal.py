"""What the group is shown, one thing after the other: choices, readings, advice, decision.

The facilitator, the participants and the screen for the whole group draw it with the same code,
from what each of them may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from engine.case import UNKNOWN
from engine.course import ruling_in_words
from engine.decisions import ELEMENTS, INSTEAD, Colleague, DifferenceKind, MeetingView, Voice
from engine.intervisie import (
    DIFFERENCE,
    STAGE,
    SURENESS,
    difference_in_words,
    knowing_in_words,
    reading_in_words,
    rule_in_words,
    step_in_words,
)
from engine.knowledge import Fact
from engine.labels import STATUS
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from engine.wording import date_in_words
from engine.words import Element, FactKind, Stage
from ui.charts import CONFIG
from ui.meeting.advice import advised
from ui.meeting.charts import ON_PAGE, PATTERNS, Answers, Block, as_table, blocks
from ui.meeting.proof import proof
from ui.pictures import AS_TEXT
from ui.text import capital, plain, sentence

_OUTCOME = {
    "volgen": "De collega volgde het advies.",
    "afwijken": "De collega week af van het advies.",
    "overslaan": "De collega liet de overweging liggen.",
    "zonder_advies": (
        "Het protocol gaf hier nog geen advies, want er waren feiten open of betwist. De collega "
        "koos zelf."
    ),
}
_MOST_OPTIONS = 8
"""Answers to a question that all get a row, also those that nobody gave."""


def shown(view: MeetingView, knowledge: Knowledge) -> None:
    """Draw what was shown last, and what was shown before it folded away.

    Args:
        view: the meeting as this person may see it.
        knowledge: where facts, steps and rules have their words.
    """
    last_first = view.revealed[::-1]
    for stage in last_first[:1]:
        one_stage(view, stage, knowledge)
    folded(view, last_first[1:], knowledge)


def folded(view: MeetingView, stages: Sequence[Stage], knowledge: Knowledge) -> None:
    """Draw what was shown before, each folded away.

    Args:
        view: the meeting as this person may see it now.
        stages: what to draw, in this order.
        knowledge: where facts, actions and rules have their words.
    """
    for stage in stages:
        fold = st.expander(STAGE[stage], key=f"eerder_{stage.value}", on_change="rerun")
        if fold.open:
            with fold:
                one_stage(view, stage, knowledge)


def one_stage(
    view: MeetingView, stage: Stage, knowledge: Knowledge, *, size: int = ON_PAGE
) -> None:
    """Draw one thing that was shown; nothing if it wasn't shown to this person.

    Args:
        view: the meeting as this person may see it.
        stage: what to draw.
        knowledge: where facts, steps and rules have their words.
        size: of the letters in the pictures, in pixels; larger than on a page leaves out what
            can be opened or clicked.
    """
    if stage not in view.revealed or view.voices is None:
        return
    with st.container(key=f"getoond_{stage.value}"):
        st.header(STAGE[stage], anchor=False)
        try:
            match stage:
                case Stage.CHOICES:
                    _choices(view, view.voices, knowledge, size)
                case Stage.READINGS:
                    _readings(view, view.voices, knowledge, size)
                case Stage.ADVICE:
                    _advice(view, knowledge, size)
                case Stage.DECISION:
                    _decision(view, knowledge)
            if size == ON_PAGE:
                differences(view, stage, knowledge)
        except (NotCoveredError, BoundsError) as error:
            st.warning(
                f"**Dit kan nu niet worden uitgerekend.** {plain(str(error))} De antwoorden van de "
                "groep blijven staan.",
                icon=":material/build:",
            )


def _choices(view: MeetingView, voices: Sequence[Voice], knowledge: Knowledge, size: int) -> None:
    rows = [
        Answers(
            step_in_words(step, knowledge),
            tuple(_block(voice, sure=True) for voice in voices if voice.step == step),
        )
        for step in view.options
    ]
    others = [voice for voice in voices if voice.step is None]
    if others:
        rows.append(Answers("Iets anders", tuple(_block(one, sure=True) for one in others)))
    # A row for each step that nobody chose would push what they wrote out of sight.
    drawn([row for row in rows if row.blocks], "Stap", f"keuzes_{view.id}", size)
    unchosen = [plain(capital(row.label)) for row in rows if not row.blocks]
    if unchosen and size == ON_PAGE:
        st.caption(f"Door niemand gekozen: {'; '.join(unchosen)}.")
    st.caption(f"Elk blok is één mens. {PATTERNS} {knowing_in_words(view)}".strip())
    if size == ON_PAGE:
        st.markdown(
            "### Wat ieder schreef\n\n" + "\n".join(_said(one, knowledge) for one in voices)
        )


def _said(voice: Voice, knowledge: Knowledge) -> str:
    step = voice.other if voice.step is None else step_in_words(voice.step, knowledge)
    who = f"{voice.label} (u)" if voice.mine else voice.label
    knows = " Kende de casus al." if voice.knows else ""
    return (
        f"- **{plain(who)}**, {SURENESS[voice.sure].lower()}: {plain(sentence(step))}  \n"
        f"  {plain(voice.why)}{knows}"
    )


def _readings(view: MeetingView, voices: Sequence[Voice], knowledge: Knowledge, size: int) -> None:
    if not view.asked:
        st.markdown("De groep beoordeelde in deze casus geen feiten opnieuw.")
    for name in view.asked:
        fact = knowledge.facts.get(name)
        if fact is None:
            continue
        st.markdown(f"### {plain(fact.question)}")
        rows = [
            Answers(
                "Weet ik niet" if raw == UNKNOWN else reading_in_words(name, raw, knowledge),
                tuple(_block(one) for one in voices if (one.readings or {}).get(name) == raw),
            )
            for raw in _given(fact, voices)
        ]
        drawn(rows, "Antwoord", f"lezing_{name}_{view.id}", size)


def _given(fact: Fact, voices: Sequence[Voice]) -> list[Any]:
    """Return the answers to draw: those that there are, and those that were given."""
    given = [one.readings[fact.id] for one in voices if one.readings and fact.id in one.readings]
    listed: list[Any] = [option.id for option in fact.options]
    if fact.kind is FactKind.YES_NO:
        listed = ["ja", "nee"]
    if len(listed) > _MOST_OPTIONS or not listed:
        listed = sorted((raw for raw in given if raw != UNKNOWN), key=str)
    return list(dict.fromkeys([*listed, *given]))


def _advice(view: MeetingView, knowledge: Knowledge, size: int) -> None:
    if found := proof(view, knowledge):
        advised(view, found.consultation, knowledge, brief=size > ON_PAGE)


def _decision(view: MeetingView, knowledge: Knowledge) -> None:
    if view.colleague is not None:
        st.markdown(_decided(view.colleague, view, knowledge))


def _decided(colleague: Colleague, view: MeetingView, knowledge: Knowledge) -> str:
    """Say what the colleague decided and why, as Markdown."""
    lines = [_OUTCOME[colleague.outcome]]
    rule = rule_in_words(colleague.rule, knowledge)
    lines.append(f"**Het ging om de regel:** {plain(sentence(rule))}")
    if colleague.step is not None:
        lines.append(f"**De stap:** {plain(sentence(step_in_words(colleague.step, knowledge)))}")
    if colleague.kind is not None:
        lines.append(f"**Soort afwijking:** {plain(sentence(colleague.kind.label))}")
    if ground := knowledge.grounds.get(colleague.ground or ""):
        lines.append(f"**Grond:** {plain(sentence(ground.label))}")
    for name, text in view.said.items():
        element = name.partition(".")[2]
        label = ELEMENTS[Element(element)].label if element else INSTEAD.rstrip(":")
        lines.append(f"**{plain(label)}:** {plain(text)}")
    return "\n\n".join(lines)


def differences(
    view: MeetingView, stage: Stage, knowledge: Knowledge, *, size: int = ON_PAGE
) -> None:
    """Draw why answers differ from what was shown; nothing where that isn't worked out.

    Args:
        view: the meeting as this person may see it.
        stage: what was shown: the advice of the protocols, or what the colleague did.
        knowledge: where facts, steps and rules have their words.
        size: of the letters in the picture, in pixels.

    Raises:
        NotCoveredError: the knowledge of now no longer covers the case.
        BoundsError: the knowledge is more than the rule engine can carry.
    """
    if stage not in (Stage.ADVICE, Stage.DECISION):
        return
    worked_out = proof(view, knowledge)
    if worked_out is None:
        return
    of_protocol = stage is Stage.ADVICE
    found = worked_out.protocol if of_protocol else worked_out.colleague
    whose = "het protocol" if of_protocol else "die van de collega"
    voices = view.voices or ()
    kinds: list[DifferenceKind | None] = [None, *DifferenceKind]
    rows = [
        Answers(
            DIFFERENCE[kind] if kind else "Kiest hetzelfde",
            tuple(
                _block(voice)
                for voice, one in zip(voices, found, strict=True)
                if (one.kind if one else None) is kind
            ),
        )
        for kind in kinds
    ]
    st.markdown(f"### Ieders keuze naast {whose}")
    kept = [row for row in rows if row.blocks]
    drawn(kept, "Waardoor", f"verschil_{stage.value}_{view.id}", size)
    if size == ON_PAGE:
        st.markdown(
            "\n".join(
                f"- **{plain(f'{voice.label} (u)' if voice.mine else voice.label)}:** "
                f"{plain(sentence(difference_in_words(one, knowledge)))}"
                for voice, one in zip(voices, found, strict=True)
                if one is not None
            )
        )


def drawn(rows: Sequence[Answers], heading: str, key: str, size: int) -> None:
    """Draw how the group is spread; on a page with the same as a table.

    Args:
        rows: the answers.
        heading: what they are about, for the table.
        key: tells this picture from others on the page.
        size: of the letters, in pixels.
    """
    # On a wide page a row of four people would be a bar across it.
    with st.container(width=640 if size == ON_PAGE else "stretch"):
        st.plotly_chart(
            blocks(rows, size=size), key=f"figuur_{key}", config=CONFIG, theme=None, width="stretch"
        )
    if size > ON_PAGE:
        return
    fold = st.expander(AS_TEXT, key=f"als_tekst_{key}", type="compact", on_change="rerun")
    if fold.open:
        fold.markdown(as_table(heading, rows))


def _block(voice: Voice, *, sure: bool = False) -> Block:
    return Block(voice.label, voice.mine, voice.sure if sure else None)


def verdict(view: MeetingView, knowledge: Knowledge) -> None:
    """Draw what the group came to; nothing while there is no verdict."""
    found = view.conclusion
    if found is None:
        return
    ruling = ruling_in_words(found.ruling, decided=view.colleague is not None)
    lines = [f"**{plain(ruling)}.** {plain(found.why)}"]
    if found.rule is not None:
        rule = rule_in_words(found.rule, knowledge)
        lines.append(f"**Het gaat om de regel:** {plain(sentence(rule))}")
    if found.should_be is not None:
        lines.append(f"**Had hier moeten zijn:** {plain(sentence(STATUS[found.should_be]))}")
    for title, items in (
        ("Andere mening, in eigen woorden", [one.text for one in view.additions if one.minority]),
        ("Wat de groep leerde", list(found.learned)),
        (
            "Afgesproken",
            [f"{one.what} ({one.who}, uiterlijk {date_in_words(one.by)})" for one in found.agreed],
        ),
    ):
        if items:
            lines.append(f"**{title}**\n\n" + "\n".join(f"- {plain(one)}" for one in items))
    st.header("De uitspraak van de groep", anchor=False)
    with st.container(border=True, key="kaart_uitspraak"):
        st.markdown("\n\n".join(lines))
