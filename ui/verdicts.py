"""What groups came to in intervisie: in the case itself, and by rule for who decides later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from engine.course import discussed_in_words, ruling_in_words, verdict_in_words
from engine.decisions import Access, CaseDiscussed, Event, RuleVerdict
from engine.library import Knowledge
from engine.wording import date_in_words
from ui.text import LOCAL, moment, plain, small


def discussed(event: Event, body: CaseDiscussed, knowledge: Knowledge) -> None:
    """Draw what a group came to about a case, for who may read the case.

    Args:
        event: the event that recorded it.
        body: what the group came to.
        knowledge: where rules have their names.
    """
    st.markdown(
        f":material/forum: **Besproken in intervisie** · {moment(event.at)}\n\n"
        f"{parts(discussed_in_words(event, body, knowledge))}"
    )


def found_on(rule: str, record: Access, knowledge: Knowledge, *, where: str, opened: bool) -> None:
    """Draw what groups came to about a rule, without the cases; nothing if there is none.

    Args:
        rule: the rule, by id.
        record: the record as this user may use it.
        knowledge: where rules have their names.
        where: tells this place from others on the page.
        opened: whether it is there to read at once.
    """
    found = record.meetings.verdicts_on(rule)
    if not found:
        return
    with st.expander(
        "Wat groepen van deze regel vonden",
        expanded=opened,
        key=f"groepen_{where}_{rule}",
        icon=":material/forum:",
        type="default" if opened else "compact",
    ):
        st.caption(
            "Uit intervisie, over eerdere casussen. Het bindt u niet: kijk of de reden hier ook "
            "geldt."
        )
        st.markdown("\n\n".join(_on_rule(one, rule, knowledge) for one in found))


def in_short(verdicts: Iterable[RuleVerdict]) -> str:
    """Say the verdicts on one decision in a line of Markdown each; empty if there are none."""
    return "".join(
        f"  \n**Besproken in intervisie op {day_of(one)}:** "
        f"{plain(small(ruling_in_words(one.ruling, decided=one.decided)))}"
        for one in verdicts
    )


def day_of(verdict: RuleVerdict) -> str:
    """Say on which day a group came to a verdict."""
    return date_in_words(verdict.at.astimezone(LOCAL).date())


def parts(said: Iterable[tuple[str, str]]) -> str:
    """Write the parts of a verdict as a Markdown list, each with its name."""
    return "\n".join(f"- **{plain(name)}:** {plain(text)}" for name, text in said)


def _on_rule(verdict: RuleVerdict, rule: str, knowledge: Knowledge) -> str:
    # Where it is about another rule, that has to be said.
    said = replace(verdict, rule=None) if verdict.rule == rule else verdict
    return f"**{day_of(verdict)}**\n\n{parts(verdict_in_words(said, knowledge))}"
