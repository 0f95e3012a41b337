"""One rule as a form, for who doesn't like YAML: what it changes ends up in the same text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from engine import labels
from engine.decisions import DECIDERS, ELEMENTS
from engine.design.rewriting import RewriteError, with_value, without
from engine.library import Knowledge
from engine.reader import PathKey
from engine.words import Certainty, Decider, Direction, Norm, Strength
from ui import service, state
from ui.components import field_error
from ui.text import capital, plain
from ui.workshop.condition_form import changed_condition, condition_form
from ui.workshop.desk import VERSION, Desk, rules_in
from ui.workshop.opened import rule_key

_DOES = {Direction.DO: "doen", Direction.DO_NOT: "juist niet doen"}
_MOVED = (
    "De tekst is in een ander venster veranderd, en deze regel staat nu ergens anders of is weg. "
    "Kies de regel opnieuw."
)
_ELSEWHERE = (
    "Deze regel is ook in een ander venster veranderd. Wat u invulde, staat er nog. Bekijk de "
    "regel in de tekst, of druk nog een keer om uw invulling te gebruiken."
)
_BEFORE = ("titel", "als", "dan", "uitzondering_op", "norm", "omdat", "bronnen", "onderbouwing")
_ORDER = (*_BEFORE, "zekerheid", "twijfel", "afwijken")


def rule_form(desk: Desk) -> None:
    """Draw the choice of a rule, and its form."""
    rules = rules_in(desk.text(VERSION))
    if not rules:
        st.warning(
            "De tekst is nu niet te lezen. Herstel eerst de fout in de hele tekst.",
            icon=":material/build:",
        )
        return
    index = st.selectbox(
        "Regel",
        range(len(rules)),
        format_func=lambda number: str(rules[number].get("titel", rules[number].get("id", ""))),
        key=rule_key(desk.protocol),
        persist_state="session",
    )
    if index is None:
        return
    rule = rules[index]
    begun = _begun(desk, index, rule)
    key = begun.key
    with st.form(f"{key}_formulier", border=True):
        titles = {str(one.get("id")): str(one.get("titel") or one.get("id")) for one in rules}
        fields = _fields(rule, desk.knowledge, titles, key)
        st.form_submit_button(
            "Zet dit in de nieuwe versie",
            key=f"{key}_opslaan",
            type="primary",
            on_click=_save,
            args=(desk, index, rule, begun, fields),
        )


@dataclass(slots=True)
class _Begun:
    """The form for one rule in this window.

    Attributes:
        rule: as it was when the form began with it.
        key: of the form.
        turn: goes up when the form begins with another rule.
    """

    rule: Mapping[str, Any]
    key: str
    turn: int = 0


def _begun(desk: Desk, index: int, rule: Mapping[str, Any]) -> _Begun:
    """Return the form for a rule, which begins anew if the rule became another."""
    name = f"werkplaats_regel_{desk.protocol}_{index}"
    before: _Begun | None = st.session_state.get(f"{name}_begonnen")
    if before is not None and before.rule == rule:
        return before
    turn = 0 if before is None else before.turn + 1
    now = _Begun(rule, f"{name}_{turn}", turn)
    st.session_state[f"{name}_begonnen"] = now
    return now


def _fields(
    rule: Mapping[str, Any], knowledge: Knowledge, rules: Mapping[str, str], key: str
) -> dict[PathKey, str]:
    """Draw the fields of a rule; return those of its condition."""
    st.text_input("Titel", value=str(rule.get("titel", "")), key=f"{key}_titel", max_chars=200)
    field_error("regel", "titel")
    st.markdown("### Wanneer")
    fields = condition_form(rule.get("als"), knowledge, key)
    st.markdown("### Wat en waarom")
    advice = _block(rule, "dan")
    actions = {name: one.title for name, one in knowledge.actions.items()}
    _select("Stap", actions, advice.get("handeling"), f"{key}_handeling")
    st.radio(
        "Richting",
        list(Direction),
        index=list(Direction).index(_word(Direction, advice.get("richting"))),
        format_func=_DOES.__getitem__,
        key=f"{key}_richting",
        horizontal=True,
    )
    st.text_area("Waarom", value=str(rule.get("omdat", "")), key=f"{key}_omdat", max_chars=2000)
    field_error("regel", "omdat")
    others = [one for one in rules if one != rule.get("id")]
    targets = [str(one) for one in rule.get("uitzondering_op", ())]
    st.multiselect(
        "Gaat voor op deze regels",
        list(dict.fromkeys([*targets, *others])),
        default=targets,
        format_func=lambda one: rules.get(one, one),
        key=f"{key}_uitzondering_op",
        help="Geldt deze regel, dan vervallen die regels.",
    )
    st.markdown("### Waarop dit rust")
    _words("Soort norm", Norm, labels.NORM, rule.get("norm"), f"{key}_norm")
    sources = "\n".join(str(one) for one in rule.get("bronnen", ()))
    st.text_area(
        "Bronnen, één per regel",
        value=sources,
        key=f"{key}_bronnen",
        max_chars=2000,
        help="De korte naam van de bron met de plaats erachter, zoals: pw#18 lid 5.",
    )
    named = {one.partition("#")[0] for one in sources.splitlines()}
    known = [f"{one.id} is {one.title}" for name, one in knowledge.sources.items() if name in named]
    if known:
        st.caption("; ".join(plain(one) for one in known) + ".")
    field_error("regel", "bronnen")
    _words(
        "Onderbouwing", Strength, labels.STRENGTH, rule.get("onderbouwing"), f"{key}_onderbouwing"
    )
    _words("Zekerheid", Certainty, labels.CERTAINTY, rule.get("zekerheid"), f"{key}_zekerheid")
    st.text_area(
        "Wat er niet zeker is",
        value=str(rule.get("twijfel", "")),
        key=f"{key}_twijfel",
        max_chars=2000,
    )
    st.markdown("### Afwijken")
    way = _block(rule, "afwijken")
    grounds = {name: one.label for name, one in knowledge.grounds.items()}
    _choose("Gronden", grounds, way.get("gronden", ()), f"{key}_gronden")
    elements = {one.value: asked.label for one, asked in ELEMENTS.items()}
    _choose(
        "Uitleg die nodig is, boven op de norm", elements, way.get("vereist", ()), f"{key}_vereist"
    )
    deciders = {one.value: said for one, said in DECIDERS.items()}
    _select("Wie beslist", deciders, way.get("beslist"), f"{key}_beslist")
    st.text_input(
        "Opnieuw bekijken na",
        value=str(way.get("herzien_na", "3 maanden")),
        key=f"{key}_herzien_na",
        max_chars=50,
    )
    st.caption("Bij een overweging is niets nodig om af te wijken. Laat 'Gronden' dan leeg.")
    return fields


def _block(rule: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = rule.get(name)
    return value if isinstance(value, Mapping) else {}


def _word(kind: Any, value: Any) -> Any:
    return next((one for one in kind if one.value == value), next(iter(kind)))


def _words(label: str, kind: Any, said: Mapping[Any, str], value: Any, key: str) -> None:
    _select(label, {one.value: capital(said[one]) for one in kind}, value, key)


def _select(label: str, said: Mapping[str, str], value: Any, key: str) -> None:
    names = list(said)
    index = names.index(value) if value in names else None
    st.selectbox(label, names, index=index, format_func=said.__getitem__, key=key)


def _choose(label: str, said: Mapping[str, str], values: Any, key: str) -> None:
    chosen = [one for one in values if one in said]
    st.multiselect(label, list(said), default=chosen, format_func=said.__getitem__, key=key)


@service.guarded("regel")
def _save(
    desk: Desk,
    index: int,
    shown: Mapping[str, Any],
    begun: _Begun,
    fields: Mapping[PathKey, str],
) -> None:
    """Write what the form says in the text, and only what it says otherwise."""
    if f"{begun.key}_titel" not in st.session_state:
        # The second of two clicks: the first was dealt with, and the form is another now.
        return
    text = desk.text(VERSION)
    rules = rules_in(text)
    old = rules[index] if index < len(rules) else {}
    if old.get("id") != shown.get("id"):
        state.notify(_MOVED, "fout")
        return
    new = _written(old, begun.key, fields)
    if all(new.get(name) == old.get(name) for name in _ORDER):
        state.notify("De regel staat zo al in uw tekst.")
        return
    if old != shown:
        # The form stays as it was filled in; what it is held against is the rule of now.
        begun.rule = old
        state.notify(_ELSEWHERE, "fout")
        return
    wrong = {
        field: "Dit kan niet leeg zijn."
        for field in ("titel", "omdat", "bronnen")
        if not new.get(field)
    }
    if wrong:
        state.set_errors("regel", wrong)
        return
    try:
        for number, name in enumerate(_ORDER):
            here: PathKey = ("regels", index, name)
            if name not in new:
                text = without(text, here)
            elif new[name] != old.get(name):
                there = [one for one in _ORDER[:number] if one in new]
                text = with_value(text, here, new[name], after=there[-1] if there else "id")
    except RewriteError as error:
        state.notify(str(error), "fout")
        return
    desk.put(VERSION, text)
    state.notify(
        "De regel staat in uw nieuwe versie. Bekijk bij 'Eén cliënt' of 'Gevolgen' wat dit doet."
    )


def _written(old: Mapping[str, Any], key: str, fields: Mapping[PathKey, str]) -> dict[str, Any]:
    """Return the rule as the form says it, with the keys that hold something."""

    def said(name: str) -> Any:
        return st.session_state.get(f"{key}_{name}")

    def line(name: str) -> str:
        return " ".join(str(said(name) or "").split())

    way: dict[str, Any] = {"gronden": tuple(said("gronden") or ())}
    if said("vereist"):
        way["vereist"] = tuple(said("vereist"))
    way |= {
        "beslist": said("beslist") or Decider.PROFESSIONAL.value,
        "herzien_na": line("herzien_na"),
    }
    new: dict[str, Any] = {
        "titel": line("titel"),
        "als": changed_condition(old.get("als"), fields),
        "dan": {"handeling": said("handeling"), "richting": said("richting").value},
        "uitzondering_op": tuple(said("uitzondering_op") or ()),
        "norm": said("norm"),
        "omdat": line("omdat"),
        "bronnen": tuple(
            one.strip() for one in str(said("bronnen") or "").splitlines() if one.strip()
        ),
        "onderbouwing": said("onderbouwing"),
        "zekerheid": said("zekerheid"),
        "twijfel": line("twijfel"),
        "afwijken": way if way["gronden"] else None,
    }
    return {name: value for name, value in new.items() if value not in (None, "", ())}
