"""Parts that come back on more than one page: notices, badges, sources, findings."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from engine import labels
from engine.consult import Consultation
from engine.diagnostics import Diagnostic
from engine.knowledge import Rule
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from engine.reasons import doubt_of, sources_in_words
from engine.words import Certainty, Norm, Status
from ui import state
from ui.text import capital, count, plain

_STATUS_LOOK = {
    Status.HOLDS: ("green", "check_circle"),
    Status.PROVISIONAL: ("orange", "hourglass_top"),
    Status.OPEN: ("blue", "help"),
    Status.DEFEATED: ("gray", "do_not_disturb_on"),
    Status.DOES_NOT_HOLD: ("gray", "remove"),
}
_NORM_ICON = {
    Norm.ACT: "gavel",
    Norm.REGULATION: "gavel",
    Norm.BYLAW: "account_balance",
    Norm.POLICY_RULE: "account_balance",
    Norm.WAY_OF_WORKING: "handyman",
    Norm.CONSIDERATION: "lightbulb",
}


def status_badge(status: Status) -> str:
    """Return a status as an inline badge: colour, icon and word say the same."""
    color, icon = _STATUS_LOOK[status]
    return f":{color}-badge[:material/{icon}: {labels.STATUS[status]}]"


def norm_badge(norm: Norm) -> str:
    """Return the kind of norm as an inline badge."""
    return f":gray-badge[:material/{_NORM_ICON[norm]}: {labels.NORM[norm]}]"


def doubt_badge(certainty: Certainty) -> str:
    """Return a badge when the source was not read, and nothing when it was."""
    if certainty is Certainty.READ:
        return ""
    return f":orange-badge[:material/priority_high: {capital(labels.CERTAINTY[certainty])}]"


def badges(rule: Rule, status: Status | None = None) -> str:
    """Return what a rule is worth at a glance."""
    parts = [
        status_badge(status) if status else "",
        norm_badge(rule.norm),
        f":gray-badge[{capital(labels.STRENGTH[rule.strength])}]",
        doubt_badge(rule.certainty),
    ]
    return " ".join(part for part in parts if part)


def sources(rule: Rule, knowledge: Knowledge) -> str:
    """Return the sources of a rule in words, as Markdown."""
    return "; ".join(plain(source) for source in sources_in_words(rule.sources, knowledge))


def doubt(rule: Rule) -> str:
    """Return what is not certain about a rule, as Markdown; empty when nothing is."""
    said = plain(doubt_of(rule))
    return f"Let op: {said[:1].lower()}{said[1:]}" if said else ""


def no_advice(consultation: Consultation) -> str:
    """Say for how much of a case advice is withheld."""
    rules = count(len(consultation.withheld), "regel", "regels")
    part = f"voor {rules} " if consultation.advices else ""
    return f"Leidraad kan nu {part}geen advies geven"


def not_consulted(error: NotCoveredError | BoundsError, also: str = "") -> None:
    """Say why a case can't be consulted, and what to do.

    Args:
        error: why.
        also: what is not there either for want of an advice.
    """
    why = plain(str(error))
    if isinstance(error, NotCoveredError):
        st.error(
            f"**Voor deze casus is geen advies mogelijk{also}.** {why} Open een nieuwe casus met "
            "een andere peildatum of instantie, of vraag de beheerder om de regels aan te vullen. "
            "Uw antwoorden blijven bewaard.",
            icon=":material/event_busy:",
        )
        return
    st.error(
        f"**De regels zijn te ingewikkeld om te berekenen.** {why} Meld dit aan de beheerder van "
        "de regels.",
        icon=":material/build:",
    )


def notices() -> None:
    """Show the messages that wait, once; what went wrong comes first and gets the focus."""
    found = state.take_notices()
    if failed := [notice for notice in found if notice.tone == "fout"]:
        with st.container(key="meldingen_fout", gap="small"):
            for notice in failed:
                st.error(plain(notice.text), icon=":material/error:")
    for notice in found:
        if notice.tone != "fout":
            st.success(plain(notice.text), icon=":material/check_circle:")


def field_error(form: state.Form, field: str) -> None:
    """Show what is wrong with a field of a form, right below it."""
    message = state.errors(form).get(field)
    if message:
        with st.container(key=f"fout_{form}_{field}"):
            st.markdown(f":red[:material/error: {plain(message)}]")


def findings(found: Iterable[Diagnostic], key: str) -> None:
    """List what is wrong with the knowledge files: place, what, and how to mend it."""
    with st.container(key=key, border=True):
        for finding in found:
            place = f"{finding.file}:{finding.line}" if finding.line else finding.file
            meant = f" Bedoelde u '{finding.suggestion}'?" if finding.suggestion else ""
            text = f"{finding.what} {finding.hint}{meant}"
            st.markdown(f"**{plain(place)}**  \n{plain(text)}")
