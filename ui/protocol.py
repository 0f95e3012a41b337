"""A protocol as a document that someone can read from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from engine import labels
from engine.conditions import All, AnyOf, AtLeast, Condition, Not, names
from engine.decisions import DECIDERS, ELEMENTS, Contract
from engine.knowledge import AUTHORITY, Rule
from engine.library import BoundProtocol, Knowledge
from engine.program import Program
from engine.prose import what_is_advised
from engine.wording import Lexicon, date_in_words, heading, say
from ui.components import badges, doubt, sources
from ui.text import bullets_of, capital, count, plain


def document(version: BoundProtocol, program: Program, knowledge: Knowledge) -> None:
    """Draw one version of a protocol below its title, with the thresholds of one authority."""
    protocol = version.protocol
    st.caption(_validity(protocol.valid_from, protocol.valid_until))
    st.markdown(plain(protocol.explanation))
    if protocol.changes:
        st.markdown(f"**Anders dan in de vorige versie**\n\n{bullets_of(protocol.changes)}")
    st.caption(f"{len(version.rules)} regels, {_questions(program)} vragen")
    titles = {name: bound.rule.title for name, bound in program.rules.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sought = st.text_input(
            "Zoek in de regels", placeholder="bijvoorbeeld: kosten", key="protocol_zoek"
        )
        unfolded = st.toggle("Alles uitgeklapt, om te lezen of af te drukken", key="protocol_open")
    shown = [bound for bound in version.rules if _mentions(bound.rule, sought, knowledge)]
    if sought:
        st.caption(f"{count(len(shown), 'regel', 'regels')} met '{plain(sought)}'")
    for bound in shown:
        with st.expander(
            f"{plain(bound.rule.title)} · {labels.NORM[bound.rule.norm]}",
            key=f"regel_{bound.rule.id}",
            expanded=unfolded,
        ):
            _rule(program.rules[bound.rule.id].condition, bound.rule, titles, knowledge)
    _notions(program, knowledge)


def _mentions(rule: Rule, sought: str, knowledge: Knowledge) -> bool:
    """Say whether the words sought stand in what a reader sees of a rule."""
    action = knowledge.actions[rule.advice.action]
    text = f"{rule.title} {rule.because} {action.title} {action.title_not} {rule.id}".casefold()
    return all(word in text for word in sought.casefold().split())


def _validity(start: date, end: date | None) -> str:
    until = f" tot en met {date_in_words(end)}" if end else ""
    return f"Geldig vanaf {date_in_words(start)}{until}"


def _rule(
    condition: Condition, rule: Rule, titles: Mapping[str, str], knowledge: Knowledge
) -> None:
    """Draw one rule: what, when, why, on what ground, and the way out."""
    action = knowledge.actions[rule.advice.action]
    with st.container(key=f"regel_tekst_{rule.id.replace('.', '-')}"):
        parts = [
            badges(rule),
            f"**Wat:** {plain(what_is_advised(action, rule.advice.direction))}",
            f"**Wanneer:** {when(condition, knowledge.lexicon)}",
            f"**Waarom:** {plain(rule.because)}",
        ]
        if rule.exception_to:
            targets = "; ".join(plain(titles.get(one, one)) for one in rule.exception_to)
            parts.append(f"**Gaat voor op:** {targets}")
        parts.append(f"**Bron:** {sources(rule, knowledge)}")
        st.markdown("\n\n".join(parts))
        if uncertain := doubt(rule):
            st.markdown(f":orange[:material/priority_high:] {uncertain}")
        st.markdown(f"**Afwijken:** {_way_out(rule, knowledge)}")
        st.caption(f"Kenmerk: {plain(rule.id)}")


def when(condition: Condition, lexicon: Lexicon, depth: int = 0) -> str:
    """Say a condition as Markdown: a sentence, or a heading with a list below it."""
    if not isinstance(condition, All | AnyOf | AtLeast | Not):
        return plain(say(condition, lexicon))
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    if len(parts) == 1 and not isinstance(condition, Not):
        return when(parts[0], lexicon, depth)
    indent = "  " * depth
    lines = [f"{indent}- {when(part, lexicon, depth + 1)}" for part in parts]
    blank = "\n" if depth else "\n\n"
    return f"{heading(condition)}:{blank}" + "\n".join(lines)


def _way_out(rule: Rule, knowledge: Knowledge) -> str:
    """Say what someone who deviates has to account for."""
    lines = [plain(labels.NORM_MEANING[rule.norm])]
    contract = Contract.of(rule)
    if contract is None:
        return lines[0]
    grounds = "; ".join(plain(knowledge.grounds[one].label) for one in contract.grounds)
    asked = "; ".join(ELEMENTS[element].label for element in contract.required)
    lines += [
        f"- **Gronden:** {grounds}",
        f"- **Uitleg over:** {asked or 'niets verplicht'}",
        f"- **Wie beslist:** {DECIDERS[contract.decider]}",
        f"- **Opnieuw bekijken:** uiterlijk na {contract.review_after}",
    ]
    return f"{lines[0]}\n\n" + "\n".join(lines[1:])


def _notions(program: Program, knowledge: Knowledge) -> None:
    """List what the rules mean by the notions they use."""
    used = [item for item in program.derivations.values() if item.name in knowledge.notions]
    if not used:
        return
    st.header("Begrippen", anchor=False)
    st.caption("Wat Leidraad afleidt uit de antwoorden, en waarop dat rust.")
    for item in sorted(used, key=lambda one: knowledge.notions[one.name].notion.label):
        notion = knowledge.notions[item.name].notion
        options = {option.id: option.label for option in notion.options}
        with st.expander(capital(plain(notion.label)), key=f"begrip_{item.name}"):
            for value, condition in item.branches:
                said = plain(notion.sentence.replace("{}", options.get(value, value)))
                st.markdown(f"**{capital(said)}** als {when(condition, knowledge.lexicon)}")
            st.markdown(plain(notion.because))


def _questions(program: Program) -> int:
    """Count the questions that the rules of a program look at."""
    derived = set(program.derivations)
    used = {
        name
        for item in program.derivations.values()
        for _, condition in item.branches
        for name in names(condition)
    }
    return len(used - derived - {AUTHORITY})
