"""Who to look at, with the reason: a list to choose from."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from engine import labels
from engine.caseload.figures.counting import OUTCOMES
from engine.caseload.fitting import MAX_DOSSIER
from engine.caseload.picking import Client, Picked, Wanted, pick
from engine.caseload.results import WITHHELD_WORD
from engine.caseload.review import Review
from engine.knowledge import AUTHORITY
from engine.library import Knowledge
from engine.prose import first_of, what_is_advised
from engine.reasons import questions_of
from engine.wording import amount_in_words, say_fact
from engine.words import Status
from ui import service, state
from ui.screening.room import KEYS, PART, Desk, own_room
from ui.text import capital, plain, sentence

_STATUS, _RULE, _PART, _PAGE = (
    f"{KEYS}lijst_{name}" for name in ("status", "regel", "deel", "blz")
)
_EVERY = "(alle)"
_ON_A_PAGE = 10
_ADVICES, _REASONS = 4, 3
"""Advices of a client, and facts of an advice, that the list tells; the rest is one click away."""

_SHOWN: tuple[str, ...] = tuple(one for one in OUTCOMES if one != Status.DOES_NOT_HOLD)


def outcome_in_words(outcome: str) -> str:
    """Say an outcome as users read it."""
    return capital(WITHHELD_WORD) if outcome == WITHHELD_WORD else labels.STATUS[Status(outcome)]


def rule_titles(review: Review) -> dict[str, str]:
    """Return the rules that were asked for, by id, each as users know it."""
    many = len(review.program.protocols) > 1
    return {
        bound.rule.id: f"{version.protocol.title}: {bound.rule.title}" if many else bound.rule.title
        for version in review.program.protocols
        for bound in version.rules
        if bound.rule.id in {one.rule.id for one in review.program.asked_rules()}
    }


def clients(on: Desk, review: Review) -> None:
    """Draw the filter and the list."""
    st.markdown(
        "Leidraad besluit niets. Deze lijst zegt naar wie u kunt kijken, en waarom. Of een advies "
        "past, weegt u bij elke cliënt zelf."
    )
    wanted = _wanted(review)
    place = st.empty()
    key = f"{_PAGE}_{abs(hash((wanted.outcomes, wanted.rules, wanted.part, str(wanted.groups))))}"
    number = int(st.session_state.get(key) or 1)
    start = (number - 1) * _ON_A_PAGE
    found = on.work.once(
        ("pick", repr(wanted), start), lambda: pick(review, wanted, start, _ON_A_PAGE)
    )
    if not found.total:
        place.info(
            "Niemand past bij deze keuze. Kies een andere status of regel.",
            icon=":material/search_off:",
        )
        return
    place.caption(f"{amount_in_words(found.total, 'cliënt', 'cliënten')} met zo'n advies.")
    for one in found.clients:
        _card(one, on.knowledge, review)
    pages = -(-found.total // _ON_A_PAGE)
    if pages > 1:
        st.pagination(pages, key=key, max_visible_pages=5, persist_state="session")


def _wanted(review: Review) -> Wanted:
    titles = rule_titles(review)
    with st.container(key=f"{KEYS}filter"):
        chosen = st.pills(
            "Wat het advies is",
            _SHOWN,
            selection_mode="multi",
            default=[Status.HOLDS.value],
            format_func=outcome_in_words,
            key=_STATUS,
            persist_state="session",
        )
        with st.grid(min_column_width=260, gap="small", key=f"{KEYS}filter_meer"):
            rule, groups, part = _more(review, titles)
    return Wanted(tuple(chosen), () if rule == _EVERY else (rule,), groups, part.strip())


def _more(review: Review, titles: Mapping[str, str]) -> tuple[str, dict[str, str], str]:
    """Draw the other choices: the rule, a group and a part of the pseudonym."""
    rule = st.selectbox(
        "Welke regel",
        [_EVERY, *titles],
        format_func=lambda name: titles.get(name, "Alle regels"),
        key=_RULE,
        persist_state="session",
    )
    groups = {}
    for place, one in enumerate(review.report.groups):
        values = sorted(one.values)
        # By number: a group can be called anything, also what stands for all of them.
        chosen = st.selectbox(
            f"Groep {plain(one.group)}",
            range(len(values) + 1),
            format_func=["Alle", *values].__getitem__,
            key=f"{KEYS}lijst_groep_{place}",
            persist_state="session",
        )
        if chosen:
            groups[one.group] = values[chosen - 1]
    part = st.text_input(
        "Zoek een kenmerk",
        key=_PART,
        autocomplete="off",
        placeholder="Een deel is genoeg",
        max_chars=MAX_DOSSIER,
        persist_state="session",
    )
    return str(rule), groups, part


def _card(one: Client, knowledge: Knowledge, review: Review) -> None:
    groups = [f"{name}: {value or 'onbekend'}" for name, value in one.groups.items()]
    lines = [f"- {_advice(picked, knowledge, review)}" for picked in one.advices[:_ADVICES]]
    if (more := len(one.advices) - _ADVICES) > 0:
        lines.append(f"- en nog {amount_in_words(more, 'advies', 'adviezen')}")
    with st.container(border=True, key=f"kaart_doorlicht_{_place(one)}"):
        head = f"**{plain(one.dossier)}**"
        if groups:
            head += f" :small[{plain(', '.join(groups))}]"
        st.markdown(f"{head}\n\n" + "\n".join(lines))
        st.button(
            "Bekijk deze cliënt",
            key=f"{KEYS}bekijk_{_place(one)}",
            type="tertiary",
            icon=":material/arrow_forward:",
            icon_position="right",
            help=plain(one.dossier),
            on_click=look_at,
            args=(one.dossier,),
        )


def _place(one: Client) -> str:
    """Return a key: a pseudonym can be any text, which a style sheet could not bear."""
    return one.dossier.encode().hex()


def _advice(one: Picked, knowledge: Knowledge, review: Review) -> str:
    """Say one advice: the step, what has become of it, and why, as Markdown."""
    rule = review.program.rules[one.rule].rule
    step = what_is_advised(knowledge.actions[rule.advice.action], rule.advice.direction)
    said = f"**{plain(step)}** ({outcome_in_words(one.outcome).lower()})."
    if one.outcome in (Status.OPEN, WITHHELD_WORD):
        asked = [plain(item) for item in questions_of(one.missing, knowledge)]
        return (
            f"{said} Nog nodig: {first_of(asked, _REASONS, 'vraag', 'vragen')}." if asked else said
        )
    reasons = [
        plain(say_fact(name, value, knowledge.lexicon))
        for name, value in one.deciding
        if value is not None and name != AUTHORITY
    ]
    unknown = [
        f"onbekend is: {plain(knowledge.lexicon[name].label)}"
        for name, value in one.deciding
        if value is None
    ]
    if not (why := reasons + unknown):
        return said
    return f"{said} {sentence(first_of(why, _REASONS, 'andere reden', 'andere redenen'))}"


@service.guarded()
def look_at(dossier: str | None) -> None:
    """Look at one client up close, or go back to the list."""
    work = own_room().work
    if work.client is None:
        # Whoever comes back finds the part of the page that they left.
        work.part = str(st.session_state.get(PART) or "")
    work.client = dossier
    state.go_to_top()
