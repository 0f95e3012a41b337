"""The condition of a rule as a form: each part that asks one thing, with the answers that count.

How the parts go together (all, one of, none of) stays as it is; that is for the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from engine.condition_syntax import GROUPS
from engine.library import Knowledge, term_of
from engine.reader import PathKey
from engine.words import FactKind
from ui.text import capital, plain

_MANY = ("van", *GROUPS)
_WORDS = {
    "meer_dan": "meer dan",
    "minder_dan": "minder dan",
    "minstens": "minstens",
    "hoogstens": "hoogstens",
    "gelijk_aan": "gelijk aan",
    "voor": "voor",
    "na": "na",
    "vanaf": "vanaf",
    "tot_en_met": "tot en met",
    "ouder_dan": "ouder dan",
    "hoogstens_oud": "hoogstens zo oud als",
}
_GROUP_WORDS = {
    "alle": "Al deze dingen",
    "een_van": "Een van deze dingen",
    "geen_van": "Geen van deze dingen",
    "van": "Een aantal van deze dingen",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a condition that asks about one fact or notion.

    Attributes:
        path: the way to it, counted from the condition.
        name: the fact or notion.
        value: what must be so of it, as it is written.
        group: how it goes with the others in its group.
    """

    path: PathKey
    name: str
    value: Any
    group: str


def parts(raw: Any, path: PathKey = (), group: str = "alle") -> Iterator[Part]:
    """Yield the parts of a condition as it is written, in order."""
    if not isinstance(raw, Mapping):
        return
    for name, value in raw.items():
        if name in _MANY and isinstance(value, tuple):
            for index, one in enumerate(value):
                yield from parts(one, (*path, name, index), name)
        elif not (name == "minstens" and "van" in raw):
            yield Part((*path, name), str(name), value, group)


def condition_form(raw: Any, knowledge: Knowledge, key: str) -> dict[PathKey, str]:
    """Draw a field for each part.

    Returns:
        The key of the field for each part that can be changed here.
    """
    fields: dict[PathKey, str] = {}
    group = ""
    for number, part in enumerate(parts(raw)):
        if part.group != group:
            group = part.group
            st.markdown(f"**{_GROUP_WORDS[group]}:**")
        field = f"{key}_deel_{number}"
        if _field(part, knowledge, field):
            fields[part.path] = field
        else:
            st.caption(f"{plain(_label(part, knowledge))}: verander dit in de tekst.")
    return fields


def changed_condition(raw: Any, fields: Mapping[PathKey, str]) -> Any:
    """Return the condition with what the fields say now."""
    for part in parts(raw):
        if part.path in fields:
            said = st.session_state.get(fields[part.path])
            raw = _with(raw, part.path, _value(part.value, said))
    return raw


def _label(part: Part, knowledge: Knowledge) -> str:
    known = knowledge.lexicon.get(part.name)
    return capital(known.label) if known else part.name


def _field(part: Part, knowledge: Knowledge, key: str) -> bool:
    """Draw the field for one part; say whether there is one."""
    options = _options(part.name, knowledge)
    label = plain(_label(part, knowledge))
    held, word = part.value, ""
    if isinstance(held, Mapping) and len(held) == 1:
        (word, held), *_ = held.items()
    if options and word in ("", "niet"):
        chosen = [held] if isinstance(held, str) else list(held) if held else []
        if not all(one in options for one in chosen):
            return False
        negated = " is niet" if word else ""
        st.multiselect(
            f"{label}{negated}",
            list(options),
            default=chosen,
            format_func=options.__getitem__,
            key=key,
        )
        return True
    if word in _WORDS and isinstance(held, int | str | date):
        st.text_input(
            f"{label}: {_WORDS[word]}",
            value=str(held),
            key=key,
            help="Een getal, een datum (jjjj-mm-dd), een termijn, of de naam van een grens.",
        )
        return True
    return False


def _options(name: str, knowledge: Knowledge) -> dict[str, str]:
    """Return the answers to choose from, with how users know them."""
    bound = knowledge.notions.get(name)
    fact = bound.notion if bound else knowledge.facts.get(name)
    if fact is None:
        return {}
    term = term_of(fact)
    if term.kind not in (FactKind.YES_NO, FactKind.CHOICE):
        return {}
    labels = knowledge.lexicon[name].labels
    return {option: labels.get(option, option) for option in term.options}


def _value(old: Any, said: Any) -> Any:
    """Return what a field says, in the shape in which it was written."""
    if isinstance(said, list):
        new: Any = said[0] if len(said) == 1 else tuple(said)
    else:
        new = _scalar(str(said or "").strip())
    if isinstance(old, Mapping):
        return {next(iter(old)): new}
    return new


def _scalar(said: str) -> int | date | str:
    try:
        return int(said)
    except ValueError:
        pass
    try:
        return date.fromisoformat(said)
    except ValueError:
        return said


def _with(raw: Any, path: PathKey, value: Any) -> Any:
    """Return plain data with another value at a place."""
    if not path:
        return value
    first, *rest = path
    if isinstance(raw, tuple):
        return tuple(
            _with(one, tuple(rest), value) if index == first else one
            for index, one in enumerate(raw)
        )
    return {
        key: _with(one, tuple(rest), value) if key == first else one for key, one in raw.items()
    }
