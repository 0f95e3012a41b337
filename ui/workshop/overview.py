"""All protocols, each with how it is doing at a glance."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from engine.decisions import Access, Signal
from engine.diagnostics import Severity
from engine.library import Knowledge
from engine.wording import date_in_words
from ui import resources
from ui.text import count, plain
from ui.workshop.desk import desk
from ui.workshop.findings import about
from ui.workshop.health import Cases, Examined, cases, examine, examined
from ui.workshop.opened import choose
from ui.workshop.practice import practice
from ui.workshop.waiting import asked


def overview(knowledge: Knowledge, record: Access) -> None:
    """Draw the list of protocols, what they share, and what practice says of them."""
    there = cases(knowledge)
    found = examined(there.mark)
    st.header("Protocollen", anchor=False)
    if record.can_design and found is None:
        _look(knowledge, there)
    signals = Counter(_protocol(one) for one in resources.learned(record).signals)
    with st.grid(min_column_width=320, gap="medium", key="lijst_protocollen"):
        for name, title in knowledge.protocol_titles.items():
            with st.container(border=True, key=f"kaart_protocol_{name}", gap="small"):
                lines = [f"### {plain(title)}", _version(name, knowledge)]
                lines.append(_at_a_glance(name, knowledge, there, found, signals[name]))
                if record.can_design and desk(knowledge, name, record).changed:
                    lines.append(":violet-badge[:material/edit: U werkt aan een nieuwe versie]")
                st.markdown("\n\n".join(lines))
                st.button(
                    "Open",
                    key=f"werkplaats_open_{name}",
                    icon=":material/arrow_forward:",
                    help=f"Open {plain(title)}",
                    on_click=choose,
                    args=(name,),
                )
    if found is not None and found.shared:
        st.header("Wat protocollen delen", anchor=False)
        about(found.shared, knowledge, "gedeeld")
    if record.can_design:
        practice(record, knowledge)


def _look(knowledge: Knowledge, there: Cases) -> None:
    """Offer to look at everything; that takes seconds, and someone sees how far it is."""
    progress = asked(
        "Leidraad kijkt elke regel na voor alle cliënten die er kunnen zijn, en raadpleegt alle "
        f"casussen ({len(there.read)}). Dat duurt ongeveer een halve minuut. Wat eruit komt, ziet "
        "iedereen, tot de kennis of een casus verandert.",
        "Kijk alles na",
        "werkplaats_alles_nakijken",
        ":material/rule:",
        first=True,
    )
    if progress is not None:
        examine(knowledge, there.read, there.mark, progress)
        st.rerun()


def _version(name: str, knowledge: Knowledge) -> str:
    version = knowledge.protocols[name][-1].protocol
    return f":small[Laatste versie: vanaf {date_in_words(version.valid_from)}]"


def _at_a_glance(
    name: str, knowledge: Knowledge, there: Cases, found: Examined | None, signals: int
) -> str:
    rules = len(knowledge.protocols[name][-1].rules)
    number = len(there.of(name))
    parts = []
    if found is not None:
        health = found.of(name)
        severities = [one.diagnostic.severity for one in health.findings]
        errors = severities.count(Severity.ERROR)
        if errors:
            parts.append(f":red-badge[:material/error: {count(errors, 'fout', 'fouten')}]")
        if warnings := len(severities) - errors:
            said = count(warnings, "aandachtspunt", "aandachtspunten")
            parts.append(f":orange-badge[:material/priority_high: {said}]")
        if not severities:
            parts.append(":green-badge[:material/check_circle: Niets gevonden]")
        look = "green" if health.covered == health.rules else "orange"
        parts.append(
            f":{look}-badge[:material/fact_check: Gedekt: {health.covered} van de "
            f"{count(health.rules, 'regel', 'regels')}]"
        )
    else:
        parts.append(f":gray-badge[{count(rules, 'regel', 'regels')}]")
    parts.append(f":gray-badge[{count(number, 'casus', 'casussen')}]")
    if signals:
        said = count(signals, "signaal", "signalen")
        parts.append(f":blue-badge[:material/insights: {said} uit de praktijk]")
    return " ".join(parts)


def _protocol(signal: Signal) -> str:
    return signal.rule.partition(".")[0]
