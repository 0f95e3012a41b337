"""The difference between two consultations: what comes and goes, and both beside each other."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from engine import labels
from engine.compare import Change, Comparison
from engine.consult import Conflict, Consultation
from engine.library import Knowledge
from engine.questions import Question
from engine.reasons import step
from engine.report import in_order
from engine.turns import why
from engine.words import Status, Turn
from ui.components import no_advice, status_badge
from ui.text import count, plain

_LOOK = {
    Turn.COMES: ("green", "add_circle"),
    Turn.GOES: ("red", "do_not_disturb_on"),
    Turn.PROVISIONAL: ("orange", "hourglass_top"),
    Turn.FIRM: ("blue", "check_circle"),
    Turn.STEP: ("violet", "swap_horiz"),
}
_FEW = 3


def turn_badge(turn: Turn) -> str:
    """Return how an advice changed as an inline badge: colour, icon and word say the same."""
    color, icon = _LOOK[turn]
    return f":{color}-badge[:material/{icon}: {labels.TURN[turn]}]"


def what_changes(found: Comparison, knowledge: Knowledge) -> None:
    """Say which steps come, go and change, with why, and what else differs."""
    parts = [_group(turn, found, knowledge) for turn in _LOOK]
    parts += [_conflicts(found, knowledge), _questions(found)]
    said = [part for part in parts if part]
    if not any(found.turned(turn) for turn in _LOOK):
        said.insert(0, "De volgende stappen blijven gelijk.")
    st.markdown("\n\n".join(said))
    others = found.turned(Turn.OTHER)
    if not others:
        return
    fold = st.expander(
        f"{labels.TURN[Turn.OTHER]}, zonder gevolg voor de stappen ({len(others)})",
        key="proef_verder_anders",
        on_change="rerun",
    )
    if fold.open:
        fold.markdown("\n".join(_line(change, found, knowledge) for change in others))


def _group(turn: Turn, found: Comparison, knowledge: Knowledge) -> str:
    changes = found.turned(turn)
    if not changes:
        return ""
    lines = [_line(change, found, knowledge) for change in changes]
    return f"### {turn_badge(turn)} ({len(changes)})\n\n" + "\n".join(lines)


def _line(change: Change, found: Comparison, knowledge: Knowledge) -> str:
    """Say one change: the step, what decides now, and from which status to which."""
    advice = change.after or change.before
    said = plain(step(advice, knowledge)) if advice else plain(change.rule.title)
    return (
        f"- **{said}**  \n  {plain(why(change, found, knowledge))}  \n"
        f"  :small[{plain(change.rule.title)} · was: {_status(change.then)}, "
        f"wordt: {_status(change.now)}]"
    )


def _status(status: Status | None) -> str:
    return labels.STATUS[status].lower() if status else "geen advies"


def _conflicts(found: Comparison, knowledge: Knowledge) -> str:
    came = [
        f"- **Nieuwe tegenstrijdigheid:** {_either(one, knowledge)}. Weeg beide redenen."
        for one in found.conflicts_came
    ]
    went = [
        f"- **Niet meer tegenstrijdig:** {_either(one, knowledge)}." for one in found.conflicts_went
    ]
    return "\n".join([*came, *went])


def _either(conflict: Conflict, knowledge: Knowledge) -> str:
    return f"{plain(knowledge.actions[conflict.action].title)}, of juist niet"


def _questions(found: Comparison) -> str:
    """Say which questions matter now that did not, and the other way round."""
    lines = []
    if found.questions_came:
        lines.append(f"- **Er komt bij:** {_some(found.questions_came)}")
    # What is tried out is answered: that it is not asked any more is no news.
    went = [one for one in found.questions_went if one.fact.id not in found.answers]
    if went:
        lines.append(f"- **Niet meer nodig:** {_some(went)}")
    return "### Vragen\n\n" + "\n".join(lines) if lines else ""


def _some(questions: Sequence[Question]) -> str:
    said = " · ".join(plain(one.fact.question) for one in questions[:_FEW])
    more = len(questions) - _FEW
    return f"{said} · en nog {count(more, 'vraag', 'vragen')}" if more > 0 else said


def side_by_side(
    found: Comparison, knowledge: Knowledge, titles: tuple[str, str] = ("Nu", "In de proef")
) -> None:
    """Draw the steps of the case beside those of the trial, with what differs marked in both."""
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, key="proef_nu"):
        _steps(titles[0], found.before, found, knowledge)
    with right, st.container(border=True, key="proef_wat_als"):
        _steps(titles[1], found.after, found, knowledge)


def _steps(title: str, consultation: Consultation, found: Comparison, knowledge: Knowledge) -> None:
    turns = {change.rule.id: change.turn for change in found.changes}
    given = [advice for advice in consultation.advices if advice.status.is_given]
    lines = []
    for advice in in_order(given, knowledge):
        turn = turns.get(advice.rule.id)
        mark = f" {turn_badge(turn)}" if turn else ""
        lines.append(
            f"- {status_badge(advice.status)}{mark}  \n  **{plain(step(advice, knowledge))}**  \n"
            f"  :small[{plain(advice.rule.title)}]"
        )
    waiting = sum(advice.status is Status.OPEN for advice in consultation.advices)
    parts = [
        f"## {title}",
        f"{count(len(given), 'stap', 'stappen')} · {waiting} nog te bepalen",
        "\n".join(lines) or "Er geldt geen advies.",
    ]
    if consultation.withheld:
        parts.insert(1, f":red[:material/report: {no_advice(consultation)}.]")
    st.markdown("\n\n".join(parts))
