"""How much groups agree, over all meetings: in words that a team leader understands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from engine.decisions import Access, Agreement, Figure, default_url
from engine.intervisie import HOW_TO_READ, figure_in_words, rule_in_words
from engine.library import Knowledge
from ui.text import count, plain


@st.cache_resource(show_spinner=False, max_entries=4)
def _agreement(place: str, size: int, _record: Access, _knowledge: Knowledge) -> Agreement:
    """Work it out once for as long as nothing is added to the record."""
    return _record.meetings.agreement(_knowledge)


def agreement(record: Access, knowledge: Knowledge) -> None:
    """Draw where equal cases are judged equally and where not; for who leads groups or a team.

    Args:
        record: the record as this user may use it.
        knowledge: where rules and facts have their words.
    """
    if not record.meetings.can_see_agreement:
        return
    st.header("Oordelen wij gelijk?", anchor=False)
    found = _agreement(default_url(), record.size(), record, knowledge)
    if found.step is None:
        st.caption(
            "Daarover is nog niets te zeggen. Leidraad laat cijfers zien vanaf vijf bijeenkomsten "
            "en vijf mensen, en telt er daarna steeds vijf tegelijk bij. Zo zegt een cijfer nooit "
            "iets over één persoon of één groep."
        )
        return
    st.markdown(
        f"**De volgende stap, in alle bijeenkomsten.** {plain(figure_in_words(found.step))}"
    )
    with st.expander("Hoe u dit leest", key="overeenstemming_uitleg", type="compact"):
        st.markdown(plain(HOW_TO_READ))
    facts = {name: fact.question for name, fact in knowledge.facts.items()}
    _group("Per regel", found.by_rule, lambda name: rule_in_words(name, knowledge), "regel")
    _group("Per vraag", found.by_fact, lambda name: facts.get(name, name), "vraag")
    _group("Per jaar", found.by_year, str, "jaar")
    if found.too_few:
        rest = count(found.too_few, "regel, vraag of jaar", "regels, vragen of jaren")
        st.caption(f"Over {rest} zijn er te weinig bijeenkomsten om iets te laten zien.")


def _group(heading: str, figures: Sequence[Figure], said: Callable[[str], str], key: str) -> None:
    """Draw the figures of one kind, those with most difference first; folded away."""
    if not figures:
        return
    fold = st.expander(
        f"{heading} ({len(figures)})", key=f"overeenstemming_{key}", on_change="rerun"
    )
    if fold.open:
        lines = [f"- **{plain(said(one.name))}** {plain(figure_in_words(one))}" for one in figures]
        fold.markdown("\n".join(lines))
