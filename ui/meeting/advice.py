"""What the protocols advise in the case of a meeting, with the proof, to look at and not to decide.

The choices that a case offers on an advice have no place here: the case is frozen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from engine.consult import Advice, Consultation
from engine.decisions import MeetingView, Stance, Step, stance_on
from engine.intervisie import step_in_words
from engine.library import Knowledge
from engine.reasons import questions_of, reasons_of
from engine.reasons import step as advised_step
from engine.report import in_order
from engine.words import Direction, Status
from ui.components import badges
from ui.strength import strength
from ui.text import bullets, plain

_DO = {
    Stance.DO: ":material/check: Ja, dit wordt geadviseerd",
    Stance.DO_NOT: ":material/close: Nee, dit wordt afgeraden",
    Stance.SILENT: ":material/remove: Nee, dit wordt hier niet geadviseerd",
    Stance.BOTH: ":material/compare_arrows: Twee regels spreken elkaar tegen",
    Stance.OPEN: ":material/help: Nog niet te zeggen: dat hangt af van open of betwiste feiten",
    Stance.WITHHELD: ":material/report: Leidraad geeft hierover nu geen advies",
}
_DO_NOT = {
    **_DO,
    Stance.DO: ":material/close: Nee, het protocol adviseert juist van wel",
    Stance.DO_NOT: ":material/check: Ja, het protocol raadt de stap af",
    Stance.SILENT: ":material/check: Ja, het protocol adviseert de stap hier niet",
}


_BRIEF = 2
"""Advices that fit on a screen for a whole group, the most urgent first."""

_AT_ONCE = 3
"""Advices that are read at once on a page, the most urgent first; the others are folded away."""


def advised(
    view: MeetingView, consultation: Consultation, knowledge: Knowledge, *, brief: bool = False
) -> None:
    """Draw what the protocols say of each step, and why.

    Args:
        view: the meeting as this person may see it.
        consultation: the protocols on the frozen case.
        knowledge: where rules and steps have their words.
        brief: whether to leave out what is to be read at leisure.
    """
    st.caption("Met de feiten zoals ze bekend waren, en met de regels van nu.")
    st.markdown(_steps(view, consultation, knowledge))
    given, others = _about(view, consultation, knowledge)
    if open_ones := _open_questions(others, knowledge):
        st.markdown("\n".join(["### Hiervan hangt het nog af", "", *open_ones]))
    if brief:
        st.markdown("\n".join(_in_brief(one, consultation, knowledge) for one in given[:_BRIEF]))
        return
    for advice in given[:_AT_ONCE]:
        _card(advice, consultation, knowledge)
    for title, key, rest in (
        ("Andere adviezen over deze stappen", "adviezen_meer", given[_AT_ONCE:]),
        ("Regels die geen advies gaven", "adviezen_geen", others),
    ):
        if not rest:
            continue
        fold = st.expander(f"{title} ({len(rest)})", key=key, type="compact", on_change="rerun")
        if fold.open:
            write = _in_brief if key == "adviezen_meer" else _line
            fold.markdown("\n".join(write(one, consultation, knowledge) for one in rest))


def _steps(view: MeetingView, consultation: Consultation, knowledge: Knowledge) -> str:
    """Say of each step whether it fits, as Markdown; once if the same goes for all of them."""
    stances = [_stance(step, consultation) for step in view.options]
    if len(set(stances)) == 1:
        return f"**Voor elke stap waaruit u koos, geldt:**  \n{stances[0]}."
    rows = [
        f"| {_step(step, knowledge)} | {stance} |"
        for step, stance in zip(view.options, stances, strict=True)
    ]
    return "\n".join(["| Stap | Past dit bij het protocol? |", "|---|---|", *rows])


def _open_questions(others: Sequence[Advice], knowledge: Knowledge) -> list[str]:
    """Return what rules still wait for, each question once: what most of them wait for first."""
    counts = Counter(
        question
        for one in others
        if one.status is Status.OPEN
        for question in questions_of(one.missing, knowledge)
    )
    return [f"- {plain(question)}" for question, _ in counts.most_common()]


def _step(step: Step, knowledge: Knowledge) -> str:
    return plain(step_in_words(step, knowledge))


def _stance(step: Step, consultation: Consultation) -> str:
    words = _DO if step.direction is Direction.DO else _DO_NOT
    return words[stance_on(step.action, consultation)]


def _about(
    view: MeetingView, consultation: Consultation, knowledge: Knowledge
) -> tuple[list[Advice], list[Advice]]:
    """Return the advices on the steps to choose from, and the rules that could have said more."""
    actions = {step.action for step in view.options}
    near = [
        one
        for one in consultation.advices
        if one.rule.id in view.about or one.rule.advice.action in actions
    ]
    given = [one for one in near if one.status.is_given]
    others = [
        one
        for one in near
        if not one.status.is_given
        and (one.rule.id in view.about or one.status in (Status.OPEN, Status.DEFEATED))
    ]
    # What the talk is about comes first, also where something else is more urgent.
    first = sorted(in_order(given, knowledge), key=lambda one: one.rule.id not in view.about)
    return first, in_order(others, knowledge)


def _in_brief(advice: Advice, consultation: Consultation, knowledge: Knowledge) -> str:
    """Say what is advised and what decided that, as an item of a list."""
    reasons = [f"  - {plain(one.text)}" for one in reasons_of(advice, consultation, knowledge)]
    return "\n".join([f"- **{plain(advised_step(advice, knowledge))}**, want:", *reasons])


def _card(advice: Advice, consultation: Consultation, knowledge: Knowledge) -> None:
    rule = advice.rule
    with st.container(
        border=True, key=f"kaart_{advice.status.value}_bespreking_{rule.id.replace('.', '-')}"
    ):
        reasons = bullets(reasons_of(advice, consultation, knowledge), deepest=1)
        parts = [
            badges(rule, advice.status),
            f"### {plain(advised_step(advice, knowledge))}",
            f"**Dit gaf de doorslag**\n\n{reasons}",
        ]
        st.markdown("\n\n".join(parts))
        fold = st.expander(
            "Uitleg, en waarop dit rust",
            key=f"rust_op_{rule.id}",
            type="compact",
            on_change="rerun",
        )
        if fold.open:
            fold.markdown(f"{plain(rule.because)}\n\n{strength(rule, knowledge)}")


def _line(advice: Advice, consultation: Consultation, knowledge: Knowledge) -> str:
    """Say why a rule gave no advice, as an item of a list."""
    lines = [f"- **{plain(advice.rule.title)}** ({plain(advised_step(advice, knowledge))})"]
    match advice.status:
        case Status.OPEN:
            lines.append("  - Hiervoor is nog nodig:")
            lines += [f"    - {plain(one)}" for one in questions_of(advice.missing, knowledge)]
        case Status.DEFEATED:
            titles = [consultation.program.rules[one].rule.title for one in advice.defeated_by]
            lines += [f"  - Dit gaat voor: {plain(title)}" for title in titles]
        case _:
            reasons = reasons_of(advice, consultation, knowledge)
            lines += [f"  - {plain(one.text)}" for one in reasons]
    return "\n".join(lines)
