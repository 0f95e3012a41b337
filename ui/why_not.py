"""Why a step is not advised: the user names any step, the page says what stands in its way."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from engine.consult import Consultation
from engine.flips import flips
from engine.library import Knowledge
from engine.obstacles import Obstacle
from engine.why_not import Ask, Candidate, Exit, WhyNot, why_not
from engine.why_not_text import ask_in_words, obstacle_in_words, summary
from ui import state
from ui.components import status_badge
from ui.subjects import take_along
from ui.text import bullets, capital, count, plain, sentence
from ui.ways import ways

SHOWN = 3
"""Rules that are shown at once, nearest first; the others are folded away."""

_OPEN = ":material/help: **Nog open:**"
_FAILS = ":material/close: **In de weg staat:**"
_BEFORE = ":material/do_not_disturb_on: **Gaat voor:**"
_MAY_GO_BEFORE = ":material/hourglass_top: **Kan dit nog wegnemen:**"


def why_not_panel(
    consultation: Consultation, knowledge: Knowledge, *, recorded: bool = True
) -> None:
    """Let the user name a step, and say which rules could advise it and why they do not.

    Args:
        consultation: the case as it is now.
        knowledge: the catalogue of steps, with their rules.
        recorded: whether the case is in the record; otherwise there is nothing to answer or to try.
    """
    # The options of a list are text, not Markdown.
    titles = {name: action.title for name, action in knowledge.actions.items()}
    if st.session_state.get(state.WHY_NOT) not in titles:
        # The knowledge can change under an open page.
        st.session_state[state.WHY_NOT] = None
    chosen = st.selectbox(
        "Waarom niet ...? Kies de stap die u in gedachten had",
        sorted(titles, key=titles.__getitem__),
        format_func=titles.__getitem__,
        placeholder="Kies of zoek een stap",
        key=state.WHY_NOT,
    )
    if chosen is not None:
        answer = why_not(consultation, knowledge, chosen)
        _answer(answer, consultation, knowledge, recorded=recorded)


def _answer(
    answer: WhyNot, consultation: Consultation, knowledge: Knowledge, *, recorded: bool
) -> None:
    parts = [plain(summary(answer))]
    parts += [
        f":material/menu_book: **{plain(item.title)}** is niet nagegaan. {plain(item.reason)}"
        for item in answer.uncovered
    ]
    st.markdown("\n\n".join(parts))
    asked: set[str] = set()
    explained: set[str] = set()
    offered: set[str] = set()
    for candidate in answer.rules[:SHOWN]:
        with st.container(border=True, gap="small", key=f"waarom_regel_{_key(candidate)}"):
            st.markdown(in_markdown(candidate, explained))
            if not recorded:
                continue
            # A question helps only where its answer can count in this case.
            if candidate.included and not candidate.elsewhere:
                _first_question(candidate, asked)
                _what_would_change_it(candidate, consultation, knowledge)
            if not candidate.included and candidate.protocol not in offered:
                offered.add(candidate.protocol)
                case = consultation.case
                take_along(candidate.protocol, case, knowledge, f"waarom_niet_{candidate.protocol}")
    _others(answer.rules[SHOWN:], explained)


def _what_would_change_it(
    candidate: Candidate, consultation: Consultation, knowledge: Knowledge
) -> None:
    """Offer what would make the rule advise the step after all, as far as that can change."""
    if candidate.status is None or candidate.advised:
        return
    found = flips(consultation, knowledge, candidate.rule.id)
    if found.sets:
        st.caption("Dit zou de stap wel geadviseerd maken. Klik om te proberen.")
        ways(found, consultation.case, knowledge, _key(candidate))


def _key(candidate: Candidate) -> str:
    return candidate.rule.id.replace(".", "-")


def _others(rules: tuple[Candidate, ...], explained: set[str]) -> None:
    if not rules:
        return
    title = f"Nog {count(len(rules), 'regel', 'regels')}, verder weg"
    fold = st.expander(title, key="waarom_niet_meer", type="compact", on_change="rerun")
    if fold.open:
        fold.markdown("\n\n".join(in_markdown(candidate, explained) for candidate in rules))


def _first_question(candidate: Candidate, asked: set[str]) -> None:
    """Offer the first question of a rule that was not offered with a rule above it."""
    fresh = (ask for ask in candidate.asks if not (ask.asked or ask.disputed))
    ask = next((ask for ask in fresh if ask.fact not in asked), None)
    if ask is None:
        return
    asked.add(ask.fact)
    st.button(
        f"Beantwoord eerst: {plain(ask_in_words(ask))}",
        key=f"waarom_niet_vraag_{ask.fact}",
        type="tertiary",
        icon=":material/arrow_back:",
        wrap=True,
        on_click=state.edit,
        args=(ask.fact,),
    )


def in_markdown(candidate: Candidate, explained: set[str]) -> str:
    """Write one rule: its status, and what fails, is open or goes before it.

    Args:
        candidate: the rule.
        explained: what was explained above and is not explained again; it grows.
    """
    badge = status_badge(candidate.status) if candidate.status else ":red-badge[Geen advies]"
    place = "" if candidate.included else ", doet niet mee in deze casus"
    head = (
        f"{badge} **{plain(candidate.rule.title)}**  \n"
        f":small[Protocol {plain(candidate.protocol_title)}{place}]"
    )
    parts = [head]
    if candidate.withheld:
        parts.append(plain(candidate.withheld))
    lines = [line for item in candidate.obstacles for line in _obstacle(item, 0, explained)]
    lines += _exits(candidate.defeated_by, explained)
    lines += [f"- {_MAY_GO_BEFORE} {plain(item.title)}" for item in candidate.open_exceptions]
    if lines:
        parts.append("\n".join(lines))
    known = [ask for ask in candidate.asks if ask.asked or ask.disputed]
    if known:
        parts.append(_unanswered(known))
    return "\n\n".join(parts)


def _obstacle(obstacle: Obstacle, depth: int, explained: set[str]) -> list[str]:
    again = obstacle.is_explained and obstacle.text in explained
    if obstacle.is_group:
        line = f"{plain(capital(obstacle.text))}:"
    else:
        mark = _OPEN if obstacle.truth is None else _FAILS
        see = " Zie hierboven." if again else ""
        line = f"{mark} {plain(sentence(obstacle_in_words(obstacle)))}{see}"
    lines = [f"{'  ' * depth}- {line}"]
    if again:
        return lines
    if obstacle.is_explained:
        explained.add(obstacle.text)
    for part in obstacle.parts:
        lines += _obstacle(part, depth + 1, explained)
    if obstacle.because:
        lines.append(bullets(obstacle.because, depth + 1))
    return lines


def _exits(exits: Iterable[Exit], explained: set[str]) -> list[str]:
    lines = []
    for item in exits:
        if item.rule in explained:
            lines.append(f"- {_BEFORE} {plain(item.title)}. Zie hierboven.")
            continue
        explained.add(item.rule)
        lines.append(f"- {_BEFORE} {plain(item.title)}. {plain(item.because)}")
        if item.reasons:
            lines.append(bullets(item.reasons, 1, deepest=1))
    return lines


def _unanswered(asks: Iterable[Ask]) -> str:
    """Name the questions that were put and can't be answered yet; a button would not help."""
    said = "\n".join(f"- {plain(ask_in_words(ask))}" for ask in asks)
    return f"Gevraagd, maar nog niet bekend of betwist:\n\n{said}"
