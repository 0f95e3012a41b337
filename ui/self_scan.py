"""The self-scan of a team: its questions, and what may help. Nothing of it leaves the session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from engine import labels
from engine.self_scan import Answers, ScanQuestion, SelfScan
from engine.wording import date_in_words
from engine.words import ScanActor, ScanAnswer
from ui.text import count, plain

NO_SCORE = (
    "Dit is geen cijfer. Antwoorden worden niet opgeteld en niet vergeleken, en ze zeggen niets "
    "over een persoon."
)


def ask(scan: SelfScan) -> Answers:
    """Draw the questions, none answered beforehand; return the answers of this moment."""
    answers: dict[str, ScanAnswer] = {}
    number = 0
    for theme, questions in scan.by_theme():
        with st.container(border=True, key=f"kaart_thema_{theme.id}"):
            st.header(plain(theme.label), anchor=False)
            for question in questions:
                number += 1
                answer = _question(number, question)
                if answer is not None:
                    answers[question.id] = answer
    return answers


def _question(number: int, question: ScanQuestion) -> ScanAnswer | None:
    with st.container(gap="xxsmall"):
        answer = st.segmented_control(
            f"**{number}. {plain(question.question)}**",
            list(ScanAnswer),
            format_func=labels.SCAN_ANSWER.__getitem__,
            key=f"zelfanalyse_{question.id}",
            persist_state="session",
        )
        st.caption(plain(question.reason))
    return answer


def what_may_help(scan: SelfScan, answers: Answers) -> None:
    """Draw the actions that fit the answers, those of the team and of the manager apart."""
    st.header("Wat kan helpen", anchor=False)
    if not answers:
        st.markdown(
            "U hebt nog niets ingevuld. Kiest u bij een vraag 'Deels' of 'Nee', dan staat hier "
            "wat u kunt doen."
        )
        return
    if left := scan.unanswered(answers):
        open_ = count(left, "vraag heeft", "vragen hebben")
        st.caption(f"{open_} nog geen antwoord. U hoeft niet alles in te vullen.")
    found = {actor: scan.actions_of(actor, answers) for actor in ScanActor}
    if not any(found.values()):
        st.markdown(
            "Bij deze antwoorden staan geen acties. Vraag elkaar nog eens waar u dat aan ziet."
        )
        return
    st.markdown(
        "Kies er samen een paar, en spreek af wie wat doet en wanneer u kijkt of het helpt."
    )
    for column, (actor, actions) in zip(st.columns(2, gap="medium"), found.items(), strict=True):
        with column, st.container(border=True, key=f"kaart_acties_{actor.value}"):
            st.subheader(labels.SCAN_ACTOR[actor], anchor=False)
            lines = [f"- {plain(text)} (vraag {number})" for number, text in actions]
            st.markdown("\n".join(lines) or "Niets bij deze antwoorden.")


def as_text(scan: SelfScan, answers: Answers, sources: Sequence[str], on: date) -> str:
    """Write what may help and the answers as plain text, to keep or to print."""
    lines = [scan.title, date_in_words(on), "", NO_SCORE]
    for actor in ScanActor:
        actions = scan.actions_of(actor, answers)
        lines += ["", labels.SCAN_ACTOR[actor].upper()]
        lines += [f"- {text} (vraag {number})" for number, text in actions]
        lines += [] if actions else ["Niets bij deze antwoorden."]
    lines += ["", "DE ANTWOORDEN"]
    for number, question in enumerate(scan.in_order(), start=1):
        answer = answers.get(question.id)
        said = labels.SCAN_ANSWER[answer] if answer else "geen antwoord"
        lines += [f"{number}. {question.question}", f"   {said}"]
    lines += ["", "WAAR DE VRAGEN OP RUSTEN", *sources]
    return "\n".join(lines) + "\n"
